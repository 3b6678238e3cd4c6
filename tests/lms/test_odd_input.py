"""Whatever is typed or sent, a page answers: with a sentence, never with an error."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lms.models import Person, Role
from tests.factories import complete, line

ODD = [
    " ",
    "\x00",
    "²",
    "-1",
    "1e999",
    "NaN",
    "9" * 40,
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "\u202e<script>alert(1)</script>{{ 7 * 7 }}' OR 1=1 --",
    "é" * 5000,
]
FORMS = {
    # address                                  who     what it takes
    "lms:staff_add": ("dina", ["full_name", "called", "email", "phone", "agency", "hired_on", "employee_id", "fte", "roles"]),
    "lms:staff_change": ("dina", ["full_name", "called", "email", "hired_on", "employee_id", "fte"]),
    "lms:staff_roles": ("dina", ["role", "starts_on"]),
    "lms:staff_supervisor": ("dina", ["supervisor_name", "scope", "kind", "starts_on", "ends_on"]),
    "lms:staff_pause": ("dina", ["starts_on", "ends_on"]),
    "lms:staff_leave": ("dina", ["last_day", "accesses"]),
    "lms:staff_reset": ("dina", ["because"]),
    "lms:staff_join": ("dina", ["code", "agency", "hired_on", "fte", "roles"]),
    "lms:people_merge": ("dina", ["stays", "full_name"]),
    "lms:my_name": ("lena", ["called", "full_name"]),
    "lms:my_private_email": ("lena", ["email"]),
    "lms:way_back": ("lena", ["code", "email"]),
    "lms_competencies:item_words": ("lena", ["notes", "training_information"]),
    "lms_competencies:item_date": ("sam", ["agreed_on", "agreed_because"]),
    "lms_competencies:item_seat": ("lena", ["booked_on", "is_waiting"]),
    "lms_competencies:item_waive": ("sam", ["waived_as", "waived_because"]),
    "lms_competencies:first_day": ("lena", ["first_day"]),
    "lms_competencies:visits_together": ("lena", ["count"]),
    "lms_competencies:plan_review_add": ("lena", ["held_on", "looked_at", "next_on"]),
    "lms_competencies:performance_review": ("sam", ["performance_review_on"]),
    "lms_competencies:goal_add": ("lena", ["goal", "specific", "aim_on"]),
    "lms_competencies:skills_wish": ("lena", ["yes"]),
    "lms_competencies:item_move": ("lena", ["up", "down"]),
    "lms_competencies:completion_add": ("lena", ["title", "provider", "completed_on", "hours", "has_none", "certificate"]),
    "lms_competencies:sign_off": ("sam", ["sign"]),
    "lms_competencies:sign_off_send_back": ("sam", ["note"]),
    "lms_competencies:sign_off_in_part": ("sam", ["needs", "seen"]),
    "lms_competencies:outside_ask": ("dina", ["name", "email"]),
}  # fmt: skip
SEARCHES = {"lms:people_search": "supervisor_name", "lms_content:learn": "q"}
NO_NUMBER = {
    "lms:staff_add",
    "lms:staff_join",
    "lms:my_name",
    "lms:my_private_email",
    "lms:way_back",
    "lms_competencies:sign_off",
    "lms_competencies:outside_ask",
}
OF_A_PLAN = {
    "lms_competencies:first_day",
    "lms_competencies:visits_together",
    "lms_competencies:plan_review_add",
    "lms_competencies:performance_review",
    "lms_competencies:goal_add",
    "lms_competencies:skills_wish",
}
NORMAL = {
    "first_day": "2026-12-03",
    "count": "2",
    "held_on": "2026-11-20",
    "goal": "Lead a group",
    "next_on": "2026-12-18",
    "full_name": "Noa Berg",
    "hired_on": "2026-11-16",
    "fte": "1",
    "supervisor_name": "Ben",
    "scope": "plan",
    "kind": "main",
    "starts_on": "2026-11-24",
    "title": "A course",
    "completed_on": "2026-11-10",
    "has_none": "on",
    "agreed_on": "2026-12-01",
    "agreed_because": "Seats",
    "waived_as": "role",
    "waived_because": "Not",
}


def address_of(name: str, lena) -> str:
    if name in NO_NUMBER:
        return reverse(name)
    if name == "lms:people_merge":
        ben = Person.objects.get(full_name="Ben")
        return reverse(name, args=[lena.pk, ben.pk])
    if name.startswith("lms:") or name in OF_A_PLAN:
        return reverse(name, args=[lena.staff_members.get().pk])
    return reverse(name, args=[line(lena, "OB-01").pk])


@pytest.mark.parametrize("name", FORMS)
def test_a_form_answers_whatever_is_typed(name, cast, northside):
    lena = cast["lena"].lms_person
    complete(lena, "OB-01")
    who, fields = FORMS[name]
    normal = {key: value for key, value in NORMAL.items() if key in fields}
    if "role" in fields:
        normal["role"] = Role.objects.get(key="clinician").pk
    if "roles" in fields:
        normal["roles"] = "clinician"
    normal |= {"agency": northside.pk} if "agency" in fields else {}
    client = Client(raise_request_exception=False)
    client.force_login(cast[who])
    plan = reverse("lms_competencies:plan_print", args=[lena.staff_members.get().pk])

    def answers(field: str, odd: str) -> bool:
        """And if the form takes it, the plan can still be shown."""
        with transaction.atomic():
            told = client.post(address_of(name, lena), {**normal, field: odd})
            shown = client.get(plan) if told.status_code == 302 else told
            transaction.set_rollback(True)
        return told.status_code < 500 and shown.status_code == 200

    failed = [
        (field, odd[:20]) for field in fields for odd in ODD if not answers(field, odd)
    ]
    assert failed == []


@pytest.mark.parametrize("odd", ODD)
def test_a_search_answers_whatever_is_typed(client, dina, odd):
    client.force_login(dina.user)
    for name, field in SEARCHES.items():
        assert client.get(reverse(name), {field: odd}).status_code == 200


@pytest.mark.parametrize("odd", ODD)
def test_a_search_for_two_records_answers_whatever_is_typed(client, dina, lena, odd):
    client.force_login(dina.user)
    address = reverse("lms:people_same")
    for told in [{"name": odd}, {"person": [odd, odd]}, {"person": ["1", odd]}]:
        assert client.get(address, told).status_code in {200, 302}


@pytest.mark.parametrize("number", ["0", "9" * 40])
def test_an_address_with_a_number_nobody_has_is_not_found(client, dina, number):
    client.force_login(dina.user)
    for pattern in ["/staff/{}/", "/team/{}/", "/plan/items/{}/", "/plan/evidence/{}/"]:
        assert client.get(pattern.format(number)).status_code == 404
