from .completions import Completion, Evidence, SendBack, SignOff, TrainingRecord
from .imports import ImportedTitle, ImportMapping
from .moves import MovedPlan, PlanMove
from .plans import (
    ChecklistEntry,
    Firmness,
    FrozenError,
    Obligation,
    Phase,
    PlanVersion,
    Requirement,
    RequirementAudience,
    TrainingPlan,
    Unit,
)
from .staff_plans import (
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
    "SETTLED",
    "ChecklistEntry",
    "ChecklistItem",
    "Competency",
    "Completion",
    "Evidence",
    "Firmness",
    "FrozenError",
    "ImportMapping",
    "ImportedTitle",
    "MovedPlan",
    "Obligation",
    "Phase",
    "PhaseCompletion",
    "PlanItem",
    "PlanSync",
    "PlanMove",
    "PlanVersion",
    "Portion",
    "Requirement",
    "RequirementAudience",
    "SendBack",
    "SignOff",
    "StaffPlan",
    "Topic",
    "Training",
    "TrainingPlan",
    "TrainingRecord",
    "TrainingTopic",
    "Unit",
    "date_to_look_at",
]
