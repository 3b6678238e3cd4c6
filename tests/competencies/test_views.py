import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pillow_heif import register_heif_opener

from competencies.models import Evidence, PlanItem, SignOff
from lms.models import AuditEntry
from tests.factories import PersonFactory, complete, employ, line, supervise

register_heif_opener()
MY_PLAN = reverse("lms_competencies:my_plan")
TEAM = reverse("lms_competencies:team")
SIGN_OFF = reverse("lms_competencies:sign_off")


def picture(kind: str) -> bytes:
    image, drawn = Image.new("RGB", (40, 30), "white"), io.BytesIO()
    options = {}
    if kind == "JPEG":
        exif = Image.Exif()
        exif.get_ifd(0x8825)[1] = "N"  # where it was taken
        exif[0x010F] = "A phone"
        options["exif"] = exif
    image.save(drawn, kind, **options)
    return drawn.getvalue()


def add(client, item: PlanItem, **values):
    address = reverse("lms_competencies:completion_add", args=[item.pk])
    told = {"title": "A course", "completed_on": "2026-11-10", **values}
    return client.post(address, told)


@pytest.mark.parametrize(
    ("name", "content", "kept_as"),
    [
        ("certificate.pdf", b"%PDF-1.7 hello", "application/pdf"),
        ("scan.png", picture("PNG"), "image/png"),
        ("photo.jpg", picture("JPEG"), "image/jpeg"),
        ("photo.heic", picture("HEIF"), "image/jpeg"),
    ],
)
def test_a_certificate_is_added_and_what_a_photo_tells_is_removed(
    client, lena, name, content, kept_as
):
    client.force_login(lena.user)
    item = line(lena, "OB-13")
    answer = add(client, item, certificate=SimpleUploadedFile(name, content))
    assert answer.status_code == 302
    evidence = Evidence.objects.get()
    assert evidence.content_type == kept_as
    kept = evidence.open().read()
    if kept_as != "application/pdf":
        assert not Image.open(io.BytesIO(kept)).getexif()
    assert line(lena, "OB-13").progress == "awaiting"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.xlsx", b"PK\x03\x04 not a picture", "This kind of file is not taken"),
        ("page.html", b"<script>alert(1)</script>", "This kind of file is not taken"),
        ("big.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024), "larger than 20 MB"),
    ],
)
def test_other_files_are_refused_and_nothing_typed_is_lost(
    client, lena, name, content, sentence
):
    client.force_login(lena.user)
    upload = SimpleUploadedFile(name, content)
    page = add(client, line(lena, "OB-13"), certificate=upload).content.decode()
    assert sentence in page
    assert 'value="A course"' in page
    assert not Evidence.objects.exists()


def test_no_certificate_is_fine_when_it_is_said(client, lena):
    client.force_login(lena.user)
    item = line(lena, "OB-13")
    assert "I have no certificate" in add(client, item).content.decode()
    assert add(client, item, has_none="on").status_code == 302


def test_a_day_still_to_come_is_no_completion(client, lena):
    client.force_login(lena.user)
    answer = add(client, line(lena, "OB-13"), completed_on="2026-12-01", has_none="on")
    assert "still to come" in answer.content.decode()


def test_a_file_goes_out_as_an_attachment_and_others_opening_it_is_on_the_trail(
    client, lena, sam
):
    client.force_login(lena.user)
    upload = SimpleUploadedFile("c.pdf", b"%PDF-1.7")
    add(client, line(lena, "OB-13"), certificate=upload)
    address = reverse(
        "lms_competencies:evidence_download", args=[Evidence.objects.get().pk]
    )
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    policy = answer["Content-Security-Policy"]
    assert policy == "sandbox; default-src 'none'; frame-ancestors 'none'"
    opened = AuditEntry.objects.filter(act="evidence.opened")
    assert not opened.exists()
    client.force_login(sam.user)
    client.get(address)
    assert opened.get().actor == sam


def test_a_supervisor_signs_some_and_sends_one_back(client, lena, sam):
    complete(lena, "OB-01", "OB-02", "OB-03")
    client.force_login(sam.user)
    page = client.get(SIGN_OFF).content.decode()
    values = [part.split('"')[0] for part in page.split('name="sign" value="')[1:]]
    assert len(values) == 3
    client.post(SIGN_OFF, {"sign": values[:2]})
    assert SignOff.objects.count() == 2
    waiting = PlanItem.objects.get(progress="awaiting")
    address = reverse("lms_competencies:sign_off_send_back", args=[waiting.pk])
    client.post(address, {"note": "Which day was it?"})
    client.force_login(lena.user)
    assert "Which day was it?" in client.get(MY_PLAN).content.decode()


def test_a_director_sees_dates_and_no_words(client, lena, sam, dina):
    item = line(lena, "OB-01")
    item.notes = "Between the two of us"
    item.save(update_fields=["notes"])
    address = reverse("lms_competencies:item_detail", args=[item.pk])
    for reader, reads in [(sam, True), (dina, False)]:
        client.force_login(reader.user)
        page = client.get(address).content.decode()
        assert ("Between the two of us" in page) == reads


def test_my_plan_costs_the_same_however_much_is_done(
    client, lena, sam, assert_queries_do_not_grow
):
    client.force_login(lena.user)
    complete(lena, "OB-01")
    assert_queries_do_not_grow(
        lambda: client.get(MY_PLAN),
        lambda: complete(lena, "OB-02", "OB-04", "OB-05"),
        most=20,
    )


def test_my_team_costs_the_same_for_fifty_people(
    client, northside, lena, sam, assert_queries_do_not_grow
):
    client.force_login(sam.user)

    def hire() -> None:
        for _ in range(49):
            supervise(sam, employ(PersonFactory(), northside, "frss"))

    assert_queries_do_not_grow(lambda: client.get(TEAM), hire, most=15)


def test_the_queue_costs_the_same_however_long_it_is(
    client, lena, sam, assert_queries_do_not_grow
):
    client.force_login(sam.user)
    complete(lena, "OB-01")
    assert_queries_do_not_grow(
        lambda: client.get(SIGN_OFF),
        lambda: complete(lena, "OB-02", "OB-03", "OB-04", "OB-05"),
    )


def test_the_print_view_has_the_columns_of_the_form(client, lena):
    client.force_login(lena.user)
    page = client.get(reverse("lms_competencies:my_plan_print")).content.decode()
    for column in ("Training information", "Notes / additional follow up", "Date"):
        assert column in page
