from .attachments import AttachmentField, attachment_from
from .builder import (
    AudienceFormSet,
    BaseAudienceFormSet,
    ChecklistEntryForm,
    PhaseForm,
    PlaceForm,
    RequirementForm,
    StepForm,
    TopicForm,
    WhomForm,
)
from .completions import CompletionForm, EvidenceForm
from .cycles import RetakeForm, TurnsForm
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
    "BaseAudienceFormSet",
    "ChecklistEntryForm",
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
    "RetakeForm",
    "SeatForm",
    "SendBackForm",
    "SkillsForm",
    "StepForm",
    "TitlesForm",
    "TopicForm",
    "TurnsForm",
    "VisitsForm",
    "WaiverForm",
    "WhomForm",
    "attachment_from",
]
