import datetime

import pytest
from django.test import Client
from django.urls import reverse

from lms.models import Person, StaffMember
from supervision_logs import actions
from supervision_logs.models import SupervisionSession
from tests.conftest import TODAY

NOVEMBER = datetime.date(2026, 11, 1)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(address(name, *args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def address(name: str, *args: object) -> str:
    return reverse(f"lms_supervision_logs:{name}", args=args)


@pytest.fixture
def meet(lena, sam, at):
    """Sam and Lena (or a group) met: logged as somebody says it."""

    def log(
        on: datetime.date = TODAY,
        minutes: int = 60,
        by: Person | None = None,
        given_by: Person | None = None,
        roster: dict[StaffMember, int | None] | None = None,
        words: dict | None = None,
        **facts: object,
    ) -> SupervisionSession:
        told = actions.Told(
            {"held_on": on, "minutes": minutes, **facts},
            roster or {lena.staff_members.get(): None},
            words or {},
        )
        return actions.log_session(
            given_by=given_by or sam, told=told, by=by or sam, at=at
        )

    return log


@pytest.fixture
def pair(lena, sam) -> list[int]:
    """The arguments of Lena's and Sam's addresses."""
    return [lena.staff_members.get().pk, sam.pk]
