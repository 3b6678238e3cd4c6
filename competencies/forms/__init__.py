from .attachments import AttachmentField, attachment_from
from .completions import CompletionForm
from .growing import DevelopmentGoalForm, GoalStepForm, SkillsForm
from .imports import ColumnsForm, TitlesForm
from .items import (
    AgreedDateForm,
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
    "ColumnsForm",
    "CompletionForm",
    "DevelopmentGoalForm",
    "FirstDayForm",
    "GoalStepForm",
    "ItemWordsForm",
    "PerformanceReviewForm",
    "PlanReviewForm",
    "PreviewForm",
    "ReasonForm",
    "SeatForm",
    "SendBackForm",
    "SkillsForm",
    "TitlesForm",
    "VisitsForm",
    "WaiverForm",
    "attachment_from",
]
