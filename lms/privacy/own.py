"""What the hub holds about people."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from lms import vault
from lms.models import (
    Access,
    Agency,
    AuditEntry,
    AuditSeal,
    Credential,
    DataKey,
    DeletionRequest,
    FactorReset,
    Helpline,
    Import,
    ImportRow,
    Leaving,
    LocalName,
    NameChange,
    OneTimeCode,
    OutboxMessage,
    Pack,
    Pause,
    Person,
    Role,
    RoleHeld,
    SealedShare,
    SealedText,
    StaffMember,
    SupervisionTie,
)

from .openings import openings_of, sentences_of
from .registry import (
    BLANK,
    ERASE,
    PROOF,
    SHRED,
    WORDS,
    Fields,
    Holding,
    Opening,
    Program,
    Retention,
    Text,
    keep,
)

TRAIL = Retention(
    "trail",
    _("The security trail: who did and opened what"),
    _("for twelve months, then whole months go"),
    _("what this program has promised its staff; no law sets a least time"),
)


def _openings(person: Person) -> Iterable[dict]:
    for at, sentence in sentences_of(openings_of(person)):
        when = date_format(localtime(at), "j M Y, H:i")
        yield {str(_("When")): when, str(_("What")): sentence}


def _sealed(person: Person) -> Iterable[dict]:
    for sealed in SealedText.objects.filter(person=person).order_by("sealed_on"):
        try:
            text = vault.open_own(sealed, by=person)
        except (vault.VaultClosedError, vault.SealBrokenError):
            text = _("This cannot be opened right now.")
        yield {
            str(_("When")): date_format(sealed.sealed_on, "j M Y"),
            str(_("What")): sealed.get_kind_display(),
            str(_("Words")): text,
        }


DECLARED = [
    Holding(
        Person,
        _("Who I am"),
        keep(_("What stays has to say whose it is.")),
        (
            Fields("full_name", Text.INTERNAL),
            Fields("called email phone private_email user", Text.INTERNAL, BLANK),
            Fields(
                "merged_into",
                Text.INTERNAL,
                left_out=_("It leads from a record entered twice to the one kept."),
            ),
        ),
        whose="id",
    ),
    Holding(
        StaffMember,
        _("Where I work or worked"),
        PROOF,
        (Fields("employee_id", Text.INTERNAL),),
    ),
    Holding(
        Leaving,
        _("My last day, and what ended with it"),
        ERASE,
        (Fields("ended sign_in_address", Text.INTERNAL),),
        acting="noted_by",
    ),
    Holding(
        NameChange,
        _("Names I had before"),
        ERASE,
        (Fields("earlier_name new_name", Text.CONFIDENTIAL),),
        acting="asked_by settled_by",
    ),
    Holding(
        FactorReset,
        _("Resets of my second step"),
        ERASE,
        (Fields("because", Text.CONFIDENTIAL),),
        acting="asked_by settled_by",
    ),
    Holding(
        OneTimeCode,
        _("Links and codes made for me"),
        ERASE,
        (
            Fields("purpose email", Text.INTERNAL),
            Fields(
                "digest",
                Text.CONFIDENTIAL,
                left_out=_("Only a hash of it is kept; nobody can read it."),
            ),
        ),
        acting="made_by",
    ),
    Holding(RoleHeld, _("Roles I held"), PROOF, whose="staff_member__person"),
    Holding(Pause, _("My pauses"), ERASE, whose="staff_member__person"),
    Holding(
        SupervisionTie,
        _("Who supervised me"),
        PROOF,
        whose="staff_member__person",
        acting="supervisor",
    ),
    Holding(Access, _("What I may do beyond my own work"), ERASE),
    Holding(
        Credential,
        _("My licences"),
        ERASE,
        (Fields("kind number issuer", Text.CONFIDENTIAL),),
    ),
    Holding(
        DeletionRequest,
        _("That I asked for deletion"),
        keep(_("It shows that what you asked for was done.")),
    ),
    Holding(
        AuditEntry,
        _("Who opened my records"),
        keep(_("It protects everyone, holds no words, and goes after a year.")),
        (Fields("act target facts", Text.INTERNAL, left_out=_("It is told below.")),),
        whose="about",
        acting="actor",
        told=_openings,
    ),
    Holding(
        SealedText,
        _("What I sealed"),
        SHRED,
        (
            Fields("kind", Text.INTERNAL, left_out=_("It is told below.")),
            Fields(
                "table row field ciphertext", Text.SEALED, left_out=_("Told below.")
            ),
            Fields("key sealed_on", Text.INTERNAL, left_out=_("It is told below.")),
        ),
        told=_sealed,
    ),
    Holding(
        DataKey,
        _("The keys to what I sealed"),
        SHRED,
        (
            Fields(
                "kind wrapping_key wrapped",
                Text.SEALED,
                left_out=_("Everybody has one of each, written or not."),
            ),
        ),
    ),
    Holding(
        SealedShare,
        _("With whom I share what I sealed"),
        ERASE,
        whose="text__person",
        acting="reader",
    ),
    Opening("sealed.opened", _("%(reader)s opened what you share with them")),
    Holding(
        Import,
        _("Lists I brought in"),
        ERASE,
        (Fields("kind file_name header columns counts", Text.CONFIDENTIAL),),
        whose="by",
    ),
    Program(Text.CONFIDENTIAL, (ImportRow,)),
    Program(
        Text.INTERNAL,
        (Agency, AuditSeal, Helpline, LocalName, OutboxMessage, Pack, Role),
    ),
    WORDS,
    TRAIL,
]
