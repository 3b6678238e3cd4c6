from .home import healthz, home, style_guide
from .imports import (
    import_apply,
    import_detail,
    import_discard,
    staff_import,
    staff_import_template,
)
from .me import (
    my_data,
    my_data_download,
    my_deletion,
    my_deletion_take_back,
    opened,
)
from .security import security_trail
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
    "import_apply",
    "import_detail",
    "import_discard",
    "my_data",
    "my_data_download",
    "my_deletion",
    "my_deletion_take_back",
    "opened",
    "people_search",
    "security_trail",
    "staff_add",
    "staff_change",
    "staff_detail",
    "staff_import",
    "staff_import_template",
    "staff_invite",
    "staff_list",
    "staff_pause",
    "staff_pause_change",
    "staff_roles",
    "staff_supervisor",
    "staff_supervisor_end",
    "style_guide",
]
