"""Two people with the same page open: whatever they do in whatever order, a line is
signed once, and what is signed is what its signer was shown."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from competencies import actions
from competencies.models import Completion, PlanItem, SignOff, TrainingRecord
from lms.models import Person
from tests.factories import complete, line

CODES = ["OB-01", "OB-02"]
CODE = st.sampled_from(CODES)
ACTOR = st.sampled_from(["sam", "ben"])
DAY = st.dates(datetime.date(2026, 11, 1), datetime.date(2026, 11, 20))
HOURS = st.sampled_from([Decimal(1), Decimal("1.5"), Decimal(6)])


def facts(completion: Completion) -> tuple:
    """What a page shows of a line, put together without the product's digest."""
    record = completion.record
    files = sorted(each.sha256 for each in record.evidence.all())
    shown = (record.title, record.provider, record.completed_on, record.hours, files)
    return completion.person_id, completion.topic_id, completion.portion, *shown


class TwoSigners(RuleBasedStateMachine):
    """Lena tells, corrects and takes back; Sam and Ben, who stands in, each act on the
    page as they last opened it."""

    def __init__(self, lena: Person, sam: Person, ben: Person) -> None:
        super().__init__()
        self.lena, self.actors = lena, {"sam": sam, "ben": ben}
        self.shown: dict[str, dict[int, tuple[str, tuple]]] = {"sam": {}, "ben": {}}
        self.signed: dict[int, tuple] = {}
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @rule(code=CODE, on=DAY, hours=HOURS)
    def tell(self, code: str, on: datetime.date, hours: Decimal) -> None:
        complete(self.lena, code, on=on, hours=hours)

    @rule(code=CODE, hours=HOURS)
    def correct(self, code: str, hours: Decimal) -> None:
        """The facts of a line that nobody has signed become others."""
        signed = SignOff.objects.in_force().values("completion__record")
        waiting = TrainingRecord.objects.exclude(pk__in=signed)
        waiting.filter(completions__topic__code=code).update(hours=hours)

    @rule(code=CODE, name=st.text("abc", min_size=1, max_size=3))
    def add_a_certificate(self, code: str, name: str) -> None:
        if completion := line(self.lena, code).completion:
            file = actions.Attachment(f"{name}.pdf", "application/pdf", b"%PDF-", name)
            actions.add_evidence(
                record=completion.record,
                attachment=file,
                by=self.lena,
                at=timezone.now(),
            )

    @rule(code=CODE)
    def take_back(self, code: str) -> None:
        if completion := line(self.lena, code).completion:
            try:
                actions.withdraw_completion(
                    completion=completion, by=self.lena, at=timezone.now()
                )
            except ValidationError:
                assert completion.sign_offs.in_force().exists()

    @rule(actor=ACTOR)
    def open_the_page(self, actor: str) -> None:
        lines = PlanItem.objects.awaiting_signature_by(self.actors[actor])
        self.shown[actor] = {
            item.completion_id: (actions.seen(item.completion), facts(item.completion))
            for item in lines.select_related("completion__record")
        }

    @rule(actor=ACTOR)
    def sign_the_page(self, actor: str) -> None:
        shown = self.shown[actor]
        before = set(SignOff.objects.values_list("pk", flat=True))
        actions.sign(
            signer=self.actors[actor],
            lines={key: seen for key, (seen, _facts) in shown.items()},
            at=timezone.now(),
        )
        self._remember(actor, before)

    @rule(actor=ACTOR, code=CODE)
    def accept_in_part(self, actor: str, code: str) -> None:
        item = line(self.lena, code)
        if item.completion_id in self.shown[actor]:
            before = set(SignOff.objects.values_list("pk", flat=True))
            actions.accept_in_part(
                item=item,
                by=self.actors[actor],
                seen_digest=self.shown[actor][item.completion_id][0],
                needs="A second day",
                at=timezone.now(),
            )
            self._remember(actor, before)

    @rule(actor=ACTOR, code=CODE)
    def send_back(self, actor: str, code: str) -> None:
        item = line(self.lena, code)
        if item.completion_id in self.shown[actor]:
            actions.send_back(
                item=item, by=self.actors[actor], note="Which?", at=timezone.now()
            )

    @rule(actor=ACTOR)
    def withdraw(self, actor: str) -> None:
        own = SignOff.objects.in_force().filter(signer=self.actors[actor])
        if signature := own.first():
            actions.withdraw_sign_off(
                sign_off=signature, because="Too early", at=timezone.now()
            )

    def _remember(self, actor: str, before: set[int]) -> None:
        for signature in SignOff.objects.exclude(pk__in=before):
            assert signature.signer == self.actors[actor]
            self.signed[signature.pk] = self.shown[actor][signature.completion_id][1]

    @invariant()
    def no_line_is_signed_twice(self) -> None:
        in_force = list(SignOff.objects.in_force().values_list("completion", flat=True))
        assert len(in_force) == len(set(in_force))

    @invariant()
    def what_is_signed_is_what_was_shown(self) -> None:
        for each in SignOff.objects.in_force().select_related("completion__record"):
            assert facts(each.completion) == self.signed[each.pk]
            assert each.digest == actions.signed_digest(
                each.completion, each.salt, each.still_needs
            )
            assert each.signer_id != each.person_id

    @invariant()
    def a_line_is_complete_when_its_newest_is_signed_in_full(self) -> None:
        for code in CODES:
            item = line(self.lena, code)
            signed = SignOff.objects.in_force().in_full()
            is_signed = signed.filter(completion=item.completion_id).exists()
            assert (item.progress == "complete") == is_signed
            assert (item.progress != "in_part") or not is_signed


def test_two_signers_never_sign_different_things(lena, sam, ben):
    run_state_machine_as_test(
        lambda: TwoSigners(lena, sam, ben),
        settings=settings(max_examples=20, stateful_step_count=25, deadline=None),
    )
