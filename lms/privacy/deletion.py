"""What a deletion would take, what it leaves, and why: said before anything goes."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lms.models import Person

from .registry import Holding, holdings


@dataclass
class Preview:
    """``goes``: a sentence each. ``stays``: for each reason, what stays for it."""

    goes: list[str] = field(default_factory=list)
    stays: dict[str, list[str]] = field(default_factory=dict)


def preview_deletion(person: Person) -> Preview:
    preview = Preview()
    for holding in holdings():
        if holding.rows(person).exists():
            _add(preview, holding, person)
    return preview


def _add(preview: Preview, holding: Holding, person: Person) -> None:
    if holding.fate.removes_the_row:
        preview.goes.append(str(holding.label))
        return
    words = [
        str(blanking.field.verbose_name)
        for blanking in holding.blankings()
        if not blanking.field.is_relation
        and blanking.written_in(holding.rows(person)).exists()
    ]
    if words:
        preview.goes.append(
            _("%(what)s: %(words)s")
            % {"what": holding.label, "words": ", ".join(words)}
        )
    preview.stays.setdefault(str(holding.fate.because), []).append(str(holding.label))
