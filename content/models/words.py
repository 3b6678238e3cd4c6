from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from content.language import WordList, WordRule, lines
from lms.models import Agency

from .modules import ModulePage


class WordChoiceQuerySet(models.QuerySet):
    def in_use(self) -> Self:
        return self.filter(is_used=True)

    def statewide(self) -> Self:
        return self.filter(agency=None)

    def heard_at(self, agencies: models.QuerySet[Agency]) -> Self:
        """The list for everyone, and what those agencies have added."""
        return self.filter(Q(agency=None) | Q(agency__in=agencies))

    def as_list(self) -> WordList:
        return WordList(choice.as_rule() for choice in self)


class WordChoice(models.Model):
    """A word to avoid, what to say instead and why. It suggests; nothing is blocked.

    One with an agency is a local term, added there and heard there.
    """

    key = models.SlugField(_("key"), max_length=50, blank=True, editable=False)
    agency = models.ForeignKey(
        Agency,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
        help_text=_("None: for everyone."),
    )
    avoid = models.CharField(_("instead of"), max_length=100)
    matches = models.TextField(
        _("spellings to look for"),
        blank=True,
        help_text=_("One a line. None: the word itself."),
    )
    say = models.TextField(_("say"), help_text=_("One a line, the best one first."))
    why = models.CharField(_("why"), max_length=300)
    leaves = models.TextField(
        _("leave alone inside"),
        blank=True,
        help_text=_("Phrases and names that hold it and are right, one a line."),
    )
    is_used = models.BooleanField(_("in use"), default=True)
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = WordChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("word to choose")
        verbose_name_plural = _("words to choose")
        ordering = [Lower("avoid"), "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("avoid"),
                "agency",
                condition=Q(agency__isnull=False),
                name="lms_wordchoice_once_an_agency",
                violation_error_message=_("This word is on the list already."),
            ),
            models.UniqueConstraint(
                Lower("avoid"),
                condition=Q(agency=None),
                name="lms_wordchoice_once_for_everyone",
                violation_error_message=_("This word is on the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.avoid

    @property
    def sayings(self) -> list[str]:
        return lines(self.say)

    def as_rule(self) -> WordRule:
        return WordRule(
            key=str(self.pk),
            matches=lines(self.matches) or [self.avoid],
            say=self.sayings,
            why=self.why,
            leaves=lines(self.leaves),
        )


class KeptWord(models.Model):
    """A word of the list that a module keeps, and the reason its editor gave."""

    module = models.ForeignKey(
        ModulePage, on_delete=models.CASCADE, related_name="kept_words"
    )
    word = models.CharField(_("word"), max_length=100)
    reason = models.CharField(_("reason"), max_length=300)
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("word kept with a reason")
        verbose_name_plural = _("words kept with a reason")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "word"], name="lms_keptword_once_a_module"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.reason}"
