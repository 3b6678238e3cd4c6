from .asking import AsksAboutIdentifiers
from .imports import ImportForm, StaffImportForm, TableField
from .leaving import (
    AccessEndsForm,
    BecauseForm,
    CalledForm,
    CodeForm,
    LastDayForm,
    MergeForm,
    NameForm,
    PrivateEmailForm,
)
from .staff import (
    DateInput,
    DayField,
    EndsOnForm,
    PauseForm,
    PersonForm,
    RoleHeldForm,
    RolesForm,
    StaffMemberForm,
    TieForm,
    people_matching,
)
from .trail import TrailForm

__all__ = [
    "AccessEndsForm",
    "AsksAboutIdentifiers",
    "BecauseForm",
    "CalledForm",
    "CodeForm",
    "DateInput",
    "DayField",
    "EndsOnForm",
    "ImportForm",
    "LastDayForm",
    "MergeForm",
    "NameForm",
    "PauseForm",
    "PersonForm",
    "PrivateEmailForm",
    "RoleHeldForm",
    "RolesForm",
    "StaffImportForm",
    "StaffMemberForm",
    "TableField",
    "TieForm",
    "TrailForm",
    "people_matching",
]
