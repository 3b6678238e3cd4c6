from django.utils.translation import gettext_lazy as _

from lms.forms import DayField, RolesForm


class PreviewForm(RolesForm):
    """The roles and the first day of somebody who does not exist."""

    hired_on = DayField(
        label=_("Hired on"),
        required=False,
        help_text=_("Leave empty to see what waits for a hire date."),
    )
