"""Loads the glossary; a meaning that somebody has changed is left alone."""

from collections.abc import Iterable, Mapping

from django.db.models import F

from content.models import GlossaryTerm


def load_terms(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Add terms and follow their file; a sentence if there was anything to do."""
    known = {term.term: term for term in GlossaryTerm.objects.all()}
    done = 0
    for row in rows:
        told = {"meaning": row["meaning"].strip(), "source": row.get("source", "")}
        term = known.get(row["term"])
        if term is None:
            GlossaryTerm.objects.create(
                term=row["term"], loaded_meaning=told["meaning"], **told
            )
            done += 1
        elif told["meaning"] != term.loaded_meaning:
            done += GlossaryTerm.objects.filter(
                pk=term.pk, meaning=F("loaded_meaning")
            ).update(loaded_meaning=told["meaning"], **told)
    return [f"{done} glossary terms added or changed"] if done else []
