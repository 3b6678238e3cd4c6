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

__all__ = [
    "AgreedDateForm",
    "AttachmentField",
    "ColumnsForm",
    "CompletionForm",
    "HistoryForm",
    "InPartForm",
    "ItemWordsForm",
    "PreviewForm",
    "ReasonForm",
    "SeatForm",
    "SendBackForm",
    "TitlesForm",
    "WaiverForm",
    "attachment_from",
]
