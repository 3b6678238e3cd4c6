"""Completions are appended, whatever they come from, and move their lines along."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from competencies import actions
from competencies.models import Completion, Training, TrainingRecord
from competencies.signals import training_completed
from lms.models import AuditEntry
from tests.factories import complete, line

NOVEMBER = datetime.date(2026, 11, 20)


@pytest.fixture
def finish(lena, at):
    def finish(key: str, content_hash: str = "0" * 64) -> TrainingRecord:
        content = actions.TakenContent("As it was", ["See"], 25, content_hash)
        training = Training.objects.get(key=key)
        return actions.record_completion(
            person=lena, training=training, on=NOVEMBER, at=at, content=content
        )

    return finish


def test_a_finished_module_waits_for_a_signature(lena, finish):
    record = finish("module-ob-08")
    item = line(lena, "OB-08")
    assert item.progress == "awaiting"
    assert item.completion.record == record
    assert (record.title, record.objectives, record.minutes) == (
        "As it was",
        ["See"],
        25,
    )


def test_a_module_that_only_introduces_says_so_and_completes_nothing(lena, finish):
    finish("module-ob-03")
    item = line(lena, "OB-03")
    assert (item.progress, item.introduced_on) == ("in_progress", NOVEMBER)
    assert not Completion.objects.exists()


def test_the_same_content_counts_once(lena, finish):
    assert finish("module-ob-08") == finish("module-ob-08")
    assert Completion.objects.count() == 1


def test_what_was_taken_stays_as_it_was_when_the_training_changes(lena, finish):
    record = finish("module-ob-08")
    Training.objects.filter(key="module-ob-08").update(title="Another title")
    Training.objects.get(key="module-ob-08").taught.all().delete()
    record.refresh_from_db()
    assert record.title == "As it was"
    assert line(lena, "OB-08").progress == "awaiting"


def test_new_content_is_a_new_completion(lena, finish):
    finish("module-ob-08")
    finish("module-ob-08", "1" * 64)
    assert Completion.objects.count() == 2


def test_a_training_that_is_finished_is_told(lena, finish):
    heard = []

    def hear(record, **kwargs):
        heard.append(record)

    training_completed.connect(hear)
    record = finish("module-ob-08")
    finish("module-ob-08")
    training_completed.disconnect(hear)
    assert heard == [record]


def test_a_module_that_was_begun_is_in_progress(lena, at):
    training = Training.objects.get(key="module-ob-08")
    actions.note_start(person=lena, training=training, on=NOVEMBER)
    actions.note_start(person=lena, training=training, on=at.date())
    item = line(lena, "OB-08")
    assert (item.progress, item.started_on) == ("in_progress", NOVEMBER)


def test_a_seat_that_was_booked_is_taken(lena):
    item = line(lena, "M6-02")
    item.note_booking(NOVEMBER)
    complete(lena, "M6-02")
    assert line(lena, "M6-02").booked_on is None


def test_several_topics_of_one_training_share_its_record_and_evidence(lena, at):
    topics = [(line(lena, code).topic, "") for code in ("OB-01", "OB-02")]
    proof = actions.Attachment("c.pdf", "application/pdf", b"%PDF-", "0" * 64)
    told = actions.Told(title="A day", completed_on=NOVEMBER, attachments=[proof])
    record = actions.record_outside_training(
        person=lena, topics=topics, told=told, recorded_by=lena, at=at
    )
    assert record.completions.count() == 2
    assert record.evidence.get().open().read() == b"%PDF-"


def test_a_portion_that_is_too_small_leaves_the_line_open(lena, at):
    topic = line(lena, "M6-04").topic
    told = actions.Told(title="MIO", completed_on=NOVEMBER)
    for portion, progress in [("", "not_started"), ("didactic", "awaiting")]:
        actions.record_outside_training(
            person=lena, topics=[(topic, portion)], told=told, recorded_by=lena, at=at
        )
        assert line(lena, "M6-04").progress == progress


def test_a_past_date_is_normal_and_the_newest_one_counts(lena):
    complete(lena, "OB-03", on=datetime.date(2019, 5, 1))
    complete(lena, "OB-03", on=datetime.date(2026, 11, 10))
    complete(lena, "OB-03", on=datetime.date(2022, 5, 1))
    record = line(lena, "OB-03").completion.record
    assert record.completed_on == datetime.date(2026, 11, 10)


def test_what_a_supervisor_records_waits_for_a_signature_too(lena, sam, at):
    told = actions.Told(title="Ours", completed_on=NOVEMBER, how="supervisor")
    actions.record_outside_training(
        person=lena, topics=[(line(lena, "OB-01").topic, "")], told=told,
        recorded_by=sam, at=at,
    )  # fmt: skip
    assert line(lena, "OB-01").progress == "awaiting"
    entry = AuditEntry.objects.get(act="completion.recorded")
    assert (entry.actor, entry.about) == (sam, lena)


def test_what_was_taken_back_stays_on_file_and_counts_no_more(lena, at):
    [completion] = complete(lena, "OB-01")
    actions.withdraw_completion(completion=completion, by=lena, at=at)
    actions.withdraw_completion(completion=completion, by=lena, at=at)
    assert Completion.objects.get().withdrawn_at == at
    assert AuditEntry.objects.filter(act="completion.withdrawn").count() == 1


def test_a_signed_completion_stays_until_the_signature_is_withdrawn(lena, sam, at):
    [completion] = complete(lena, "OB-01")
    lines = {completion.pk: actions.seen(Completion.objects.get())}
    [item] = actions.sign(signer=sam, lines=lines, at=at).signed
    with pytest.raises(ValidationError, match="signed in the meantime"):
        actions.withdraw_completion(completion=completion, by=lena, at=at)
    actions.withdraw_sign_off(
        sign_off=item.completion.sign_offs.get(), because="Not hers", at=at
    )
    actions.withdraw_completion(completion=completion, by=lena, at=at)
    assert line(lena, "OB-01").progress == "not_started"
