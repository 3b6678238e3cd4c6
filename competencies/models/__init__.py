from .completions import Completion, Evidence, SendBack, SignOff, TrainingRecord
from .histories import History, HistoryConfirmation
from .imports import ImportedTitle, ImportMapping
from .plans import (
    ChecklistEntry,
    Firmness,
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
    "History",
    "HistoryConfirmation",
    "ImportMapping",
    "ImportedTitle",
    "Obligation",
    "Phase",
    "PhaseCompletion",
    "PlanItem",
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
