from .attachments import AttachmentField, attachment_from
from .completions import CompletionForm
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
    "HistoryForm",
    "InPartForm",
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
