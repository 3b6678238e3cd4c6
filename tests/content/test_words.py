"""The list of words: while one writes, over all modules, and for everybody."""

import time

import pytest
import yaml
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.actions import keep_word, let_tta_edit
from content.actions.loading import STARTER
from content.actions.words import load_words
from content.models import KeptWord, LearningIndexPage, ModulePage, WordChoice
from lms.actions import TTA_GROUP

from .conftest import signed_in

ROWS = yaml.safe_load((STARTER / "words.yaml").read_text("utf-8"))
RICH = '{"blocks": [{"text": "The client said “client” twice."}], "entityMap": {}}'


@pytest.fixture
def listed(db) -> list[str]:
    return load_words(ROWS)


@pytest.fixture
def editor(module, listed, tia) -> Client:
    let_tta_edit(LearningIndexPage.objects.get())
    tia.user.groups.add(Group.objects.get(name=TTA_GROUP))
    return signed_in(tia)


def check(client: Client, module: ModulePage, **told: str) -> str:
    address = reverse("alongside_writing:check", args=[module.pk])
    return client.post(address, told).content.decode()


def test_every_word_of_the_file_says_why_and_what_to_say():
    for row in ROWS:
        assert row["match"]
        assert row["say"]
        assert row["why"].endswith(".")
    assert len({row["key"] for row in ROWS}) == len(ROWS)


def test_a_second_load_follows_the_file_and_leaves_what_was_edited(listed):
    assert listed == [f"{len(ROWS)} words to choose added or changed"]
    assert load_words(ROWS) == []
    WordChoice.objects.filter(key="client").update(why="Our own reason.")
    newer = [{**row, "why": "Another reason."} for row in ROWS]
    assert load_words(newer) == [f"{len(ROWS) - 1} words to choose added or changed"]
    assert WordChoice.objects.get(key="client").why == "Our own reason."


def test_while_one_writes_words_minutes_and_grade_are_shown(editor, module):
    page = check(
        editor,
        module,
        **{
            "summary": "A client had a relapse.",
            "sections-0-value-content-0-value": RICH,
        },
    )
    assert page.count("<li data-field") == 3
    assert 'data-field="sections-0-value-content-0-value"' in page
    assert "Say “participant”" in page
    assert "about 1 minutes" in page
    assert "grade" in page


@pytest.mark.parametrize(
    "told",
    [
        {"title": "Client"},
        {"sections-0-value-title": "Our clients"},
        {"sections-0-value-content-0-value-instead_of": "client"},
        {"sections-0-value-content-0-value-words": "I am a client."},
        {"sections-0-value-content-0-value-source": "client"},
        {"sections-0-value-content-0-value-text": "client", "sections-0-deleted": "1"},
        {"reviewed_by": "client"},
    ],
)
def test_titles_quotations_and_what_is_deleted_are_not_looked_at(editor, module, told):
    assert "<li data-field" not in check(editor, module, **told)


def test_five_thousand_words_take_under_fifty_milliseconds_of_server_time(
    editor, module
):
    """The whole request: who asks, the list from its table, the check, the page."""
    sentence = "We sit with her, and the client says what would help this week. "
    told = {"sections-0-value-content-0-value": sentence * 400}
    assert len(told["sections-0-value-content-0-value"].split()) > 5000

    def spent() -> float:
        begun = time.process_time()
        page = check(editor, module, **told)
        assert page.count("<li data-field") == 20
        assert "And 380 more" in page
        return time.process_time() - begun

    assert min(spent() for _ in range(5)) < 0.05


def test_a_word_is_kept_with_a_reason_and_the_history_says_who(editor, module, tia):
    sent = {"module": module.pk, "word": "Client", "reason": "The form is called so."}
    assert editor.post(reverse("alongside_writing:keep"), sent).status_code == 204
    page = check(editor, module, summary="Ask the client.")
    assert "<li data-field" not in page
    assert "The form is called so." in page
    assert KeptWord.objects.get().word == "client"
    history = reverse("wagtailadmin_pages:history", args=[module.pk])
    assert "Kept “client”" in editor.get(history).content.decode()


def test_without_a_reason_nothing_is_kept(editor, module):
    sent = {"module": module.pk, "word": "client", "reason": " "}
    assert editor.post(reverse("alongside_writing:keep"), sent).status_code == 400
    assert not KeptWord.objects.exists()


def test_the_report_holds_the_list_against_every_module(editor, module, tia):
    report = reverse("alongside_writing:index")
    assert "No module holds a word of the list." in editor.get(report).content.decode()
    module.summary = "For each client."
    module.save_revision()  # a draft is looked at as well
    page = editor.get(report).content.decode()
    assert module.title in page
    assert "<mark>client</mark>" in page
    keep_word(
        module=module, word="client", reason="Quoted.", by=tia.user, at=timezone.now()
    )
    assert "Kept with a reason" in editor.get(report).content.decode()


def test_the_report_costs_the_same_however_many_words_are_kept(
    editor, module, tia, assert_queries_do_not_grow
):
    module.summary = "For each client."
    module.save()

    def keep_more() -> None:
        for word in ("client", "relapse", "detox"):
            keep_word(
                module=module, word=word, reason="x", by=tia.user, at=timezone.now()
            )

    assert_queries_do_not_grow(
        lambda: editor.get(reverse("alongside_writing:index")), keep_more
    )


def test_the_editor_has_the_check_and_a_bad_word_never_blocks(editor, module):
    edit = reverse("wagtailadmin_pages:edit", args=[module.pk])
    page = editor.get(edit).content.decode()
    assert "lms_content/writing.js" in page
    assert reverse("alongside_writing:check", args=[module.pk]) in page
    ModulePage.objects.filter(pk=module.pk).update(summary="Every addict.")
    ModulePage.objects.get().full_clean()


def test_the_check_is_for_those_who_write(module, lena, dina, listed):
    for person in (lena, dina):
        for name in ("check_new", "keep", "index"):
            address = reverse(f"alongside_writing:{name}")
            assert signed_in(person).post(address).status_code in {302, 403}


def hold(person, text: str) -> str:
    address = reverse("lms_content:words")
    return signed_in(person).post(address, {"text": text}).content.decode()


def test_anybody_holds_their_own_text_against_the_list(listed, lena):
    page = hold(lena, "The client was non-compliant.")
    assert "<mark>client</mark>" in page
    assert "<mark>non-compliant</mark>" in page
    assert "No word of the list stands in it." in hold(lena, "She came early.")
    assert "Paste or type a few sentences first." in hold(lena, "")


def test_a_director_adds_a_word_that_only_their_agency_hears(listed, dina, lena, olu):
    director = signed_in(dina)
    agency = lena.staff_members.get().agency
    sent = {"agency": agency.pk, "avoid": "case", "say": "family", "why": "People."}
    director.post(reverse("lms_content:word_add"), sent)
    assert "<mark>case</mark>" in hold(lena, "My case today.")
    assert "<mark>case</mark>" in hold(dina, "My case today.")
    assert "<mark>case</mark>" not in hold(olu, "My case today.")
    added = WordChoice.objects.get(avoid="case")
    director.post(reverse("lms_content:word_remove", args=[added.pk]))
    assert "<mark>case</mark>" not in hold(lena, "My case today.")


def test_a_director_adds_nothing_for_another_agency_or_for_everyone(
    listed, dina, eastside
):
    for agency in (eastside.pk, ""):
        sent = {"agency": agency, "avoid": "case", "say": "family", "why": "People."}
        page = signed_in(dina).post(reverse("lms_content:word_add"), sent)
        assert page.status_code == 200
    everyones = WordChoice.objects.get(key="client")
    remove = reverse("lms_content:word_remove", args=[everyones.pk])
    assert signed_in(dina).post(remove).status_code == 404


def test_the_same_word_stands_once_on_a_list(listed, dina, lena):
    agency = lena.staff_members.get().agency
    sent = {"agency": agency.pk, "avoid": "case", "say": "family", "why": "People."}
    add = reverse("lms_content:word_add")
    signed_in(dina).post(add, sent)
    again = signed_in(dina).post(add, {**sent, "avoid": "Case"}).content.decode()
    assert "This word is on the list already." in again
    assert WordChoice.objects.filter(agency=agency).count() == 1
