from .completions import Completion, Evidence, SendBack, SignOff, TrainingRecord
from .cycles import RefresherTurn, RetakeOrder, TopicEquivalence
from .imports import ImportedTitle, ImportMapping
from .plans import (
    ChecklistEntry,
    Firmness,
    FirstFrom,
    Obligation,
    Phase,
    PlanVersion,
    Requirement,
    RequirementAudience,
    TrainingPlan,
    Unit,
)
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
from .topics import Competency, Portion, Topic
from .trainings import Training, TrainingTopic

__all__ = [
    "CARRIES_SOMETHING",
    "SETTLED",
    "ChecklistEntry",
    "ChecklistItem",
    "Competency",
    "Completion",
    "Evidence",
    "Firmness",
    "FirstFrom",
    "ImportMapping",
    "ImportedTitle",
    "Obligation",
    "Phase",
    "PhaseCompletion",
    "PlanItem",
    "PlanSync",
    "PlanVersion",
    "Portion",
    "RefresherTurn",
    "Requirement",
    "RequirementAudience",
    "RetakeOrder",
    "SendBack",
    "SignOff",
    "StaffPlan",
    "Topic",
    "TopicEquivalence",
    "Training",
    "TrainingPlan",
    "TrainingRecord",
    "TrainingTopic",
    "Unit",
    "date_to_look_at",
]
