"""Makes a draft module of a Word file that was read."""

import hashlib
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.log_actions import log

from competencies.models import Training
from content.docx import Kind, Note, Picture, Section, Text, WordDocument
from content.models import CurriculumPage, ModulePage

WORD_IMPORT = "lms_content.word_import"
LONGEST_TITLE = 255


@transaction.atomic
def import_word_file(
    *,
    document: WordDocument,
    chapter: CurriculumPage,
    training: Training,
    by: AbstractBaseUser,
) -> ModulePage:
    """Make a draft of a document. Nobody but those who edit sees it until they publish.

    What became of the document is kept in the history of the page, as ``WORD_IMPORT``.
    Its pictures go through the site's own form for pictures; one that this refuses is
    left out, and the history says so.
    """
    pictures = _Pictures(document, by)
    page = ModulePage(
        title=document.title[:LONGEST_TITLE],
        training=training,
        minutes=document.minutes,
        sections=[_section(each, pictures) for each in document.sections],
        owner=by,
        live=False,
    )
    chapter.add_child(instance=page)
    page.save_revision(user=by, log_action=False)
    notes = [*document.notes, *pictures.refused]
    log(page, WORD_IMPORT, user=by, data=_told(document, notes))
    return page


def _told(document: WordDocument, notes: list[Note]) -> dict[str, Any]:
    parts = [part for section in document.sections for part in section.parts]
    refused = sum(note.kind == Kind.PICTURE_REFUSED for note in notes)
    return {
        "sections": len(document.sections),
        "pictures": sum(isinstance(part, Picture) for part in parts) - refused,
        "words": sum(section.words for section in document.sections),
        "notes": [astuple(note) for note in notes],
    }


def _section(section: Section, pictures: "_Pictures") -> dict[str, Any]:
    content = [
        block for part in section.parts for block in _blocks(part, section, pictures)
    ]
    value = {"title": section.title, "content": content}
    return {"type": "section", "value": value}


def _blocks(
    part: Text | Picture, section: Section, pictures: "_Pictures"
) -> Iterator[dict[str, Any]]:
    if isinstance(part, Text):
        yield {"type": "text", "value": part.html}
    elif (number := pictures.taken(part, section)) is not None:
        value = {"image": number, "alt": part.alt, "caption": part.caption}
        yield {"type": "picture", "value": value}


class _Pictures:
    """Takes each picture once, however often the document shows it."""

    def __init__(self, document: WordDocument, by: AbstractBaseUser) -> None:
        self.title, self.by = document.title, by
        self.form_class = get_image_form(get_image_model())
        self.collections = self._collections()
        self.refused: list[Note] = []
        self.numbers: dict[str, int] = {}

    def _collections(self) -> list[Any]:
        """Where the person may add pictures."""
        policy = self.form_class().permission_policy
        return list(policy.collections_user_has_permission_for(self.by, "add"))

    def taken(self, picture: Picture, section: Section) -> int | None:
        """The number of the image; None where it cannot be added here."""
        name = hashlib.sha256(picture.content).hexdigest()
        if name not in self.numbers and (why := self._add(picture, name)):
            self.refused.append(Note(Kind.PICTURE_REFUSED, section.title, why))
            return None
        return self.numbers[name]

    def _add(self, picture: Picture, name: str) -> str:
        """Add it, or say why not."""
        if not self.collections:
            return _("You may not add pictures here.")
        told = {
            "title": (picture.alt or self.title)[:LONGEST_TITLE],
            "description": picture.alt[:LONGEST_TITLE],
            "collection": self.collections[0].pk,
        }
        file = SimpleUploadedFile(f"{name[:16]}.{picture.suffix}", picture.content)
        form = self.form_class(told, {"file": file}, user=self.by)
        if not form.is_valid():
            return " ".join(each for errors in form.errors.values() for each in errors)
        form.instance.uploaded_by_user = self.by
        self.numbers[name] = form.save().pk
        return ""
