"""Loads the chapters and modules a program begins with; safe to repeat.

A module that somebody has edited since is left alone, and one that somebody has
deleted stays away.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import markdown
import yaml
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageLogEntry,
    Site,
)

from competencies.models import Training
from content.models import CurriculumPage, LearningIndexPage, ModulePage
from lms.actions import TTA_GROUP

STARTER = Path(__file__).parents[1] / "starter"
IDS = uuid.UUID("6f5e1f5c-0d0b-4c63-9c5a-9d1f2c1f7a10")
TOLD = ["added", "changed", "left out: their training is not in the catalog"]
EDITED_BY_TTA = [
    *("training", "topic", "topicequivalence", "competency", "award", "design"),
    *("agency", "role", "trainingplan", "planversion", "localname", "helpline"),
]


@transaction.atomic
def load_starter_content() -> list[str]:
    """Load chapters and modules; a sentence for each change."""
    index = _index_page()
    _let_tta_edit(index)
    chapters = {
        row["number"]: _chapter(index, row)
        for row in yaml.safe_load((STARTER / "curricula.yaml").read_text("utf-8"))
    }
    rows = [
        yaml.safe_load(path.read_text("utf-8"))
        for path in sorted((STARTER / "modules").glob("*.yaml"))
    ]
    done = Counter(_module(chapters[row["chapter"]], row) for row in rows)
    return [f"{done[what]} modules {what}" for what in TOLD if done[what]]


def _index_page() -> LearningIndexPage:
    """The root of the content; where the site is new, the root of the site too."""
    if known := LearningIndexPage.objects.first():
        return known
    root = Page.get_first_root_node()
    index = root.add_child(
        instance=LearningIndexPage(title="Learning", slug="learning")
    )
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=index)
    elif site.root_page.specific_class is Page:
        site.root_page = index
        site.save()
    return index


def _chapter(index: LearningIndexPage, row: Mapping[str, Any]) -> CurriculumPage:
    known = CurriculumPage.objects.child_of(index).filter(number=row["number"]).first()
    return known or index.add_child(
        instance=CurriculumPage(
            title=row["title"],
            slug=f"chapter-{row['number'].replace('.', '-')}",
            number=row["number"],
        )
    )


def _module(chapter: CurriculumPage, row: Mapping[str, Any]) -> str:
    training = Training.objects.filter(key=f"module-{row['code'].lower()}").first()
    if training is None:
        return "left out: their training is not in the catalog"
    known = _known_page(training, row["slug"])
    if known is None and _was_deleted(row["title"]):
        return "deleted here"
    if known and _was_edited(known):
        return "edited here"
    page = known or ModulePage(training=training, slug=row["slug"])
    page.title = row["title"]
    page.summary = row["summary"]
    page.objectives = "\n".join(row["objectives"])
    page.minutes = row["minutes"]
    page.completion_message = row["completion_message"]
    page.is_open_to_partners = row.get("open_to_partners", False)
    page.sections = [_section(row["code"], part) for part in row["sections"]]
    if known is None:
        chapter.add_child(instance=page)
    fresh = page.content_hash()
    if page.loaded_hash == fresh:
        return "unchanged"
    page.loaded_hash = fresh
    page.save_revision().publish()
    Training.objects.filter(pk=training.pk).update(minutes=page.minutes)
    return "changed" if known else "added"


def _known_page(training: Training, slug: str) -> ModulePage | None:
    """The page that was loaded, also under another address; else any other."""
    pages = ModulePage.objects.filter(training=training)
    return pages.filter(slug=slug).first() or pages.exclude(loaded_hash="").first()


def _was_edited(page: ModulePage) -> bool:
    """Whether somebody has saved it in the editor, or its text is another."""
    newest = page.latest_revision
    is_somebodys = newest is not None and newest.user_id is not None
    return (
        is_somebodys
        or page.has_unpublished_changes
        or page.content_hash() != page.loaded_hash
    )


def _was_deleted(title: str) -> bool:
    kind = ContentType.objects.get_for_model(ModulePage)
    return PageLogEntry.objects.filter(
        action="wagtail.delete", content_type=kind, label=title
    ).exists()


def _section(code: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """Named by its title, so that progress stays when others come before it."""
    name = f"{code}/{part['title']}"
    content = [_block(f"{name}/{n}", block) for n, block in enumerate(part["blocks"])]
    return _named(name, "section", {"title": part["title"], "content": content})


def _block(name: str, block: Mapping[str, Any]) -> dict[str, Any]:
    [(kind, value)] = block.items()
    if kind == "text":
        value = markdown.markdown(value)
    elif kind == "words":
        value = _listed(name, value)
    elif kind == "check":
        value = {**value, "choices": _listed(name, value["choices"])}
    elif kind == "checklist":
        value = {**value, "items": _listed(name, value["items"])}
    elif kind == "law":
        value = {key: str(each) for key, each in value.items()}
    return _named(name, kind, value)


def _listed(name: str, values: Iterable[Any]) -> list[dict[str, Any]]:
    return [_named(f"{name}/{n}", "item", value) for n, value in enumerate(values)]


def _named(name: str, kind: str, value: Any) -> dict[str, Any]:
    """An item as a stream holds it. Wagtail drops what a list item without id says."""
    return {"type": kind, "id": str(uuid.uuid5(IDS, name)), "value": value}


def _let_tta_edit(index: LearningIndexPage) -> None:
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
