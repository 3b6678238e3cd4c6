from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.models import Person, PersonRecord, StaffMember

HOLDS_WORDS = {
    "BinaryField",
    "CharField",
    "FileField",
    "JSONField",
    "SlugField",
    "TextField",
}


class Text(models.TextChoices):
    """For whose eyes words are."""

    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("internal")
    CONFIDENTIAL = "confidential", _("confidential")
    SEALED = "sealed", _("sealed")


@dataclass(frozen=True)
class Fate:
    """What a deletion does: with a row, or with a field of a row that stays."""

    act: str
    because: str = ""
    leaves: str = ""

    @property
    def removes_the_row(self) -> bool:
        return self.act in {"erase", "shred"}


ERASE = Fate("erase")
BLANK = Fate("blank")
DASH = Fate("blank", leaves="–")  # where the database wants some reason to stand
SHRED = Fate("shred")  # the key goes, and with it every copy in every backup


def keep(because: str) -> Fate:
    return Fate("keep", because)


PROOF = keep(
    _("Your agency has to be able to show who was trained for what, and when.")
)


@dataclass(frozen=True)
class Retention:
    """How long something stays, and who says so. The work is done by actions; what goes
    by a rule that ``is_silent`` is counted for nobody."""

    key: str
    label: str
    lasts: str
    source: str
    is_silent: bool = False


WORDS = Retention(
    "words",
    _(
        "Notes, training information and reasons on plans, notes of lines sent back, "
        "words of reviews, goals, supervision and shadowing visits"
    ),
    _("until three years after leaving, or as long as the agency has chosen"),
    _("what this program has promised its staff; no law sets a least time"),
)


@dataclass(frozen=True)
class Fields:
    """Names, parted by spaces, of fields under one rule. Without a fate of their own
    they fare as their row does; ``left_out`` says why they are not in the download."""

    names: str
    text: Text
    fate: Fate | None = None
    left_out: str = ""
    lasts: Retention | None = None


@dataclass(frozen=True)
class Blanking:
    """A field that loses its words, and what it is left with."""

    field: models.Field
    leaves: Any

    def written_in(self, rows: models.QuerySet) -> models.QuerySet:
        """Of those rows, the ones where somebody wrote something."""
        name = self.field.name
        return rows.exclude(**{name: bare(self.field)}).exclude(**{name: self.leaves})

    def apply(self, rows: models.QuerySet) -> int:
        return self.written_in(rows).update(**{self.field.name: self.leaves})


def bare(field: models.Field) -> Any:
    return None if field.null else field.get_default()


@dataclass(frozen=True)
class Attached:
    name: str
    open: Callable[[], File]


@dataclass(frozen=True)
class Holding:
    model: type[models.Model]
    label: str
    fate: Fate
    fields: tuple[Fields, ...] = ()
    whose: str = "person"
    acting: str = ""
    file: Callable[[Any], Attached] | None = None
    told: Callable[[Person], Iterable[Mapping[str, Any]]] | None = None

    @cached_property
    def declared(self) -> set[str]:
        names = {self.whose.partition("__")[0], *self.acting.split()}
        if issubclass(self.model, PersonRecord):
            names.add("staff_member")
        return names.union(*(each.names.split() for each in self.fields))

    def rows(self, person: Person) -> models.QuerySet:
        return self.model._default_manager.filter(**{self.whose: person.pk})

    def exported(self) -> list[models.Field]:
        left_out = {"id", self.whose.partition("__")[0]}
        for each in self.fields:
            if each.left_out:
                left_out.update(each.names.split())
        concrete = self.model._meta.concrete_fields
        return [field for field in concrete if field.name not in left_out]

    def blankings(self, lasts: Retention | None = None) -> Iterable[Blanking]:
        """What a deletion blanks; of that, what is under one rule of retention."""
        for each in self.fields:
            is_meant = lasts is None or each.lasts == lasts
            if is_meant and each.fate and each.fate.act == "blank":
                for name in each.names.split():
                    field = self.model._meta.get_field(name)
                    yield Blanking(field, each.fate.leaves or bare(field))


@dataclass(frozen=True)
class Program:
    text: Text
    models: tuple[type[models.Model], ...]


@dataclass(frozen=True)
class Opening:
    """``sentence`` may name %(reader)s and, of ``model``, %(what)s."""

    act: str
    sentence: str
    model: type[models.Model] | None = None
    related: str = ""


def _declared(kind: type) -> list[Any]:
    return [
        each
        for register in hooks.get_hooks("register_lms_privacy")
        for each in register()
        if isinstance(each, kind)
    ]


def holdings() -> list[Holding]:
    return _declared(Holding)


def retention_rules() -> list[Retention]:
    return _declared(Retention)


def openings() -> dict[str, Opening]:
    return {opening.act: opening for opening in _declared(Opening)}


def points_at_a_person(field: models.Field) -> bool:
    return field.is_relation and field.related_model in {
        Person,
        StaffMember,
        get_user_model(),
    }


def points_at_a_record(field: models.Field) -> bool:
    return field.is_relation and issubclass(field.related_model, PersonRecord)


def holds_words(field: models.Field) -> bool:
    return field.get_internal_type() in HOLDS_WORDS and not field.choices


def faults(model: type[models.Model]) -> list[str]:
    """A sentence for each field that should say what it holds, and does not."""
    of_program = {each for program in _declared(Program) for each in program.models}
    held = [holding for holding in holdings() if holding.model is model]
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    if held:
        declared = set().union(*(holding.declared for holding in held))
        return [
            f"{model._meta.label}.{field.name} points at a person or holds words: add "
            f"it to the Fields of {model.__name__} in the app's privacy.py."
            for field in fields
            if points_at_a_person(field) or holds_words(field)
            if field.name not in declared
        ]
    if any(points_at_a_person(field) or points_at_a_record(field) for field in fields):
        return [
            f"{model._meta.label} points at a person: add a Holding for it in the "
            "app's privacy.py, with what a deletion does with it."
        ]
    if model not in of_program and any(holds_words(field) for field in fields):
        return [
            f"{model._meta.label} holds words: if they are the program's own and about "
            "nobody, add it to a Program in the app's privacy.py, else a Holding."
        ]
    return []
