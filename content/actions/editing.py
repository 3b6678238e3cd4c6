"""Who may edit what in the admin."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from content.models import LearningIndexPage
from lms.actions import TTA_GROUP

EDITED_BY_TTA = [
    *("training", "topic", "topicequivalence", "competency", "award", "agency"),
    *("role", "trainingplan", "planversion", "localname", "helpline"),
    *("glossaryterm", "wordchoice"),
]


def let_tta_edit(index: LearningIndexPage) -> None:
    """The training team edits content, plans and awards in the admin, nothing else."""
    group, _created = Group.objects.get_or_create(name=TTA_GROUP)
    pages = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=["add_page", "change_page", "publish_page", "lock_page"],
    )
    for permission in pages:
        GroupPagePermission.objects.get_or_create(
            group=group, page=index, permission=permission
        )
    files = Permission.objects.filter(
        Q(content_type__app_label="wagtailimages")
        | Q(content_type__app_label="wagtaildocs"),
        codename__regex="^(add|change|choose)_(image|document)$",
    )
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=permission,
        )
    group.permissions.add(
        *Permission.objects.filter(codename="access_admin"),
        *Permission.objects.filter(
            content_type__app_label__startswith="lms",
            content_type__model__in=EDITED_BY_TTA,
            codename__regex="^(add|change|view)_",
        ),
    )
