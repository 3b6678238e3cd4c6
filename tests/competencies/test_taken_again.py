"""The training team asks for topics to be taken again, and says which refresher's turn
it is, without anybody who writes code."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from competencies import actions
from competencies.models import (
    FrozenError,
    PlanItem,
    PlanVersion,
    RefresherTurn,
    RetakeOrder,
    Topic,
    Training,
    TrainingTopic,
)
from competencies.rules import asked_again_sentence
from lms import outbox
from lms.models import AuditEntry
from tests.competencies.test_plan_builder import edits, filled, text_of, url
from tests.competencies.test_renewal import sign_all
from tests.factories import complete, line

NOVEMBER = datetime.date(2026, 11, 10)
JANUARY = datetime.date(2027, 1, 1)


@pytest.fixture
def editor(tia, client) -> Client:
    return edits(tia, client)


@pytest.fixture
def draft(starter_plan, at) -> PlanVersion:
    newest = PlanVersion.objects.newest()
    return actions.copy_version(version=newest, by=None, at=at)


def wish(*codes: str, **values) -> dict:
    return {
        "topics": list(codes),
        "starts_on": "2027-01-01",
        "within_count": "2",
        "within_unit": "months",
        "because": "The law has changed.",
        **values,
    }


@pytest.fixture
def took_it(lena, sam, ben, dina) -> None:
    """Lena and Ben have completed OB-05, Lena OB-06 as well."""
    sign_all(sam, *complete(lena, "OB-05", "OB-06", on=NOVEMBER))
    sign_all(dina, *complete(ben, "OB-05", on=NOVEMBER))


# Retake orders


def test_how_many_it_would_touch_is_said_before_anything_is_asked(editor, took_it):
    page = text_of(editor.post(url("retake_add"), wish("OB-05", "OB-06")))
    assert "2 people are asked to take it again." in page
    assert "Whoever completed it before 1 Jan 2027 takes it again by 1 Mar 2027" in page
    assert "They read: The law has changed." in page
    assert not RetakeOrder.objects.exists()


def test_what_was_foreseen_comes_true(editor, took_it, lena, ben, tia):
    told = wish("OB-05", "OB-06", ask="1")
    assert editor.post(url("retake_add"), told).status_code == 302
    outbox.drain()
    touched = PlanItem.objects.filter(renew_because__kind="retake")
    assert set(touched.values_list("person", flat=True)) == {lena.pk, ben.pk}
    assert line(lena, "OB-05").renew_on == datetime.date(2027, 3, 1)
    entries = AuditEntry.objects.filter(act="topic.retake_ordered", actor=tia)
    assert entries.count() == 2
    page = text_of(editor.get(url("retakes")))
    assert (
        "Completed before 1 Jan 2027: to take again within 2 months from then." in page
    )


def test_of_a_few_roles_small_numbers_are_not_told(editor, took_it, lena, ben):
    roles = ["frss"]
    page = text_of(editor.post(url("retake_add"), wish("OB-05", roles=roles)))
    assert "Fewer than 5 people are asked" in page
    editor.post(url("retake_add"), wish("OB-05", roles=roles, ask="1"))
    outbox.drain()
    assert line(lena, "OB-05").renew_on
    assert line(ben, "OB-05").renew_on is None


@pytest.mark.parametrize(
    ("people", "is_statewide", "sentence"),
    [
        (0, True, "Nobody has completed it before that day, so nobody is asked."),
        (1, True, "1 person is asked to take it again."),
        (4, False, "Fewer than 5 people are asked to take it again."),
        (5, False, "5 people are asked to take it again."),
    ],
)
def test_the_number_is_a_sentence(people, is_statewide, sentence):
    assert asked_again_sentence(people, is_statewide=is_statewide) == sentence


def test_one_goes_back_and_changes_something(editor, took_it):
    response = editor.post(url("retake_add"), wish("OB-05", change="1"))
    assert response.context["form"]["because"].value() == "The law has changed."
    assert not RetakeOrder.objects.exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"topics": []}, "This field is required."),
        ({"starts_on": "2026-11-23"}, "Choose today or a day to come."),
        ({"starts_on": "soon"}, "Enter a valid date."),
        ({"within_count": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"within_count": "121"}, "Choose 1 to 120 months."),
        ({"within_unit": "years"}, "Select a valid choice."),
        ({"roles": ["nobody"]}, "Select a valid choice."),
        ({"because": "x" * 301}, "at most 300 characters"),
    ],
)
@pytest.mark.parametrize("button", ["look", "ask"])
def test_a_wish_that_cannot_be_is_said_next_to_its_field(
    editor, took_it, button, told, sentence
):
    page = text_of(
        editor.post(url("retake_add"), wish("OB-05", **told, **{button: "1"}))
    )
    assert sentence in page
    assert not RetakeOrder.objects.exists()


def test_an_order_is_called_off_and_what_was_taken_stays(
    editor, took_it, lena, tia, at
):
    editor.post(url("retake_add"), wish("OB-05", ask="1"))
    outbox.drain()
    order = RetakeOrder.objects.get()
    assert "No longer ask for" in text_of(editor.get(url("retake_call_off", order.pk)))
    editor.post(url("retake_call_off", order.pk))
    outbox.drain()
    assert line(lena, "OB-05").renew_on is None
    assert line(lena, "OB-05").completed_on == NOVEMBER
    assert AuditEntry.objects.filter(act="topic.retake_called_off", actor=tia).exists()


def test_the_list_costs_the_same_however_many_orders(
    editor, took_it, assert_queries_do_not_grow
):
    def more() -> None:
        told = wish("OB-05", "OB-06", roles=["frss"], ask="1")
        editor.post(url("retake_add"), told)

    more()
    assert_queries_do_not_grow(lambda: editor.get(url("retakes")), more)


# Refreshers in turn


@pytest.fixture
def refreshers(starter_plan) -> list[Training]:
    topic = Topic.objects.get(code="OB-01")
    made = []
    for name in "AB":
        training = Training.objects.create(
            key=f"again-{name}", title=f"Refresher {name}"
        )
        TrainingTopic.objects.create(training=training, topic=topic)
        made.append(training)
    return made


def turns(version: PlanVersion) -> list[str]:
    rows = RefresherTurn.objects.filter(requirement__version=version).order_by("order")
    return list(rows.values_list("training__title", flat=True))


def test_refreshers_are_put_in_turn_on_the_page_of_the_topic(
    editor, draft, refreshers, tia
):
    one = draft.requirements.get(topic__code="OB-01")
    assert "Refreshers that take turns" in text_of(
        editor.get(url("topic_change", one.pk))
    )
    a, b = refreshers
    told = filled(one, 1, **{"turns-turn_1": b.pk, "turns-turn_3": a.pk})
    assert editor.post(url("topic_change", one.pk), told).status_code == 302
    assert turns(draft) == ["Refresher B", "Refresher A"]
    assert "Refreshers take turns" in text_of(editor.get(url("version", draft.pk)))
    assert "refreshers take turns: Refresher B · Refresher A" in text_of(
        editor.get(url("publish", draft.pk))
    )
    assert AuditEntry.objects.filter(
        act="plan_version.turns_changed", actor=tia
    ).exists()
    editor.post(url("topic_change", one.pk), filled(one, 1))
    assert turns(draft) == []


def test_a_training_has_one_turn(editor, draft, refreshers):
    one, a = draft.requirements.get(topic__code="OB-01"), refreshers[0]
    told = filled(one, 1, **{"turns-turn_1": a.pk, "turns-turn_2": a.pk})
    page = text_of(editor.post(url("topic_change", one.pk), told))
    assert "It has a turn already." in page
    assert turns(draft) == []


def test_a_training_of_another_topic_has_no_turn(editor, draft, refreshers):
    one = draft.requirements.get(topic__code="OB-01")
    other = Training.objects.exclude(taught__topic=one.topic).first()
    told = filled(one, 1, **{"turns-turn_1": other.pk})
    assert "Select a valid choice." in text_of(
        editor.post(url("topic_change", one.pk), told)
    )


def test_turns_go_into_the_next_draft_and_are_frozen_with_their_version(
    draft, refreshers, at
):
    one = draft.requirements.get(topic__code="OB-01")
    actions.change_turns(requirement=one, trainings=refreshers, by=None, at=at)
    actions.publish_version(version=draft, by=None, at=at)
    following = actions.copy_version(version=draft, by=None, at=timezone.now())
    assert turns(following) == turns(draft) == ["Refresher A", "Refresher B"]
    one.refresh_from_db()
    for change in (
        one.turns.first().save,
        one.turns.first().delete,
        lambda: actions.change_turns(requirement=one, trainings=[], by=None, at=at),
    ):
        with pytest.raises(FrozenError):
            change()
