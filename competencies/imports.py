"""A training record exported from another system, such as Relias or TalentLMS.

Which column holds what, and which topic a title stands for, is said on screen once and
remembered for the agency. See ``lms.imports`` for what all lists have in common.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms import imports
from lms.models import Agency, Import, ImportRow, Person, StaffMember
from lms.registry import ImportKind
from lms.rules import Kind, found_in

from .actions import ImportedTraining, record_imported_trainings, recorded_facts
from .models import (
    ImportedTitle,
    ImportMapping,
    Portion,
    Topic,
    Training,
    TrainingTopic,
)
from .rules import (
    Entry,
    EntryVerdict,
    Meant,
    Somebody,
    folded,
    judge_entries,
    read_entry,
    training_columns,
)

Title = tuple[int, str]


def look(job: Import, rows: Sequence[ImportRow]) -> None:
    verdicts = _judged(job, rows, timezone.localdate())
    for row, verdict in zip(rows, verdicts, strict=True):
        _note(row, verdict)


def apply(
    job: Import, rows: Sequence[ImportRow], at: datetime.datetime, *, is_last: bool
) -> None:
    today = timezone.localdate(at)
    verdicts = _judged(job, rows, today)
    for row, verdict in zip(rows, verdicts, strict=True):
        if verdict.kind == Kind.WRONG:
            _note(row, verdict)
    new = [each for each in verdicts if each.kind == Kind.NEW]
    told = [_told(each, today) for each in new]
    record_imported_trainings(told=told, by=job.by, at=at)


def _judged(
    job: Import, rows: Iterable[ImportRow], today: datetime.date
) -> list[EntryVerdict]:
    entries, people = _entries(job, rows), _people(job.agency, today)
    named = {each.values.get("person", "") for each in entries}
    keys = named.union(text.lower() for text in named).intersection(people)
    return judge_entries(
        entries,
        people=people,
        meanings=meanings(job.agency),
        recorded=recorded_facts({people[key].pk for key in keys}),
        today=today,
    )


def _entries(job: Import, rows: Iterable[ImportRow]) -> list[Entry]:
    return [
        read_entry(row.line, row.texts(job.columns), is_day_first=job.is_day_first)
        for row in rows
    ]


def _note(row: ImportRow, verdict: EntryVerdict) -> None:
    row.kind, row.label = verdict.kind, verdict.label[:254]
    row.sentences = list(verdict.sentences)


def _people(agency: Agency, today: datetime.date) -> dict[str, Somebody]:
    """Who works here today, by address and number. Nobody else is looked for."""
    staff = StaffMember.objects.filter(agency=agency).employed(today)
    found = {}
    for each in staff.select_related("person"):
        somebody = Somebody(each.person_id, str(each.person))
        keys = {each.person.email.lower(), each.employee_id} - {""}
        found |= dict.fromkeys(keys, somebody)
    return found


def meanings(agency: Agency) -> dict[str, Meant | None]:
    """What the agency has said of titles, by the folded title."""
    return {
        folded(each.title): Meant(each.topic_id, each.portion, each.topic.title)
        if each.topic
        else None
        for each in ImportedTitle.objects.filter(agency=agency).select_related("topic")
    }


def _told(verdict: EntryVerdict, today: datetime.date) -> ImportedTraining:
    values = verdict.entry.values
    return ImportedTraining(
        person=verdict.person.pk,
        topic=verdict.meant.topic,
        portion=verdict.meant.portion,
        title=values["title"],
        noted=values["completed_on"].by(today),
        hours=values.get("hours"),
        expires_on=values.get("expires_on"),
    )


def suggested_columns(job: Import) -> dict[str, int]:
    """Where things stand: as chosen, as remembered by name, or as the names say."""
    mapping = ImportMapping.objects.filter(agency=job.agency).first()
    places = {name: place for place, name in enumerate(job.header) if name}
    remembered = mapping.columns if mapping else {}
    return job.columns or {
        **found_in(job.header, training_columns()),
        **{key: places[name] for key, name in remembered.items() if name in places},
    }


def remember_columns(job: Import) -> None:
    ImportMapping.objects.update_or_create(
        agency=job.agency,
        defaults={
            "columns": {key: job.header[at] for key, at in job.columns.items()},
            "is_day_first": job.is_day_first,
        },
    )


def titles_in(job: Import) -> list[Title]:
    """Every title once, with the line where it stands first; unknown ones in front."""
    known, first = meanings(job.agency), {}
    for entry in _entries(job, job.rows.all()):
        if entry.title:
            first.setdefault(folded(entry.title), (entry.line, entry.title))
    return [first[key] for key in sorted(first, key=lambda key: (key in known, key))]


def suggested_topics() -> dict[str, Meant]:
    """Topics by their own titles, and by those of trainings that complete just one."""
    taught = TrainingTopic.objects.filter(effect=TrainingTopic.Effect.COMPLETES)
    found: dict[str, Meant] = {}
    for training in Training.objects.all():
        rows = [row for row in taught if row.training_id == training.pk]
        if len(rows) == 1:
            meant = Meant(rows[0].topic_id, rows[0].portion, training.title)
            found[folded(training.title)] = meant
    for topic in Topic.objects.all():
        found[folded(topic.title)] = Meant(topic.pk, "", topic.title)
    return found


@transaction.atomic
def remember_titles(
    *, agency: Agency, chosen: Mapping[str, tuple[int, str] | None]
) -> None:
    """Say of titles which topic and portion they stand for; None leaves them out."""
    earlier = ImportedTitle.objects.filter(agency=agency)
    sought = {folded(title) for title in chosen}
    stale = [each.pk for each in earlier if folded(each.title) in sought]
    earlier.filter(pk__in=stale).delete()
    ImportedTitle.objects.bulk_create(
        ImportedTitle(
            agency=agency,
            title=title,
            topic_id=meant[0] if meant else None,
            portion=meant[1] if meant else "",
        )
        for title, meant in chosen.items()
    )


def person_key(staff_member: StaffMember, person: Person) -> str:
    """What finds somebody in a list: the work address, or else the number."""
    return person.email or staff_member.employee_id


def sheet_header() -> list[str]:
    """The names of the columns of our own list, to fill in and bring in again."""
    person, *others = [str(column.label) for column in training_columns()]
    return [person, str(_("Name")), *others]


def sheet_title(topic: str, portion: str) -> str:
    """A topic as our own list names it: with the portion, where a plan asks for it."""
    return f"{topic}, {Portion(portion).label}" if portion else topic


def is_own_sheet(job: Import) -> bool:
    return job.header == sheet_header()


def understand_own_sheet(job: Import) -> None:
    """Our own list asks nothing: its columns and titles say what they are. What the
    agency has said of a title before still holds."""
    places = {name: place for place, name in enumerate(job.header)}
    columns = {column.key: places[str(column.label)] for column in training_columns()}
    imports.choose_columns(job=job, columns=columns, is_day_first=False)
    known, ours = meanings(job.agency), {}
    for topic in Topic.objects.all():
        for portion in Portion.values:
            ours[folded(sheet_title(topic.title, portion))] = (topic.pk, portion)
    told = [title for _line, title in titles_in(job)]
    chosen = {
        title: ours[folded(title)]
        for title in told
        if folded(title) in ours and folded(title) not in known
    }
    remember_titles(agency=job.agency, chosen=chosen)


TRAININGS = ImportKind(
    key="lms_competencies.trainings",
    label=_("Bring in completed trainings"),
    look=look,
    apply=apply,
    start_url="lms_competencies:training_import",
    choices_url="lms_competencies:training_import_columns",
    afterwards=_(
        "They wait for a signature, like everything somebody took elsewhere. The "
        "supervisors find them under Sign-off."
    ),
)
