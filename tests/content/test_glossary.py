import pytest
import yaml
from django.urls import reverse

from content.actions.glossary import load_terms
from content.actions.loading import STARTER
from content.models import GlossaryTerm

from .conftest import signed_in

ROWS = [
    {
        "term": "Attachment",
        "meaning": "The bond between a child and who cares for them.",
    },
    {"term": "Ally", "meaning": "Somebody who stands up for people out loud."},
]


@pytest.fixture
def terms(db) -> list[str]:
    return load_terms(ROWS)


def look(person, query: str = "") -> str:
    address = reverse("lms_content:glossary")
    return signed_in(person).get(address, {"q": query}).content.decode()


def test_the_file_holds_the_guides_terms_each_explained_and_from_somewhere():
    rows = yaml.safe_load((STARTER / "glossary.yaml").read_text("utf-8"))
    assert len(rows) == 44
    assert len({row["term"] for row in rows}) == 44
    assert all(row["meaning"] and row["source"] for row in rows)


def test_words_are_explained_in_order(terms, lena):
    page = look(lena)
    assert page.index("Ally") < page.index("Attachment")


def test_one_finds_a_word_by_its_name_or_its_meaning(terms, lena):
    assert "Attachment" not in look(lena, "ally")
    page = look(lena, "bond child")
    assert "Attachment" in page
    assert "Ally" not in page
    assert "Nothing found for" in look(lena, "zebra")


def test_the_search_over_modules_finds_words_as_well(terms, lena):
    page = signed_in(lena).get(reverse("lms_content:learn"), {"q": "bond"})
    assert "In the glossary" in page.content.decode()


def test_partners_read_it_too(terms, pat):
    assert "Attachment" in look(pat)


def test_a_second_load_follows_the_file_and_leaves_what_was_edited(terms):
    GlossaryTerm.objects.filter(term="Ally").update(meaning="Our own words.")
    newer = [{**row, "meaning": f"{row['meaning']} And more."} for row in ROWS]
    assert load_terms(newer) == ["1 glossary terms added or changed"]
    assert GlossaryTerm.objects.get(term="Ally").meaning == "Our own words."
    assert GlossaryTerm.objects.get(term="Attachment").meaning.endswith("And more.")
    assert load_terms(newer) == []
