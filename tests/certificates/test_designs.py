"""How certificates look: every language and length, every paper, and no picture that
reaches outside itself."""

import io
import subprocess
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from certificates.actions import issue_certificate, reissue_certificate
from certificates.models import Award, Design, DesignRevision, earned_by
from certificates.pdf import render_certificate
from certificates.rules import Language, Paper, Style, UnfitPicture, picture, size_of
from tests.certificates.test_certificates import face

NAMES = {
    "en": "Li",
    "es": "José Ángel Muñoz Ibáñez",
    "pt": "Maria da Conceição de Jesus Évora Tavares Monteiro dos Santos e Silva Gonçalves de Lima",
    "ht": "Jan-Wesnè Lòtbò",
    "kea": "Djédji Évora Tavares",
    "vi": "Nguyễn Thị Ánh Tuyết",
}
SHAPE = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 90 30"><path d="M0 0 L90 30" stroke="#123456" fill="none"/></svg>'


def png() -> bytes:
    painted = io.BytesIO()
    Image.new("RGB", (90, 30), "#123456").save(painted, "PNG")
    return painted.getvalue()


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", list(Language))
def test_every_language_is_set_whole_on_one_page_of_either_paper(language, paper):
    style = Style(paper=paper, language=language)
    content = render_certificate(face(NAMES[language]), style)
    [page] = PdfReader(io.BytesIO(content)).pages
    text = " ".join(page.extract_text().split())
    assert NAMES[language] in text
    assert style.wording.has_completed in text
    assert style.wording.is_it_real in text
    assert style.wording.dated(face("x").issued_on) in text
    assert (int(page.mediabox.width), int(page.mediabox.height)) == style.size


@pytest.mark.parametrize("paper", list(Paper))
def test_the_longest_name_and_title_with_two_signatures_fit_one_page(paper):
    title = ("Supporting families through change and recovery, together " * 3)[:120]
    longest = replace(
        face(NAMES["pt"]),
        title=title,
        signatures=(("Ana Lima", "Program Lead"), ("Bo Nguyễn", "Training")),
    )
    style = Style(paper=paper, logo=picture(SHAPE), first_signature=picture(SHAPE))
    reader = PdfReader(io.BytesIO(render_certificate(longest, style)))
    assert len(reader.pages) == 1
    text = " ".join(reader.pages[0].extract_text().split())
    for part in (NAMES["pt"], title.strip(), "Bo Nguyễn", "Program Lead", "2026-0001"):
        assert part in text


def test_fonts_are_embedded_as_subsets(tmp_path):
    file = tmp_path / "c.pdf"
    file.write_bytes(render_certificate(face(NAMES["vi"])))
    told = subprocess.run(
        ["pdffonts", file], capture_output=True, text=True, check=True
    ).stdout
    noto = [line for line in told.splitlines() if "Noto" in line]
    assert len(noto) == 2
    assert all(" yes yes yes " in line for line in noto)
    assert file.stat().st_size < 60_000


@pytest.mark.parametrize("drawn", [SHAPE, png()], ids=["svg", "png"])
def test_logo_and_signatures_stand_on_the_page(drawn):
    inline = picture(drawn)
    signed = replace(face("Lena"), signatures=(("Ana", "Lead"), ("Bo", "")))
    plain = render_certificate(signed)
    style = Style(logo=inline, first_signature=inline, second_signature=inline)
    page = PdfReader(io.BytesIO(render_certificate(signed, style))).pages[0]
    before = PdfReader(io.BytesIO(plain)).pages[0]
    if drawn.startswith(b"\x89PNG"):
        assert len(page.images) >= 1
        assert len(before.images) == 0
    else:
        colour = b".070588 .203922 .337255 RG"
        assert page.get_contents().get_data().count(colour) == 3
        assert colour not in before.get_contents().get_data()


def test_colours_are_those_of_the_design():
    content = render_certificate(face("Lena"), Style(first_line="#ff0000"))
    drawing = PdfReader(io.BytesIO(content)).pages[0].get_contents().get_data()
    assert b"1 0 0 RG" in drawing


def svg(inside: str, head: str = "", attributes: str = "") -> bytes:
    return (
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'
    ).encode()


HOSTILE = [
    svg("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    svg("&a;", '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'),
    svg("<script>1</script>"),
    svg('<image xlink:href="file:///etc/passwd"/>'),
    svg('<image href="http://2130706433/a.png"/>'),
    svg('<use href="../../settings.py#a"/>'),
    svg("<style>@import url(http://127.0.0.1/a.css)</style>"),
    svg("<foreignObject><p>x</p></foreignObject>"),
    svg('<path d="M0 0" style="fill: url(http://127.0.0.1/a)"/>'),
    svg('<path d="M0 0" fill="u\\72l(file:///etc/passwd)"/>'),
    svg('<path d="M0 0" onload="x()"/>'),
    svg('<g href="file:///etc/passwd"/>'),
    svg('<path d="M0 0"/>'),
    svg("", attributes='width="0" height="9"'),
    svg("").decode().encode("utf-16"),
    svg("").decode().encode("utf-16-le"),
    b"<html/>",
    b"GIF89a",
    b"",
    b"\x89PNG\r\n\x1a\nbroken",
    png()[:60],
    b"x" * (200 * 1024 + 1),
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_a_picture_that_refers_to_anything_is_refused_with_a_sentence(content):
    with pytest.raises(UnfitPicture, match=r"\w+ \w+"):
        picture(content)


def test_a_picture_of_shapes_alone_may_name_its_own_parts():
    gradient = '<defs><linearGradient id="a"/></defs><path d="M0 0" fill="url(#a)"/>'
    drawn = svg(gradient, attributes='viewBox="0 0 9 3"')
    assert size_of(picture(drawn)) == (9, 3)
    assert picture(drawn).startswith("data:image/svg+xml;base64,")


def test_a_huge_png_is_refused_before_it_is_painted():
    wide = io.BytesIO()
    Image.new("1", (4000, 1001)).save(wide, "PNG")
    with pytest.raises(UnfitPicture, match="4 million"):
        picture(wide.getvalue())


@pytest.mark.parametrize(
    "name", ["<b>Lena</b>", "{{ face }}", '"><img src=x>', "</p><pdf:nextpage />"]
)
def test_a_name_is_text_whatever_it_looks_like(name):
    reader = PdfReader(io.BytesIO(render_certificate(face(name))))
    assert len(reader.pages) == 1
    assert name in " ".join(reader.pages[0].extract_text().split())


FORM = {
    "title": "Harbor", "paper": "a4", "language": "pt", "first_line": "#112233",
    "second_line": "#445566", "has_completed": "", "sample_name": "",
}  # fmt: skip


def test_the_training_team_draws_a_sample_and_then_saves(client, root):
    client.force_login(root)
    add = reverse("alongside_designs:add")
    files = {"logo_file": SimpleUploadedFile("logo.svg", SHAPE)}
    drawn = client.post(add, {**FORM, **files, "look": "sample"})
    assert drawn["Content-Type"] == "application/pdf"
    assert not Design.objects.exists()
    files = {"logo_file": SimpleUploadedFile("logo.svg", SHAPE)}
    client.post(add, {**FORM, **files})
    design = Design.objects.get()
    assert design.logo.startswith("data:image/svg+xml")
    edit = reverse("alongside_designs:edit", args=[design.pk])
    client.post(edit, {**FORM, "logo_goes": "on"})
    design.refresh_from_db()
    assert (design.logo, design.paper) == ("", "a4")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"first_line": "red"}, "Write a colour as #"),
        ({"has_completed": "完成"}, "cannot set these characters: 完"),
        ({"logo_file": svg("<script/>")}, "holds more than shapes"),
    ],
)
def test_what_cannot_stand_on_a_page_is_told_beside_the_field(
    client, root, changes, says
):
    client.force_login(root)
    told = {
        name: SimpleUploadedFile("x.svg", value) if isinstance(value, bytes) else value
        for name, value in changes.items()
    }
    page = client.post(reverse("alongside_designs:add"), {**FORM, **told})
    assert says in page.content.decode()
    assert not Design.objects.exists()


def test_an_issued_certificate_keeps_the_look_it_was_drawn_in(
    award, completion, tia, at
):
    design = Design.objects.create(title="Harbor", first_line="#112233")
    Award.objects.update(design=design)
    award.refresh_from_db()
    first = issue_certificate(award=award, what=earned_by(completion), at=at)
    frozen = bytes(first.file.content)
    Design.objects.update(first_line="#ff0000")
    second = reissue_certificate(certificate=first, because="x", by=tia, at=at)
    first.file.refresh_from_db()
    assert bytes(first.file.content) == frozen
    assert first.drawn_in.style().first_line == "#112233"
    assert second.drawn_in.style().first_line == "#ff0000"
    assert DesignRevision.objects.count() == 2
