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

__all__ = [
    "AgreedDateForm",
    "AttachmentField",
    "AudienceFormSet",
    "ColumnsForm",
    "CompletionForm",
    "ItemWordsForm",
    "PhaseForm",
    "PlaceForm",
    "PreviewForm",
    "ReasonForm",
    "RequirementForm",
    "SeatForm",
    "SendBackForm",
    "StepForm",
    "TitlesForm",
    "TopicForm",
    "WaiverForm",
    "WhomForm",
    "attachment_from",
]
