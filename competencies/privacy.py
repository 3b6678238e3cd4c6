"""What the engine holds about people."""

from django.utils.translation import gettext_lazy as _

from lms.privacy import (
    BLANK,
    DASH,
    ERASE,
    PROOF,
    WORDS,
    Attached,
    Fields,
    Holding,
    Opening,
    Program,
    Retention,
    Text,
)

from .models import (
    ChecklistEntry,
    ChecklistItem,
    Competency,
    Completion,
    Evidence,
    History,
    HistoryConfirmation,
    ImportedTitle,
    ImportMapping,
    Phase,
    PhaseCompletion,
    PlanItem,
    PlanVersion,
    Requirement,
    RequirementAudience,
    SendBack,
    SignOff,
    StaffPlan,
    Topic,
    Training,
    TrainingPlan,
    TrainingRecord,
    TrainingTopic,
)


def _file(evidence: Evidence) -> Attached:
    return Attached(evidence.name, evidence.open)


DECLARED = [
    Holding(StaffPlan, _("My training plans"), PROOF),
    Holding(
        PlanItem,
        _("The lines of my plan"),
        PROOF,
        (
            Fields(
                "training_information notes agreed_because",
                Text.CONFIDENTIAL,
                BLANK,
                lasts=WORDS,
            ),
            Fields("waived_because", Text.CONFIDENTIAL, DASH, lasts=WORDS),
            Fields(
                "because",
                Text.INTERNAL,
                left_out=_("Worked out from dates and roles that are in this file."),
            ),
        ),
        acting="agreed_by waived_by",
    ),
    Holding(
        TrainingRecord,
        _("Trainings I took"),
        PROOF,
        (Fields("title provider objectives content_hash", Text.CONFIDENTIAL),),
        acting="recorded_by",
    ),
    Holding(
        Evidence,
        _("My certificates and notes"),
        PROOF,
        (
            Fields("name content_type sha256", Text.CONFIDENTIAL),
            Fields(
                "stored_as",
                Text.INTERNAL,
                left_out=_("Where the file lies; the file itself is in this download."),
            ),
        ),
        file=_file,
    ),
    Holding(Completion, _("Topics I completed"), PROOF),
    Holding(
        SignOff,
        _("Signatures on my lines"),
        PROOF,
        (
            Fields("digest salt", Text.INTERNAL),
            Fields("signed_as", Text.CONFIDENTIAL),
            Fields(
                "withdrawn_because still_needs", Text.CONFIDENTIAL, DASH, lasts=WORDS
            ),
        ),
        acting="signer",
    ),
    Holding(
        SendBack,
        _("Lines sent back to me"),
        PROOF,
        (Fields("note", Text.CONFIDENTIAL, BLANK, lasts=WORDS),),
        acting="by",
    ),
    Holding(
        PhaseCompletion,
        _("Phases I completed"),
        PROOF,
        (Fields("topics", Text.CONFIDENTIAL),),
    ),
    Holding(History, _("My earlier trainings, entered in one go"), PROOF),
    Holding(
        HistoryConfirmation,
        _("Who confirmed my earlier trainings"),
        PROOF,
        (Fields("digest", Text.INTERNAL),),
        acting="by",
    ),
    Holding(ChecklistItem, _("My checklist"), ERASE, acting="noted_by"),
    Program(
        Text.INTERNAL,
        (
            ChecklistEntry,
            Competency,
            ImportedTitle,
            ImportMapping,
            Phase,
            PlanVersion,
            Requirement,
            RequirementAudience,
            Topic,
            Training,
            TrainingPlan,
            TrainingTopic,
        ),
    ),
    Retention(
        "training",
        _("Completions, signatures, and the certificates or notes they rest on"),
        _("for good"),
        _("agencies have to show their training records; a later law may set an end"),
    ),
    Opening(
        "evidence.opened",
        _("%(reader)s opened your certificate or note “%(what)s”"),
        Evidence,
    ),
    Opening(
        "plan_item.opened",
        _("%(reader)s opened the line “%(what)s” of your plan"),
        PlanItem,
        "topic",
    ),
    Opening("plan.opened", _("%(reader)s opened your plan")),
    Opening("plan_print.opened", _("%(reader)s opened the print view of your plan")),
]
