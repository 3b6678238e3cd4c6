from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.rules import Language, Paper, Style

is_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six figures, such as #1f5a4e.")
)


class Design(models.Model):
    """How certificates look. Editing it changes the next ones, never those issued."""

    title = models.CharField(_("name of the design"), max_length=120)
    paper = models.CharField(
        _("paper"), max_length=10, choices=Paper, default=Paper.LETTER
    )
    language = models.CharField(
        _("language"), max_length=5, choices=Language, default=Language.ENGLISH
    )
    first_line = models.CharField(
        _("first line"), max_length=7, default="#1f5a4e", validators=[is_colour]
    )
    second_line = models.CharField(
        _("second line"), max_length=7, default="#c27b14", validators=[is_colour]
    )
    has_completed = models.CharField(
        _("words between name and title"),
        max_length=120,
        blank=True,
        help_text=_("Empty: “has completed”, in the language chosen."),
    )
    logo = models.TextField(_("logo"), blank=True, editable=False)
    first_signature = models.TextField(_("first signature"), blank=True, editable=False)
    second_signature = models.TextField(
        _("second signature"), blank=True, editable=False
    )

    class Meta:
        verbose_name = _("design")
        verbose_name_plural = _("designs")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def style(self) -> Style:
        return Style(**{name: getattr(self, name) for name in Style().settings()})


class DesignRevision(models.Model):
    """A look that certificates were drawn in, kept as it was. Never edited: the same
    look is the same row, another look is another."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    settings = models.JSONField(_("settings"))
    drawn_by = models.CharField(_("drawn by"), max_length=40)

    class Meta:
        verbose_name = _("revision of a design")
        verbose_name_plural = _("revisions of designs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.drawn_by}, {self.digest[:8]}"

    @classmethod
    def of(cls, style: Style, drawn_by: str) -> "DesignRevision":
        revision, _is_new = cls.objects.get_or_create(
            digest=style.digest(),
            defaults={"settings": style.settings(), "drawn_by": drawn_by},
        )
        return revision

    def style(self) -> Style:
        return Style(**self.settings)
