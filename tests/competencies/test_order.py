"""The two put lines in the order that suits them."""

import datetime
import itertools

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from competencies import actions
from competencies.models import PlanItem, Requirement
from competencies.views.turns import dates_in_order, key_of
from lms.models import Person
from tests.factories import complete, line

MY_PLAN = reverse("lms_competencies:my_plan")


def order_of(person: Person) -> list[str]:
    items = PlanItem.objects.filter(person=person, topic__code__startswith="OB")
    return [item.topic.code for item in items.in_plan_order().select_related("topic")]


def at_staff(person: Person, page: str = "plan_order") -> str:
    return reverse(f"lms_competencies:{page}", args=[person.staff_members.get().pk])


def move(client, by: Person, item: PlanItem, way: str):
    client.force_login(by.user)
    return client.post(reverse("lms_competencies:item_move", args=[item.pk]), {way: ""})


def test_a_line_moves_up_and_down_without_a_script(client, lena, sam):
    move(client, lena, line(lena, "OB-03"), "up")
    assert order_of(lena)[:4] == ["OB-01", "OB-03", "OB-02", "OB-04"]
    move(client, sam, line(lena, "OB-03"), "up")
    assert order_of(lena)[:4] == ["OB-03", "OB-01", "OB-02", "OB-04"]
    move(client, sam, line(lena, "OB-03"), "down")
    assert order_of(lena)[:4] == ["OB-01", "OB-03", "OB-02", "OB-04"]
    assert order_of(lena)[4:] == [f"OB-{number:02d}" for number in range(5, 14)]


def test_the_first_stays_first_and_the_last_stays_last(client, lena):
    before = order_of(lena)
    assert move(client, lena, line(lena, "OB-01"), "up").status_code == 302
    assert move(client, lena, line(lena, "OB-13"), "down").status_code == 302
    assert order_of(lena) == before


def test_the_dates_and_their_reasons_stay_as_they_are(client, lena):
    before = line(lena, "OB-03")
    move(client, lena, before, "up")
    after = line(lena, "OB-03")
    assert (after.due_on, after.because) == (before.due_on, before.because)


def test_the_next_step_is_what_was_put_first_for_both(client, lena, sam):
    for _ in range(4):
        move(client, lena, line(lena, "OB-05"), "up")
    page = client.get(MY_PLAN).content.decode()
    step = page[page.index("Your next step") :][:400]
    assert line(lena, "OB-05").topic.title in step
    client.force_login(sam.user)
    team = client.get(reverse("lms_competencies:team")).content.decode()
    assert f"Next: {line(lena, 'OB-05').topic.title}" in team


def test_what_was_put_first_comes_first_though_its_own_date_is_later(
    client, lena, sam, at
):
    actions.agree_on_date(
        item=line(lena, "OB-02"), on=datetime.date(2026, 12, 20), because="Seats",
        by=sam, at=at,
    )  # fmt: skip
    move(client, lena, line(lena, "OB-02"), "up")
    page = client.get(MY_PLAN).content.decode()
    step = page[page.index("Your next step") :][:400]
    assert line(lena, "OB-02").topic.title in step


def test_what_is_done_is_not_in_the_way(client, lena, sam, at):
    done = complete(lena, "OB-02")
    actions.sign(signer=sam, lines={row.pk: actions.seen(row) for row in done}, at=at)
    move(client, lena, line(lena, "OB-03"), "up")
    assert order_of(lena)[:2] == ["OB-03", "OB-01"]


def test_back_to_the_order_of_the_plan(client, lena):
    before = order_of(lena)
    move(client, lena, line(lena, "OB-03"), "up")
    assert "own order" in client.get(at_staff(lena)).content.decode()
    client.post(at_staff(lena, "plan_order_forget"))
    assert order_of(lena) == before
    assert "own order" not in client.get(at_staff(lena)).content.decode()


def test_only_the_two_set_the_order(client, lena, sam, ben, dina):
    for person in (ben, dina):
        assert move(client, person, line(lena, "OB-03"), "up").status_code == 404
        assert client.get(at_staff(lena)).status_code == 404
    page = client.get(at_staff(lena, "plan_detail")).content.decode()
    assert "What comes first" not in page


def test_the_order_page_costs_the_same_however_much_is_set(
    client, lena, assert_queries_do_not_grow
):
    client.force_login(lena.user)

    def more() -> None:
        for code in ["OB-13", "OB-12", "M3-04"]:
            actions.move_line(item=line(lena, code), by_places=-1)

    assert_queries_do_not_grow(lambda: client.get(at_staff(lena)), more)


PLACES = st.lists(
    st.tuples(st.none() | st.integers(1, 9), st.none() | st.dates()), max_size=8
)


@pytest.mark.parametrize("phases", [1, 2])
@given(rows=PLACES)
def test_no_line_is_told_before_one_that_was_put_before_it(phases, rows):
    """In each phase: among those given a place, the dates never run backwards, and
    none counts later than its own date says."""
    items = [
        PlanItem(
            topic_id=number,
            staff_member_id=1,
            priority=priority,
            due_on=due_on,
            requirement=Requirement(phase_id=number % phases),
        )
        for number, (priority, due_on) in enumerate(rows)
    ]
    dates = dates_in_order((item, item.date) for item in items)
    for item in items:
        counted = dates[key_of(item)]
        assert item.date is None or counted <= item.date
        if item.priority is None:
            assert counted == item.date
    for earlier, later in itertools.permutations(items, 2):
        if None in (earlier.priority, later.priority):
            continue
        is_same_phase = earlier.requirement.phase_id == later.requirement.phase_id
        if is_same_phase and earlier.priority < later.priority and dates[key_of(later)]:
            assert dates[key_of(earlier)] <= dates[key_of(later)]
