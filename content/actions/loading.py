"""Loads the chapters and modules a program begins with; safe to repeat.

A module that somebody has edited since is left alone, and one that somebody has
deleted stays away.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import markdown
import yaml
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision, Site

from competencies.models import Training
from content.conf import conf
from content.models import CurriculumPage, LearningIndexPage, ModulePage

from .assessments import load_areas
from .editing import let_tta_edit
from .glossary import load_terms
from .words import load_words

STARTER = Path(__file__).parents[1] / "starter"
IDS = uuid.UUID("6f5e1f5c-0d0b-4c63-9c5a-9d1f2c1f7a10")
OFFERED = "edited here have a newer text: their editors show the difference"
TOLD = ["added", "changed", OFFERED, "left out: their training is not in the catalog"]


@transaction.atomic
def load_starter_content() -> list[str]:
    """Load chapters, modules and what stands beside them; a sentence for each kind."""
    index = _index_page()
    let_tta_edit(index)
    chapters = {
        row["number"]: _chapter(index, row)
        for row in yaml.safe_load(_read("curricula.yaml"))
    }
    rows = [
        yaml.safe_load(path.read_text("utf-8"))
        for folder in ("modules", "together")
        for path in sorted((STARTER / folder).glob("*.yaml"))
    ]
    done = Counter(_module(chapters[row["chapter"]], row) for row in rows)
    told = [f"{done[what]} modules {what}" for what in TOLD if done[what]]
    told += load_terms(yaml.safe_load(_read("glossary.yaml")))
    told += load_words(yaml.safe_load(_read("words.yaml")))
    return told + load_areas(yaml.safe_load(_read("self_assessment.yaml")))


def _read(name: str) -> str:
    return (STARTER / name).read_text("utf-8")


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
    key = row.get("training") or f"module-{row['code'].lower()}"
    training = Training.objects.filter(key=key).first()
    if training is None:
        return "left out: their training is not in the catalog"
    known = _known_page(training, row)
    if known is None and _was_deleted(row["title"]):
        return "deleted here"
    if known and _was_edited(known):
        return _offer(known, row)
    page = known or ModulePage(training=training, slug=row["slug"], live=False)
    _fill(page, row)
    if known is None:
        chapter.add_child(instance=page)
    fresh = page.content_hash()
    if page.loaded_hash == fresh:
        return "unchanged"
    page.loaded_hash = fresh
    _show_or_wait(page)
    Training.objects.filter(pk=training.pk).update(minutes=page.minutes)
    return "changed" if known else "added"


def _fill(page: ModulePage, row: Mapping[str, Any]) -> None:
    page.title = row["title"]
    page.summary = row["summary"]
    page.objectives = "\n".join(row["objectives"])
    page.minutes = row["minutes"]
    page.key_points = "\n".join(row.get("key_points", ()))
    page.next_steps = "\n".join(row.get("next_steps", ()))
    page.completion_message = row["completion_message"]
    page.is_heavy = row.get("heavy", False)
    page.is_done_together = row.get("done_together", False)
    page.rests_on_law = row.get("rests_on_law", False)
    page.is_open_to_partners = row.get("open_to_partners", False)
    page.sections = [_section(row["code"], part) for part in row["sections"]]


def _offer(page: ModulePage, row: Mapping[str, Any]) -> str:
    """Keep a newer text beside the one edited here, as a revision to compare.

    It is older than the draft by its time, so that nothing takes it for the newest.
    """
    fresh = page.get_latest_revision_as_object()
    _fill(fresh, row)
    offered = fresh.content_hash()
    if offered in {page.loaded_hash, page.offered_hash}:
        return "edited here"
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=fresh.serializable_data(),
        object_str=str(page),
        created_at=page.latest_revision.created_at - datetime.timedelta(seconds=1),
    )
    ModulePage.objects.filter(pk=page.pk).update(
        offered_hash=offered, offered_revision=revision
    )
    log(instance=page, action="lms_content.offered", revision=revision)
    return OFFERED


def _known_page(training: Training, row: Mapping[str, Any]) -> ModulePage | None:
    """The page that was loaded, also under another address; else any other.

    What is done together stands beside the module it deepens, and is not that module.
    """
    pages = ModulePage.objects.filter(
        training=training, is_done_together=row.get("done_together", False)
    )
    at_its_address = pages.filter(slug=row["slug"]).first()
    return at_its_address or pages.exclude(loaded_hash="").first()


def _show_or_wait(page: ModulePage) -> None:
    """Publish it; what rests on law stays a draft until that law is looked at."""
    if page.waits_for_law and not conf.shows_uncleared_law:
        page.live = False
        page.save()
        page.save_revision()
    else:
        page.save_revision().publish()


def _was_edited(page: ModulePage) -> bool:
    """Whether somebody has saved it in the editor, or its text is another."""
    newest = page.latest_revision
    if newest is None:
        return page.content_hash() != page.loaded_hash
    is_somebodys = newest.user_id is not None
    return is_somebodys or newest.as_object().content_hash() != page.loaded_hash


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
