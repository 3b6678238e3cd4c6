"""What an editor fills in for a module, in the order in which one thinks of it."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

MODULE_PANELS = [
    FieldPanel("training"),
    HelpPanel(
        heading=_("A newer starter text"), template="lms_content/includes/offer.html"
    ),
    HelpPanel(
        heading=_("Topics taught, and where they are used"),
        template="lms_content/includes/topics_taught.html",
    ),
    FieldPanel("summary"),
    MultiFieldPanel(
        [FieldPanel("objectives"), FieldPanel("minutes")], heading=_("At a glance")
    ),
    HelpPanel(
        heading=_("While you write"), template="lms_content/includes/writing.html"
    ),
    FieldPanel("sections"),
    MultiFieldPanel(
        [
            FieldPanel("key_points"),
            FieldPanel("next_steps"),
            FieldPanel("completion_message"),
        ],
        heading=_("At the end"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("is_heavy"),
            FieldPanel("is_done_together"),
            FieldPanel("is_open_to_partners"),
        ],
        heading=_("Who reads it, and how"),
    ),
    MultiFieldPanel(
        [FieldPanel("reviewed_by"), FieldPanel("reviewed_on")],
        heading=_("Review by people with lived experience"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("rests_on_law"),
            FieldPanel("law_cleared_by"),
            FieldPanel("law_cleared_on"),
        ],
        heading=_("The law behind it"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("retake"),
            FieldPanel("retake_because"),
            FieldPanel("retake_from"),
            FieldPanel("retake_months"),
            FieldPanel("retake_roles", widget=CheckboxSelectMultiple),
        ],
        heading=_("When you publish"),
    ),
]
