"""How hard a text is to read, and how long that takes."""

import math
import re
from collections.abc import Iterable

WORDS_A_MINUTE = 200
MINUTES_A_QUESTION = 0.5
MINUTES_TO_THINK = 1
WORD = re.compile(r"[A-Za-zÀ-ÿ’']+")
SENTENCE = re.compile(r"[.!?:]+[\s\"”]|\n+")
VOWELS = re.compile(r"[aeiouy]+")


def words_in(text: str) -> int:
    return len(WORD.findall(text))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: years of school that a text asks for. English only."""
    words = WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for each in SENTENCE.split(text) if each.strip()) or 1
    syllables = sum(map(_syllables, words))
    found = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(0.0, round(found, 1))


def _syllables(word: str) -> int:
    word = word.lower()
    count = len(VOWELS.findall(word))
    if count > 1 and word.endswith("e") and not word.endswith("le"):
        count -= 1
    if count > 1 and word.endswith("ed") and not word.endswith(("ted", "ded")):
        count -= 1
    return max(count, 1)


def minutes(texts: Iterable[str], *, questions: int, pauses: int) -> int:
    """Minutes to read and answer, at a calm pace; a pause is a moment to think."""
    reading = sum(words_in(text) for text in texts) / WORDS_A_MINUTE
    return math.ceil(
        reading + questions * MINUTES_A_QUESTION + pauses * MINUTES_TO_THINK
    )
