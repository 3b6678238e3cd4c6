from .agencies import Agency
from .codes import OneTimeCode
from .dated import Dated, DatedQuerySet, in_force
from .deletions import DeletionRequest
from .imports import Import, ImportRow
from .leaving import FactorReset, Leaving, NameChange
from .packs import Helpline, LocalName, Pack
from .people import Access, Credential, Pause, Person, RoleHeld, StaffMember
from .records import LearningRecordQuerySet, PersonRecord, PersonRecordQuerySet
from .roles import Role
from .supervision_ties import SupervisionTie
from .trust import AuditEntry, AuditSeal, OutboxMessage
from .vault import DataKey, SealedKind, SealedShare, SealedText, ShreddedKey
from .visibility import (
    Reader,
    accesses_in_force,
    agencies_directed_by,
    people_mergeable_by,
    people_visible_to,
    signers_for,
    staff_directed_by,
    staff_signed_for_by,
    staff_supervised_by,
    staff_visible_to,
    ties_in_force,
    without_supervisor,
)

__all__ = [
    "Access",
    "Agency",
    "AuditEntry",
    "AuditSeal",
    "Credential",
    "DataKey",
    "Dated",
    "DatedQuerySet",
    "DeletionRequest",
    "FactorReset",
    "Helpline",
    "Import",
    "ImportRow",
    "LearningRecordQuerySet",
    "Leaving",
    "LocalName",
    "NameChange",
    "OneTimeCode",
    "OutboxMessage",
    "Pack",
    "Pause",
    "Person",
    "PersonRecord",
    "PersonRecordQuerySet",
    "Reader",
    "Role",
    "RoleHeld",
    "SealedKind",
    "SealedShare",
    "SealedText",
    "ShreddedKey",
    "StaffMember",
    "SupervisionTie",
    "accesses_in_force",
    "agencies_directed_by",
    "in_force",
    "people_mergeable_by",
    "people_visible_to",
    "signers_for",
    "staff_directed_by",
    "staff_signed_for_by",
    "staff_supervised_by",
    "staff_visible_to",
    "ties_in_force",
    "without_supervisor",
]
