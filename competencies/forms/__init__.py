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

__all__ = [
    "AgreedDateForm",
    "AttachmentField",
    "ColumnsForm",
    "CompletionForm",
    "ItemWordsForm",
    "PreviewForm",
    "ReasonForm",
    "SeatForm",
    "SendBackForm",
    "TitlesForm",
    "WaiverForm",
    "attachment_from",
]
