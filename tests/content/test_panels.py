import pytest

from content.models import ModulePage

from .conftest import add_module


@pytest.fixture(autouse=True)
def modules(chapter, starter_plan) -> list[ModulePage]:
    """One that is open to partners, one that is not, one that rests on law."""
    first = add_module(chapter, "module-ob-01", "Language as Advocacy")
    second = add_module(chapter, "module-ob-03", "Mandated Reporter Training")
    law = add_module(chapter, "module-ob-11", "Family Care Plan")
    ModulePage.objects.filter(pk=first.pk).update(is_open_to_partners=True)
    ModulePage.objects.filter(pk=law.pk).update(rests_on_law=True, live=False)
    return [first, second, law]


def home(client, person) -> str:
    client.force_login(person.user)
    return client.get("/").content.decode()


def test_a_partner_finds_what_is_open_to_partners(client, pat):
    page = home(client, pat)
    assert "Language as Advocacy" in page
    assert "Mandated Reporter Training" not in page


def test_the_training_team_sees_what_waits_for_review(client, tia):
    page = home(client, tia)
    assert "2 modules are not yet reviewed" in page
    assert "1 module rests on law that nobody has looked at again" in page


def test_staff_see_neither(client, lena):
    page = home(client, lena)
    assert "not yet reviewed" not in page
    assert "Open to you" not in page
