"""A state pack as text: read with the line of every fault, and written in one form.

The pack is one YAML file: ``pack`` says which it is, and every other name at the top is
a *section*, a list of entries that one app reads. Reading and writing know no database:
what is written is read as the same, to the byte.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml

from .pack_shapes import (
    Fault,
    Fields,
    Key,
    Path,
    Reading,
    Several,
    Text,
    name_of,
    unknown,
)

DEEPEST = 12
HEADER = "pack"
HEADER_FIELDS = Fields({"key": Key(), "title": Text(is_needed=True)})
FIT_ON_ONE_LINE = 70
Entry = dict[str, Any]


def _nothing(entries: Sequence[Entry]) -> Iterable[tuple[Path, str]]:
    return ()


@dataclass(frozen=True)
class Section:
    """Entries of one kind. ``identity`` is the field others know one by; ``check``
    yields what is wrong between fields: where, counted from the section, and what.

    ``inside`` gives the keys that stand within an entry, by the name under which
    others refer to them.
    """

    key: str
    fields: Fields
    identity: str = "key"
    check: Callable[[Sequence[Entry]], Iterable[tuple[Path, str]]] = _nothing
    inside: Mapping[str, Callable[[Entry], Iterable[str]]] = field(default_factory=dict)


@dataclass
class PackFile:
    """What a file says. With faults, the entries are not to be used."""

    header: Entry = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)


def read_pack(text: str, sections: Sequence[Section]) -> PackFile:
    """Read a pack; every fault there is, in the order of the lines."""
    node = _composed(text)
    if isinstance(node, Fault):
        return PackFile(faults=[node])
    reading, found = Reading(), PackFile()
    _read_top(node, sections, reading, found)
    if not reading.faults:
        _check(sections, reading, found)
    found.faults, found.lines = sorted(reading.faults), reading.lines
    return found


def _composed(text: str) -> yaml.Node | Fault:
    """The tree of nodes, each with its line; or why there is none."""
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = event.start_mark.line + 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                return Fault(line, "Signs like *this are not read. Write it out.")
            if depth > DEEPEST:
                return Fault(line, "This is nested too deep. Is a bracket left open?")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return Fault(line, f"This cannot be read as YAML: {error.problem}. {MEND}")
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        return Fault(line, f"A character here cannot be read: {error.reason}.")
    if not isinstance(node, yaml.MappingNode):
        return Fault(1, "A pack begins with a line “pack:”.")
    return node


MEND = "Look at this line and the one before: indentation, quotation marks, brackets."


def _read_top(
    node: yaml.MappingNode,
    sections: Sequence[Section],
    reading: Reading,
    found: PackFile,
) -> None:
    """What no app here reads is left out, unless it looks like a slip of the pen."""
    shapes = {HEADER: HEADER_FIELDS} | {
        section.key: Several(of=section.fields) for section in sections
    }
    rest = []
    for name_node, value in node.value:
        name = name_of(name_node)
        if name in shapes or name == "?" or get_close_matches(name, shapes):
            rest.append((name_node, value))
        else:
            line = name_node.start_mark.line + 1
            found.left_out.append(Fault(line, unknown(name, shapes)))
    values = Fields(shapes).read(
        yaml.MappingNode(node.tag, rest, node.start_mark), (), reading
    )
    found.header = values.pop(HEADER, {})
    found.entries = {section.key: values.get(section.key, []) for section in sections}


def _check(sections: Sequence[Section], reading: Reading, found: PackFile) -> None:
    """What is wrong between entries; only where each alone is right."""
    known = {
        section.key: _check_keys(section, found.entries[section.key], reading)
        for section in sections
    }
    known |= {
        name: {key for entry in found.entries[section.key] for key in keys_of(entry)}
        for section in sections
        for name, keys_of in section.inside.items()
    }
    for section_key, key, path in reading.references:
        if section_key in known and key not in known[section_key]:
            close = get_close_matches(key, known[section_key], 1)
            hint = f"Did you mean “{close[0]}”?" if close else "Add it there."
            says = f"“{key}” does not stand under “{section_key}”. {hint}"
            reading.wrong(path, says)
    if reading.faults:
        return
    for section in sections:
        for path, says in section.check(found.entries[section.key]):
            reading.wrong((section.key, *path), says)


def _check_keys(
    section: Section, entries: Sequence[Entry], reading: Reading
) -> set[str]:
    known: set[str] = set()
    for number, entry in enumerate(entries):
        key = entry[section.identity]
        if key in known:
            path = (section.key, number, section.identity)
            reading.wrong(path, f"“{key}” stands twice under “{section.key}”.")
        known.add(key)
    return known


class _Writer(yaml.SafeDumper):
    """Blocks, and what is short on one line."""

    def represent_mapping(self, *args: Any, **kwargs: Any) -> yaml.MappingNode:
        node = super().represent_mapping(*args, **kwargs)
        pairs = [each for pair in node.value for each in pair]
        is_flat = all(isinstance(each, yaml.ScalarNode) for each in pairs)
        length = sum(len(each.value) + 2 for each in pairs) if is_flat else 0
        node.flow_style = is_flat and length <= FIT_ON_ONE_LINE
        return node


def write_pack(header: Entry, entries: dict[str, list[Entry]]) -> str:
    """The pack in its one form: without comments, and without what is a default."""
    data = {HEADER: header} | {key: rows for key, rows in entries.items() if rows}
    return yaml.dump(
        data,
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=88,
    )
