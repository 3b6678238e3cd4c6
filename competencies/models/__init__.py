from .completions import Completion, Evidence, SendBack, SignOff, TrainingRecord
from .cycles import RefresherTurn, RetakeOrder, TopicEquivalence, made_here
from .families import FirstDayNamed, VisitsTogether, day_held
from .goals import DevelopmentGoal, GoalStep
from .histories import History, HistoryConfirmation
from .imports import ImportedTitle, ImportMapping
from .moves import MovedPlan, PlanMove
from .plans import (
    ChecklistEntry,
    Firmness,
    FirstFrom,
    FrozenError,
    Obligation,
    Phase,
    PlanVersion,
    Requirement,
    RequirementAudience,
    TrainingPlan,
    Unit,
    validate_span,
)
from .reviews import PlanReview
from .skills import SkillRating, SkillsTogether
from .staff_plans import (
    CARRIES_SOMETHING,
    SETTLED,
    ChecklistItem,
    PhaseCompletion,
    PlanItem,
    StaffPlan,
    date_to_look_at,
)
from .syncs import PlanSync
from .together import TogetherQuerySet, staff_of_the_two
from .topics import Competency, Portion, Topic
from .trainings import Training, TrainingTopic

__all__ = [
    "CARRIES_SOMETHING",
    "SETTLED",
    "ChecklistEntry",
    "ChecklistItem",
    "Competency",
    "Completion",
    "DevelopmentGoal",
    "Evidence",
    "Firmness",
    "FirstDayNamed",
    "FirstFrom",
    "FrozenError",
    "GoalStep",
    "History",
    "HistoryConfirmation",
    "ImportMapping",
    "ImportedTitle",
    "MovedPlan",
    "Obligation",
    "Phase",
    "PhaseCompletion",
    "PlanItem",
    "PlanMove",
    "PlanReview",
    "PlanSync",
    "PlanVersion",
    "Portion",
    "RefresherTurn",
    "Requirement",
    "RequirementAudience",
    "RetakeOrder",
    "SendBack",
    "SignOff",
    "SkillRating",
    "SkillsTogether",
    "StaffPlan",
    "TogetherQuerySet",
    "Topic",
    "TopicEquivalence",
    "Training",
    "TrainingPlan",
    "TrainingRecord",
    "TrainingTopic",
    "Unit",
    "VisitsTogether",
    "date_to_look_at",
    "day_held",
    "made_here",
    "staff_of_the_two",
    "validate_span",
]
