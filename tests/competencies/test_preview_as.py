"""View as: a picture of nobody, worked out by the rules."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competencies.views.preview import phases_of_nobody
from lms.models import (
    Access,
    Pause,
    Person,
    PersonRecord,
    RoleHeld,
    StaffMember,
    SupervisionTie,
)
from tests.factories import HIRED_ON, line

ABOUT_PEOPLE = {
    *(model for model in apps.get_models() if issubclass(model, PersonRecord)),
    *(Access, Pause, Person, RoleHeld, StaffMember, SupervisionTie),
}
ADDRESS = "/preview-as/?roles=frss&hired_on=2026-11-02"


def test_the_plan_of_nobody_reads_no_persons_rows_and_writes_nothing(lena):
    with CaptureQueriesContext(connection) as queries:
        phases = phases_of_nobody(["frss"], HIRED_ON)
    assert [part.total for part in phases]
    for query in queries:
        assert query["sql"].startswith("SELECT")
        for model in ABOUT_PEOPLE:
            assert f'"{model._meta.db_table}"' not in query["sql"]


def test_the_page_writes_nothing_and_names_nobody(client, lena, sam, dina):
    client.force_login(dina.user)
    client.get(reverse("lms:home"))
    before = {model: model.objects.count() for model in ABOUT_PEOPLE}
    with CaptureQueriesContext(connection) as queries:
        page = client.get(ADDRESS).content.decode()
    written = {query["sql"].split()[0] for query in queries}
    assert not written & {"INSERT", "UPDATE", "DELETE"}
    assert {model: model.objects.count() for model in ABOUT_PEOPLE} == before
    assert "This is nobody:" in page
    assert "Lena" not in page
    assert "Sam" not in page


def test_it_shows_what_such_a_person_really_gets(lena):
    phases = phases_of_nobody(["frss"], HIRED_ON)
    lines = [each for part in phases for each in part.lines]
    assert len(lines) == lena.staff_members.get().plan.items.count()
    for each in lines:
        real = line(lena, each.item.topic.code)
        assert (each.item.due_on, each.item.obligation, each.item.because) == (
            real.due_on,
            real.obligation,
            real.because,
        )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?roles=frss&hired_on=1949-12-31", "before 1950"),
        ("?hired_on=2026-11-02", "This field is required"),
        ("?roles=pilot", "not one of the available choices"),
        ("?roles=frss", "Hire date not known yet"),
    ],
)
def test_odd_wishes_are_answered_with_a_sentence(
    client, tia, starter_plan, query, sentence
):
    client.force_login(tia.user)
    assert sentence in client.get(f"/preview-as/{query}").content.decode()
