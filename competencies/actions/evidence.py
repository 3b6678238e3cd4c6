"""Certificates and notes: kept outside public media, and added also afterwards."""

import datetime
import secrets
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction

from competencies.models import Completion, Evidence, TrainingRecord
from lms import audit
from lms.conf import conf
from lms.models import Person

from .holding import hold
from .refreshing import lines_of, refresh
from .sign_off import void_what_changed


@dataclass(frozen=True)
class Attachment:
    """A certificate or note that has been looked at and may be kept."""

    name: str
    content_type: str
    content: bytes
    sha256: str


def keep(record: TrainingRecord, attachment: Attachment) -> Evidence:
    stored_as = conf.private_storage.save(
        f"evidence/{record.recorded_at:%Y}/{secrets.token_hex(16)}",
        ContentFile(attachment.content),
    )
    return Evidence.objects.create(
        person_id=record.person_id,
        record=record,
        stored_as=stored_as,
        name=attachment.name,
        content_type=attachment.content_type,
        size=len(attachment.content),
        sha256=attachment.sha256,
    )


@transaction.atomic
def add_evidence(
    *, record: TrainingRecord, attachment: Attachment, by: Person, at: datetime.datetime
) -> int:
    """A certificate that came later. Signatures on its lines were given without it:
    they become void, those of other lines stay. Says how many."""
    hold([record.person_id])
    keep(record, attachment)
    void = void_what_changed(record, at)
    completions = Completion.objects.standing().filter(record=record)
    refresh(lines_of([record.person_id], completions.values("topic")))
    audit.record(
        act="evidence.added", actor=by, about=record.person, target=record, at=at
    )
    return void
