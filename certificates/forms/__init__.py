from .admin import AwardForm, DesignForm
from .pages import (
    ByHandForm,
    CodeForm,
    DisclosureForm,
    FileForm,
    NumberForm,
    ReasonForm,
)

__all__ = [
    "AwardForm",
    "ByHandForm",
    "CodeForm",
    "DesignForm",
    "DisclosureForm",
    "FileForm",
    "NumberForm",
    "ReasonForm",
]
