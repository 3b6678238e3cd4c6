import datetime
import hashlib
import io
import subprocess
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from certificates.models import Award, Certificate, Refusal
from certificates.pdf import Face, NameCannotBeSet, render_certificate
from competencies import actions
from competencies.models import Completion
from lms import outbox
from lms.actions import change_staff_member
from lms.pdf import set_page
from lms.privacy import take_out
from tests.factories import complete

ORIENTATION = [f"OB-{number:02d}" for number in range(1, 14)]
ADDRESS = "https://alongside.example/verify/0123456789abcdef/"


def face(name: str) -> Face:
    return Face(
        name=name,
        title="Foundations of Family Support",
        issuer="FIRST Steps Together",
        issued_on=datetime.date(2026, 11, 24),
        number="2026-0001",
        verify_url=ADDRESS,
    )


NAMES = [
    "Li",
    "José Ángel Muñoz Ibáñez",
    "Conceição Gonçalves",
    "Nguyễn Thị Ánh Tuyết",
    "Jan-Wesnè Lòtbò",
    "Maria da Conceição de Jesus Évora Tavares Monteiro dos Santos",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_set_whole_on_one_page(name):
    reader = PdfReader(io.BytesIO(render_certificate(face(name))))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert name in text
    assert "Foundations of Family Support" in text
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_its_fonts_are_embedded(tmp_path):
    (tmp_path / "c.pdf").write_bytes(render_certificate(face("Lena")))
    told = subprocess.run(
        ["pdffonts", tmp_path / "c.pdf"], capture_output=True, text=True, check=True
    ).stdout
    noto = [line for line in told.splitlines() if "Noto" in line]
    assert len(noto) == 2
    assert all(" yes yes yes " in line for line in noto)


def test_the_same_face_gives_the_same_bytes():
    assert render_certificate(face("Lena")) == render_certificate(face("Lena"))


def test_the_path_and_the_code_are_drawn():
    page = PdfReader(io.BytesIO(render_certificate(face("Lena")))).pages[0]
    drawing = page.get_contents().get_data()
    assert drawing.count(b" c") + drawing.count(b" l") + drawing.count(b" re") > 100


@pytest.mark.parametrize("name", ["សុខា", "محمد", "Anna 李", "रीना"])
def test_a_name_that_cannot_be_set_is_refused_with_a_sentence(name):
    with pytest.raises(NameCannotBeSet, match="Nothing was issued"):
        render_certificate(face(name))


def test_nothing_is_fetched_whatever_the_page_asks_for(tmp_path):
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>')
    for hostile in [
        f'<img src="{here}/a.png">',
        f'<style>@import url("{here}/b.css");</style>',
        f'<link rel="stylesheet" href="{here}/c.css">',
        f'<img src="file://{secret}">',
        f'<img src="../../../../../..{secret}">',
        f'<p style="background-image: url({here}/d.png)">x</p>',
    ]:
        page = f"<html><body>{hostile}<p>hello</p></body></html>"
        try:
            drawn = set_page(page, datetime.date(2026, 11, 24))
        except RuntimeError:
            continue
        assert b"/XObject" not in drawn or b"/Image" not in drawn
    server.shutdown()
    assert asked == []


def finish_orientation(lena, sam) -> None:
    completions = complete(lena, *ORIENTATION)
    rows = Completion.objects.filter(pk__in=[each.pk for each in completions])
    lines = {row.pk: actions.seen(row) for row in rows}
    actions.sign(signer=sam, lines=lines, at=timezone.now())


def test_the_last_signature_of_the_orientation_issues_one_certificate(lena, sam):
    finish_orientation(lena, sam)
    assert Certificate.objects.count() == 0
    outbox.drain()
    outbox.drain()
    certificate = Certificate.objects.get()
    assert certificate.name == "Lena"
    assert len(certificate.took) == 13
    content = bytes(certificate.file.content)
    assert certificate.sha256 == hashlib.sha256(content).hexdigest()


def test_what_it_took_is_dated_as_exactly_as_it_is_known(client, lena, sam, at):
    about = datetime.date(2021, 12, 31)
    complete(lena, ORIENTATION[0], on=about, precision="year")
    completions = [*Completion.objects.all(), *complete(lena, *ORIENTATION[1:])]
    rows = Completion.objects.filter(pk__in=[each.pk for each in completions])
    actions.sign(signer=sam, lines={row.pk: actions.seen(row) for row in rows}, at=at)
    outbox.drain()
    certificate = Certificate.objects.get()
    client.force_login(lena.user)
    address = reverse("lms_certificates:certificate_detail", args=[certificate.pk])
    sheet = render_certificate(
        replace(face("Lena"), what_it_took=tuple(certificate.what_it_took))
    )
    for shown in [
        client.get(address).content.decode(),
        PdfReader(io.BytesIO(sheet)).pages[1].extract_text(),
        take_out(lena, at).html(),
    ]:
        assert "about 2021" in shown
        assert "10 Nov 2026" in shown
        assert "31 Dec 2021" not in shown


def test_nothing_on_it_tells_role_agency_or_topics(lena, sam):
    finish_orientation(lena, sam)
    outbox.drain()
    content = bytes(Certificate.objects.get().file.content)
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    for word in ("FRSS", "Recovery", "Specialist", "Northside", "Language as"):
        assert word not in text


def test_a_corrected_name_is_issued_after_all(lena, sam, dina):
    lena.full_name = "Лена 李"
    lena.save()
    finish_orientation(lena, sam)
    outbox.drain()
    assert Certificate.objects.count() == 0
    assert "李" in Refusal.objects.get().sentence
    change_staff_member(
        staff_member=lena.staff_members.get(),
        changes={},
        person_changes={"full_name": "Lena Li"},
        by=dina,
        at=timezone.now(),
    )
    assert Certificate.objects.get().name == "Lena Li"
    assert not Refusal.objects.exists()


@pytest.fixture
def certificate(lena, sam) -> Certificate:
    finish_orientation(lena, sam)
    outbox.drain()
    return Certificate.objects.get()


def verify(client, code: str):
    return client.get(reverse("lms_certificates:verify", args=[code]))


def test_anyone_can_verify_and_nobody_can_search_for_it(client, certificate):
    answer = verify(client, certificate.code)
    page = answer.content.decode()
    assert "Valid" in page
    assert "Lena" in page
    assert "Northside" not in page
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"expires_on": datetime.date(2026, 11, 1)}, "No longer valid"),
        ({"revoked_at": timezone.now(), "revoked_because": "x"}, "Taken back"),
        ({"superseded_at": timezone.now()}, "Replaced by a newer one"),
    ],
)
def test_the_page_states_what_is_so(client, certificate, changes, word):
    Certificate.objects.update(**changes)
    page = verify(client, certificate.code).content.decode()
    assert word in page
    assert ("Lena" in page) == (word != "Replaced by a newer one")


def test_an_unknown_code_gets_a_calm_answer(client, db):
    answer = verify(client, "nosuchcode")
    assert answer.status_code == 404
    assert "Not known here" in answer.content.decode()


def test_asking_too_often_is_put_off(client, certificate, settings):
    settings.LMS_CERTIFICATES_VERIFICATIONS_A_MINUTE = 2
    for _ in range(4):
        last = verify(client, certificate.code)
    assert last.status_code == 429


def test_a_code_is_found_in_a_whole_address(client, certificate):
    answer = client.get(
        reverse("lms_certificates:verify_start"), {"code": f"{ADDRESS[:-17]}C0DE/"}
    )
    assert answer.url == reverse("lms_certificates:verify", args=["c0de"])


def test_an_award_is_made_in_the_admin_for_a_phase_of_a_plan(
    client, root, starter_plan
):
    client.force_login(root)
    address = reverse("alongside_awards:add")
    page = client.get(address).content.decode()
    assert '<option value="orientation">Orientation and Onboarding</option>' in page
    told = {"title": "Steady hands", "phase": "first_year", "is_active": "on"}
    assert client.post(address, {**told, "phase": "nowhere"}).status_code == 200
    assert client.post(address, told).status_code == 302
    award = Award.objects.get(phase="first_year")
    assert award.key.startswith("here-")
    edit = reverse("alongside_awards:edit", args=[award.pk])
    client.post(edit, {**told, "title": "Steadier hands"})
    key, award = award.key, Award.objects.get(phase="first_year")
    assert (award.key, award.title) == (key, "Steadier hands")
