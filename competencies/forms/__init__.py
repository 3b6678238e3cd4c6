from .attachments import AttachmentField, attachment_from
from .completions import CompletionForm, EvidenceForm
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

__all__ = [
    "AgreedDateForm",
    "AttachmentField",
    "ColumnsForm",
    "CompletionForm",
    "EvidenceForm",
    "HistoryForm",
    "InPartForm",
    "ItemWordsForm",
    "OutsideSigningForm",
    "OutsideSupervisorForm",
    "PreviewForm",
    "ReasonForm",
    "SeatForm",
    "SendBackForm",
    "TitlesForm",
    "WaiverForm",
    "attachment_from",
]
