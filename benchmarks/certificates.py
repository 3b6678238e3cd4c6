"""What drawing certificates costs: python benchmarks/certificates.py [200]

The same page is drawn in one run, in turn, by the product and by bare reportlab (same
fonts, texts, lines and code, nothing parsed): the floor. Where WeasyPrint is installed
it draws the product's own page as well. Then that many certificates are issued by award
runs, with their rows, bytes, trail and counts. Figures are the processor's milliseconds
for each certificate, and the memory held before and after.
"""

import datetime
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DAY = datetime.date(2026, 11, 24)
NAMES = ["Li", "José Ángel Muñoz Ibáñez", "Nguyễn Thị Ánh Tuyết", "Conceição Gonçalves"]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def face(number: int) -> object:
    from certificates.pdf import Face

    return Face(
        name=NAMES[number % len(NAMES)],
        title="Foundations of Family Support",
        issuer="FIRST Steps Together",
        issued_on=DAY,
        number=f"2026-{number:04d}",
        verify_url=f"https://alongside.example/verify/{number:032x}/",
    )


def floor(drawn: object) -> bytes:
    """The page as one would draw it by hand, with nothing to parse."""
    import segno
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from lms.pdf import fonts

    for key, path in fonts().items():
        if key not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(key, str(path)))
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=(792, 612), invariant=1)
    canvas.setTitle(f"{drawn.title} – {drawn.name}")
    canvas.rect(26, 26, 740, 560)
    canvas.setLineWidth(5)
    canvas.bezier(40, 26, 40, 142, 92, 182, 92, 282)
    canvas.bezier(92, 282, 92, 372, 74, 422, 74, 586)
    canvas.bezier(150, 26, 150, 112, 106, 182, 106, 282)
    canvas.bezier(106, 282, 106, 372, 88, 422, 88, 586)
    for font, size, y, text in [
        ("sans", 12, 480, drawn.issuer),
        ("serif", 42, 400, drawn.name),
        ("sans", 13, 350, "has completed"),
        ("serif", 24, 315, drawn.title),
        ("sans", 13, 275, "24 November 2026"),
        ("sans", 8.5, 90, f"No. {drawn.number}"),
        ("sans", 8.5, 78, "Is it real? Scan the code, or open"),
        ("sans", 8.5, 66, drawn.verify_url),
    ]:
        canvas.setFont(font, size)
        canvas.drawString(170, y, text)
    code = segno.make(drawn.verify_url, error="m", micro=False)
    dot = 69 / code.symbol_size(border=0)[0]
    path = canvas.beginPath()
    for row, dots in enumerate(code.matrix):
        for column, is_dark in enumerate(dots):
            if is_dark:
                path.rect(660 + column * dot, 120 - row * dot, dot, dot)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    return page.getvalue()


def weasyprint() -> Callable[[object], bytes] | None:
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        return None
    from certificates import pdf

    def draw(drawn: object) -> bytes:
        pages: list[str] = []
        set_page, pdf.set_page = (
            pdf.set_page,
            lambda html, on: pages.append(html) or b"",
        )
        try:
            pdf.render_certificate(drawn)
        finally:
            pdf.set_page = set_page
        return HTML(string=pages[0]).write_pdf()

    return draw


def timed(draw: Callable[[object], bytes], number: int) -> float:
    start = time.process_time()
    draw(face(number))
    return (time.process_time() - start) * 1000


def draw_in_turn(count: int) -> None:
    from certificates.pdf import render_certificate

    ways = {"reportlab (floor)": floor, "product": render_certificate}
    if other := weasyprint():
        ways["WeasyPrint"] = other
    for draw in ways.values():
        draw(face(0))
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(count):
        for name, draw in ways.items():
            taken[name].append(timed(draw, number))
    least = statistics.median(taken["reportlab (floor)"])
    for name, each in taken.items():
        size = len(ways[name](face(1))) / 1024
        median = statistics.median(each)
        say(f"{name:20} {median:6.1f} ms  ×{median / least:4.1f}  {size:5.1f} KB")


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def issue(count: int) -> None:
    from django.utils import timezone

    from certificates.actions import give_by_hand
    from certificates.models import Award, AwardRun, Certificate
    from lms import outbox
    from lms.models import Person

    award = Award.objects.create(key="bench", title="Steady hands", earned_by="hand")
    people = [Person(full_name=f"{NAMES[n % 4]} {n}") for n in range(count)]
    Person.objects.bulk_create(people)
    by = people[0]
    for part in (people[: count // 10], people[count // 10 :]):
        start, used = time.perf_counter(), time.process_time()
        run = give_by_hand(
            award=award, people=part, because="x", by=by, at=timezone.now()
        )
        outbox.drain()
        each = (time.process_time() - used) * 1000 / len(part)
        wall = time.perf_counter() - start
        done = AwardRun.objects.get(pk=run.pk).issued
        say(f"issued {done:5}  {each:6.1f} ms each  {wall:6.1f} s  {memory()} MB")
    say(f"certificates: {Certificate.objects.count()}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALONGSIDE_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "lms.project.settings.demo"
        sys.path.insert(0, str(ROOT))
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, check=True)
        import django

        django.setup()
        draw_in_turn(count)
        issue(count)


if __name__ == "__main__":
    main()
