"""Loads a state pack and writes one out.

An app adds sections with the hook ``register_lms_pack_sections``: no argument, returns
a list of ``PackSection``. ``load(entries, changes)`` makes the rows what the entries
say; what they refer to stands in the database by then. ``write(keys)`` gives the rows
of ``model`` as entries, in that order, with None for what is gone. Where the model has
an ``order``, it follows the file.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction
from wagtail import hooks

from lms.conf import conf
from lms.models import Helpline, LocalName, Pack, Role
from lms.rules import (
    HELPLINES,
    NAMES,
    ROLES,
    Entry,
    Fault,
    Fields,
    PackFile,
    Section,
    read_pack,
    write_pack,
)


@dataclass
class Changes:
    """Counts what loading adds and changes, by what people call the rows."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def put(
        self,
        model: type[models.Model],
        key: Mapping[str, Any],
        values: dict[str, Any],
        many: Mapping[str, Iterable[models.Model]] | None = None,
    ) -> models.Model:
        """Make the row what the file says, and count what that took.

        ``many`` names the rows it stands in relation with, where that is several.
        """
        row = model._default_manager.filter(**key).first()
        name = str(model._meta.verbose_name_plural)
        if row is None:
            self.added[name] = self.added.get(name, 0) + 1
            row = model._default_manager.create(**key, **values)
            _relate(row, many or {})
            return row
        differing = [
            field for field, value in values.items() if getattr(row, field) != value
        ]
        for name_of_field in differing:
            setattr(row, name_of_field, values[name_of_field])
        if differing:
            row.save(update_fields=differing)
        if _relate(row, many or {}) or differing:
            self.changed[name] = self.changed.get(name, 0) + 1
        return row

    def sentences(self) -> list[str]:
        return [
            *(f"{count} {name} added" for name, count in self.added.items()),
            *(f"{count} {name} changed" for name, count in self.changed.items()),
            *self.notes,
        ]


def _relate(row: models.Model, many: Mapping[str, Iterable[models.Model]]) -> bool:
    """Say to which others the row belongs; whether that was said otherwise before."""
    is_other = False
    for name, wanted in many.items():
        related = getattr(row, name)
        if set(related.all()) != set(wanted):
            related.set(wanted)
            is_other = True
    return is_other


@dataclass(frozen=True)
class PackSection:
    section: Section
    load: Callable[[Sequence[Entry], Changes], None]
    write: Callable[[Sequence[str]], list[Entry | None]]
    model: type[models.Model]
    order: int = 100

    @property
    def key(self) -> str:
        return self.section.key

    def key_of(self, entry: Entry) -> str:
        return entry[self.section.identity]

    def all_keys(self) -> list[str]:
        """Of all rows there are, in order."""
        rows = self.model._default_manager.order_by(*self.model._meta.ordering, "pk")
        return list(rows.values_list(self.section.identity, flat=True))

    def arrange(self, entries: Iterable[Entry]) -> None:
        if not any(each.name == "order" for each in self.model._meta.fields):
            return
        for number, entry in enumerate(entries, 1):
            rows = self.model._default_manager.filter(
                **{self.section.identity: self.key_of(entry)}
            )
            rows.exclude(order=number).update(order=number)


class PackHasFaults(ValueError):  # noqa: N818  (says what happened)
    """A pack that cannot be loaded, with everything there is to mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(f"line {f.line}: {f.says}" for f in self.faults))


def pack_sections() -> list[PackSection]:
    """Every section that an installed app reads, in the order of a pack."""
    found = [
        section
        for register in hooks.get_hooks("register_lms_pack_sections")
        for section in register()
    ]
    return sorted(found, key=lambda each: each.order)


def read_state_pack(text: str) -> PackFile:
    return read_pack(text, [each.section for each in pack_sections()])


@transaction.atomic
def load_pack(*, text: str) -> list[str]:
    """Load a pack, whole or not at all; a sentence for each thing that changed.

    Raises ``PackHasFaults``. Loading it again changes nothing, and what was edited
    here stays where the pack still says what it said before.
    """
    file = read_state_pack(text)
    if file.faults:
        raise PackHasFaults(file.faults)
    pack = Pack.objects.filter(key=file.header["key"]).first() or Pack(loaded={})
    pack.key, pack.title = file.header["key"], file.header["title"]
    others = _loaded_by_others(pack)
    changes = Changes()
    for section in pack_sections():
        entries = file.entries[section.key]
        _refuse_what_others_brought(section, file, others[section.key])
        _load_section(section, entries, pack.loaded.get(section.key, []), changes)
    before, pack.loaded = pack.loaded, {**pack.loaded, **file.entries}
    if pack.pk is None or pack.loaded != before:
        pack.save()
    changes.notes += [
        f"left out, line {each.line}: {each.says}" for each in file.left_out
    ]
    return changes.sentences()


def _load_section(
    section: PackSection, entries: list[Entry], before: list[Entry], changes: Changes
) -> None:
    section.load([entry for entry in entries if entry not in before], changes)
    keys = [section.key_of(entry) for entry in entries]
    known = [section.key_of(entry) for entry in before]
    if keys != known:
        section.arrange(entries)
    gone = [key for key in known if key not in keys]
    if gone:
        changes.notes.append(
            f"no longer in the pack, and kept: {', '.join(gone)} ({section.key})"
        )


def _loaded_by_others(pack: Pack) -> dict[str, dict[str, tuple[Entry, str]]]:
    found: dict[str, dict[str, tuple[Entry, str]]] = {}
    for section in pack_sections():
        found[section.key] = {
            section.key_of(entry): (entry, other.title)
            for other in Pack.objects.exclude(key=pack.key)
            for entry in other.loaded.get(section.key, [])
        }
    return found


def _refuse_what_others_brought(
    section: PackSection, file: PackFile, brought: dict[str, tuple[Entry, str]]
) -> None:
    """Two packs may share an entry that says the same in both, and none besides."""
    faults = [
        Fault(
            file.lines[section.key, number],
            f"“{key}” under “{section.key}” is also in the pack “{brought[key][1]}”, "
            "with other words. Give it another key, or write it just as there.",
        )
        for number, entry in enumerate(file.entries[section.key])
        if (key := section.key_of(entry)) in brought and brought[key][0] != entry
    ]
    if faults:
        raise PackHasFaults(faults)


def export_pack(*, pack: Pack) -> str:
    """The pack as the database holds it today, with what was edited and added here.

    What was added belongs to no pack yet, so it comes along.
    """
    others = _loaded_by_others(pack)
    entries = {}
    for section in pack_sections():
        own = [section.key_of(entry) for entry in pack.loaded.get(section.key, [])]
        taken = {*own, *others[section.key]}
        added = [key for key in section.all_keys() if key not in taken]
        entries[section.key] = [row for row in section.write([*own, *added]) if row]
    return write_pack({"key": pack.key, "title": pack.title}, entries)


def load_state_pack() -> list[str]:
    """Load the pack this installation is set to."""
    return load_pack(text=text_of(conf.state_pack))


def text_of(path: Path) -> str:
    """What a file holds; why it cannot be read is a fault of the pack as well."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        says = f"{path} cannot be read: {error.strerror}."
    except UnicodeDecodeError:
        says = f"{path} is no UTF-8 text. Save it as UTF-8."
    raise PackHasFaults([Fault(1, says)])


def _load_names(entries: Sequence[Entry], changes: Changes) -> None:
    for entry in entries:
        changes.put(LocalName, {"key": entry["key"]}, {"title": entry["title"]})


def _load_helplines(entries: Sequence[Entry], changes: Changes) -> None:
    names = {name.key: name for name in LocalName.objects.all()}
    for entry in entries:
        values = {
            "title": entry["title"],
            "answered_by": names.get(entry.get("answered_by", "")),
            "phone": entry["phone"],
            "note": entry.get("note", ""),
        }
        changes.put(Helpline, {"key": entry["key"]}, values)


def _load_roles(entries: Sequence[Entry], changes: Changes) -> None:
    for entry in entries:
        values = {
            "title": entry["title"],
            "abbreviation": entry.get("abbreviation", ""),
            "kind": entry["kind"],
            "reason": entry["reason"],
            "summary": entry.get("summary", ""),
        }
        changes.put(Role, {"key": entry["key"]}, values)


def without_defaults(fields: Fields, values: Entry) -> Entry:
    """An entry as reading gives it: what says nothing is left out."""
    return {
        name: values[name]
        for name, shape in fields.shapes.items()
        if values[name] not in (None, shape.default)
    }


def _write(
    section: Section, rows: Iterable[models.Model], keys: Sequence[str]
) -> list[Entry | None]:
    """Rows whose fields are the entry's, a row that is referred to by its key."""
    found = {}
    for row in rows:
        values = {name: getattr(row, name) for name in section.fields.shapes}
        values = {
            name: value.key if isinstance(value, models.Model) else value
            for name, value in values.items()
        }
        found[row.key] = without_defaults(section.fields, values)
    return [found.get(key) for key in keys]


HUB_SECTIONS = [
    PackSection(
        NAMES,
        _load_names,
        lambda keys: _write(NAMES, LocalName.objects.all(), keys),
        model=LocalName,
        order=10,
    ),
    PackSection(
        HELPLINES,
        _load_helplines,
        lambda keys: _write(
            HELPLINES, Helpline.objects.select_related("answered_by"), keys
        ),
        model=Helpline,
        order=20,
    ),
    PackSection(
        ROLES,
        _load_roles,
        lambda keys: _write(ROLES, Role.objects.all(), keys),
        model=Role,
        order=30,
    ),
]
