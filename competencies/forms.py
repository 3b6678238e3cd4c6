import datetime
import hashlib
import io
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from lms.forms import DayField, RolesForm
from lms.models import Import

from .actions import Attachment
from .imports import (
    Title,
    meanings,
    suggested_columns,
    suggested_topics,
)
from .models import PlanItem, Portion, RequirementAudience, Topic
from .rules import NEEDED, Meant, folded, training_columns

register_heif_opener()

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
IMAGES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a phone's photo with a second picture inside
    "HEIF": "image/jpeg",
}
EARLIEST = datetime.date(1950, 1, 1)


class AttachmentField(forms.FileField):
    """A certificate or note: PDF, PNG, JPEG or HEIC, looked at and made safe.

    Images are drawn anew, so that place, camera and hidden content stay behind; HEIC
    becomes JPEG. ``clean`` returns an ``Attachment``.
    """

    widget = forms.FileInput(
        attrs={"accept": "application/pdf,image/png,image/jpeg,.heic,.heif"}
    )

    def clean(self, data: Any, initial: Any = None) -> Attachment | None:
        upload = super().clean(data, initial)
        return attachment_from(upload) if upload else None


def attachment_from(upload: UploadedFile) -> Attachment:
    """Read an upload as what it may be; a kind sentence for everything else."""
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("This file is larger than 20 MB. A photo of the page is enough.")
        )
    content = upload.read()
    stem = PurePath(upload.name).stem[:80] or "certificate"
    if content.startswith(b"%PDF-"):
        return _attachment(f"{stem}.pdf", "application/pdf", content)
    kind, drawn = _drawn_anew(content)
    suffix = "png" if kind == "image/png" else "jpg"
    return _attachment(f"{stem}.{suffix}", kind, drawn)


def _attachment(name: str, content_type: str, content: bytes) -> Attachment:
    digest = hashlib.sha256(content).hexdigest()
    return Attachment(name, content_type, content, digest)


def _drawn_anew(content: bytes) -> tuple[str, bytes]:
    try:
        image = Image.open(io.BytesIO(content))
        if image.format not in IMAGES:
            raise UnidentifiedImageError
        if image.width * image.height > MOST_PIXELS:
            raise ValidationError(
                _("This picture has too many pixels. A smaller photo is enough.")
            )
        picture = ImageOps.exif_transpose(image)
        kind, drawn = IMAGES[image.format], io.BytesIO()
        if kind == "image/png":
            bare = Image.new(picture.mode, picture.size)
            if picture.mode == "P":
                bare.putpalette(picture.getpalette())
            bare.paste(picture)
            bare.save(drawn, "PNG")
        else:
            bare = picture.convert("RGB")
            bare.info.clear()  # a comment would be written again
            bare.save(drawn, "JPEG", quality=88)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _(
                "This kind of file is not taken here. Add a PDF, a PNG or JPEG "
                "picture, or a photo from your phone."
            )
        ) from error
    return kind, drawn.getvalue()


class CompletionForm(forms.Form):
    """Somebody took a training elsewhere, and has a certificate, a note, or neither."""

    title = forms.CharField(label=_("What was it called?"), max_length=200)
    provider = forms.CharField(label=_("Who gave it?"), max_length=200, required=False)
    completed_on = DayField(label=_("When did you finish?"))
    hours = forms.DecimalField(
        label=_("How many hours?"),
        help_text=_("If you know."),
        min_value=0,
        max_value=999,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    portion = forms.ChoiceField(
        label=_("Which part?"),
        choices=[
            (Portion.DIDACTIC, _("The didactic portion")),
            (Portion.FULL, _("The full training")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    certificate = AttachmentField(
        label=_("Certificate or note"),
        help_text=_(
            "Only your certificate: no sign-in sheets, no case notes. PDF or a photo, "
            "up to 20 MB. Where the photo was taken is removed."
        ),
        required=False,
    )
    has_none = forms.BooleanField(label=_("I have no certificate"), required=False)

    def __init__(self, *args: Any, item: PlanItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.portion == Portion.WHOLE:
            del self.fields["portion"]
        else:
            self.fields["portion"].initial = item.portion

    def clean_completed_on(self) -> datetime.date:
        day = self.cleaned_data["completed_on"]
        if day > timezone.localdate():
            raise ValidationError(
                _("That day is still to come. You can note it as booked instead.")
            )
        if day < EARLIEST:
            raise ValidationError(_("That is before 1950. Please check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_missing = not cleaned.get("certificate") and "certificate" not in self.errors
        if is_missing and not cleaned.get("has_none"):
            self.add_error(
                "certificate",
                _("Add the file, or tick “I have no certificate”. Both are fine."),
            )
        return cleaned


class ItemWordsForm(forms.ModelForm):
    """The two people's own words on a line."""

    class Meta:
        model = PlanItem
        fields = ["training_information", "notes"]
        widgets = {
            "training_information": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "training_information": _("Where, with whom, how to sign up."),
            "notes": _(
                "No participant names or details. You and your supervisor read this, "
                "nobody else."
            ),
        }


class AgreedDateForm(forms.ModelForm):
    class Meta:
        model = PlanItem
        fields = ["agreed_on", "agreed_because"]
        field_classes = {"agreed_on": DayField}
        labels = {"agreed_on": _("Date you agreed on"), "agreed_because": _("Reason")}
        help_texts = {
            "agreed_on": _("Leave empty to go back to the date worked out."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("agreed_on") and not cleaned.get("agreed_because"):
            self.add_error("agreed_because", _("A few words on why, for both of you."))
        return cleaned


class SeatForm(forms.Form):
    """Booked for a day, waiting for a seat, or neither."""

    booked_on = DayField(label=_("Booked for"), required=False)
    is_waiting = forms.BooleanField(
        label=_("I applied and wait for a seat"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("booked_on") and cleaned.get("is_waiting"):
            self.add_error("is_waiting", _("Booked or waiting: choose one of the two."))
        return cleaned


class WaiverForm(forms.ModelForm):
    class Meta:
        model = PlanItem
        fields = ["waived_as", "waived_because"]
        labels = {"waived_as": _("It reads as"), "waived_because": _("Reason")}
        widgets = {"waived_as": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class PreviewForm(RolesForm):
    """The roles and the first day of somebody who does not exist."""

    hired_on = DayField(
        label=_("Hired on"),
        required=False,
        help_text=_("Leave empty to see what waits for a hire date."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("What is missing, and what would help."),
    )


class ColumnsForm(forms.Form):
    """Which column of a list holds what; what stood there in the first line helps."""

    is_day_first = forms.TypedChoiceField(
        label=_("A date like 3/4/2026 is"),
        choices=[("", _("4 March (month first)")), ("1", _("3 April (day first)"))],
        coerce=bool,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, job: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggested = suggested_columns(job)
        first = job.rows.first()
        choices = [
            (
                place,
                f"{name} ({first.cells[place][:30]})" if first.cells[place] else name,
            )
            for place, name in enumerate(job.header)
            if name
        ]
        for column in training_columns():
            self.fields[column.key] = forms.TypedChoiceField(
                label=column.label,
                choices=[("", _("Choose a column")), *choices],
                coerce=int,
                empty_value=None,
                initial=suggested.get(column.key, ""),
                required=column.key in NEEDED,
            )
        self.order_fields([column.key for column in training_columns()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        used: set[int] = set()
        for column in training_columns():
            place = cleaned.get(column.key)
            if place in used:
                self.add_error(column.key, _("This column is chosen for two things."))
            used |= {place} - {None}
        return cleaned

    def columns(self) -> dict[str, int]:
        keys = [column.key for column in training_columns()]
        chosen = {key: self.cleaned_data[key] for key in keys}
        return {key: place for key, place in chosen.items() if place is not None}


class TitlesForm(forms.Form):
    """Which topic each title stands for, or that it is left out."""

    LEFT_OUT = "none"

    def __init__(
        self, *args: Any, job: Import, titles: list[Title], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known, suggested = meanings(job.agency), suggested_topics()
        choices = topic_choices()
        self.titles = {f"line_{line}": title for line, title in titles}
        for name, title in self.titles.items():
            meant = known.get(folded(title), suggested.get(folded(title)))
            left_out = folded(title) in known and meant is None
            self.fields[name] = forms.ChoiceField(
                label=title,
                choices=choices,
                initial=self.LEFT_OUT if left_out else meant and key_of(meant),
            )

    def chosen(self) -> dict[str, tuple[int, str] | None]:
        return {
            title: None if value == self.LEFT_OUT else (int(topic), portion)
            for name, title in self.titles.items()
            for value in [self.cleaned_data[name]]
            for topic, _sign, portion in [value.partition(":")]
        }


def key_of(meant: Meant) -> str:
    return f"{meant.topic}:{meant.portion}"


def topic_choices() -> list[tuple[str, Any]]:
    """Every topic, in its portions where a plan asks for portions."""
    rows = RequirementAudience.objects.exclude(portion=Portion.WHOLE)
    in_portions = set(rows.values_list("requirement__topic", flat=True))
    choices = [("", _("Choose a topic")), (TitlesForm.LEFT_OUT, _("Leave out"))]
    for topic in Topic.objects.order_by("title"):
        if topic.pk in in_portions:
            choices += [
                (f"{topic.pk}:{portion}", f"{topic}, {portion.label}")
                for portion in (Portion.FULL, Portion.DIDACTIC)
            ]
        else:
            choices.append((f"{topic.pk}:", topic.title))
    return choices
