from .attachments import AttachmentField, attachment_from
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
    "FirstDayForm",
    "ItemWordsForm",
    "PerformanceReviewForm",
    "PlanReviewForm",
    "PreviewForm",
    "ReasonForm",
    "SeatForm",
    "SendBackForm",
    "TitlesForm",
    "VisitsForm",
    "WaiverForm",
    "attachment_from",
]
