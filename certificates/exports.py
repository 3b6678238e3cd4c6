"""Everything in somebody's wallet as one ZIP, with a list of what it holds."""

import csv
import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from competencies.models import Evidence, TrainingRecord
from lms.exports import Cell, safe
from lms.models import Person

from .models import Certificate

IN_MEMORY = 2 * 1024 * 1024  # bytes; what is larger is written to the disk
LIST = "contents.csv"


def wallet(person: Person) -> IO[bytes]:
    """The ZIP, at its beginning. One file is read at a time."""
    packed = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (handed on)
    listed = io.StringIO()
    rows = csv.writer(listed)
    rows.writerow(
        [
            _("file"),
            _("title"),
            _("issuer"),
            _("date"),
            _("valid until"),
            _("hours"),
            "SHA-256",
        ]
    )
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, facts in (*_issued(person), *_from_elsewhere(person)):
            archive.writestr(name, content)
            digest = hashlib.sha256(content).hexdigest()
            rows.writerow([safe(cell) for cell in (name, *facts, digest)])
        archive.writestr(LIST, "\ufeff" + listed.getvalue())
    packed.seek(0)
    return packed


Packed = tuple[str, bytes, tuple[Cell, ...]]


def _issued(person: Person) -> Iterator[Packed]:
    own = Certificate.objects.filter(person=person, superseded_at=None)
    for each in own.select_related("file").iterator(chunk_size=50):
        facts = (each.title, each.issuer, each.issued_on, each.expires_on, None)
        yield f"certificate-{each.number}.pdf", bytes(each.file.content), facts


def _from_elsewhere(person: Person) -> Iterator[Packed]:
    files = Evidence.objects.filter(person=person).select_related("record")
    for each in files.iterator(chunk_size=50):
        record = each.record
        with each.open() as file:
            content = file.read()
        facts = (
            *(record.title, record.provider, record.completed_on),
            *(record.expires_on, record.hours),
        )
        yield f"elsewhere/{each.pk}-{_plain(each.name)}", content, facts


def _plain(name: str) -> str:
    """A name that stays inside the folder it is unpacked to."""
    return re.sub(r"[^\w.-]+", "-", name.rpartition("/")[2]).lstrip(".-") or "file"


def taken_elsewhere(person: Person) -> list[TrainingRecord]:
    """Trainings from outside that the person holds a paper of, newest first."""
    records = TrainingRecord.objects.filter(person=person, evidence__isnull=False)
    return list(records.distinct().prefetch_related("evidence"))
