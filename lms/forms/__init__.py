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

__all__ = [
    "DateInput",
    "DayField",
    "EndsOnForm",
    "PauseForm",
    "PersonForm",
    "RoleHeldForm",
    "RolesForm",
    "StaffMemberForm",
    "TieForm",
    "people_matching",
]
