"""A certificate that comes later: the signature given without it becomes void, on that
line alone."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competencies import actions
from competencies.models import PlanItem, SignOff, TrainingRecord
from tests.factories import complete, line

PDF = b"%PDF-1.7 a certificate"


def signed(lena, sam, at, *codes: str) -> None:
    lines = {row.pk: actions.seen(row) for row in complete(lena, *codes)}
    actions.sign(signer=sam, lines=lines, at=at)


def address(item: PlanItem) -> str:
    keys = [item.pk, item.completion_id]
    return reverse("lms_competencies:evidence_add", args=keys)


def test_what_was_signed_without_it_is_signed_again_on_that_line_alone(
    client, lena, sam, at
):
    signed(lena, sam, at, "OB-01", "OB-02")
    item = line(lena, "OB-01")
    client.force_login(lena.user)
    detail = reverse("lms_competencies:item_detail", args=[item.pk])
    assert address(item) in client.get(detail).content.decode()
    file = SimpleUploadedFile("certificate.pdf", PDF)
    page = client.post(address(item), {"certificate": file}, follow=True)
    text = page.content.decode()
    assert "It waits for a signature again." in text
    assert "Void since" in text
    assert line(lena, "OB-01").progress == "awaiting"
    assert line(lena, "OB-02").progress == "complete"
    assert SignOff.objects.filter(voided_at__isnull=False).count() == 1
    item = line(lena, "OB-01")
    lines = {item.completion_id: actions.seen(item.completion)}
    actions.sign(signer=sam, lines=lines, at=at)
    assert line(lena, "OB-01").progress == "complete"


def test_a_line_that_is_not_signed_only_gets_it(client, lena, sam):
    complete(lena, "OB-01")
    client.force_login(sam.user)
    file = SimpleUploadedFile("certificate.pdf", PDF)
    client.post(address(line(lena, "OB-01")), {"certificate": file})
    assert line(lena, "OB-01").completion.record.evidence.count() == 1
    assert not SignOff.objects.exists()


def test_without_a_file_it_asks_for_one(client, lena):
    complete(lena, "OB-01")
    client.force_login(lena.user)
    page = client.post(address(line(lena, "OB-01")), {"sent": "1"}).content.decode()
    assert "This field is required" in page


def test_what_was_learned_before_the_hire_date_is_earlier_learning(client, lena):
    client.force_login(lena.user)
    item = line(lena, "OB-01")
    add = reverse("lms_competencies:completion_add", args=[item.pk])
    told = {"title": "At the clinic", "completed_on": "2024-05-02", "has_none": "on"}
    client.post(add, {**told, "hours": "6"})
    record = TrainingRecord.objects.get()
    assert record.how == TrainingRecord.How.PRIOR
    assert record.completed_on == datetime.date(2024, 5, 2)
