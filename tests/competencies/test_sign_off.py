import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from competencies import actions
from competencies.models import (
    Completion,
    Evidence,
    PhaseCompletion,
    PlanItem,
    SignOff,
)
from competencies.signals import phase_completed, plan_completed
from lms.models import Access, AuditEntry, Person
from tests.factories import complete, line, supervise

ORIENTATION = [f"OB-{number:02d}" for number in range(1, 14)]


def seen(completions: list[Completion]) -> dict[int, str]:
    rows = Completion.objects.filter(pk__in=[each.pk for each in completions])
    return {row.pk: actions.seen(row) for row in rows}


def sign(signer: Person, completions: list[Completion]) -> actions.Signing:
    return actions.sign(signer=signer, lines=seen(completions), at=timezone.now())


def test_a_supervisor_signs_many_lines_at_once(lena, sam):
    completions = complete(lena, "OB-01", "OB-02", "OB-03")
    assert len(sign(sam, completions).signed) == 3
    signed = line(lena, "OB-01")
    assert signed.progress == "complete"
    assert signed.completed_on == datetime.date(2026, 11, 10)
    assert set(SignOff.objects.values_list("capacity", flat=True)) == {"supervisor"}


def test_a_yearly_topic_says_when_to_renew(lena, sam):
    sign(sam, complete(lena, "OB-03"))
    assert line(lena, "OB-03").renew_on == datetime.date(2027, 11, 10)


def test_nobody_signs_for_themselves(lena, sam, dina):
    supervise(lena, lena.staff_members.get())
    assert sign(lena, complete(lena, "OB-01")).signed == []
    supervise(dina, dina.staff_members.get())
    assert sign(dina, complete(dina, "OB-01")).signed == []


def test_strangers_and_other_agencies_cannot_sign(lena, sam, olu, abe, tia):
    completions = complete(lena, "OB-01")
    for stranger in (olu, abe, tia):
        assert sign(stranger, completions).signed == []


def test_a_stand_in_signs_while_it_lasts(lena, sam, ben):
    assert len(sign(ben, complete(lena, "OB-01")).signed) == 1
    assert SignOff.objects.get().capacity == "backup"
    ben.supervises.update(ends_on=datetime.date(2026, 11, 23))
    assert sign(ben, complete(lena, "OB-02")).signed == []


def test_the_director_signs_only_where_there_is_no_supervisor(lena, sam, dina):
    completions = complete(lena, "OB-01")
    assert sign(dina, completions).signed == []
    sam.supervises.update(ends_on=datetime.date(2026, 11, 23))
    assert len(sign(dina, completions).signed) == 1
    Access.objects.filter(person=dina).delete()
    assert sign(dina, complete(lena, "OB-02")).signed == []


def test_the_second_supervisor_is_told_who_signed_first(lena, sam, ben):
    completions = complete(lena, "OB-01")
    lines = seen(completions)
    actions.sign(signer=sam, lines=lines, at=timezone.now())
    result = actions.sign(signer=ben, lines=lines, at=timezone.now())
    assert result.signed == []
    assert result.already == [("Language as Advocacy", "Sam")]


@pytest.mark.django_db(transaction=True)
def test_two_supervisors_at_once_make_one_signature(lena, sam, ben):
    lines = seen(complete(lena, "OB-01"))
    together = threading.Barrier(2)
    results = []

    def sign_too(signer: Person) -> None:
        together.wait()
        results.append(actions.sign(signer=signer, lines=lines, at=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=sign_too, args=[each]) for each in (sam, ben)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(result.signed) for result in results) == [0, 1]
    assert SignOff.objects.in_force().count() == 1


def test_what_changed_since_it_was_shown_is_not_signed(lena, sam):
    completions = complete(lena, "OB-01")
    lines = seen(completions)
    Evidence.objects.create(
        person=lena, record=completions[0].record, stored_as="x", name="x.pdf",
        content_type="application/pdf", size=1, sha256="0" * 64,
    )  # fmt: skip
    result = actions.sign(signer=sam, lines=lines, at=timezone.now())
    assert (result.signed, result.changed) == ([], ["Language as Advocacy"])


def test_one_line_goes_back_with_a_note_and_is_added_again(lena, sam):
    complete(lena, "OB-01", "OB-02")
    actions.send_back(
        item=line(lena, "OB-01"), by=sam, note="Which day?", at=timezone.now()
    )
    assert line(lena, "OB-01").progress == "sent_back"
    assert line(lena, "OB-02").progress == "awaiting"
    complete(lena, "OB-01")
    assert line(lena, "OB-01").progress == "awaiting"
    assert Completion.objects.standing().filter(topic__code="OB-01").count() == 1


def test_a_signature_is_withdrawn_with_a_reason(lena, sam):
    sign(sam, complete(lena, "OB-01"))
    withdrawn = SignOff.objects.get()
    assert actions.withdraw_sign_off(
        sign_off=withdrawn, because="The wrong person", at=timezone.now()
    )
    assert line(lena, "OB-01").progress == "awaiting"
    assert not actions.withdraw_sign_off(
        sign_off=withdrawn, because="Again", at=timezone.now()
    )


def test_a_completion_is_taken_back_only_before_it_is_signed(lena, sam):
    first, second = complete(lena, "OB-01", "OB-02")
    actions.withdraw_completion(completion=first, by=lena, at=timezone.now())
    assert line(lena, "OB-01").progress == "not_started"
    sign(sam, [second])
    with pytest.raises(ValidationError):
        actions.withdraw_completion(completion=second, by=lena, at=timezone.now())


def test_a_phase_is_complete_once_when_its_last_line_is_signed(lena, sam):
    heard = []

    def hear(**told):
        heard.append(told["completion"])

    phase_completed.connect(hear)
    completions = complete(lena, *ORIENTATION)
    sign(sam, completions[:-1])
    assert heard == []
    sign(sam, completions[-1:])
    sign(sam, complete(lena, "M3-01"))
    phase_completed.disconnect(hear)
    assert [each.phase.key for each in heard] == ["orientation"]
    assert len(PhaseCompletion.objects.get().topics) == 13


def test_a_phase_stays_complete_once_whatever_happens_to_a_signature(lena, sam):
    heard = []

    def hear(**told):
        heard.append(told["completion"])

    phase_completed.connect(hear)
    sign(sam, complete(lena, *ORIENTATION))
    actions.withdraw_sign_off(
        sign_off=SignOff.objects.last(), because="Too soon", at=timezone.now()
    )
    sign(sam, list(Completion.objects.all()))
    actions.sync_plans(staff_members=lena.staff_members.all(), at=timezone.now())
    phase_completed.disconnect(hear)
    assert SignOff.objects.in_force().count() == 13
    assert len(heard) == 1


def test_a_phase_is_complete_when_its_last_line_is_waived(lena, sam):
    sign(sam, complete(lena, *ORIENTATION[1:]))
    assert not PhaseCompletion.objects.exists()
    actions.waive(
        item=line(lena, "OB-01"), reads_as="earlier", because="In her last post",
        by=sam, at=timezone.now(),
    )  # fmt: skip
    assert [row["code"] for row in PhaseCompletion.objects.get().topics] == (
        ORIENTATION[1:]
    )


def test_a_phase_of_waivers_alone_is_not_complete(lena, sam):
    for code in ORIENTATION:
        actions.waive(
            item=line(lena, code), reads_as="role", because="Not", by=sam,
            at=timezone.now(),
        )  # fmt: skip
    assert not PhaseCompletion.objects.exists()


def test_what_is_only_recommended_holds_no_phase_open(lena, sam):
    required = PlanItem.objects.required().filter(person=lena)
    codes = required.filter(requirement__phase__key="three_months")
    sign(sam, complete(lena, *codes.values_list("topic__code", flat=True)))
    assert PhaseCompletion.objects.get().phase.key == "three_months"


def test_the_last_phase_completes_the_plan(lena, sam):
    heard = []

    def hear(**told):
        heard.append((told["staff_plan"].person, told["on"]))

    plan_completed.connect(hear)
    required = PlanItem.objects.required().filter(person=lena)
    *most, last = required.values_list("topic__code", flat=True)
    sign(sam, complete(lena, *most))
    assert heard == []
    day = datetime.date(2026, 11, 20)
    sign(sam, complete(lena, last, on=day))
    plan_completed.disconnect(hear)
    assert heard == [(lena, day)]
    assert PhaseCompletion.objects.count() == 4


def test_a_line_that_was_sent_back_is_signed_only_when_it_comes_again(lena, sam, ben):
    [completion] = complete(lena, "OB-01")
    lines = seen([completion])
    item = line(lena, "OB-01")
    now = timezone.now()
    assert actions.send_back(item=item, by=ben, note="Which day?", at=now)
    assert actions.sign(signer=sam, lines=lines, at=now).signed == []
    assert not actions.send_back(item=item, by=sam, note="Again", at=now)


def test_strangers_send_nothing_back(lena, sam, olu, dina, tia):
    complete(lena, "OB-01")
    for stranger in (olu, dina, tia, lena):
        assert not actions.send_back(
            item=line(lena, "OB-01"), by=stranger, note="No", at=timezone.now()
        )
    assert line(lena, "OB-01").progress == "awaiting"


def test_a_renewal_that_waits_leaves_the_line_complete_until_it_is_signed(lena, sam):
    sign(sam, complete(lena, "OB-03", on=datetime.date(2025, 11, 1)))
    renewal = complete(lena, "OB-03", on=datetime.date(2026, 11, 1))
    item = line(lena, "OB-03")
    assert item.progress == "awaiting"
    assert item.completed_on == datetime.date(2025, 11, 1)
    sign(sam, renewal)
    assert line(lena, "OB-03").renew_on == datetime.date(2027, 11, 1)


def test_every_signature_is_on_the_trail(lena, sam):
    sign(sam, complete(lena, "OB-01", "OB-02"))
    entries = AuditEntry.objects.filter(act="completion.signed", actor=sam, about=lena)
    assert entries.count() == 2


def test_signing_costs_the_same_however_many_lines(lena, sam):
    def cost(codes: list[str]) -> int:
        lines = seen(complete(lena, *codes))
        with CaptureQueriesContext(connection) as queries:
            actions.sign(signer=sam, lines=lines, at=timezone.now())
        return len(queries)

    assert cost(ORIENTATION[1:9]) <= cost(ORIENTATION[:1])


def test_the_digest_binds_what_was_signed(lena, sam):
    [completion] = complete(lena, "OB-01", provider="A college")
    sign(sam, [completion])
    signature = SignOff.objects.get()
    fresh = Completion.objects.get()
    assert actions.signed_digest(fresh, signature.salt) == signature.digest
    fresh.record.provider = "Another college"
    assert actions.signed_digest(fresh, signature.salt) != signature.digest
