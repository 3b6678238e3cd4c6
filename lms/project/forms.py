import io
import zoneinfo
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from lms.models import Access, Agency

POSTS = [Access.Kind.ADMINISTRATOR, Access.Kind.DIRECTOR, Access.Kind.TTA]


class StartForm(forms.Form):
    """What a new program has to say of itself; asked in a terminal, in this order."""

    program_name = forms.CharField(label=_("Name of the program"), max_length=100)
    agency_name = forms.CharField(label=_("Name of the first agency"), max_length=200)
    time_zone = forms.CharField(label=_("Its time zone"), initial=settings.TIME_ZONE)
    week_starts_on = forms.ChoiceField(
        label=_("Its week starts on (monday or sunday)"),
        choices=[(day.name.lower(), day.label) for day in Agency.Weekday],
        initial="monday",
    )
    director_name = forms.CharField(label=_("Name of its director"), max_length=90)
    director_email = forms.EmailField(label=_("E-mail of the director"))
    tta_name = forms.CharField(
        label=_("Name of somebody of the training and technical assistance team"),
        max_length=90,
    )
    tta_email = forms.EmailField(label=_("E-mail of that person"))
    administrator_name = forms.CharField(
        label=_("Name of the system administrator"), max_length=90
    )
    administrator_email = forms.EmailField(label=_("E-mail of the administrator"))

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone not in zoneinfo.available_timezones():
            message = _("“%(zone)s” is not a time zone. Try “America/New_York”.")
            raise ValidationError(message % {"zone": zone})
        return zone

    def clean_week_starts_on(self) -> Agency.Weekday:
        return Agency.Weekday[self.cleaned_data["week_starts_on"].upper()]

    def clean(self) -> dict[str, Any]:
        """One person may hold several of the three posts, under one name."""
        cleaned = super().clean()
        names: dict[str, str] = {}
        for post in POSTS:
            email = cleaned.get(f"{post}_email", "").lower()
            name = cleaned.get(f"{post}_name", "")
            if email and name != names.setdefault(email, name):
                self.add_error(
                    f"{post}_email",
                    _("Two people have this address. Each needs their own."),
                )
        return cleaned

    def agency(self) -> Agency:
        return Agency(
            name=self.cleaned_data["agency_name"],
            time_zone=self.cleaned_data["time_zone"],
            week_starts_on=self.cleaned_data["week_starts_on"],
        )

    def people(self) -> dict[str, tuple[str, str]]:
        """Name and e-mail of who holds each post."""
        return {
            kind: (
                self.cleaned_data[f"{kind}_name"],
                self.cleaned_data[f"{kind}_email"],
            )
            for kind in POSTS
        }


class WholePictureField(WagtailImageField):
    """Wagtail's field; a picture that breaks off is told, and no fault of the site."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (OSError, SyntaxError) as why:
            message = _("This picture is damaged or cut short. Save it anew and retry.")
            raise ValidationError(message) from why


class PictureForm(BaseImageForm):
    """Wagtail's form for a picture, which is drawn anew: what is hidden in it, such as
    where a photo was taken, stays behind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = WholePictureField(
                label=file.label, required=file.required, widget=file.widget
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return _drawn_anew(file) if isinstance(file, UploadedFile) else file


def _drawn_anew(upload: UploadedFile) -> UploadedFile:
    """Photos stay JPEG, everything else becomes PNG; animation goes."""
    image = Image.open(upload)
    is_photo = image.format in {"JPEG", "MPO"}
    kind, mode, suffix = ("JPEG", "RGB", "jpg") if is_photo else ("PNG", "RGBA", "png")
    bare = ImageOps.exif_transpose(image).convert(mode)
    bare.info.clear()
    content = io.BytesIO()
    bare.save(content, kind)
    name = f"{PurePath(upload.name).stem}.{suffix}"
    return SimpleUploadedFile(name, content.getvalue(), f"image/{kind.lower()}")
