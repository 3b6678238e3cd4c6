"""Words to read, think about and answer."""

import datetime

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PREVIEW = "lms_content/blocks/preview.html"
PLAIN = ["bold", "italic", "ol", "ul", "link", "document-link"]


class KeyIdeaBlock(blocks.TextBlock):
    class Meta:
        icon = "pick"
        label = _("Key idea")
        template = "lms_content/blocks/key_idea.html"
        preview_template = PREVIEW
        description = _("One or two sentences to remember.")
        preview_value = "Trust grows in small steps."


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "lms_content/blocks/text.html"
        preview_template = PREVIEW
        description = _("Short paragraphs, one idea on a screen.")
        preview_value = "<p>Short paragraphs, one idea on a screen.</p>"


class InPracticeBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    situation = blocks.TextBlock(
        label=_("Situation"), help_text=_("Begins with “Imagine”. Nobody real.")
    )
    prompt = blocks.TextBlock(label=_("Question"), required=False)
    thoughts = blocks.TextBlock(label=_("What a colleague might do"), required=False)

    class Meta:
        icon = "user"
        label = _("In practice")
        template = "lms_content/blocks/in_practice.html"
        preview_template = PREVIEW
        description = _(
            "A situation to think through, a question, and what a colleague might do."
        )
        preview_value = {
            "title": "A call from the hospital",
            "situation": "Imagine the nurse uses a word you would not choose.",
            "prompt": "What could you say first?",
            "thoughts": "Thank her for calling, then use your own words.",
        }


class VoiceBlock(blocks.StructBlock):
    """Somebody's own words. Consent is kept with them: without it they are not shown,
    and nobody can publish them."""

    words = blocks.TextBlock(
        label=_("Their words"), help_text=_("As they said them. Nobody invents any.")
    )
    who = blocks.CharBlock(
        label=_("As they want to be called"),
        help_text=_("A first name, a role, or nothing that anyone could guess from."),
    )
    consent_on = blocks.DateBlock(
        label=_("They agreed on"),
        help_text=_("To these words, in this place. They can take it back any day."),
    )
    consent_kept = blocks.CharBlock(
        label=_("Where their agreement is kept"),
        help_text=_("Readers do not see this."),
    )

    class Meta:
        icon = "openquote"
        label = _("Voice")
        template = "lms_content/blocks/voice.html"
        preview_template = PREVIEW
        description = _("Somebody’s own words, printed because they agreed.")
        preview_value = {
            "words": "Here stand the words of somebody who agreed to it.",
            "who": "As they want to be called",
            "consent_on": datetime.date(2026, 11, 1),
            "consent_kept": "",
        }


class WordPairBlock(blocks.StructBlock):
    instead_of = blocks.CharBlock(label=_("Instead of"))
    say = blocks.CharBlock(label=_("Say"))
    why = blocks.CharBlock(label=_("Why"), required=False)


class WordsBlock(blocks.ListBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(WordPairBlock(), **kwargs)

    class Meta:
        icon = "openquote"
        label = _("Words to choose")
        template = "lms_content/blocks/words.html"
        preview_template = PREVIEW
        description = _("Pairs of words: instead of, say, and why.")
        preview_value = [
            {
                "instead_of": "She refused",
                "say": "She chose not to",
                "why": "The choice is hers.",
            }
        ]


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Choice"))
    right = blocks.BooleanBlock(label=_("A good answer"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"), help_text=_("Teaches, and never just says “wrong”.")
    )


class CheckBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"))
    choices = blocks.ListBlock(ChoiceBlock(), label=_("Choices"), min_num=2)

    class Meta:
        icon = "help"
        label = _("Knowledge check")
        template = "lms_content/blocks/check.html"
        preview_template = PREVIEW
        description = _("A question with choices; each choice has feedback.")
        preview_value = {
            "question": "What helps a first visit most?",
            "choices": [
                {
                    "text": "Listening",
                    "right": True,
                    "feedback": "Yes: it opens doors.",
                },
                {
                    "text": "Forms",
                    "right": False,
                    "feedback": "They can wait a little.",
                },
            ],
        }
        help_text = _("At least one choice is a good answer; each has feedback.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not any(choice["right"] for choice in cleaned["choices"]):
            raise blocks.StructBlockValidationError(
                non_block_errors=[_("Mark at least one choice as a good answer.")]
            )
        return cleaned


class ReflectionBlock(blocks.StructBlock):
    prompt = blocks.TextBlock(
        label=_("Prompt"),
        help_text=_("About the work; never about use, health or history."),
    )
    note = blocks.CharBlock(label=_("Note"), required=False)

    class Meta:
        icon = "comment"
        label = _("Reflection")
        template = "lms_content/blocks/reflection.html"
        preview_template = PREVIEW
        description = _("A moment to think. What one writes is for oneself.")
        preview_value = {
            "prompt": "Which words does your team use about families?",
            "note": "",
        }


class LawBlock(blocks.StructBlock):
    statement = blocks.TextBlock(label=_("What it says"))
    jurisdiction = blocks.CharBlock(label=_("Where it holds"))
    source = blocks.CharBlock(label=_("Source"))
    as_of = blocks.DateBlock(label=_("Law as of"))
    next_review = blocks.DateBlock(label=_("Look at it again by"))

    class Meta:
        icon = "lock"
        label = _("Law")
        template = "lms_content/blocks/law.html"
        preview_template = PREVIEW
        description = _("What the law says, where, and until when this was looked at.")
        preview_value = {
            "statement": "What the rule asks for, in a sentence or two.",
            "jurisdiction": "Massachusetts",
            "source": "The law and its section",
            "as_of": datetime.date(2026, 11, 1),
            "next_review": datetime.date(2027, 11, 1),
        }


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    items = blocks.ListBlock(blocks.CharBlock(), label=_("Items"))

    class Meta:
        icon = "clipboard-list"
        label = _("Checklist")
        template = "lms_content/blocks/checklist.html"
        preview_template = PREVIEW
        description = _("A short list to go through.")
        preview_value = {
            "title": "Before you knock",
            "items": ["Phone charged", "Somebody knows where you are"],
        }


class ResourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))
    publisher = blocks.CharBlock(label=_("Publisher"), required=False)
    note = blocks.CharBlock(label=_("Why open it"), required=False)

    class Meta:
        icon = "link"
        label = _("Resource")
        template = "lms_content/blocks/resource.html"
        preview_template = PREVIEW
        description = _("A place to read more, outside this site.")
        preview_value = {
            "title": "Postpartum Support International",
            "url": "https://www.postpartum.net",
            "publisher": "",
            "note": "Help for parents around birth.",
        }
