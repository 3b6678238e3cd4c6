"""Finds what a reader reads in the data of a page."""

import html
import re
from collections.abc import Iterator
from typing import Any

# What an editor writes in sentences. Titles, sources, names and addresses are not
# ours to word; “instead of” names a word on purpose; a voice is a quotation.
TEXT_KEYS = frozenset(
    {
        *("situation", "prompt", "thoughts", "say", "why", "question", "text"),
        *("feedback", "note", "statement", "caption", "alt", "transcript", "items"),
    }
)
WRITTEN_AS_TEXT = frozenset({"key_idea", "text", "item"})
TAG = re.compile(r"<[^>]+>")
BREAK = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>")
QUOTATION = re.compile(r"<blockquote.*?</blockquote>", re.DOTALL)


def lines(text: str) -> list[str]:
    """What stands one a line, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def plain(written: str) -> str:
    """Rich text as a reader reads it, without quotations set apart."""
    if "<" not in written:
        return written
    spaced = BREAK.sub("\n", QUOTATION.sub("", written))
    return html.unescape(TAG.sub("", spaced)).strip()


def texts_in(stored: Any) -> Iterator[str]:
    """Every text in the data of a stream, in order."""
    if isinstance(stored, dict):
        if "type" in stored and "value" in stored:
            yield from _block(stored)
        else:
            for key, value in stored.items():
                yield from _value(key, value)
    elif stored is not None and not isinstance(stored, str | int | float):
        for each in stored:
            yield from texts_in(each)


def _block(stored: dict[str, Any]) -> Iterator[str]:
    kind, value = stored["type"], stored["value"]
    if kind == "voice":
        return
    if isinstance(value, str):
        if kind in WRITTEN_AS_TEXT:
            yield plain(value)
    else:
        yield from texts_in(value)


def _value(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if key in TEXT_KEYS:
            yield plain(value)
    elif isinstance(value, dict | list):
        yield from texts_in(value)
