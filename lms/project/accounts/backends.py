from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from lms import policy
from lms.actions import TTA_GROUP
from lms.models import Access


class AccessTodayBackend(AuthenticationBackend):
    """The training team's rights in the Wagtail admin hold while their access does.

    The group says what the team may edit, the access whether one is of the team
    today: an access that ended yesterday opens nothing, though nobody ran anything.
    """

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        groups = user_obj.groups.all()
        if not policy.holds(user_obj, Access.Kind.TTA):
            groups = groups.exclude(name=TTA_GROUP)
        return Permission.objects.filter(group__in=groups)
