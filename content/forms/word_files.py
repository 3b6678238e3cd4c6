from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageQuerySet
from wagtail.permissions import page_permission_policy

from competencies.models import Training
from content import docx
from content.models import CurriculumPage

OTHER_KINDS = {
    ".docm": _("This kind of file may hold macros. Save it as .docx, without them."),
    ".dotm": _("This kind of file may hold macros. Save it as .docx, without them."),
    ".doc": _("This is Word's old kind of file. Save it as .docx and try again."),
    ".pdf": _("A PDF cannot be taken apart. Choose the Word document it was made of."),
}


def chapters_of(user: AbstractBaseUser | AnonymousUser) -> PageQuerySet:
    """The chapters in which somebody may begin a module."""
    theirs = page_permission_policy.instances_user_has_permission_for(user, "add")
    return CurriculumPage.objects.filter(pk__in=theirs.values("pk")).order_by("path")


class WordField(forms.FileField):
    """A Word document; ``clean`` returns it read, as a ``docx.WordDocument``.

    What is no Word document, or is built to hurt, is refused with a sentence.
    """

    widget = forms.FileInput(attrs={"accept": ".docx"})
    default_error_messages = {
        "empty": _("This file is empty. Choose the document once more."),
        "kind": _("Only .docx files can be taken. Save the document as .docx first."),
    }

    def clean(self, data: Any, initial: Any = None) -> docx.WordDocument:
        upload = super().clean(data, initial)
        suffix = PurePath(upload.name).suffix.lower()
        if suffix != ".docx":
            raise ValidationError(
                OTHER_KINDS.get(suffix, self.error_messages["kind"]), code="kind"
            )
        try:
            document = docx.read_word_file(upload.file, upload.size)
        except docx.NotReadable as reason:
            raise ValidationError(str(reason)) from reason
        document.title = document.title or PurePath(upload.name).stem
        return document


class WordImportForm(forms.Form):
    chapter = forms.ModelChoiceField(
        label=_("Chapter"),
        queryset=CurriculumPage.objects.none(),
        help_text=_("Where the new module stands. It can be moved afterwards."),
    )
    training = forms.ModelChoiceField(
        label=_("Training"),
        queryset=Training.objects.filter(kind=Training.Kind.MODULE, is_offered=True),
        help_text=_("What finishing the module counts as."),
    )
    document = WordField(
        label=_("Word file"),
        help_text=_(
            "A .docx of up to 20 MB. Headings of the first and second level begin "
            "new sections."
        ),
    )

    def __init__(self, *args: Any, chapters: PageQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].queryset = chapters
