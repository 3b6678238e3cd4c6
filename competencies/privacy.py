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
    DevelopmentGoal,
    Evidence,
    FirstDayNamed,
    GoalStep,
    History,
    HistoryConfirmation,
    ImportedTitle,
    ImportMapping,
    MovedPlan,
    Phase,
    PhaseCompletion,
    PlanItem,
    PlanReview,
    PlanSync,
    PlanVersion,
    RefresherTurn,
    Requirement,
    RequirementAudience,
    RetakeOrder,
    SendBack,
    SignOff,
    SkillRating,
    SkillsTogether,
    StaffPlan,
    Topic,
    TopicEquivalence,
    Training,
    TrainingPlan,
    TrainingRecord,
    TrainingTopic,
    VisitsTogether,
)


def _file(evidence: Evidence) -> Attached:
    return Attached(evidence.name, evidence.open)


DECLARED = [
    Holding(
        StaffPlan,
        _("My training plans"),
        PROOF,
        (Fields("performance_review_on", Text.CONFIDENTIAL, BLANK),),
    ),
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
                "because renew_because",
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
    Holding(
        MovedPlan,
        _("When my plan followed a newer version"),
        PROOF,
        (
            Fields(
                "standing",
                Text.INTERNAL,
                left_out=_("A check sum of lines that are in this file."),
            ),
        ),
    ),
    Holding(FirstDayNamed, _("The day I first met families alone"), ERASE, acting="by"),
    Holding(VisitsTogether, _("Visits I went along on"), ERASE, acting="noted_by"),
    Holding(
        PlanReview,
        _("When we looked at my plan"),
        ERASE,
        (Fields("looked_at", Text.CONFIDENTIAL, BLANK, lasts=WORDS),),
        acting="noted_by confirmed_by",
    ),
    Holding(
        DevelopmentGoal,
        _("My goals"),
        ERASE,
        (
            Fields("goal", Text.CONFIDENTIAL, DASH, lasts=WORDS),
            Fields(
                "specific measurable achievable relevant inclusive equitable",
                Text.CONFIDENTIAL,
                BLANK,
                lasts=WORDS,
            ),
        ),
        acting="noted_by",
    ),
    Holding(
        GoalStep,
        _("Steps toward my goals"),
        ERASE,
        (Fields("step", Text.CONFIDENTIAL, DASH, lasts=WORDS),),
    ),
    Holding(
        SkillsTogether,
        _("With whom I look at skills"),
        ERASE,
        acting="supervisor",
    ),
    Holding(SkillRating, _("How skills of mine were seen"), ERASE),
    Program(
        Text.INTERNAL,
        (
            ChecklistEntry,
            Competency,
            ImportedTitle,
            ImportMapping,
            Phase,
            PlanSync,
            PlanVersion,
            RefresherTurn,
            Requirement,
            RequirementAudience,
            RetakeOrder,
            Topic,
            TopicEquivalence,
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
    Opening("goals.opened", _("%(reader)s opened your goals")),
    Opening(
        "goal.opened",
        _("%(reader)s opened your goal “%(what)s”"),
        DevelopmentGoal,
        "goal",
    ),
    Opening("skills.opened", _("%(reader)s opened how you both see your skills")),
    Opening("plan.opened", _("%(reader)s opened your plan")),
    Opening("plan_print.opened", _("%(reader)s opened the print view of your plan")),
    Opening("plan_reviews.opened", _("%(reader)s opened the reviews of your plan")),
]
