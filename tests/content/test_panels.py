import pytest

from content.actions import load_starter_content


@pytest.fixture(autouse=True)
def modules(starter_plan) -> None:
    load_starter_content()


def home(client, person) -> str:
    client.force_login(person.user)
    return client.get("/").content.decode()


def test_a_partner_finds_what_is_open_to_partners(client, pat):
    page = home(client, pat)
    assert "Language as Advocacy" in page
    assert "Mandated Reporter Training" not in page


def test_the_training_team_sees_what_waits_for_review(client, tia):
    assert "13 modules are not yet reviewed" in home(client, tia)


def test_staff_see_neither(client, lena):
    page = home(client, lena)
    assert "not yet reviewed" not in page
    assert "Open to you" not in page
