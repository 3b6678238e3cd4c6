"""Who may edit what in the admin, and who reads it before it is published."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from content.models import LearningIndexPage
from lms.actions import TTA_GROUP

EXPERTS_GROUP = "Subject experts"
REVIEW, PUBLISH = "Review by a subject expert", "Publish"
EDITED_BY_TTA = [
    *("training", "topic", "topicequivalence", "competency", "award", "agency"),
    *("role", "trainingplan", "planversion", "localname", "helpline"),
    *("glossaryterm", "wordchoice", "livetraining", "theme", "target", "suggestion"),
    "design",
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
    _let_experts_review(index, group)


def _let_experts_review(index: LearningIndexPage, tta: Group) -> None:
    """Draft, review, publish, in Wagtail's own workflow. Experts read and approve what
    is sent to them and see nothing else; a colleague of the team may do so as well.
    Publishing stays with the team.

    A program that has chosen another workflow for its content keeps it.
    """
    experts, _created = Group.objects.get_or_create(name=EXPERTS_GROUP)
    experts.permissions.add(*Permission.objects.filter(codename="access_admin"))
    if WorkflowPage.objects.filter(page=index).exists():
        return
    workflow = Workflow.objects.create(name=REVIEW)
    for order, (name, groups) in enumerate(
        [(REVIEW, [experts, tta]), (PUBLISH, [tta])]
    ):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set(groups)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=index)
