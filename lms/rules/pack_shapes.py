"""What may stand in a state pack: shapes that read a value and say how to mend it.

A shape reads one YAML node into a plain value. What is wrong becomes a ``Fault`` with
its line, and reading goes on, so that one look names everything there is to mend. A
field that has its default is left out of what is read, so that one meaning has one
form.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

import yaml

Path = tuple[str | int, ...]
NULL = "tag:yaml.org,2002:null"
WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False}
DECIMALS = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)
SPAN = re.compile(r"(\d{1,5}) (day|month)s?", re.ASCII)
KEY = re.compile(r"[-a-zA-Z0-9_]+", re.ASCII)
LONGEST = {"day": 3660, "month": 120}


@dataclass(frozen=True, order=True)
class Fault:
    """Something to mend: where, what is wrong, and what would be right."""

    line: int
    says: str


@dataclass
class Reading:
    """What reading a pack has come to so far."""

    faults: list[Fault] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    references: list[tuple[str, str, Path]] = field(default_factory=list)

    def wrong(self, path: Path, says: str) -> None:
        """Note a fault at the nearest place known to the path."""
        while path not in self.lines and path:
            path = path[:-1]
        self.faults.append(Fault(self.lines.get(path, 1), says))


class NotRight(ValueError):  # noqa: N818  (says what happened)
    """A value that does not fit; the sentence says what would."""


@dataclass(frozen=True, kw_only=True)
class Scalar:
    """One word or sentence. ``default`` is what an absent one means."""

    is_needed: bool = False
    default: Any = ""

    def read(self, node: yaml.Node, path: Path, reading: Reading) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            reading.wrong(
                path,
                f"“{path[-1]}” takes one value. Words with a colon, a comma or "
                "brackets in them need quotation marks around them.",
            )
            return None
        try:
            return self.understand(node.value.strip())
        except NotRight as error:
            reading.wrong(path, f"“{path[-1]}”: {error}")
            return None

    def understand(self, text: str) -> Any:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Text(Scalar):
    """Words. ``refers_to`` names the section in which such a key must stand."""

    most: int = 200
    choices: tuple[str, ...] = ()
    refers_to: str = ""

    def read(self, node: yaml.Node, path: Path, reading: Reading) -> Any:
        value = super().read(node, path, reading)
        if value and self.refers_to:
            reading.references.append((self.refers_to, value, path))
        return value

    def understand(self, text: str) -> str:
        if self.choices and text not in self.choices:
            raise NotRight(f"“{text}” is none of {', '.join(self.choices)}.")
        if len(text) > self.most:
            raise NotRight(
                f"{len(text)} characters are too many. Say it in {self.most}."
            )
        return text


@dataclass(frozen=True, kw_only=True)
class Key(Text):
    """A short name that other parts, and other versions, know this by."""

    most: int = 50
    is_needed: bool = True

    def understand(self, text: str) -> str:
        if not KEY.fullmatch(text):
            raise NotRight(
                f"“{text}” is no key. Use letters, digits, - and _, as in “first-aid”."
            )
        return super().understand(text)


@dataclass(frozen=True, kw_only=True)
class Address(Text):
    def understand(self, text: str) -> str:
        if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).netloc:
            raise NotRight(f"“{text}” is no address. It begins with https://")
        return super().understand(text)


@dataclass(frozen=True, kw_only=True)
class YesNo(Scalar):
    default: bool = False

    def understand(self, text: str) -> bool:
        if text.lower() not in WORDS:
            raise NotRight(f"“{text}” is neither true nor false.")
        return WORDS[text.lower()]


@dataclass(frozen=True, kw_only=True)
class Whole(Scalar):
    default: int | None = None
    least: int = 1
    most: int = 10000

    def understand(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > len(str(self.most)):
            raise NotRight(f"“{text}” is no number from {self.least} to {self.most}.")
        if not self.least <= int(text) <= self.most:
            raise NotRight(f"{text} is not between {self.least} and {self.most}.")
        return int(text)


@dataclass(frozen=True, kw_only=True)
class Hours(Scalar):
    default: float | None = None

    def understand(self, text: str) -> float | int:
        if not DECIMALS.fullmatch(text) or not float(text):
            raise NotRight(f"“{text}” are no hours. Write them like 6 or 1.5.")
        hours = float(text)
        return int(hours) if hours.is_integer() else hours


@dataclass(frozen=True, kw_only=True)
class Span(Scalar):
    """A number of days or calendar months, in one spelling."""

    def understand(self, text: str) -> str:
        found = SPAN.fullmatch(text)
        if found is None:
            raise NotRight(f"“{text}” is no span. Write “28 days” or “3 months”.")
        count, unit = int(found[1]), found[2]
        if not 1 <= count <= LONGEST[unit]:
            raise NotRight(
                f"“{text}” is not between 1 {unit} and {LONGEST[unit]} {unit}s."
            )
        return f"{count} {unit}s" if count > 1 else f"1 {unit}"


@dataclass(frozen=True, kw_only=True)
class Day(Scalar):
    def understand(self, text: str) -> str:
        try:
            return datetime.date.fromisoformat(text).isoformat()
        except ValueError as error:
            says = f"“{text}” is no day. Write it like 2027-01-31."
            raise NotRight(says) from error


@dataclass(frozen=True, kw_only=True)
class Several:
    """A list; one that is absent is empty."""

    of: Any
    least: int = 0
    is_needed: bool = False

    @property
    def default(self) -> list:
        return []

    def read(self, node: yaml.Node, path: Path, reading: Reading) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            reading.wrong(
                path, f"“{path[-1]}” is a list: one line for each, beginning with “- ”."
            )
            return None
        if len(node.value) < self.least:
            reading.wrong(path, f"“{path[-1]}” needs at least {self.least}.")
            return None
        values = []
        for number, each in enumerate(node.value):
            here = (*path, number)
            reading.lines[here] = each.start_mark.line + 1
            values.append(self.of.read(each, here, reading))
        return values


@dataclass(frozen=True, kw_only=True)
class Keys(Several):
    """Keys of another section, each once, in no order: they are written sorted."""

    def read(self, node: yaml.Node, path: Path, reading: Reading) -> Any:
        values = super().read(node, path, reading)
        if values is None or not all(isinstance(each, str) for each in values):
            return None
        for number, key in enumerate(values):
            if key in values[:number]:
                reading.wrong((*path, number), f"“{key}” stands twice here.")
        return sorted(values)


@dataclass(frozen=True)
class Fields:
    """Named fields, in the order in which they are written."""

    shapes: Mapping[str, Any]
    is_needed: bool = True
    default: Any = None

    def read(self, node: yaml.Node, path: Path, reading: Reading) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            names = ", ".join(self.shapes)
            reading.wrong(path, f"Here stand fields, each as “name: value”: {names}.")
            return {}
        found = self._found(node, path, reading)
        values = {}
        for name, shape in self.shapes.items():
            here = (*path, name)
            if name in found:
                value = shape.read(found[name], here, reading)
                if value not in (None, shape.default):
                    values[name] = value
                elif value == shape.default and shape.is_needed:
                    reading.wrong(here, f"“{name}” is empty.")
            elif shape.is_needed:
                reading.wrong(here, f"“{name}” is missing. Add a line “{name}: …”.")
        return values

    def _found(
        self, node: yaml.MappingNode, path: Path, reading: Reading
    ) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for name_node, value_node in node.value:
            name = name_of(name_node)
            if name in found:
                reading.faults.append(_at(name_node, f"“{name}” stands twice here."))
            elif name not in self.shapes:
                reading.faults.append(_at(name_node, unknown(name, self.shapes)))
            elif value_node.tag != NULL:
                found[name] = value_node
                reading.lines[*path, name] = name_node.start_mark.line + 1
        return found


def _at(node: yaml.Node, says: str) -> Fault:
    return Fault(node.start_mark.line + 1, says)


def name_of(node: yaml.Node) -> str:
    """What stands before a colon; a list there is nobody's name."""
    return node.value if isinstance(node, yaml.ScalarNode) else "?"


def unknown(name: str, known: Mapping[str, Any]) -> str:
    """What to say of a name nobody knows here."""
    close = get_close_matches(name, known, 1)
    hint = f"Did you mean “{close[0]}”?" if close else f"Known: {', '.join(known)}."
    return f"“{name}” is not known here. {hint}"
