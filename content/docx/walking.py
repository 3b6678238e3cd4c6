"""Walks through XML without keeping it, and stops where it would grow in memory.

Whoever reads XML as a tree needs up to a kilobyte for each node. So nodes are counted,
and what makes a tree slow or deep has an end: nesting, long tags, long runs of text.
"""

from collections import Counter
from xml.parsers import expat

MOST_XML_BYTES = 12 * 1024 * 1024
MOST_NODES = 100_000
MOST_DEPTH = 100
MOST_TAG_BYTES = 1024 * 1024
MOST_TEXT_LETTERS = 20_000
# What a text cannot take along, by the name of its element.
MARKED = {
    "oMath",
    "chart",
    "relIds",
    "altChunk",
    "OLEObject",
    "ins",
    "del",
    "commentReference",
    "txbxContent",
}


class TooLarge(Exception):  # noqa: N818  (no fault of ours)
    """It would grow in memory."""


class Declares(Exception):  # noqa: N818  (no fault of ours)
    """It has a DOCTYPE. No program that writes documents does: it means entities."""


class Walker:
    """Counts what it meets, and raises one of the above where it should go no further.

    What is no XML at all raises ``expat.ExpatError``.
    """

    def __init__(self, name: str, nodes_before: int) -> None:
        self.nodes = nodes_before
        self.marks: Counter[str] = Counter()
        self.content_types: list[str] = []
        self._local = ""
        self._is_edge = "/header" in name or "/footer" in name
        self._depth = self._letters = self._bytes = self._bytes_at_last = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._text
        self._parser.StartCdataSectionHandler = self._met
        self._parser.CommentHandler = self._met
        self._parser.ProcessingInstructionHandler = self._met
        self._parser.StartDoctypeDeclHandler = self._declaration

    def read(self, chunk: bytes) -> None:
        self._bytes += len(chunk)
        self._parser.Parse(chunk, False)  # noqa: FBT003  (takes no keyword)
        if self._bytes - self._bytes_at_last > MOST_TAG_BYTES:
            raise TooLarge

    def end(self) -> None:
        self._parser.Parse(b"", True)  # noqa: FBT003  (takes no keyword)

    def _met(self, *what: str) -> None:
        self._bytes_at_last = self._bytes
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise TooLarge

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._met()
        self.nodes += len(attributes)
        self._letters, self._depth = 0, self._depth + 1
        if self._depth > MOST_DEPTH:
            raise TooLarge
        self._local = name.rpartition(":")[2]
        if self._local in MARKED and not self._is_edge:
            self.marks[self._local] += 1
        if "ContentType" in attributes:
            self.content_types.append(attributes["ContentType"])

    def _finish(self, name: str) -> None:
        self._bytes_at_last = self._bytes
        self._letters, self._depth = 0, self._depth - 1

    def _text(self, text: str) -> None:
        self._met()
        self._letters += len(text)
        if self._letters > MOST_TEXT_LETTERS:
            raise TooLarge
        is_said = self._local == "t" and any(map(str.isalpha, text))
        if self._is_edge and is_said:  # not just the number of the page
            self.marks["edge"] += 1

    def _declaration(self, *what: object) -> None:
        raise Declares
