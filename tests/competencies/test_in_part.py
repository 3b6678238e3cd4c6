"""A line accepted in part stays open and says what it still needs; and a page of lines
is settled with one button, whatever becomes of each."""

import datetime

import pytest
from django.urls import reverse

from competencies import actions
from competencies.models import PlanItem, SendBack, SignOff
from competencies.rules import Progress, Taken, reached
from lms import actions as hub
from lms.models import Person
from tests.factories import complete, employ, line

SIGN_OFF = reverse("lms_competencies:sign_off")
MY_PLAN = reverse("lms_competencies:my_plan")
NEEDS = "Working with this population"


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def at_line(item: PlanItem, page: str) -> str:
    return reverse(f"lms_competencies:{page}", args=[item.pk])


def seen_of(item: PlanItem) -> str:
    return actions.seen(item.completion)


def accept_in_part(somebody: Person, code: str, by: Person, at, needs=NEEDS) -> bool:
    item = line(somebody, code)
    return actions.accept_in_part(
        item=item, by=by, seen_digest=seen_of(item), needs=needs, at=at
    )


@pytest.mark.parametrize(
    ("states", "progress", "newest"),
    [
        (["in part"], Progress.IN_PART, 1),
        (["waiting", "in part"], Progress.AWAITING, 1),
        (["in part", "waiting"], Progress.AWAITING, 2),
        (["signed", "in part"], Progress.COMPLETE, 1),
        (["in part", "sent back"], Progress.SENT_BACK, 2),
    ],
)
def test_what_is_accepted_in_part_tells_only_while_nothing_else_does(
    states, progress, newest
):
    days = [datetime.date(2026, 11, 1 + place) for place in range(len(states))]
    taken = [
        Taken(pk, day, "", state)
        for pk, (day, state) in enumerate(zip(days, states, strict=True), 1)
    ]
    result = reached(taken, "")
    assert (result.progress, result.newest) == (progress, newest)


def test_a_line_accepted_in_part_stays_open_and_says_what_it_needs(
    client, lena, sam, at
):
    complete(lena, "OB-02")
    item = line(lena, "OB-02")
    due_on = item.due_on
    client.force_login(sam.user)
    told = {"needs": NEEDS, "seen": seen_of(item)}
    client.post(at_line(item, "sign_off_in_part"), told)
    item = line(lena, "OB-02")
    assert item.progress == "in_part"
    assert item.completed_on is None
    assert item.due_on == due_on
    assert not PlanItem.objects.awaiting_signature_by(sam).exists()
    client.force_login(lena.user)
    pages = [MY_PLAN, reverse("lms_competencies:my_plan_print")]
    for address in [*pages, at_line(item, "item_detail")]:
        page = read(client, address)
        assert NEEDS in page, address
        assert "Accepted in part" in page


def test_the_director_reads_that_it_is_in_part_and_not_the_words(
    client, lena, sam, dina, at
):
    complete(lena, "OB-02")
    accept_in_part(lena, "OB-02", sam, at)
    staff = lena.staff_members.get().pk
    client.force_login(dina.user)
    for page in ["plan_detail", "plan_print"]:
        shown = read(client, reverse(f"lms_competencies:{page}", args=[staff]))
        assert "Accepted in part" in shown
        assert NEEDS not in shown
    assert NEEDS not in read(client, at_line(line(lena, "OB-02"), "item_detail"))


def test_what_was_still_needed_waits_and_completes_the_line(lena, sam, at):
    complete(lena, "OB-02")
    accept_in_part(lena, "OB-02", sam, at)
    complete(lena, "OB-02", on=datetime.date(2026, 11, 5))
    item = line(lena, "OB-02")
    assert item.progress == "awaiting"
    actions.sign(signer=sam, lines={item.completion_id: seen_of(item)}, at=at)
    item = line(lena, "OB-02")
    assert item.progress == "complete"
    assert item.completed_on == datetime.date(2026, 11, 5)


def test_a_signature_in_part_is_bound_and_can_be_withdrawn(lena, sam, at):
    complete(lena, "OB-02")
    accept_in_part(lena, "OB-02", sam, at)
    signature = SignOff.objects.get()
    digest = actions.signed_digest(signature.completion, signature.salt, NEEDS)
    assert signature.digest == digest
    assert digest != actions.signed_digest(signature.completion, signature.salt)
    assert digest != actions.signed_digest(signature.completion, signature.salt, "x")
    actions.withdraw_sign_off(sign_off=signature, because="Too strict", at=at)
    assert line(lena, "OB-02").progress == "awaiting"


def test_it_is_accepted_as_it_was_shown_or_not_at_all(client, lena, sam, at):
    complete(lena, "OB-02")
    item = line(lena, "OB-02")
    assert not actions.accept_in_part(
        item=item, by=sam, seen_digest="0" * 64, needs=NEEDS, at=at
    )
    client.force_login(sam.user)
    answer = client.post(
        at_line(item, "sign_off_in_part"),
        {"needs": NEEDS, "seen": "0" * 64},
        follow=True,
    )
    assert "no longer waits as you saw it" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_without_words_it_asks_for_them_and_loses_nothing(client, lena, sam):
    complete(lena, "OB-02")
    item = line(lena, "OB-02")
    client.force_login(sam.user)
    told = {"needs": " ", "seen": seen_of(item)}
    page = client.post(at_line(item, "sign_off_in_part"), told).content.decode()
    assert "This field is required" in page
    assert seen_of(item) in page


def test_a_director_without_words_cannot_accept_in_part(lena, sam, dina, at):
    sam.supervises.all().delete()
    complete(lena, "OB-02")
    assert not accept_in_part(lena, "OB-02", dina, at)


def test_one_button_signs_sends_back_and_accepts_in_part(client, lena, sam):
    complete(lena, "OB-01", "OB-02", "OB-04", "OB-05")
    items = {code: line(lena, code) for code in ("OB-01", "OB-02", "OB-04", "OB-05")}
    client.force_login(sam.user)
    page = read(client, SIGN_OFF)
    assert 'name="note-' in page
    told = {
        "sign": [
            f"{items[code].completion_id}:{seen_of(items[code])}"
            for code in ("OB-01", "OB-02")
        ],
        f"note-{items['OB-02'].pk}": "Which day?",
        f"needs-{items['OB-04'].pk}": NEEDS,
        f"seen-{items['OB-04'].pk}": seen_of(items["OB-04"]),
        f"note-{items['OB-05'].pk}": "  ",
    }
    client.post(SIGN_OFF, told)
    stands = {code: line(lena, code).progress for code in items}
    assert stands == {
        "OB-01": "complete",
        "OB-02": "sent_back",
        "OB-04": "in_part",
        "OB-05": "awaiting",
    }
    assert SendBack.objects.get().note == "Which day?"


def test_a_note_alone_is_enough_to_send_a_line_back(client, lena, sam):
    complete(lena, "OB-01")
    client.force_login(sam.user)
    told = {f"note-{line(lena, 'OB-01').pk}": "Which day?"}
    answer = client.post(SIGN_OFF, told, follow=True).content.decode()
    assert "Sent back to Lena with your note." in answer
    assert "choose the lines first" not in answer


def test_a_note_that_is_too_long_leaves_its_line_alone(client, lena, sam):
    complete(lena, "OB-01")
    item = line(lena, "OB-01")
    client.force_login(sam.user)
    told = {"sign": f"{item.completion_id}:{seen_of(item)}"}
    client.post(SIGN_OFF, {**told, f"note-{item.pk}": "x" * 2001})
    assert line(lena, "OB-01").progress == "awaiting"


def test_nobody_elses_lines_are_touched_by_typing_their_number(client, lena, sam, olu):
    complete(lena, "OB-01")
    client.force_login(olu.user)
    client.post(SIGN_OFF, {f"note-{line(lena, 'OB-01').pk}": "Hm"})
    assert line(lena, "OB-01").progress == "awaiting"


def test_another_agencys_record_is_accepted_in_part_line_by_line(
    client, lena, sam, eastside, olu, at
):
    complete(lena, "OB-01", "OB-02")
    for code in ("OB-01", "OB-02"):
        item = line(lena, code)
        actions.sign(signer=sam, lines={item.completion_id: seen_of(item)}, at=at)
    there = employ(lena, eastside, "frss")
    hub.tie_supervisor(
        staff_member=there, supervisor=olu, scope="plan", kind="main",
        starts_on=at.date(), ends_on=None, by=None, at=at,
    )  # fmt: skip
    hub.bring_transcript(staff_member=there, at=at)
    lines = {
        item.topic.code: item for item in PlanItem.objects.filter(staff_member=there)
    }
    client.force_login(olu.user)
    page = reverse("lms_competencies:transcript", args=[there.pk])
    assert 'name="needs-' in read(client, page)
    one, other = lines["OB-01"], lines["OB-02"]
    told = {
        "sign": f"{one.completion_id}:{seen_of(one)}",
        f"needs-{other.pk}": NEEDS,
        f"seen-{other.pk}": seen_of(other),
    }
    client.post(page, told)
    for item in (one, other):
        item.refresh_from_db()
    assert (one.progress, other.progress) == ("complete", "in_part")
    before = PlanItem.objects.exclude(staff_member=there).filter(person=lena)
    assert before.get(topic__code="OB-02").progress == "complete"
