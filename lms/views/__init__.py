from .home import healthz, home, style_guide
from .imports import (
    import_apply,
    import_detail,
    import_discard,
    staff_import,
    staff_import_template,
)
from .joining import staff_join
from .leaving import (
    private_email_confirm,
    staff_leave,
    staff_leave_code,
    staff_leave_undo,
    way_back,
)
from .me import (
    my_data,
    my_data_download,
    my_deletion,
    my_deletion_take_back,
    my_moving,
    my_name,
    my_private_email,
    opened,
)
from .merging import people_merge, people_same
from .names import name_settle
from .resets import reset_settle, staff_reset
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
    "my_moving",
    "my_name",
    "my_private_email",
    "name_settle",
    "opened",
    "people_merge",
    "people_same",
    "people_search",
    "private_email_confirm",
    "reset_settle",
    "security_trail",
    "staff_add",
    "staff_change",
    "staff_detail",
    "staff_import",
    "staff_import_template",
    "staff_invite",
    "staff_join",
    "staff_leave",
    "staff_leave_code",
    "staff_leave_undo",
    "staff_list",
    "staff_pause",
    "staff_pause_change",
    "staff_reset",
    "staff_roles",
    "staff_supervisor",
    "staff_supervisor_end",
    "style_guide",
    "way_back",
]
