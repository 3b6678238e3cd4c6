"""Skills alone are ever rated, by the two alone, and only while both wish it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from competencies import actions
from competencies.forms import SkillsForm
from competencies.models import Competency, SkillRating, SkillsTogether
from lms.models import Person
from tests.factories import employ, supervise

NEVER = [
    "FC-01",  # lived experience of recovery
    "FC-02",  # lived experience as a parent
    "CC-03",  # a degree
    "CC-04",  # a licence
    *[f"DQ-0{number}" for number in range(1, 8)],  # qualities
]
DAY = datetime.date(2026, 11, 24)


def at_staff(person: Person, page: str = "skills") -> str:
    return reverse(f"lms_competencies:{page}", args=[person.staff_members.get().pk])


def read(client, reader: Person, address: str) -> str:
    client.force_login(reader.user)
    return client.get(address).content.decode()


def say(client, by: Person, about: Person, word: str = "yes"):
    client.force_login(by.user)
    return client.post(at_staff(about, "skills_wish"), {word: ""})


def rate(client, by: Person, about: Person, **levels: int):
    client.force_login(by.user)
    told = {
        f"skill-{Competency.objects.get(code=code.replace('_', '-')).pk}": level
        for code, level in levels.items()
    }
    return client.post(at_staff(about, "skills_rate"), told)


@pytest.fixture
def both_wish_it(client, lena, sam) -> SkillsTogether:
    say(client, lena, lena)
    say(client, sam, lena)
    return SkillsTogether.objects.get()


def test_it_is_off_until_both_have_said_yes(client, lena, sam):
    assert "Lena has not said yes." in read(client, lena, at_staff(lena))
    rate(client, lena, lena, FC_03=2)
    say(client, lena, lena)
    rate(client, lena, lena, FC_03=2)
    assert not SkillRating.objects.exists()
    page = read(client, sam, at_staff(lena))
    assert "Lena said yes" in page
    assert "How I see it today" not in page
    say(client, sam, lena)
    assert "How I see it today" in read(client, lena, at_staff(lena))


@pytest.mark.parametrize("who", ["lena", "sam"])
def test_either_can_switch_it_off(client, lena, sam, both_wish_it, who):
    rate(client, lena, lena, FC_03=2)
    say(client, {"lena": lena, "sam": sam}[who], lena, "no")
    for person in (lena, sam):
        page = read(client, person, at_staff(lena))
        assert "has not said yes" in page
        assert "How it grows" not in page
        assert not SkillRating.objects.visible_to(person.user).exists()
    assert SkillRating.objects.count() == 1


@pytest.mark.parametrize("code", NEVER)
def test_what_is_no_skill_can_never_be_rated(client, lena, both_wish_it, code):
    competency = Competency.objects.get(code=code)
    assert not competency.is_skill
    # in the form
    form = SkillsForm({f"skill-{competency.pk}": "3"}, skills=[competency])
    assert form.is_valid()
    assert form.levels() == {}
    rate(client, lena, lena, **{code.replace("-", "_"): 3})
    # in the action
    with pytest.raises(ValidationError):
        actions.rate_skills(
            together=both_wish_it, levels={competency: 3}, by=lena, on=DAY
        )
    assert not SkillRating.objects.exists()
    # in the database: it cannot be made a skill
    with pytest.raises(IntegrityError), transaction.atomic():
        Competency.objects.filter(pk=competency.pk).update(is_skill=True)


@pytest.mark.parametrize("code", NEVER)
def test_a_rating_of_what_is_no_skill_is_shown_to_nobody(lena, sam, both_wish_it, code):
    SkillRating.objects.create(
        person=lena, staff_member=both_wish_it.staff_member, together=both_wish_it,
        competency=Competency.objects.get(code=code), is_own=True, level=3, rated_on=DAY,
    )  # fmt: skip
    for person in (lena, sam):
        assert not SkillRating.objects.visible_to(person.user).exists()


def test_the_form_offers_the_skills_of_the_roles_held(client, lena, both_wish_it):
    page = read(client, lena, at_staff(lena))
    assert "Ability to set boundaries" in page
    assert "Interpersonal skills" not in page
    for code in NEVER:
        assert Competency.objects.get(code=code).title not in page


def test_nobody_but_the_two_reads_a_rating(
    client, cast, lena, sam, both_wish_it, northside
):
    rate(client, sam, lena, FC_03=2)
    readers = {
        name
        for name, user in cast.items()
        if SkillRating.objects.visible_to(user).exists()
        or SkillsTogether.objects.visible_to(user).exists()
    }
    assert readers == {"lena", "sam"}
    for name in ("ben", "dina", "tia", "ada", "olu", "abe"):
        client.force_login(cast[name])
        assert client.get(at_staff(lena)).status_code == 404


def test_a_new_supervisor_begins_anew(client, lena, sam, olu, both_wish_it):
    rate(client, sam, lena, FC_03=2)
    sam.supervises.update(ends_on=datetime.date(2026, 11, 23))
    supervise(olu, lena.staff_members.get())
    page = read(client, olu, at_staff(lena))
    assert "Olu has not said yes." in page
    say(client, olu, lena)
    say(client, lena, lena)
    assert "Nothing yet" in read(client, olu, at_staff(lena))
    assert not SkillRating.objects.visible_to(olu.user).exists()
    client.force_login(sam.user)
    assert client.get(at_staff(lena)).status_code == 404
    assert not SkillRating.objects.visible_to(sam.user).exists()


def test_growth_is_a_picture_with_the_table_behind_it(client, lena, sam, both_wish_it):
    skill = Competency.objects.get(code="FC-03")
    for by, level, day in [
        (lena, 1, datetime.date(2026, 11, 3)),
        (sam, 2, datetime.date(2026, 11, 3)),
        (lena, 3, DAY),
    ]:
        actions.rate_skills(together=both_wish_it, levels={skill: level}, by=by, on=day)
    page = read(client, sam, at_staff(lena))
    assert page.count('<circle class="growth__dot" cx="144" cy="106"') == 1
    assert 'points="144,106 342,46"' in page
    assert 'points="144,76"' in page
    table = page[page.index("As a table") :]
    assert "3 Nov 2026" in table
    assert "Growing" in table
    assert "Sam" in table


def test_later_the_same_day_it_is_corrected(client, lena, sam, both_wish_it):
    rate(client, lena, lena, FC_03=2)
    rate(client, lena, lena, FC_03=3)
    rate(client, sam, lena, FC_03=1)
    rows = SkillRating.objects.values_list("is_own", "level")
    assert sorted(rows) == [(False, 1), (True, 3)]


def test_a_level_there_is_not_is_refused(client, lena, both_wish_it):
    assert rate(client, lena, lena, FC_03=9).status_code == 200
    assert not SkillRating.objects.exists()
    with pytest.raises(ValidationError):
        actions.rate_skills(
            together=both_wish_it,
            levels={Competency.objects.get(code="FC-03"): 9},
            by=lena,
            on=DAY,
        )


def test_without_a_supervisor_there_is_nobody_to_look_at_it_with(client, olu, eastside):
    noa = Person.objects.create(full_name="Noa", user=olu.user.__class__.objects.create_user(email="noa@example.test", password="a long enough password"))  # fmt: skip
    employ(noa, eastside, "frss")
    page = read(client, noa, at_staff(noa))
    assert "Nobody supervises this plan" in page
    assert say(client, noa, noa).status_code == 404


def test_skills_cost_the_same_however_often_seen(
    client, lena, sam, both_wish_it, assert_queries_do_not_grow
):
    skills = Competency.objects.filter(role__key="frss", is_skill=True)
    levels = dict.fromkeys(skills, 2)

    def more() -> None:
        for day in range(1, 5):
            actions.rate_skills(
                together=both_wish_it, levels=levels, by=sam,
                on=datetime.date(2026, 11, day),
            )  # fmt: skip

    actions.rate_skills(together=both_wish_it, levels=levels, by=lena, on=DAY)
    client.force_login(lena.user)
    client.get(at_staff(lena))
    assert_queries_do_not_grow(lambda: client.get(at_staff(lena)), more)


def test_the_plan_leads_the_two_there_and_nobody_else(client, lena, sam, ben, dina):
    address = at_staff(lena)
    assert address in read(client, lena, reverse("lms_competencies:my_plan"))
    assert address in read(client, sam, at_staff(lena, "plan_detail"))
    for person in (ben, dina):
        assert address not in read(client, person, at_staff(lena, "plan_detail"))
