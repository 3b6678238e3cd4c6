"""A form that asks before it saves what may tell who somebody is."""

import hashlib
from collections.abc import Iterable

from django.utils.functional import cached_property

from lms.identifiers import Found, look_for, staff_names, words_of

ANYWAY = "save_anyway"


class AsksAboutIdentifiers:
    """Looks into the fields named in ``asks_about`` once everything else is right.

    A page with such a form includes ``lms/includes/identifiers.html``: it says what was
    found and offers *Save anyway*, which holds for exactly that. Nothing is stored, and
    what was typed stands in the form again. In fields for staff, hosts and contacts
    nothing is looked for, and the names that stand there are known.
    """

    asks_about: tuple[str, ...] = ()
    asks = False

    def names_known(self) -> Iterable[str]:
        """Texts whose words need no question, besides the names of staff."""
        return ()

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        self.asks = bool(self.found) and self.data.get(ANYWAY) != self.anyway
        return not self.asks

    @cached_property
    def found(self) -> list[tuple[str, list[Found]]]:
        """The label of each field with what it likely tells."""
        texts = {
            name: str(self.cleaned_data.get(name) or "")
            for name in self.asks_about
            if name in self.fields
        }
        if not any(texts.values()):
            return []
        known = staff_names() | words_of(self.names_known())
        rows = [
            (str(self.fields[name].label), look_for(text, known=known))
            for name, text in texts.items()
        ]
        return [(label, hits) for label, hits in rows if hits]

    @property
    def anyway(self) -> str:
        """What *Save anyway* sends: another finding asks again."""
        told = [(label, [hit.text for hit in hits]) for label, hits in self.found]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
