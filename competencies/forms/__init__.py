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
from .completions import CompletionForm, EvidenceForm
from .growing import DevelopmentGoalForm, GoalStepForm, SkillsForm
from .histories import HistoryForm
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
from .outside import OutsideSigningForm, OutsideSupervisorForm
from .preview import PreviewForm
from .together import (
    FirstDayForm,
    NearestTemplateForm,
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
    "EvidenceForm",
    "FirstDayForm",
    "GoalStepForm",
    "HistoryForm",
    "InPartForm",
    "ItemWordsForm",
    "NearestTemplateForm",
    "OutsideSigningForm",
    "OutsideSupervisorForm",
    "PerformanceReviewForm",
    "PhaseForm",
    "PlaceForm",
    "PlanReviewForm",
    "PreviewForm",
    "ReasonForm",
    "RequirementForm",
    "SeatForm",
    "SendBackForm",
    "SkillsForm",
    "StepForm",
    "TitlesForm",
    "TopicForm",
    "VisitsForm",
    "WaiverForm",
    "WhomForm",
    "attachment_from",
]
