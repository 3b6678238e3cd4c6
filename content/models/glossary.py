from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lms import policy
from lms.models import Reader


class GlossaryTermQuerySet(models.QuerySet):
    def visible_to(self, user: Reader) -> Self:
        standing = policy.relations_to_program(user)
        return (
            self.all() if policy.scopes("glossary", "view", standing) else self.none()
        )

    def about(self, words: str) -> Self:
        """Terms that hold all those words, in their name or their meaning."""
        found = self
        for word in words.split():
            found = found.filter(Q(term__icontains=word) | Q(meaning__icontains=word))
        return found


class GlossaryTerm(models.Model):
    """A word of the field, and what it means in plain ones."""

    term = models.CharField(_("term"), max_length=100, unique=True)
    meaning = models.TextField(_("meaning"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    loaded_meaning = models.TextField(blank=True, editable=False)

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = [Lower("term")]

    def __str__(self) -> str:
        return self.term
