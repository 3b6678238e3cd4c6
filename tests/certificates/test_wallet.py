"""All of one's own papers in one place, to take along."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from certificates.actions import reissue_certificate
from certificates.exports import LIST
from competencies.models import Evidence
from lms.conf import conf
from tests.factories import complete

LIST_PAGE = reverse("lms_certificates:certificate_list")
ZIP = reverse("lms_certificates:wallet_download")


@pytest.fixture
def paper(lena, issued):
    [completion] = complete(lena, "OB-05", provider="=Red Cross", hours=3)
    stored = conf.private_storage.save("evidence/x.pdf", ContentFile(b"%PDF-paper"))
    return Evidence.objects.create(
        person=lena, record=completion.record, stored_as=stored, size=10,
        name="../../etc/my paper.pdf", content_type="application/pdf", sha256="0" * 64,
    )  # fmt: skip


def unpacked(client, person) -> zipfile.ZipFile:
    client.force_login(person.user)
    answer = client.get(ZIP)
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_zip_holds_all_of_it_with_a_list_that_fits(client, lena, issued, paper):
    archive = unpacked(client, lena)
    files = [name for name in archive.namelist() if name != LIST]
    assert files == [
        f"certificate-{issued.number}.pdf",
        f"elsewhere/{paper.pk}-my-paper.pdf",
    ]
    assert archive.read(files[0]) == bytes(issued.file.content)
    assert archive.read(files[1]) == b"%PDF-paper"
    listed = list(csv.DictReader(io.StringIO(archive.read(LIST).decode("utf-8-sig"))))
    for row in listed:
        assert row["SHA-256"] == hashlib.sha256(archive.read(row["file"])).hexdigest()
    assert listed[1]["issuer"] == "'=Red Cross"


def test_of_one_issued_anew_the_newer_is_taken(client, lena, issued, tia, at):
    anew = reissue_certificate(certificate=issued, because="x", by=tia, at=at)
    assert f"certificate-{anew.number}.pdf" in unpacked(client, lena).namelist()
    assert f"certificate-{issued.number}.pdf" not in unpacked(client, lena).namelist()


def test_nobody_elses_papers_are_in_it(client, sam, issued, paper):
    assert unpacked(client, sam).namelist() == [LIST]


def test_papers_from_elsewhere_stand_beside_ones_own(client, lena, paper):
    client.force_login(lena.user)
    page = client.get(LIST_PAGE).content.decode()
    assert "From elsewhere" in page
    assert "=Red Cross" in page
    assert "3 hours" in page
    assert "Foundations of Family Support" in page


def test_the_list_costs_the_same_however_long(
    client, lena, paper, assert_queries_do_not_grow
):
    client.force_login(lena.user)

    def another() -> None:
        [completion] = complete(lena, "OB-06")
        twin = Evidence.objects.get(pk=paper.pk)
        twin.pk, twin.record = None, completion.record
        twin.save()

    assert_queries_do_not_grow(lambda: client.get(LIST_PAGE), another)
