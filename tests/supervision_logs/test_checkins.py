"""Wellness: for Lena alone, until she says otherwise, and not a moment longer."""

import datetime
import io
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lms import vault
from lms.actions import apply_retention, merge_people
from lms.models import AuditEntry, OutboxMessage, SealedShare, SealedText
from lms.privacy import holdings
from supervision_logs import actions
from supervision_logs.models import CheckInChoice, check_ins_of, vision_of
from supervision_logs.rules import (
    CheckIn,
    Dimension,
    How,
    read,
    read_vision,
    written,
    written_vision,
)
from tests.conftest import TODAY
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def url(page: str, *arguments: object) -> str:
    return reverse(f"lms_supervision_logs:{page}", args=arguments)


WELLNESS = url("wellness")
TOLD = {"social": "3", "physical": "1", "line": "Long week", "would_help": "A walk"}


@pytest.fixture
def as_lena(client, lena):
    client.force_login(lena.user)
    return client


@pytest.fixture
def on(lena) -> CheckInChoice:
    return actions.turn_on(person=lena)


def write(lena, line="Long week", day=TODAY, key="1", **dimensions) -> SealedText:
    told = CheckIn(dimensions, line)
    actions.check_in(person=lena, told=told, key=key, on=day)
    return check_ins_of(lena).get(field=f"check-in {key}")


def share(lena, reader, days=3, **told) -> SealedText:
    text = write(lena, **told)
    actions.share_check_in(sealed=text, by=lena, reader=reader, days=days, on=TODAY)
    return text


# Off until turned on


def test_it_is_off_and_says_who_sees_what_before_anything_is_written(as_lena):
    html = as_lena.get(WELLNESS).content.decode()
    assert "Off, until you turn it on" in html
    assert "Who sees what" in html
    assert "whoever runs the server" in html
    assert as_lena.get(url("check_in")).url == WELLNESS
    assert as_lena.post(url("check_in"), TOLD).url == WELLNESS
    assert not SealedText.objects.exists()


def test_turned_on_it_can_be_turned_off_with_all_that_was_written(as_lena, lena, sam):
    as_lena.post(url("wellness_turn_on"))
    as_lena.post(url("wellness_turn_on"))
    assert CheckInChoice.objects.get().kept_days == 365
    share(lena, sam)
    assert "for good" in as_lena.get(url("wellness_turn_off")).content.decode()
    assert check_ins_of(lena).exists()
    as_lena.post(url("wellness_turn_off"))
    assert not CheckInChoice.objects.exists()
    assert not check_ins_of(lena).exists()
    assert not SealedShare.objects.exists()


# Checking in


def test_a_check_in_is_kept_sealed_and_read_by_its_author(as_lena, lena, on):
    as_lena.post(url("check_in"), TOLD)
    html = as_lena.get(WELLNESS).content.decode()
    for word in ("Long week", "A walk", "steady", "struggling"):
        assert word in html
    text = check_ins_of(lena).get()
    assert "week" not in str(bytes(text.ciphertext))
    told = read(vault.open_own(text, by=lena))
    assert told.dimensions == {Dimension.SOCIAL: How.STEADY, Dimension.PHYSICAL: How(1)}


def test_anything_may_be_skipped_but_not_everything(as_lena, lena, on):
    page = as_lena.post(url("check_in"), {"social": ""})
    assert "That is fine" in page.content.decode()
    assert not check_ins_of(lena).exists()
    as_lena.post(url("check_in"), {"line": "Tired"})
    assert check_ins_of(lena).count() == 1


def test_a_second_tap_keeps_one(as_lena, lena, on):
    key = as_lena.get(url("check_in")).context["key"]
    for _tap in range(2):
        as_lena.post(url("check_in"), TOLD | {"key": key})
    assert check_ins_of(lena).count() == 1


def test_a_name_is_asked_about_and_nothing_is_sealed_meanwhile(as_lena, lena, on):
    for field in ("line", "would_help"):
        page = as_lena.post(url("check_in"), {field: "Thinking of Jessica"})
        assert "<strong>Jessica</strong>" in page.content.decode()
    assert not check_ins_of(lena).exists()


def test_nothing_is_asked_about_recovery_or_health(as_lena, on):
    form = as_lena.get(url("check_in")).context["form"]
    assert set(form.fields) == {*Dimension.values, "line", "would_help"}


@pytest.mark.parametrize(
    "page", ["wellness", "check_in", "vision", "wellness_turn_off"]
)
def test_helplines_and_a_way_out_stand_on_every_page(as_lena, on, page, northside):
    northside.after_hours_phone = "555-0140"
    northside.save()
    html = as_lena.get(url(page)).content.decode()
    assert 'href="tel:988"' in html
    assert 'href="tel:555-0140"' in html
    assert "data-hide" in html


def test_pages_are_kept_by_no_cache(as_lena, lena, on):
    text = write(lena)
    for address in (WELLNESS, url("vision"), url("check_in_detail", text.pk)):
        assert "no-store" in as_lena.get(address)["Cache-Control"]


def test_the_trend_is_drawn_for_what_was_said_twice_and_read_as_a_list(
    as_lena, lena, on
):
    social, steady = Dimension.SOCIAL, How.STEADY
    write(lena, key="1", day=TODAY - 7 * DAY, **{social: How.STRUGGLING})
    write(lena, key="2", **{social: steady})
    pictures = as_lena.get(WELLNESS).context["pictures"]
    assert [picture.dimension for picture in pictures] == [social]
    (left, low), (right, high) = pictures[0].points
    assert left < right
    assert low > high  # up is steadier, and up is a smaller y
    html = as_lena.get(WELLNESS).content.decode()
    assert "24 Nov: steady" in html
    assert "17 Nov: struggling" in html


def test_the_page_costs_the_same_however_much_is_written(
    as_lena, lena, on, assert_queries_do_not_grow
):
    write(lena)

    def add() -> None:
        for number in range(5):
            write(lena, key=f"k{number}", day=TODAY - number * DAY)

    assert_queries_do_not_grow(lambda: as_lena.get(WELLNESS), add)


# Nobody sees whether


def test_writing_sharing_and_deleting_leave_no_trace(as_lena, lena, sam, on):
    before = AuditEntry.objects.count(), OutboxMessage.objects.count()
    as_lena.post(url("check_in"), TOLD)
    as_lena.post(url("vision"), {"coping": "Walking"})
    as_lena.get(WELLNESS)
    text = check_ins_of(lena).get()
    as_lena.get(url("check_in_detail", text.pk))
    actions.share_check_in(sealed=text, by=lena, reader=sam, days=3, on=TODAY)
    as_lena.post(url("check_in_delete", text.pk))
    as_lena.post(url("vision_delete"))
    assert (AuditEntry.objects.count(), OutboxMessage.objects.count()) == before


def test_pages_of_others_are_the_same_whether_she_writes_or_not(
    client, lena, sam, dina, ada
):
    staff = lena.staff_members.get()
    places = [
        reverse("lms:home"),
        reverse("lms:staff_detail", args=[staff.pk]),
        reverse("lms_competencies:plan_detail", args=[staff.pk]),
        WELLNESS,
        url("shared_check_ins"),
    ]

    def shown() -> list[str]:
        told = []
        for reader in (sam, dina, ada):
            client.force_login(reader.user)
            told += [_main(client, place) for place in places]
        return told

    before = shown()
    actions.turn_on(person=lena)
    write(lena)
    assert shown() == before


def _main(client, place: str) -> str:
    html = client.get(place).content.decode()
    return html.partition("<main")[2].partition("</main>")[0].split("csrf")[0]


def test_a_closed_vault_loses_nothing_that_was_typed(as_lena, lena, on, settings):
    settings.LMS_VAULT_RING = settings.LMS_VAULT_RING.with_name("gone.json")
    page = as_lena.post(url("check_in"), TOLD)
    assert "Long week" in page.content.decode()
    assert "could not be sealed" in page.content.decode()
    assert not check_ins_of(lena).exists()
    vision = as_lena.post(url("vision"), {"coping": "Walking by the river"})
    assert "Walking by the river" in vision.content.decode()


def test_an_entry_that_does_not_open_is_said_and_the_others_are_read(as_lena, lena, on):
    broken, fine = write(lena, key="1"), write(lena, line="Fine", key="2")
    SealedText.objects.filter(pk=broken.pk).update(ciphertext=b"x" * 60)
    html = as_lena.get(WELLNESS).content.decode()
    assert "Fine" in html
    assert "One entry can no longer be opened" in html
    page = as_lena.get(url("check_in_detail", broken.pk)).content.decode()
    assert "no longer be opened" in page
    assert fine.pk != broken.pk


def test_only_the_author_opens_many(lena, sam):
    text = write(lena)
    with pytest.raises(PermissionDenied):
        vault.open_own_many([text], by=sam)


# Shared on purpose


def test_one_entry_is_shared_with_one_person_for_some_days(
    as_lena, lena, sam, ben, on, monkeypatch
):
    monkeypatch.setattr("lms.step_up.hooks.get_hooks", lambda name: [])
    text, other = write(lena, key="1"), write(lena, key="2")
    told = {"reader": sam.pk, "days": 3}
    as_lena.post(url("check_in_share", text.pk), told)
    page = as_lena.get(url("check_in_detail", text.pk)).content.decode()
    assert "Sam" in page
    assert "until" in page
    as_lena.force_login(sam.user)
    assert "Lena" in as_lena.get(url("shared_check_ins")).content.decode()
    assert "Long week" in as_lena.get(url("shared_check_in", text.pk)).content.decode()
    assert as_lena.get(url("shared_check_in", other.pk)).status_code == 404
    as_lena.force_login(ben.user)
    assert as_lena.get(url("shared_check_in", text.pk)).status_code == 404


def test_sharing_asks_once_more_who_it_is(client, lena, sam, on, settings):
    settings.LMS_DOORS_ARE_STRICT = True
    text = write(lena)
    client.force_login(lena.user)
    answer = client.post(url("check_in_share", text.pk), {"reader": sam.pk, "days": 3})
    assert answer.status_code == 302
    assert "wellness" not in answer.url.split("?")[0]
    assert not SealedShare.objects.exists()


def test_opening_is_told_to_the_author(client, lena, sam):
    text = share(lena, sam)
    client.force_login(sam.user)
    client.get(url("shared_check_in", text.pk))
    client.force_login(lena.user)
    html = client.get(reverse("lms:opened")).content.decode()
    assert "Sam opened what you share with them" in html


def test_a_share_is_withdrawn_at_once_and_ends_by_itself(client, lena, sam, on):
    text = share(lena, sam)
    given = SealedShare.objects.get()
    client.force_login(lena.user)
    client.post(url("check_in_unshare", text.pk, given.pk))
    client.force_login(sam.user)
    assert client.get(url("shared_check_in", text.pk)).status_code == 404
    share(lena, sam, days=1, key="2")
    SealedShare.objects.update(starts_on=TODAY - 3 * DAY, ends_on=TODAY - DAY)
    later = check_ins_of(lena).get(field="check-in 2")
    assert client.get(url("shared_check_in", later.pk)).status_code == 404
    assert "Lena" not in client.get(url("shared_check_ins")).content.decode()


def test_shares_are_offered_to_colleagues_and_supervisors_alone(
    client, lena, sam, ben, olu, tia, on, monkeypatch
):
    monkeypatch.setattr("lms.step_up.hooks.get_hooks", lambda name: [])
    text = write(lena)
    client.force_login(lena.user)
    page = client.get(url("check_in_share", text.pk))
    readers = set(page.context["form"].fields["reader"].queryset)
    assert {sam, ben} <= readers
    assert not readers & {lena, olu, tia}
    client.post(url("check_in_share", text.pk), {"reader": olu.pk, "days": 3})
    assert not SealedShare.objects.exists()


def test_a_deleted_entry_is_gone_with_its_share(client, lena, sam, on):
    text = share(lena, sam)
    client.force_login(lena.user)
    client.post(url("check_in_delete", text.pk))
    assert not SealedText.objects.filter(pk=text.pk).exists()
    client.force_login(sam.user)
    assert client.get(url("shared_check_in", text.pk)).status_code == 404


# As long as the author says


@pytest.mark.parametrize(("kept", "days"), [(30, 30), (365, 365)])
def test_check_ins_go_when_their_author_says(lena, kept, days, at, on):
    CheckInChoice.objects.update(kept_days=kept)
    today = timezone.localdate(at)
    old = write(lena, key="old", day=today - (days + 1) * DAY)
    last = write(lena, key="last", day=today - days * DAY)
    vault.seal("x", person=lena, kind="vision", row=lena, field="x", on=old.sealed_on)
    apply_retention(at=at)
    assert list(check_ins_of(lena)) == [last]
    assert SealedText.objects.filter(person=lena, kind="vision").exists()


def test_the_job_tells_nobody_how_many_went(lena, on, at):
    write(lena, day=datetime.date(2020, 1, 1))
    trial = " ".join(apply_retention(at=at, is_trial=True))
    assert "Nobody is told how many" in trial
    assert check_ins_of(lena).exists()
    apply_retention(at=at)
    assert not check_ins_of(lena).exists()
    assert not AuditEntry.objects.filter(act="retention.applied").exists()
    out = io.StringIO()
    call_command("retention", stdout=out)
    assert "Nobody is told how many" in out.getvalue()


def test_the_author_chooses_how_long(as_lena, on):
    as_lena.post(url("wellness_keep"), {"kept_days": 30})
    on.refresh_from_db()
    assert on.kept_days == 30
    as_lena.post(url("wellness_keep"), {"kept_days": 5})
    on.refresh_from_db()
    assert on.kept_days == 30


# The vision


def test_a_vision_is_kept_changed_and_deleted(as_lena, lena):
    as_lena.post(url("vision"), {"coping": "Walking", "name_1": "Jessica"})
    html = as_lena.get(url("vision")).content.decode()
    assert "Walking" in html
    assert "Jessica" in html  # people in one's own life may be named
    as_lena.post(url("vision"), {"coping": "Running"})
    assert vision_of(lena).count() == 1
    html = as_lena.get(url("vision")).content.decode()
    assert "Running" in html
    assert "Walking" not in html
    as_lena.post(url("vision_delete"))
    assert not vision_of(lena).exists()


def test_an_emptied_vision_is_gone(as_lena, lena):
    as_lena.post(url("vision"), {"coping": "Walking"})
    as_lena.post(url("vision"), {"coping": ""})
    assert not vision_of(lena).exists()


def test_a_vision_too_long_to_seal_stays_on_the_screen_and_the_old_one_kept(
    as_lena, lena
):
    as_lena.post(url("vision"), {"coping": "Walking"})
    form = as_lena.get(url("vision")).context["form"]
    long = dict.fromkeys(form.asks_about, "🌱" * 1000)
    page = as_lena.post(url("vision"), long)
    assert "too long to seal" in page.content.decode()
    kept = read_vision(vault.open_own(vision_of(lena).get(), by=lena))
    assert kept == {"coping": "Walking"}


def test_a_vision_is_nobody_else_s(client, lena, sam):
    actions.save_vision(person=lena, answers={"coping": "Walking"}, on=TODAY)
    client.force_login(sam.user)
    assert "Walking" not in client.get(url("vision")).content.decode()


# Paper and Mondays


def test_the_step_back_sheet_has_five_questions_and_takes_nothing(as_lena):
    page = as_lena.get(url("step_back"))
    html = page.content.decode()
    assert [f"<dt>{n}." in html for n in range(1, 7)] == [True] * 5 + [False]
    assert "<form" not in html
    assert "<input" not in html


def test_mondays_begin_with_prompts_from_the_pack(as_lena):
    assert "Before the doorbell" in as_lena.get(url("mondays")).content.decode()


# What is one's own


def test_the_download_holds_the_words_to_read(lena, on):
    write(lena, line="Long week")
    parts = json.dumps([str(part) for part in _downloaded(lena)])
    assert "Long week" in parts


def _downloaded(lena) -> list[str]:
    [sealed] = [each for each in holdings() if each.model is SealedText]
    return [value for row in sealed.told(lena) for value in row.values()]


def test_two_records_of_one_person_keep_one_choice_and_the_words(lena, dina):
    twice = PersonFactory(full_name="Lena B", user=None)
    actions.turn_on(person=twice)
    write(twice, line="Before")
    actions.turn_on(person=lena)
    merge_people(stays=lena, goes=twice, by=dina, at=timezone.now())
    assert CheckInChoice.objects.get().person == lena
    [text] = check_ins_of(lena)
    assert read(vault.open_own(text, by=lena)).line == "Before"


words = st.text(max_size=300).filter(lambda text: not {"\0", "\x85"} & set(text))


@given(st.dictionaries(st.sampled_from(Dimension), st.sampled_from(How)), words, words)
def test_a_check_in_reads_back_as_it_was_written(dimensions, line, would_help):
    told = CheckIn(dimensions, line, would_help)
    assert read(written(told)) == told


def test_an_old_sign_for_a_next_line_becomes_a_line_break():
    assert read(written(CheckIn({}, "One\x85two", ""))).line == "One\ntwo"


@given(st.dictionaries(st.sampled_from(["coping", "today"]), words))
def test_a_vision_reads_back_as_it_was_written(answers):
    kept = {name: text for name, text in answers.items() if text}
    assert read_vision(written_vision(answers)) == kept
