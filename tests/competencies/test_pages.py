"""The pages of the plan, step by step, as the two people use them."""

import datetime

import pytest
from django.urls import reverse

from competencies import actions
from competencies.models import Completion, Evidence, PlanItem, SignOff
from tests.factories import complete, line

MY_PLAN = reverse("lms_competencies:my_plan")
SIGN_OFF = reverse("lms_competencies:sign_off")
TEAM = reverse("lms_competencies:team")


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def at_line(item: PlanItem, page: str = "item_detail") -> str:
    return reverse(f"lms_competencies:{page}", args=[item.pk])


def offered(client) -> list[str]:
    """What the boxes of the sign-off page would send."""
    page = read(client, SIGN_OFF)
    return [part.split('"')[0] for part in page.split('name="sign" value="')[1:]]


def test_my_plan_says_in_words_how_each_line_stands(client, lena, sam, at):
    complete(lena, "OB-01", "OB-02")
    actions.send_back(item=line(lena, "OB-02"), by=sam, note="Which day?", at=at)
    PlanItem.objects.filter(topic__code="OB-03").update(introduced_on=at.date())
    line(lena, "OB-04").note_booking(datetime.date(2026, 12, 3))
    line(lena, "OB-05").note_waiting(datetime.date(2026, 11, 20))
    signed = complete(lena, "OB-06")
    lines = {row.pk: actions.seen(row) for row in signed}
    actions.sign(signer=sam, lines=lines, at=at)
    actions.waive(
        item=line(lena, "OB-07"), reads_as="role", because="Not", by=sam, at=at
    )
    client.force_login(lena.user)
    page = read(client, MY_PLAN)
    for words in [
        "Awaiting sign-off",
        "Sent back with a note",
        "Introduction read. Next: the training itself",
        "Booked",
        "Waiting for a seat",
        "Complete",
        "Waived",
        "Not started",
        "2 of 13",
    ]:
        assert words in page
    assert "Required of everyone. Aim for 30 Nov 2026" in page


def test_the_next_step_is_what_was_sent_back_with_its_note(client, lena, sam, at):
    complete(lena, "OB-05")
    actions.send_back(item=line(lena, "OB-05"), by=sam, note="Which day?", at=at)
    client.force_login(lena.user)
    page = read(client, reverse("lms:home"))
    assert "Sam sent it back with a note:" in page
    assert "Which day?" in page


def test_somebody_without_a_plan_is_told_so(client, tia):
    client.force_login(tia.user)
    assert client.get(MY_PLAN).status_code == 200


def test_a_supervisor_is_told_what_became_of_each_line(client, lena, sam, ben):
    completions = complete(lena, "OB-01", "OB-02", "OB-03")
    client.force_login(sam.user)
    values = offered(client)
    [bens] = [value for value in values if value.startswith(f"{completions[0].pk}:")]
    client.force_login(ben.user)
    client.post(SIGN_OFF, {"sign": [bens]})
    Evidence.objects.create(
        person=lena, record=completions[1].record, stored_as="x", name="x.pdf",
        content_type="application/pdf", size=1, sha256="0" * 64,
    )  # fmt: skip
    client.force_login(sam.user)
    page = client.post(SIGN_OFF, {"sign": values}, follow=True).content.decode()
    assert "Signed 1 line." in page
    assert "Language as Advocacy: Ben had signed already." in page
    assert "changed after you opened this page. Please look again." in page
    assert SignOff.objects.count() == 2


@pytest.mark.parametrize(
    "value", ["", "x", ":", "0:x", "-1:x", "²:x", "1.5:x", "9" * 40 + ":x"]
)
def test_a_box_that_no_page_offered_signs_nothing(client, lena, sam, value):
    complete(lena, "OB-01")
    client.force_login(sam.user)
    assert client.post(SIGN_OFF, {"sign": [value]}).status_code == 302
    assert not SignOff.objects.exists()


def test_a_box_of_somebody_elses_line_signs_nothing(client, lena, sam, olu):
    complete(lena, "OB-01")
    client.force_login(sam.user)
    values = offered(client)
    client.force_login(olu.user)
    assert offered(client) == []
    client.post(SIGN_OFF, {"sign": values})
    assert not SignOff.objects.exists()


def test_a_signature_is_taken_back_by_its_signer_with_a_reason(client, lena, sam, ben):
    complete(lena, "OB-01")
    client.force_login(sam.user)
    client.post(SIGN_OFF, {"sign": offered(client)})
    address = reverse(
        "lms_competencies:sign_off_withdraw", args=[SignOff.objects.get().pk]
    )
    client.force_login(ben.user)
    assert client.post(address, {"reason": "Not mine"}).status_code == 404
    client.force_login(sam.user)
    client.post(address, {"reason": ""})
    assert SignOff.objects.in_force().exists()
    client.post(address, {"reason": "The wrong person"})
    assert not SignOff.objects.in_force().exists()
    assert client.get(address).status_code == 404
    assert len(offered(client)) == 1


def test_a_completion_is_taken_back_by_its_owner(client, lena, sam):
    [completion] = complete(lena, "OB-01")
    address = reverse("lms_competencies:completion_withdraw", args=[completion.pk])
    client.force_login(sam.user)
    assert client.post(address).status_code == 404
    client.force_login(lena.user)
    client.post(address)
    assert not Completion.objects.standing().exists()


def test_what_was_sent_back_stands_in_the_form_again(client, lena, sam, at):
    complete(lena, "OB-01", provider="A college", hours=3)
    actions.send_back(item=line(lena, "OB-01"), by=sam, note="Which day?", at=at)
    client.force_login(lena.user)
    page = read(client, at_line(line(lena, "OB-01"), "completion_add"))
    assert 'value="A college"' in page
    assert 'value="2026-11-10"' in page


def test_two_people_agree_on_a_date_and_go_back_to_the_one_worked_out(
    client, lena, sam
):
    client.force_login(sam.user)
    address = at_line(line(lena, "OB-01"), "item_date")
    page = client.post(address, {"agreed_on": "2027-01-15"}).content.decode()
    assert "A few words on why" in page
    client.post(address, {"agreed_on": "2027-01-15", "agreed_because": "Seats"})
    item = line(lena, "OB-01")
    assert (item.date, item.agreed_by) == (datetime.date(2027, 1, 15), sam)
    client.post(address, {})
    item = line(lena, "OB-01")
    assert (item.agreed_on, item.agreed_by, item.agreed_because) == (None, None, "")


def test_a_waiver_needs_a_reason_and_never_reads_as_completed(client, lena, sam):
    client.force_login(sam.user)
    address = at_line(line(lena, "OB-01"), "item_waive")
    client.post(address, {"waived_as": "role"})
    assert line(lena, "OB-01").waived_at is None
    client.post(address, {"waived_as": "earlier", "waived_because": "In her last post"})
    page = read(client, at_line(line(lena, "OB-01")))
    assert "Covered by earlier learning" in page
    assert "Complete</span>" not in page


def test_booked_or_waiting_is_one_of_the_two(client, lena):
    client.force_login(lena.user)
    address = at_line(line(lena, "M6-02"), "item_seat")
    both = {"booked_on": "2026-12-03", "is_waiting": "on"}
    assert "choose one of the two" in client.post(address, both).content.decode()
    client.post(address, {"is_waiting": "on"})
    assert line(lena, "M6-02").waiting_since == datetime.date(2026, 11, 24)
    client.post(address, {"booked_on": "2026-12-03"})
    item = line(lena, "M6-02")
    assert (item.booked_on, item.waiting_since) == (datetime.date(2026, 12, 3), None)
    client.post(address, {})
    assert line(lena, "M6-02").booked_on is None


def test_the_checklist_is_ticked_off_and_opened_again(client, lena, sam):
    entry = lena.staff_members.get().plan.checklist.first()
    address = reverse("lms_competencies:checklist_note", args=[entry.pk])
    for person, told, done_on in [
        (lena, {"done": ""}, datetime.date(2026, 11, 24)),
        (sam, {}, None),
    ]:
        client.force_login(person.user)
        assert client.post(address, told).url.endswith("#checklist")
        entry.refresh_from_db()
        assert entry.done_on == done_on


def test_a_team_is_listed_by_name_and_ranks_nobody(client, lena, sam):
    client.force_login(sam.user)
    page = read(client, TEAM)
    assert "Lena" in page
    assert "week 4" in page
    assert "0 of 35" in page
    assert "Olu" not in page
