"""What a module is made of: blocks for learning, each with a template of its own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .learning import (
    PLAIN,
    CheckBlock,
    ChecklistBlock,
    InPracticeBlock,
    KeyIdeaBlock,
    LawBlock,
    ReflectionBlock,
    ResourceBlock,
    TextBlock,
    VoiceBlock,
    WordsBlock,
)
from .media import DownloadBlock, PictureBlock, VideoBlock


class SectionContent(blocks.StreamBlock):
    key_idea = KeyIdeaBlock()
    text = TextBlock(features=PLAIN)
    picture = PictureBlock()
    voice = VoiceBlock()
    video = VideoBlock()
    in_practice = InPracticeBlock()
    words = WordsBlock()
    check = CheckBlock()
    reflection = ReflectionBlock()
    law = LawBlock()
    checklist = ChecklistBlock()
    resource = ResourceBlock()
    download = DownloadBlock()


class SectionBlock(blocks.StructBlock):
    """One idea, one screen."""

    title = blocks.CharBlock(label=_("Title"))
    content = SectionContent(label=_("Content"))

    class Meta:
        icon = "doc-full"
        label = _("Section")


class Sections(blocks.StreamBlock):
    section = SectionBlock()


__all__ = ["SectionContent", "Sections"]
