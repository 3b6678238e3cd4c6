"""The list of words to choose, and what is kept in spite of it."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from content.models import KeptWord, ModulePage, WordChoice
from lms.models import Reader


def load_words(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Add words and follow their file; what somebody has changed is left alone."""
    known = {choice.key: choice for choice in WordChoice.objects.exclude(key="")}
    done = sum(_load(known.get(row["key"]), row) for row in rows)
    return [f"{done} words to choose added or changed"] if done else []


def _load(choice: WordChoice | None, row: Mapping[str, Any]) -> bool:
    if choice is not None and _hash_of(choice) != choice.loaded_hash:
        return False
    fresh = choice or WordChoice(key=row["key"])
    fresh.avoid = row["avoid"]
    fresh.matches = "\n".join(row["match"])
    fresh.say = "\n".join(row["say"])
    fresh.why = row["why"]
    fresh.leaves = "\n".join(row.get("leave", ()))
    if choice is not None and _hash_of(fresh) == choice.loaded_hash:
        return False
    fresh.loaded_hash = _hash_of(fresh)
    fresh.save()
    return True


def _hash_of(choice: WordChoice) -> str:
    told = [choice.avoid, choice.matches, choice.say, choice.why, choice.leaves]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@transaction.atomic
def keep_word(
    *, module: ModulePage, word: str, reason: str, by: Reader, at: datetime.datetime
) -> KeptWord:
    """Keep a word of the list in a module, with the reason; its history says who."""
    kept, _is_new = KeptWord.objects.update_or_create(
        module=module,
        word=word.lower(),
        defaults={"reason": reason, "kept_at": at},
    )
    log(
        instance=module,
        action="lms_content.word_kept",
        user=by,
        data={"word": kept.word, "reason": reason},
    )
    return kept
