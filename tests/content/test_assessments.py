"""One form about the agency, filled in together."""

from collections import Counter

import pytest
import yaml
from django.urls import reverse

from content.actions import begin_assessment
from content.actions.assessments import load_areas
from content.actions.loading import STARTER
from content.demo import load_demo_content
from content.models import AssessmentArea, SelfAssessment
from lms.demo import HARBOR
from tests.conftest import TODAY
from tests.factories import AgencyFactory

from .conftest import signed_in

ROWS = yaml.safe_load((STARTER / "self_assessment.yaml").read_text("utf-8"))


@pytest.fixture
def assessment(northside) -> SelfAssessment:
    load_areas(ROWS)
    return begin_assessment(agency=northside, on=TODAY)


def address(assessment: SelfAssessment) -> str:
    return reverse("lms_content:assessment", args=[assessment.pk])


def as_read(person, assessment: SelfAssessment) -> dict[str, str]:
    """The fields of the form as somebody reads them."""
    page = signed_in(person).get(address(assessment))
    forms = [form for _domain, forms in page.context["domains"] for form in forms]
    return {
        form.add_prefix(name): form[name].value() or ""
        if name != "after"
        else form[name].value()
        for form in forms
        for name in form.fields
    }


def save(person, assessment: SelfAssessment, fields: dict, **changed) -> str:
    told = {name.replace("__", "-"): value for name, value in changed.items()}
    answer = signed_in(person).post(
        address(assessment), {**fields, **told}, follow=True
    )
    return answer.content.decode()


def test_there_are_three_domains_and_fourteen_areas(db):
    assert load_areas(ROWS) == ["14 areas of the self-assessment added"]
    assert load_areas(ROWS) == []
    domains = Counter(AssessmentArea.objects.values_list("domain", flat=True))
    assert domains == {"Administration": 5, "Treatment": 5, "Community Integration": 4}


def test_a_team_fills_in_one_form(assessment, lena, sam):
    fields = as_read(lena, assessment)
    save(lena, assessment, fields, access__words="We open late on Tuesdays.")
    fields = as_read(sam, assessment)
    assert fields["access-words"] == "We open late on Tuesdays."
    page = save(sam, assessment, fields, access__level="beginning")
    assert "Saved for the team." in page
    answer = assessment.answers.get(area__key="access")
    assert (answer.level, answer.words) == ("beginning", "We open late on Tuesdays.")


def test_two_who_write_at_once_lose_nothing(assessment, lena, sam):
    lenas, sams = as_read(lena, assessment), as_read(sam, assessment)
    save(
        lena, assessment, lenas, access__words="From Lena.", quality__words="Lena too."
    )
    page = save(
        sam, assessment, sams, access__words="From Sam.", wellness__words="Sam."
    )
    assert "Somebody else wrote here meanwhile: “From Lena.”" in page
    assert "From Sam." in page
    kept = dict(assessment.answers.values_list("area__key", "words"))
    assert kept["access"] == "From Lena."
    assert kept["quality"] == "Lena too."
    assert kept["wellness"] == "Sam."


def test_after_putting_the_two_together_it_is_saved(assessment, lena, sam):
    sams = as_read(sam, assessment)
    save(lena, assessment, as_read(lena, assessment), access__words="From Lena.")
    both = {**sams, "access-words": "From both."}
    save(sam, assessment, both)
    save(sam, assessment, {**both, "access-after": 1})
    assert assessment.answers.get(area__key="access").words == "From both."


def test_other_agencies_and_the_training_team_do_not_see_it(assessment, cast):
    seeing = {
        name
        for name, user in cast.items()
        if SelfAssessment.objects.visible_to(user).exists()
    }
    assert seeing == {"lena", "sam", "ben", "dina"}


def test_a_closed_one_is_read_and_a_new_one_begun(assessment, lena, northside):
    fields = as_read(lena, assessment)
    save(lena, assessment, fields, close="yes", access__words="At last.")
    assessment.refresh_from_db()
    assert assessment.closed_on == TODAY
    page = save(lena, assessment, fields, access__words="Too late.")
    assert "At last." in page
    assert "Too late." not in page
    assert begin_assessment(agency=northside, on=TODAY) != assessment
    assert "Closed on" in signed_in(lena).get(address(assessment)).content.decode()


def test_there_is_one_open_form_an_agency(assessment, northside):
    assert begin_assessment(agency=northside, on=TODAY) == assessment


def test_partners_are_told_whom_it_is_for(pat):
    page = signed_in(pat).get(reverse("lms_content:assessments")).content.decode()
    assert "This belongs to agencies" in page


def test_the_demonstration_has_one_begun(db):
    load_areas(ROWS)
    AgencyFactory(name=HARBOR)
    assert len(load_demo_content()) == 2
    assert load_demo_content() == []
    answers = SelfAssessment.objects.get().answers
    assert answers.exclude(words="").count() == 4
