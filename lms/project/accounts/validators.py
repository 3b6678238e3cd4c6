import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from lms.conf import conf
from lms.models import Agency, Person, Reader

LONGEST = 72  # what zxcvbn looks at
GOOD_ENOUGH = 3  # of 4: ten thousand million guesses


class HardToGuess:
    """Refuses what would be guessed soon: common passwords, rows of keys, and words of
    this program, its agencies and the person (ASVS 6.2.4 and 6.2.11)."""

    def validate(self, password: str, user: Reader | None = None) -> None:
        words = list(_words_of_the_context(user))
        found = zxcvbn(password[:LONGEST], user_inputs=words)
        if found["score"] < GOOD_ENOUGH:
            raise ValidationError(self.get_help_text(), code="password_too_easy")

    def get_help_text(self) -> str:
        return _(
            "Three or four words that do not belong together make a good password. "
            "One that many people use, or the name of a place or person, does not."
        )


def _words_of_the_context(user: Reader | None) -> Iterator[str]:
    person = Person.of(user) if user else None
    texts = [
        conf.program_name,
        "Alongside",
        *Agency.objects.values_list("name", flat=True),
    ]
    if user is not None:
        texts.append(getattr(user, user.get_email_field_name(), ""))
    if person is not None:
        texts += [person.full_name, person.called]
    for text in texts:
        yield text.lower()
        yield from re.findall(r"\w{3,}", text.lower())
