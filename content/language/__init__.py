"""Words that hurt, and what to say instead; how hard a text is to read, and how long.

Pure: texts in, findings out. Nothing here knows a page, a form or a table. The list
suggests and never forbids: quotations, titles and how somebody names themselves are
left alone.
"""

from .checking import Finding, WordList, WordRule
from .reading import grade, minutes, words_in
from .texts import TEXT_KEYS, lines, plain, texts_in

__all__ = [
    "TEXT_KEYS",
    "Finding",
    "WordList",
    "WordRule",
    "grade",
    "lines",
    "minutes",
    "plain",
    "texts_in",
    "words_in",
]
