import io
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """Wagtail's form for a picture, which is drawn anew: what is hidden in it, such as
    where a photo was taken, stays behind."""

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
