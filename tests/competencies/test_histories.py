"""People already here: entered on one page, confirmed once by both, then complete."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from competencies import actions
from competencies.models import (
    Completion,
    History,
    HistoryConfirmation,
    PlanItem,
    SignOff,
    TrainingRecord,
)
from competencies.rules import Noted, Precision, read_noted
from lms import actions as hub
from lms import outbox
from lms.models import Import, Person, StaffMember
from lms.rules import NotUnderstood
from lms.signals import person_merging
from tests.factories import employ, line, person, supervise
from tests.lms.test_odd_input import ODD

TODAY = datetime.date(2026, 11, 24)
SIGN_OFF = reverse("lms_competencies:sign_off")
MY_PLAN = reverse("lms_competencies:my_plan")
HOME = reverse("lms:home")
DAYS = st.dates(datetime.date(1950, 1, 1), TODAY)


@pytest.fixture
def hank(northside, sam) -> Person:
    """Here for five years, with a folder full of paper. Sam supervises him."""
    hank = person("hank")
    hank.email = "hank@example.test"
    hank.save()
    hired_on = datetime.date(2021, 1, 4)
    staff_member = employ(
        hank, northside, "frss", hired_on=hired_on, is_history_on_paper=True
    )
    supervise(sam, staff_member)
    return hank


def employment(somebody: Person) -> StaffMember:
    return somebody.staff_members.get()


def url(somebody: Person, page: str = "history") -> str:
    return reverse(f"lms_competencies:{page}", args=[employment(somebody).pk])


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def field(somebody: Person, code: str) -> str:
    return f"topic_{line(somebody, code).topic_id}"


def fill(client, somebody: Person, **told: str):
    """What a browser sends: every field, and what it showed."""
    form = client.get(url(somebody)).context["form"]
    data = {}
    for name in form.fields:
        data[name] = data[f"initial-{name}"] = form[name].value() or ""
    data |= {field(somebody, code): text for code, text in told.items()}
    return client.post(url(somebody), data)


def codes(**told: str) -> dict[str, str]:
    return {code.replace("_", "-"): text for code, text in told.items()}


def confirm(client, somebody: Person):
    shown = client.get(url(somebody, "history_confirm")).context["seen"]
    return client.post(url(somebody, "history_confirm"), {"seen": shown})


@pytest.mark.parametrize(
    ("text", "on", "precision"),
    [
        ("2021-03-04", datetime.date(2021, 3, 4), Precision.DAY),
        ("3/4/2021", datetime.date(2021, 3, 4), Precision.DAY),
        ("4 March 2021", datetime.date(2021, 3, 4), Precision.DAY),
        ("about 2021", datetime.date(2021, 12, 31), Precision.YEAR),
        ("2021", datetime.date(2021, 12, 31), Precision.YEAR),
        ("2/2020", datetime.date(2020, 2, 29), Precision.MONTH),
        ("2021-02", datetime.date(2021, 2, 28), Precision.MONTH),
        ("About Feb 2021", datetime.date(2021, 2, 28), Precision.MONTH),
    ],
)
def test_a_day_a_month_or_a_year_is_read_as_its_last_possible_day(text, on, precision):
    assert read_noted(text) == Noted(on, precision)


@pytest.mark.parametrize("text", ["Paper  seen", "paper", "p", "P"])
def test_a_paper_somebody_saw_needs_no_date(text):
    noted = read_noted(text)
    assert noted.precision == Precision.PAPER
    assert noted.by(TODAY).on == TODAY
    assert noted.said() == "paper seen"


@pytest.mark.parametrize(
    "text",
    ["1949", "13/2021", "0/2021", "2100", "Feberuary 2021", "soon", "31/31/2021"],
)
def test_what_is_no_day_is_said_so(text):
    with pytest.raises(NotUnderstood):
        read_noted(text)


@given(DAYS, st.sampled_from(Precision.values))
def test_what_was_noted_is_typed_and_read_the_same(day, precision):
    noted = Noted(day, precision)
    again = read_noted(noted.mark)
    assert again.mark == noted.mark
    assert again.precision == precision
    assert again.first <= day <= again.on
    assert not again.is_ahead(TODAY)
    assert again.by(TODAY).on <= TODAY
    assert again.by(TODAY).mark == noted.mark


def test_a_year_reads_as_about_that_year_everywhere(client, hank, sam):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="about 2021", OB_02="3/2022", OB_04="p"))
    confirm(client, hank)
    client.force_login(sam.user)
    confirm(client, hank)
    client.force_login(hank.user)
    pages = [
        read(client, MY_PLAN),
        read(client, reverse("lms_competencies:my_plan_print")),
    ]
    for page in pages:
        assert "about 2021" in page
        assert "about March 2022" in page
        assert "paper seen" in page
        assert "31 Dec 2021" not in page
    detail = reverse("lms_competencies:item_detail", args=[line(hank, "OB-01").pk])
    assert "about 2021" in read(client, detail)


def test_a_renewal_is_counted_from_the_last_possible_day(client, hank, sam):
    renewed = PlanItem.objects.filter(person=hank, requirement__renewal_count__gt=0)
    item = renewed.select_related("topic", "requirement").first()
    client.force_login(hank.user)
    fill(client, hank, **{item.topic.code: "2021"})
    confirm(client, hank)
    client.force_login(sam.user)
    confirm(client, hank)
    item.refresh_from_db()
    assert item.completed_on == datetime.date(2021, 12, 31)
    assert item.precision == Precision.YEAR
    assert item.renew_on > datetime.date(2021, 12, 31)


def test_the_grid_has_a_field_for_every_line_and_saves_in_one_go(client, hank):
    client.force_login(hank.user)
    page = read(client, url(hank))
    assert page.count('type="text" name="topic_') == employment(hank).plan.items.count()
    assert "data-draft" in page
    answer = fill(client, hank, **codes(OB_01="2021", OB_02="3/14/2022"))
    assert answer.url == url(hank, "history_confirm")
    assert Completion.objects.filter(person=hank).count() == 2
    assert 'value="2022-03-14"' in read(client, url(hank))


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(client, hank):
    client.force_login(hank.user)
    answer = fill(client, hank, **codes(OB_01="2021", OB_02="soon", OB_04="12/1/2026"))
    page = answer.content.decode()
    assert "no date we can read" in page
    assert "That is still to come." in page
    assert 'value="soon"' in page
    assert 'value="2021"' in page
    assert not Completion.objects.filter(person=hank).exists()


@pytest.mark.parametrize("odd", ODD)
def test_a_field_answers_whatever_is_typed(client, hank, odd):
    client.force_login(hank.user)
    assert fill(client, hank, **codes(OB_01=odd)).status_code in {200, 302}
    confirm_page = client.get(url(hank, "history_confirm"))
    assert confirm_page.status_code in {200, 302}
    assert client.get(MY_PLAN).status_code == 200


def test_the_supervisor_may_fill_it_and_nobody_beyond_the_two(
    client, hank, sam, ben, dina
):
    for somebody, status in [(sam, 200), (ben, 404), (dina, 404)]:
        client.force_login(somebody.user)
        assert client.get(url(hank)).status_code == status


def test_nothing_waits_line_by_line_and_both_confirm_once(client, hank, sam):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021", OB_02="p"))
    assert not PlanItem.objects.awaiting_signature_by(sam).exists()
    assert "look once, confirm all at once" not in read(client, SIGN_OFF)
    confirm(client, hank)
    client.force_login(sam.user)
    assert "Earlier trainings of Hank: look once" in read(client, SIGN_OFF)
    assert line(hank, "OB-01").progress == "awaiting"
    confirm(client, hank)
    assert line(hank, "OB-01").progress == "complete"
    assert line(hank, "OB-02").progress == "complete"
    assert not SignOff.objects.exists()
    assert {each.by for each in HistoryConfirmation.objects.all()} == {hank, sam}
    record = TrainingRecord.objects.filter(person=hank).first()
    assert record.get_how_display() == "before this system"
    client.force_login(hank.user)
    page = read(client, MY_PLAN)
    assert "Confirmed by both on" in page
    assert "Sam" in page


def test_the_supervisor_is_told_on_the_home_page_once_the_person_has_looked(
    client, hank, sam, ben, dina, olu
):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    client.force_login(sam.user)
    assert "has looked at" not in read(client, HOME)
    client.force_login(hank.user)
    confirm(client, hank)
    assert "has looked at" not in read(client, HOME)
    client.force_login(sam.user)
    page = read(client, HOME)
    assert "Hank has looked at earlier trainings of their own." in page
    assert url(hank, "history_confirm") in page
    for somebody in (ben, dina, olu):
        client.force_login(somebody.user)
        assert "has looked at" not in read(client, HOME)
    client.force_login(sam.user)
    confirm(client, hank)
    assert "has looked at" not in read(client, HOME)


def test_the_person_is_told_on_the_home_page_once_the_supervisor_has_looked(
    client, hank, sam, lena
):
    client.force_login(sam.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    assert "has looked at" not in read(client, HOME)
    client.force_login(lena.user)
    assert "has looked at" not in read(client, HOME)
    client.force_login(hank.user)
    page = read(client, HOME)
    assert "Sam has looked at your earlier trainings." in page
    assert url(hank, "history_confirm") in page
    fill(client, hank, **codes(OB_02="p"))
    assert "has looked at" not in read(client, HOME)
    client.force_login(sam.user)
    confirm(client, hank)
    client.force_login(hank.user)
    confirm(client, hank)
    assert "has looked at" not in read(client, HOME)


def test_whoever_directs_is_told_where_nobody_supervises(client, hank, sam, dina):
    employment(hank).supervision_ties.all().delete()
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    client.force_login(dina.user)
    assert "Hank has looked at" in read(client, HOME)
    client.force_login(sam.user)
    assert "has looked at" not in read(client, HOME)


def test_nothing_is_told_of_who_has_left(client, hank, sam):
    client.force_login(sam.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    StaffMember.objects.filter(person=hank).update(
        left_on=TODAY - datetime.timedelta(days=1)
    )
    client.force_login(hank.user)
    assert "has looked at" not in client.get(HOME, follow=True).content.decode()


def test_the_home_page_costs_the_same_however_many_wait(
    client, hank, sam, northside, at, assert_queries_do_not_grow
):
    def one_more_looks(somebody: Person) -> None:
        told = {line(somebody, "OB-01").topic_id: Noted(TODAY)}
        one = employment(somebody)
        actions.enter_history(
            staff_member=one, told=told, by=somebody, at=at, today=TODAY
        )
        seen = actions.history_seen(actions.history_of(one, at))
        actions.confirm_history(staff_member=one, by=somebody, seen_digest=seen, at=at)

    def more() -> None:
        for name in ("ida", "iris"):
            somebody = person(name)
            supervise(
                sam, employ(somebody, northside, "frss", is_history_on_paper=True)
            )
            one_more_looks(somebody)

    one_more_looks(hank)
    client.force_login(sam.user)
    assert_queries_do_not_grow(lambda: client.get(HOME), more)


def test_what_is_left_gets_its_dates_once_both_have_confirmed(client, hank, sam):
    assert line(hank, "OB-05").progress == "not_entered"
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    client.force_login(sam.user)
    confirm(client, hank)
    assert line(hank, "OB-05").progress == "not_started"
    assert line(hank, "OB-05").due_on is not None
    assert not employment(hank).is_history_on_paper


def test_a_confirmation_holds_for_what_was_shown_alone(client, hank, sam):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    stale = client.get(url(hank, "history_confirm")).context["seen"]
    confirm(client, hank)
    client.force_login(sam.user)
    fill(client, hank, **codes(OB_02="2022"))
    assert HistoryConfirmation.objects.get().voided_at
    answer = client.post(url(hank, "history_confirm"), {"seen": stale}, follow=True)
    assert "changed after you opened this page" in answer.content.decode()
    confirm(client, hank)
    assert History.objects.get().settled_at is None
    client.force_login(hank.user)
    confirm(client, hank)
    assert History.objects.get().settled_at


def test_what_is_taken_back_makes_the_confirmations_void(client, hank, sam, at):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021", OB_02="p"))
    client.force_login(sam.user)
    confirm(client, hank)
    completion = line(hank, "OB-02").completion
    actions.withdraw_completion(completion=completion, by=hank, at=at)
    assert HistoryConfirmation.objects.get().voided_at
    client.force_login(hank.user)
    confirm(client, hank)
    assert History.objects.get().settled_at is None


def test_what_both_confirmed_is_not_taken_back_by_one(client, hank, sam, at):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    client.force_login(sam.user)
    confirm(client, hank)
    completion = line(hank, "OB-01").completion
    with pytest.raises(ValidationError):
        actions.withdraw_completion(completion=completion, by=hank, at=at)


def test_who_confirmed_for_the_other_is_somebody_else(client, hank, sam, dina, at):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    client.force_login(sam.user)
    confirm(client, hank)
    with pytest.raises(ValidationError):
        person_merging.send(sender=Person, stays=hank, goes=sam)


def test_one_person_is_not_both_of_the_two(client, hank):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    confirm(client, hank)
    assert HistoryConfirmation.objects.count() == 1
    assert History.objects.get().settled_at is None


def test_two_who_fill_it_at_once_take_nothing_back_from_each_other(client, hank, sam):
    client.force_login(hank.user)
    shown = dict.fromkeys(client.get(url(hank)).context["form"].fields, "")
    shown |= {f"initial-{name}": "" for name in shown}
    client.force_login(sam.user)
    fill(client, hank, **codes(OB_01="2021"))
    client.force_login(hank.user)
    client.post(url(hank), {**shown, field(hank, "OB-02"): "2022"})
    assert line(hank, "OB-01").completion.record.precision == Precision.YEAR
    assert line(hank, "OB-02").completion is not None


def test_a_day_is_taken_back_by_emptying_its_field(client, hank):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021", OB_02="p"))
    fill(client, hank, **codes(OB_01=""))
    assert line(hank, "OB-01").progress == "not_entered"
    assert line(hank, "OB-02").progress == "awaiting"
    assert fill(client, hank).status_code == 302
    assert Completion.objects.filter(person=hank).count() == 2


def test_something_off_opens_it_again_for_both(client, hank, sam):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    client.force_login(sam.user)
    confirm(client, hank)
    client.post(url(hank, "history_reopen"))
    assert line(hank, "OB-01").progress == "awaiting"
    fill(client, hank, **codes(OB_01="2020"))
    confirm(client, hank)
    client.force_login(hank.user)
    confirm(client, hank)
    assert line(hank, "OB-01").completed_on == datetime.date(2020, 12, 31)


def test_the_director_confirms_only_where_nobody_supervises(client, hank, sam, dina):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    client.force_login(dina.user)
    assert client.get(url(hank, "history_confirm")).status_code == 404
    sam.supervises.all().delete()
    confirm(client, hank)
    assert History.objects.get().settled_at


def test_ninety_days_end_by_themselves_from_a_stored_date(hank, at):
    until = employment(hank).history_until
    assert until == TODAY + datetime.timedelta(days=90)
    assert hub.end_due_histories(at=at + datetime.timedelta(days=90)) == 0
    assert line(hank, "OB-01").progress == "not_entered"
    assert hub.end_due_histories(at=at + datetime.timedelta(days=91)) == 1
    assert line(hank, "OB-01").progress == "not_started"
    assert line(hank, "OB-01").due_on is not None


def test_the_ninety_days_run_from_when_it_was_first_said(lena, dina, at):
    staff_member = employment(lena)

    def say(*, is_on_paper: bool, later: int) -> datetime.date | None:
        hub.change_staff_member(
            staff_member=staff_member,
            changes={"is_history_on_paper": is_on_paper},
            person_changes={},
            by=dina,
            at=at + datetime.timedelta(days=later),
        )
        staff_member.refresh_from_db()
        return staff_member.history_until

    until = say(is_on_paper=True, later=0)
    assert say(is_on_paper=True, later=30) == until
    assert say(is_on_paper=False, later=31) is None


def test_a_history_is_not_confirmed_anew_at_another_agency(
    client, hank, sam, eastside, olu, at
):
    """There it is brought, and accepted line by line like anything else."""
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    confirm(client, hank)
    client.force_login(sam.user)
    confirm(client, hank)
    employ(hank, eastside, "frss")
    there = PlanItem.objects.get(
        staff_member__agency=eastside, person=hank, topic__code="OB-01"
    )
    assert there.progress == "not_started"
    hub.bring_transcript(staff_member=there.staff_member, at=at)
    there.refresh_from_db()
    assert there.progress == "awaiting"


def sheet(client, agency, suffix: str) -> bytes:
    address = reverse("lms_competencies:training_sheet", args=[agency.pk, suffix])
    return client.get(address).content


def bring_in(client, agency, content: bytes, name: str) -> Import:
    file = SimpleUploadedFile(name, content)
    address = reverse("lms_competencies:training_import")
    answer = client.post(address, {"agency": agency.pk, "table": file})
    job = Import.objects.first()
    assert answer.url == reverse("lms:import_detail", args=[job.pk])
    client.post(reverse("lms:import_apply", args=[job.pk]))
    outbox.drain()
    job.refresh_from_db()
    return job


def filled_workbook(content: bytes, told: dict[tuple[str, str], str]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for row in book.active.iter_rows(min_row=2):
        row[3].value = told.get((row[0].value, row[2].value))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_whole_agency_is_filled_in_as_a_list_and_read_back(
    client, dina, northside, hank, sam
):
    client.force_login(dina.user)
    empty = sheet(client, northside, "xlsx")
    titles = {code: line(hank, code).topic.title for code in ("OB-01", "OB-02")}
    told = {
        ("hank@example.test", titles["OB-01"]): "about 2021",
        ("hank@example.test", titles["OB-02"]): "paper seen",
    }
    job = bring_in(client, northside, filled_workbook(empty, told), "trainings.xlsx")
    assert job.counts["new"] == 2
    assert job.counts.get("wrong", 0) == 0
    assert line(hank, "OB-01").completion.record.when == "about 2021"
    assert line(hank, "OB-02").completion.record.when == "paper seen"
    assert not PlanItem.objects.awaiting_signature_by(sam).exists()
    again = bring_in(client, northside, filled_workbook(empty, told), "trainings.xlsx")
    assert again.counts.get("new", 0) == 0
    assert Completion.objects.filter(person=hank).count() == 2
    for somebody in [hank, sam]:
        client.force_login(somebody.user)
        confirm(client, hank)
    assert line(hank, "OB-01").progress == "complete"


def test_the_list_holds_what_is_open_of_those_it_can_name(
    client, dina, northside, hank, lena
):
    client.force_login(dina.user)
    rows = sheet(client, northside, "csv").decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + PlanItem.objects.filter(person=hank).count()
    assert not any("Lena" in row for row in rows)
    page = read(client, reverse("lms_competencies:training_import"))
    assert "neither a work e-mail nor a number" in page
    assert "Lena" in page


def test_a_sheet_costs_the_same_however_many_people(
    client, dina, northside, hank, assert_queries_do_not_grow
):
    client.force_login(dina.user)

    def hire() -> None:
        for number in range(3):
            other = person(f"other{number}")
            other.email = f"other{number}@example.test"
            other.save()
            employ(other, northside, "frss")

    assert_queries_do_not_grow(lambda: sheet(client, northside, "csv"), hire)


def test_the_grid_costs_the_same_however_much_is_entered(
    client, hank, assert_queries_do_not_grow
):
    client.force_login(hank.user)
    fill(client, hank, **codes(OB_01="2021"))
    assert_queries_do_not_grow(
        lambda: client.get(url(hank, "history_confirm")),
        lambda: fill(client, hank, **codes(OB_02="p", OB_04="p", OB_05="p")),
    )
