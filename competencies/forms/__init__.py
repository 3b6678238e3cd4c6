from .attachments import AttachmentField, attachment_from
from .builder import (
    AudienceFormSet,
    PhaseForm,
    PlaceForm,
    RequirementForm,
    StepForm,
    TopicForm,
    WhomForm,
)
from .completions import CompletionForm
from .histories import HistoryForm
from .growing import DevelopmentGoalForm, GoalStepForm, SkillsForm
from .imports import ColumnsForm, TitlesForm
from .items import (
    AgreedDateForm,
    InPartForm,
    ItemWordsForm,
    ReasonForm,
    SeatForm,
    SendBackForm,
    WaiverForm,
)
from .preview import PreviewForm
from .together import (
    FirstDayForm,
    PerformanceReviewForm,
    PlanReviewForm,
    VisitsForm,
)

__all__ = [
    "AgreedDateForm",
    "AttachmentField",
    "AudienceFormSet",
    "ColumnsForm",
    "CompletionForm",
    "DevelopmentGoalForm",
    "FirstDayForm",
    "HistoryForm",
    "InPartForm",
    "GoalStepForm",
    "ItemWordsForm",
    "PerformanceReviewForm",
    "PlanReviewForm",
    "PhaseForm",
    "PlaceForm",
    "PreviewForm",
    "ReasonForm",
    "RequirementForm",
    "SeatForm",
    "SendBackForm",
    "StepForm",
    "SkillsForm",
    "TitlesForm",
    "VisitsForm",
    "TopicForm",
    "WaiverForm",
    "WhomForm",
    "attachment_from",
]
