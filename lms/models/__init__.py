from .agencies import Agency
from .codes import OneTimeCode
from .dated import Dated, DatedQuerySet, in_force
from .leaving import FactorReset, Leaving, NameChange
from .people import Access, Credential, Pause, Person, RoleHeld, StaffMember
from .records import LearningRecordQuerySet, PersonRecord, PersonRecordQuerySet
from .roles import Role
from .supervision_ties import SupervisionTie
from .trust import AuditEntry, AuditSeal, OutboxMessage
from .visibility import (
    Reader,
    people_mergeable_by,
    people_visible_to,
    signers_for,
    staff_directed_by,
    staff_signed_for_by,
    staff_supervised_by,
    staff_visible_to,
    without_supervisor,
)

__all__ = [
    "Access",
    "Agency",
    "AuditEntry",
    "AuditSeal",
    "Credential",
    "Dated",
    "DatedQuerySet",
    "FactorReset",
    "LearningRecordQuerySet",
    "Leaving",
    "NameChange",
    "OneTimeCode",
    "OutboxMessage",
    "Pause",
    "Person",
    "PersonRecord",
    "PersonRecordQuerySet",
    "Reader",
    "Role",
    "RoleHeld",
    "StaffMember",
    "SupervisionTie",
    "in_force",
    "people_mergeable_by",
    "people_visible_to",
    "signers_for",
    "staff_directed_by",
    "staff_signed_for_by",
    "staff_supervised_by",
    "staff_visible_to",
    "without_supervisor",
]
