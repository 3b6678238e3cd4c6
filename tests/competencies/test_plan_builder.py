"""The training team builds, publishes and moves in the admin, and nobody else does."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competencies import actions
from competencies.models import (
    MovedPlan,
    PlanMove,
    PlanVersion,
    Requirement,
    RetakeOrder,
    StaffPlan,
    Topic,
)
from competencies.views.builder import NAMESPACE, urlpatterns
from lms import outbox
from lms.actions import TTA_GROUP, end_access, let_tta_into_the_admin
from lms.models import Access, AuditEntry, Person
from tests.conftest import TODAY
from tests.factories import PersonFactory, complete, employ

pytestmark = pytest.mark.usefixtures("starter_plan")


@pytest.fixture
def editor(tia, client) -> Client:
    """Tia, signed in, with the permissions her group has in the ready-made site."""
    return edits(tia, client)


def edits(tia: Person, client: Client) -> Client:
    let_tta_into_the_admin(person=tia, on=TODAY)
    group = Group.objects.get(name=TTA_GROUP)
    group.permissions.add(
        *Permission.objects.filter(
            codename__in=["access_admin", "change_planversion", "change_trainingplan"]
        )
    )
    client.force_login(tia.user)
    return client


@pytest.fixture
def first() -> PlanVersion:
    return PlanVersion.objects.newest()


@pytest.fixture
def draft(first) -> PlanVersion:
    return actions.copy_version(version=first, by=None, at=timezone.now())


def url(name: str, *args: int) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def text_of(response) -> str:
    assert response.status_code == 200
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(page.split())


def codes(version: PlanVersion) -> list[str]:
    rows = version.requirements.order_by("order")
    return list(rows.values_list("topic__code", flat=True))


# Who may


@pytest.fixture
def addresses(draft, first, lena) -> dict[str, list[int]]:
    move = PlanMove.objects.create(version=first, asked_at=timezone.now(), people=0)
    one, phase = draft.requirements.first(), draft.phases.first()
    order = RetakeOrder.objects.create(
        topic=one.topic, starts_on=TODAY, within_count=1, ordered_at=timezone.now()
    )
    kinds = {"topic": one.pk, "phase": phase.pk, "move": move.pk, "moves": first.pk}
    kinds |= {"retake": order.pk, "entry": draft.checklist.first().pk}
    kinds |= {"entry_add": draft.pk}
    kinds |= {"copy": first.pk, "topic_add": draft.pk, "phase_add": draft.pk}
    found = {}
    for pattern in urlpatterns:
        name = pattern.name
        has_number = "<int:pk>" in str(pattern.pattern)
        number = kinds.get(name, kinds.get(name.partition("_")[0], draft.pk))
        found[name] = [number] if has_number else []
    return found


@pytest.mark.parametrize("name", [pattern.name for pattern in urlpatterns])
def test_only_the_training_team_and_the_emergency_account_may(
    name, cast, addresses, client
):
    edits(cast["tia"].lms_person, client)
    address = url(name, *addresses[name])
    for method in ("get", "post"):
        for who in ["anon", *cast]:
            visitor = Client()
            if who != "anon":
                visitor.force_login(cast[who])
            if who in ("tia", "root"):
                continue
            response = getattr(visitor, method)(address)
            assert response.status_code in {302, 404}, (who, method)
            if response.status_code == 302:
                assert "login" in response.url, (who, method, response.url)
    for who in ("tia", "root"):
        visitor = Client()
        visitor.force_login(cast[who])
        assert visitor.get(address).status_code in {200, 302, 405}, who
    assert PlanVersion.objects.filter(pk=addresses["version"][0]).exists()


def test_whose_access_has_ended_edits_no_more(editor, tia):
    assert editor.get(url("index")).status_code == 200
    access = tia.accesses.get(kind=Access.Kind.TTA)
    end_access(access=access, ends_on=TODAY.replace(day=1), by=None, at=timezone.now())
    assert editor.get(url("index")).status_code == 302


def test_an_editor_of_pages_alone_finds_no_plan_builder(client, sam):
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    sam.user.groups.add(group)
    client.force_login(sam.user)
    assert client.get(url("index")).status_code == 404
    assert "Training plans" not in client.get("/admin/").content.decode()


# Building


def test_the_list_says_who_follows_what(editor, lena, sam):
    page = text_of(editor.get(url("index")))
    assert "Version 1" in page
    assert "2 people follow it." in page


def test_a_version_is_copied_into_a_draft(editor, first, tia):
    response = editor.post(url("copy", first.pk), follow=True)
    draft = PlanVersion.objects.drafts().get()
    assert response.redirect_chain[-1][0] == url("version", draft.pk)
    assert "Nothing differs" in text_of(response)
    assert AuditEntry.objects.filter(act="plan_version.copied", actor=tia).exists()


def test_the_audience_stands_there_in_words(editor, draft):
    page = text_of(editor.get(url("version", draft.pk)))
    assert (
        "Required for FRSS, within 28 days of hire or of taking up the role; "
        "recommended for everyone else." in page
    )


def test_a_published_version_shows_no_button_that_changes_it(editor, first):
    page = editor.get(url("version", first.pk)).content.decode()
    for name in ("topic_step", "topic_change", "topic_remove", "phase_step"):
        assert url(name, 1).replace("/1/", "/") not in page.replace("/1/", "/")
    one = first.requirements.first()
    assert editor.get(url("topic_change", one.pk)).status_code == 404
    assert editor.post(url("topic_step", one.pk)).status_code == 404
    assert editor.get(url("publish", first.pk)).status_code == 404


def test_a_topic_is_moved_by_a_button_that_keeps_the_focus(editor, draft):
    second = draft.requirements.order_by("order")[1]
    told = {"by_places": "-1"}
    page = editor.post(url("topic_step", second.pk), told, follow=True)
    assert codes(draft)[0] == second.topic.code
    buttons = re.findall(r"<button[^>]*autofocus[^>]*>", page.content.decode())
    assert len(buttons) == 1
    assert 'value="-1"' in buttons[0]


def test_a_topic_is_dropped_where_the_script_says(editor, draft):
    one, phase = draft.requirements.first(), draft.phases.last()
    told = {"phase": phase.pk, "position": 1}
    assert editor.post(url("topic_place", one.pk), told).status_code == 204
    one.refresh_from_db()
    assert one.phase == phase
    assert list(phase.requirements.order_by("order")).index(one) == 1
    other = PlanVersion.objects.newest().phases.first()
    told = {"phase": other.pk, "position": 1}
    assert editor.post(url("topic_place", one.pk), told).status_code == 400


def test_a_new_topic_is_added_and_asked_of_somebody(editor, draft):
    phase = draft.phases.last()
    told = {"title": "Grief and loss", "phase": phase.pk, "topic": ""}
    editor.post(url("topic_add", draft.pk), told)
    made = draft.requirements.get(topic__title="Grief and loss")
    assert made.phase == phase
    response = editor.post(url("topic_change", made.pk), filled(made, 1), follow=True)
    assert "Required for everyone, within 2 months of hire." in text_of(response)


def filled(requirement: Requirement, rows: int, **values: str) -> dict[str, str]:
    """The form of a topic: required of everyone within two months."""
    told = {
        "firmness": "aim",
        "is_signed": "on",
        "renewal_unit": "months",
        "renewal_notice_days": "60",
        "yearly_spares_days": "90",
        "first_from": "offset",
        "audiences-TOTAL_FORMS": "3",
        "audiences-INITIAL_FORMS": str(requirement.audiences.count()),
    }
    for row in range(3):
        told |= {
            f"audiences-{row}-obligation": "required",
            f"audiences-{row}-offset_unit": "months",
            f"audiences-{row}-aim_unit": "months",
        }
        if row < rows:
            told[f"audiences-{row}-offset_count"] = "2"
    return {**told, **values}


def test_audience_rows_are_edited_added_and_taken_away(editor, draft):
    one = draft.requirements.get(topic__code="OB-06")
    roles = dict(
        one.audiences.filter(role__isnull=False).values_list("role__key", "role")
    )
    told = filled(
        one,
        1,
        **{
            "audiences-0-role": str(roles["frss"]),
            "audiences-1-obligation": "recommended",
            "audiences-1-DELETE": "on",
            "audiences-2-obligation": "recommended",
            "firmness": "deadline",
            "renewal_count": "12",
            "is_before_families": "on",
            "note": "Because.",
        },
    )
    editor.post(url("topic_change", one.pk), told)
    one = draft.requirements.get(topic__code="OB-06")
    assert list(one.audiences.values_list("role__key", "obligation")) == [
        ("frss", "required"),
        (None, "recommended"),
    ]
    assert (one.firmness, one.renewal_count, one.note) == ("deadline", 12, "Because.")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"audiences-0-offset_count": ""}, "Say by when it is required."),
        ({"audiences-0-offset_count": "0"}, "Choose 1 to 120 months."),
        ({"audiences-0-offset_count": "1000"}, "Choose 1 to 120 months."),
        ({"audiences-0-aim_count": "2"}, "The aim lies before the date itself."),
        ({"audiences-1-offset_count": "3"}, "Another row says that of them already."),
        ({"renewal_count": "0"}, "Leave it empty if it is taken once."),
        ({"renewal_count": "121"}, "Choose 1 to 120 months."),
        ({"firmness": "maybe"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_said_next_to_the_field_and_nothing_is_lost(
    editor, draft, values, sentence
):
    one = draft.requirements.get(topic__code="OB-01")
    told = filled(one, 1, note="A long thought", **values)
    response = editor.post(url("topic_change", one.pk), told)
    page = text_of(response)
    assert sentence in page
    assert "A long thought" in page
    assert "Nothing you typed is lost" in page
    one.refresh_from_db()
    assert one.audiences.get().offset_unit == "days"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Choose a topic, or name a new one below."),
        ({"title": "Safe Sleep", "topic": "x"}, "not one of the available choices"),
        ({"title": "LANGUAGE as advocacy"}, "The catalog has a topic of that name"),
    ],
)
def test_a_topic_that_cannot_be_added_is_said(editor, draft, told, sentence):
    told = {"phase": draft.phases.first().pk, **told}
    assert sentence in text_of(editor.post(url("topic_add", draft.pk), told))


def test_a_topic_is_taken_out_after_a_question(editor, draft):
    one = draft.requirements.first()
    assert "Take" in text_of(editor.get(url("topic_remove", one.pk)))
    assert one.topic.code in codes(draft)
    editor.post(url("topic_remove", one.pk))
    assert one.topic.code not in codes(draft)
    assert Topic.objects.filter(pk=one.topic_id).exists()


def test_phases_are_added_renamed_moved_and_taken_out(editor, draft):
    told = {"title": "Second year", "short_title": "Year 2"}
    editor.post(url("phase_add", draft.pk), told)
    phase = draft.phases.get(key="second-year")
    editor.post(url("phase_step", phase.pk), {"by_places": "-1"})
    assert list(draft.phases.order_by("order"))[3] == phase
    told = {"title": "Year two", "short_title": "Two"}
    editor.post(url("phase_change", phase.pk), told)
    phase.refresh_from_db()
    assert (phase.key, phase.title) == ("second-year", "Year two")
    told = {"title": "", "short_title": "Two"}
    assert "required" in text_of(editor.post(url("phase_change", phase.pk), told))
    editor.post(url("phase_remove", phase.pk))
    assert draft.phases.count() == 4


def test_a_phase_with_topics_is_kept_and_one_is_told_why(editor, draft):
    phase = draft.phases.first()
    page = editor.post(url("phase_remove", phase.pk), follow=True)
    assert "Topics still stand in" in text_of(page)


def entries(version: PlanVersion) -> list[str]:
    return list(version.checklist.order_by("order").values_list("title", flat=True))


def test_the_checklist_is_added_to_reworded_moved_and_shortened(editor, draft, tia):
    before = entries(draft)
    told = {"title": "Find the keys", "hint": "Ask Dina.", "kind": "activity"}
    assert editor.post(url("entry_add", draft.pk), told).status_code == 302
    made = draft.checklist.get(key="find-the-keys")
    assert entries(draft) == [*before, "Find the keys"]
    form = editor.get(url("entry_change", made.pk)).context["form"]
    assert form["hint"].value() == "Ask Dina."
    editor.post(url("entry_change", made.pk), {**told, "title": "Keys", "hint": ""})
    editor.post(url("entry_step", made.pk), {"by_places": "-1"})
    assert entries(draft) == [*before[:-1], "Keys", before[-1]]
    page = text_of(editor.get(url("publish", draft.pk)))
    assert "another checklist" in page
    assert "new on the checklist" in page
    assert "Take “Keys” out?" in text_of(editor.get(url("entry_remove", made.pk)))
    editor.post(url("entry_remove", made.pk))
    assert entries(draft) == before
    acts = AuditEntry.objects.filter(act__startswith="plan_version.entry_", actor=tia)
    assert list(acts.order_by("pk").values_list("act", flat=True)) == [
        f"plan_version.entry_{act}" for act in ("added", "changed", "moved", "removed")
    ]


def test_an_entry_is_moved_by_a_button_that_keeps_the_focus(editor, draft):
    first_entry, second = draft.checklist.order_by("order")[:2]
    answer = editor.post(url("entry_step", second.pk), {"by_places": "-1"}, follow=True)
    assert entries(draft)[:2] == [second.title, first_entry.title]
    page = answer.content.decode()
    assert page.count("autofocus") == 1
    assert f'autofocus>Up<span class="w-sr-only"> {second.title}' in page
    editor.post(url("entry_step", second.pk), {"by_places": "-1"})
    assert entries(draft)[0] == second.title


@pytest.mark.parametrize(
    "told",
    [
        {"title": "", "kind": "activity"},
        {"title": "x" * 201, "kind": "activity"},
        {"title": "x", "hint": "x" * 301, "kind": "activity"},
        {"title": "x", "kind": "errand"},
    ],
)
def test_an_entry_that_cannot_be_is_said_next_to_its_field(editor, draft, told):
    response = editor.post(url("entry_add", draft.pk), told)
    assert "Nothing you typed is lost." in text_of(response)
    assert not draft.checklist.filter(key="x").exists()


def test_a_published_checklist_shows_no_button(editor, first):
    page = editor.get(url("version", first.pk)).content.decode()
    assert entries(first)[0] in page
    assert "Add to the checklist" not in page
    entry = first.checklist.first()
    for name in ("entry_change", "entry_remove", "entry_step"):
        assert editor.post(url(name, entry.pk), {"by_places": 1}).status_code == 404


def test_the_preview_is_of_the_draft_and_stays_while_one_works(editor, draft, lena):
    one = draft.requirements.get(topic__code="OB-01")
    editor.post(url("topic_change", one.pk), filled(one, 1))
    wish = "?roles=frss&hired_on=2026-11-02"
    page = text_of(editor.get(url("version", draft.pk) + wish))
    assert "Aim for 2 Jan 2027: 2 months after 2 Nov 2026" in page
    assert "Aim for 2 Jan 2027" in text_of(editor.get(url("version", draft.pk)))
    alone = text_of(editor.get(url("preview", draft.pk) + wish))
    assert "Aim for 2 Jan 2027" in alone
    assert "Lena" not in page


def test_a_preview_that_cannot_be_says_why(editor, draft):
    wish = "?roles=frss&hired_on=1949-01-01"
    assert "before 1950" in text_of(editor.get(url("version", draft.pk) + wish))


# Publishing


def test_what_changes_and_for_how_many_is_shown_before_publishing(
    editor, draft, lena, sam
):
    one = draft.requirements.get(topic__code="OB-01")
    told = filled(one, 1, **{"audiences-0-offset_unit": "days"})
    editor.post(url("topic_change", one.pk), told)
    page = text_of(editor.get(url("publish", draft.pk)))
    assert "1 moved earlier." in page
    assert "2 people: the plan changes for 2; for 2 a date would already" in page
    assert (
        "Now: Required for everyone, within 2 days of hire. "
        "Before: Required for everyone, within 28 days of hire." in page
    )
    editor.post(url("publish", draft.pk))
    draft.refresh_from_db()
    assert draft.published_at
    assert not StaffPlan.objects.filter(version=draft).exists()


def test_a_draft_with_faults_is_not_published(editor, draft):
    phase = actions.add_phase(
        version=draft, title="Empty", short_title="E", by=None, at=timezone.now()
    )
    assert "has no topic" in text_of(editor.get(url("publish", draft.pk)))
    page = editor.post(url("publish", draft.pk), follow=True)
    assert f"“{phase.title}” has no topic" in text_of(page)
    assert PlanVersion.objects.drafts().exists()


def test_a_draft_is_thrown_away_after_a_question(editor, draft):
    assert "Throw" in text_of(editor.get(url("discard", draft.pk)))
    editor.post(url("discard", draft.pk))
    assert not PlanVersion.objects.drafts().exists()


# Moving


@pytest.fixture
def second(draft) -> PlanVersion:
    one, now = draft.requirements.get(topic__code="OB-04"), timezone.now()
    actions.remove_topic(requirement=one, by=None, at=now)
    actions.publish_version(version=draft, by=None, at=now)
    draft.refresh_from_db()
    return draft


def seen_on(page: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def test_everyone_is_moved_after_a_look_and_back(editor, first, lena, sam, second):
    told = {"whom": "everyone", "agency": "", "person": ""}
    look = editor.get(url("moves", second.pk), told)
    assert "2 people: the plan changes for 2" in text_of(look)
    assert "1 topic taken out" in text_of(look)
    assert not MovedPlan.objects.exists()
    told["seen"] = seen_on(look.content.decode())
    done = editor.post(url("moves", second.pk), told, follow=True)
    assert "2 plans follow it now." in text_of(done)
    assert StaffPlan.objects.filter(version=second).count() == 2
    complete(lena, "OB-07")
    page = editor.post(url("move_undo", PlanMove.objects.get().pk), follow=True)
    assert "these stay" in text_of(page)
    assert StaffPlan.objects.get(person=sam).version == first
    assert StaffPlan.objects.get(person=lena).version == second


def test_one_person_is_moved_by_their_address(editor, first, lena, sam, second):
    Person.objects.filter(pk=lena.pk).update(email="lena@northside.test")
    told = {"whom": "person", "person": "Lena@northside.test "}
    page = editor.get(url("moves", second.pk), told)
    assert "Fewer than 5 people" in text_of(page)
    told["seen"] = seen_on(page.content.decode())
    done = editor.post(url("moves", second.pk), told, follow=True)
    assert "1 plan follows it now." in text_of(done)
    assert StaffPlan.objects.get(person=lena).version == second
    assert StaffPlan.objects.get(person=sam).version == first


def test_of_a_small_agency_no_numbers_and_no_names_are_told(
    editor, northside, lena, sam, second
):
    told = {"whom": "agency", "agency": northside.pk}
    page = text_of(editor.get(url("moves", second.pk), told))
    assert "Fewer than 5 people" in page
    assert "Lena" not in page
    assert "the plan changes for" not in page


def test_who_is_asked_to_move_without_a_look_is_looked_at_first(
    editor, northside, lena, second
):
    told = {"whom": "everyone"}
    look = editor.get(url("moves", second.pk), told)
    told["seen"] = seen_on(look.content.decode())
    employ(PersonFactory(), northside, "frss")
    StaffPlan.objects.update(version=PlanVersion.objects.get(number=1))
    page = text_of(editor.post(url("moves", second.pk), told))
    assert "Something has changed since you looked." in page
    assert not MovedPlan.objects.exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"whom": "agency"}, "Choose the agency."),
        ({"whom": "person"}, "Write the address."),
        ({"whom": "person", "person": "nobody@x.test"}, "There is nobody to move"),
        ({"whom": "friends"}, "Select a valid choice"),
        ({"whom": "agency", "agency": "9" * 40}, "Choose the agency."),
    ],
)
def test_odd_wishes_are_answered_with_a_sentence(editor, lena, second, told, sentence):
    assert sentence in text_of(editor.get(url("moves", second.pk), told))


def test_a_long_move_shows_how_far_it_is(editor, lena, sam, second, monkeypatch):
    monkeypatch.setattr("competencies.actions.moving.AT_ONCE", 0)
    told = {"whom": "everyone"}
    look = editor.get(url("moves", second.pk), told)
    told["seen"] = seen_on(look.content.decode())
    response = editor.post(url("moves", second.pk), told, follow=True)
    assert "0 of 2 plans are done" in text_of(response)
    assert response.headers["Refresh"] == "5"
    move = PlanMove.objects.get()
    still = editor.get(url("move", move.pk), {"still": ""})
    assert "Refresh" not in still.headers
    outbox.OutboxMessage.objects.update(given_up_at=timezone.now())
    assert "It stopped on the way" in text_of(editor.get(url("move", move.pk)))
    editor.post(url("move_again", move.pk))
    outbox.drain()
    assert "2 plans follow it now." in text_of(editor.get(url("move", move.pk)))


def test_pages_cost_the_same_however_many_people(
    editor, draft, second, northside, lena, assert_queries_do_not_grow
):
    def more() -> None:
        for _ in range(4):
            employ(PersonFactory(), northside, "frss")
        StaffPlan.objects.update(version=PlanVersion.objects.get(number=1))

    assert_queries_do_not_grow(lambda: editor.get(url("index")), more)
    look = {"whom": "everyone"}
    assert_queries_do_not_grow(lambda: editor.get(url("moves", second.pk), look), more)
    third = actions.copy_version(version=second, by=None, at=timezone.now())
    assert_queries_do_not_grow(lambda: editor.get(url("publish", third.pk)), more)


def test_the_builder_costs_the_same_however_many_topics(
    editor, draft, assert_queries_do_not_grow
):
    def more() -> None:
        for number in range(4):
            topic = Topic.objects.create(code=f"X-{number}", title=f"Topic {number}")
            actions.add_topic(
                version=draft, topic=topic, phase=draft.phases.last(), by=None,
                at=timezone.now(),
            )  # fmt: skip

    address = url("version", draft.pk) + "?roles=frss&hired_on=2026-11-02"
    assert_queries_do_not_grow(lambda: editor.get(address), more)


ODD = ["", "\x00", "²", "-1", "1e999", "9" * 40, "<script>", "é" * 5000]


@pytest.mark.parametrize("odd", ODD)
def test_a_form_of_the_builder_answers_whatever_is_typed(editor, draft, odd):
    editor.raise_request_exception = False
    one, phase = draft.requirements.first(), draft.phases.first()
    entry = draft.checklist.first()
    answers = [
        *(
            editor.post(url("topic_change", one.pk), filled(one, 1, **{name: odd}))
            for name in [
                "renewal_count",
                "renewal_unit",
                "renewal_notice_days",
                "yearly_month",
                "yearly_day",
                "first_from",
                "note",
                "turns-turn_1",
                "audiences-0-role",
                "audiences-0-offset_count",
                "audiences-0-aim_count",
                "audiences-0-portion",
                "audiences-TOTAL_FORMS",
            ]
        ),
        *(
            editor.post(url("retake_add"), {"topics": [one.topic.code], name: odd})
            for name in ["topics", "starts_on", "within_count", "roles", "because"]
        ),
        editor.post(url("topic_add", draft.pk), {"title": odd, "phase": phase.pk}),
        editor.post(url("topic_add", draft.pk), {"topic": odd, "phase": odd}),
        editor.post(url("phase_change", phase.pk), {"title": odd, "short_title": odd}),
        editor.post(url("topic_step", one.pk), {"by_places": odd}),
        editor.post(url("entry_add", draft.pk), {"title": odd, "kind": odd}),
        editor.post(url("entry_step", entry.pk), {"by_places": odd}),
        editor.post(
            url("entry_change", entry.pk),
            {"title": odd, "hint": odd, "kind": "activity"},
        ),
        editor.post(url("topic_place", one.pk), {"phase": odd, "position": odd}),
        editor.get(url("version", draft.pk), {"roles": odd, "hired_on": odd}),
        editor.get(url("version", draft.pk), {"moved": odd}),
        editor.get(url("topic_add", draft.pk), {"phase": odd}),
    ]
    assert [each.status_code for each in answers if each.status_code >= 500] == []
