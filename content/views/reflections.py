"""Room to write for oneself: sealed, and nobody else sees that anything is there."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils import timezone

from content.forms import ReflectionForm
from content.models import ModuleProgress
from lms import vault
from lms.models import Person, SealedKind, SealedShare, SealedText


@dataclass
class Reflection:
    """``kept`` is what is sealed there; the rest says whether it opens today."""

    form: ReflectionForm
    kept: SealedText | None
    is_closed: bool
    is_broken: bool

    @property
    def shares(self) -> list[SealedShare]:
        """To whom it is shown today; expects the shares at hand."""
        return self.kept.current_shares if self.kept else []


def prompts(section: Any) -> dict[str, str]:
    """What a section asks one to reflect on, by the id of the block."""
    return {
        block.id: block.value["prompt"]
        for block in section.value["content"]
        if block.block_type == "reflection"
    }


def reflections(
    request: HttpRequest, progress: ModuleProgress, section: Any
) -> dict[str, Reflection]:
    asked = prompts(section)
    if not asked:
        return {}
    today = SealedShare.objects.current().select_related("reader")
    own = SealedText.objects.filter(person=progress.person).of(progress)
    own = own.prefetch_related(Prefetch("shares", today, to_attr="current_shares"))
    kept = {sealed.field: sealed for sealed in own}
    is_closed = bool(vault.fault())
    found = {}
    for block, prompt in asked.items():
        is_open = block in kept and not is_closed
        words = words_of(kept[block], progress.person) if is_open else ""
        form = ReflectionForm(prefix=block, prompt=prompt, initial={"words": words})
        found[block] = Reflection(form, kept.get(block), is_closed, words is None)
    return found


def words_of(sealed: SealedText, person: Person) -> str | None:
    """The words for their author; None when they will not open, today or ever."""
    try:
        return vault.open_own(sealed, by=person)
    except vault.SealBrokenError:
        return None


def keep(form: ReflectionForm, progress: ModuleProgress) -> bool:
    """Seal what was written, or say in the form why it could not be."""
    if not form.is_valid():
        return False
    try:
        vault.seal(
            form.cleaned_data["words"],
            person=progress.person,
            kind=SealedKind.REFLECTION,
            row=progress,
            field=form.prefix,
            on=timezone.localdate(),
        )
    except (vault.VaultClosedError, vault.SealBrokenError):
        form.could_not_be_kept()
        return False
    return True
