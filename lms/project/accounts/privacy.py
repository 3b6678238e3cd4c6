"""What accounts hold about people."""

from django.utils.translation import gettext_lazy as _

from lms.privacy import ERASE, Fields, Holding, Text

from .models import User

DECLARED = [
    Holding(
        User,
        _("My account"),
        ERASE,
        (
            Fields("email first_name last_name", Text.INTERNAL),
            Fields(
                "password",
                Text.CONFIDENTIAL,
                left_out=_("Only a hash of it is kept; nobody can read it."),
            ),
        ),
        whose="lms_person",
    ),
]
