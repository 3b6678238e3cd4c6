from .completions import Completion, Evidence, SendBack, SignOff, TrainingRecord
from .families import FirstDayNamed, VisitsTogether, day_held
from .goals import DevelopmentGoal, GoalStep
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
from .reviews import PlanReview
from .skills import SkillRating, SkillsTogether
from .staff_plans import (
    SETTLED,
    ChecklistItem,
    PhaseCompletion,
    PlanItem,
    StaffPlan,
    date_to_look_at,
)
from .together import TogetherQuerySet, staff_of_the_two
from .topics import Competency, Portion, Topic
from .trainings import Training, TrainingTopic

__all__ = [
    "SETTLED",
    "ChecklistEntry",
    "ChecklistItem",
    "Competency",
    "Completion",
    "DevelopmentGoal",
    "Evidence",
    "Firmness",
    "FirstDayNamed",
    "GoalStep",
    "ImportMapping",
    "ImportedTitle",
    "Obligation",
    "Phase",
    "PhaseCompletion",
    "PlanItem",
    "PlanReview",
    "PlanVersion",
    "Portion",
    "Requirement",
    "RequirementAudience",
    "SendBack",
    "SignOff",
    "SkillRating",
    "SkillsTogether",
    "StaffPlan",
    "TogetherQuerySet",
    "Topic",
    "Training",
    "TrainingPlan",
    "TrainingRecord",
    "TrainingTopic",
    "Unit",
    "VisitsTogether",
    "date_to_look_at",
    "day_held",
    "staff_of_the_two",
]
