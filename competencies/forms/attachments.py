import hashlib
import io
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from competencies.actions import Attachment

register_heif_opener()

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
IMAGES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a phone's photo with a second picture inside
    "HEIF": "image/jpeg",
}


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
