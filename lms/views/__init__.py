from .home import healthz, home, style_guide
from .staff import (
    people_search,
    staff_add,
    staff_change,
    staff_detail,
    staff_invite,
    staff_list,
    staff_pause,
    staff_pause_change,
    staff_roles,
    staff_supervisor,
    staff_supervisor_end,
)

__all__ = [
    "healthz",
    "home",
    "people_search",
    "staff_add",
    "staff_change",
    "staff_detail",
    "staff_invite",
    "staff_list",
    "staff_pause",
    "staff_pause_change",
    "staff_roles",
    "staff_supervisor",
    "staff_supervisor_end",
    "style_guide",
]
