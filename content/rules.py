"""Questions about the content of a module that need no database."""

from collections.abc import Iterable, Mapping
from typing import Any


def sections_without_alt(sections: Iterable[Mapping[str, Any]]) -> list[str]:
    """The title of the section of each picture that has no words for who cannot see it.

    Takes the sections as a stream keeps them, its ``raw_data``.
    """
    return [
        section["value"]["title"]
        for section in sections
        for block in section["value"]["content"]
        if block["type"] == "picture" and not block["value"].get("alt", "").strip()
    ]
