"""Pictures, videos and files."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .learning import PREVIEW


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"), help_text=_("For people who do not see it.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "lms_content/blocks/picture.html"
        preview_template = "lms_content/blocks/preview_picture.html"
        description = _("A picture, with words for those who do not see it.")


class VideoBlock(blocks.StructBlock):
    """A file of one's own, played here, or a link that one follows: a video from
    elsewhere would tell that site who is reading."""

    title = blocks.CharBlock(label=_("Title"))
    file = DocumentChooserBlock(
        label=_("Video file"), required=False, help_text=_("MP4 or WebM, up to 20 MB.")
    )
    link = blocks.URLBlock(
        label=_("Or its address elsewhere"),
        required=False,
        help_text=_("It opens there, when somebody chooses to."),
    )
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A .vtt file.")
    )
    transcript = blocks.TextBlock(
        label=_("Transcript"),
        required=False,
        help_text=_("What is said and shown. Captions or this is needed to publish."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "lms_content/blocks/video.html"
        preview_template = PREVIEW
        description = _("A video that one can also read.")
        preview_value = {
            "title": "A first visit, in three minutes",
            "file": None,
            "link": "https://example.org/",
            "captions": None,
            "transcript": "Two people sit on a porch. One of them asks: how was today?",
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """A draft may lack what a reader needs; what is published may not."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        wrong = []
        if bool(cleaned["file"]) == bool(cleaned["link"]):
            wrong.append(_("Choose a file, or give an address: one of the two."))
        if not cleaned["captions"] and not cleaned["transcript"]:
            wrong.append(_("Add captions or a transcript before you publish."))
        if wrong:
            raise blocks.StructBlockValidationError(non_block_errors=wrong)
        return cleaned


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    note = blocks.CharBlock(label=_("What it is for"), required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "lms_content/blocks/download.html"
        preview_template = "lms_content/blocks/preview_download.html"
        description = _("A file to keep, such as a form to fill in.")
