"""Finds the words of a list in a text, in one pass however long the list is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

AROUND = 60
QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»|\u2018[^’]*’(?!\w)")
CAPITAL_BEFORE = re.compile(
    r"(?:^|\s)[A-Z][\w'’-]*[ -](?:(?:of|on|for|to|in|the|an?) ){0,2}$"
)
CAPITAL_AFTER = re.compile(r"[ -][A-Z]")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class WordRule:
    """One entry of the list. ``matches`` are the spellings to look for, those in
    capitals only in capitals; inside one of ``leaves`` nothing is found."""

    key: str
    matches: Sequence[str]
    say: Sequence[str]
    why: str
    leaves: Sequence[str] = ()


@dataclass(frozen=True)
class Finding:
    """A word of the list in a text: where, as it is written, and around what."""

    rule: WordRule
    start: int
    found: str
    before: str
    after: str


class WordList:
    """A list made ready to look for: build it once, and check many texts."""

    def __init__(self, rules: Iterable[WordRule]) -> None:
        self.by_spelling = {
            _spelling(match): rule for rule in rules for match in rule.matches if match
        }
        spellings = sorted(self.by_spelling, key=len, reverse=True)
        self.pattern = _any_of(spellings)
        self.leaves = _any_of(
            sorted(
                {
                    leave.lower()
                    for rule in self.by_spelling.values()
                    for leave in rule.leaves
                },
                key=len,
                reverse=True,
            )
        )

    def check(self, text: str) -> Iterator[Finding]:
        """What the list has to say about a text, in the order of the text."""
        if self.pattern is None:
            return
        left_alone = [match.span() for match in QUOTED.finditer(text)]
        if self.leaves is not None:
            left_alone += [match.span() for match in self.leaves.finditer(text)]
        for match in self.pattern.finditer(text):
            rule = self._rule_of(match[0])
            start, end = match.span()
            if rule is None or any(a <= start and end <= b for a, b in left_alone):
                continue
            before, after = text[max(0, start - AROUND) : start], text[end:]
            if not _is_in_a_title(match[0], before, after):
                yield Finding(rule, start, match[0], before, after[:AROUND])

    def _rule_of(self, found: str) -> WordRule | None:
        """An abbreviation, such as MAT, is found in capitals alone."""
        word = SPACES.sub(" ", found)
        return self.by_spelling.get(word) or self.by_spelling.get(word.lower())


def _spelling(match: str) -> str:
    return match if match.isupper() else match.lower()


def _any_of(spellings: Sequence[str]) -> re.Pattern[str] | None:
    if not spellings:
        return None
    either = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in spellings)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


def _is_in_a_title(found: str, before: str, after: str) -> bool:
    """Whether it stands in capitals beside another word in capitals: a name."""
    is_in_capitals = found[0].isupper() and not found.isupper()
    return is_in_capitals and bool(
        CAPITAL_BEFORE.search(before) or CAPITAL_AFTER.match(after)
    )
