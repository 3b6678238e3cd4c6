"""Reads a Word file as the sections of a module, and says what became of the rest.

``archive`` looks into the file before anything opens it, ``parts`` names what comes
out, ``markup`` writes what a text block may hold, ``reading`` puts it together. Nothing
here knows a model, fetches an address or writes outside a temporary file.
"""

from .archive import MOST_BYTES, NotReadable
from .parts import Group, Kind, Note, Picture, Section, Text, WordDocument
from .reading import read_word_file

__all__ = [
    "MOST_BYTES",
    "Group",
    "Kind",
    "NotReadable",
    "Note",
    "Picture",
    "Section",
    "Text",
    "WordDocument",
    "read_word_file",
]
