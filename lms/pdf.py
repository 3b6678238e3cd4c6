"""Sets a page as a PDF, by xhtml2pdf and with embedded Noto fonts.

The fonts come from packages and are made ready once. The page may fetch nothing: every
picture is handed over inline. The same page gives the same bytes.
"""

import datetime
import io
import os
import tempfile
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.metadata import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy

from .conf import conf

# Latin with its supplements, combining marks, Greek, Cyrillic, Vietnamese, punctuation.
SCRIPTS = [*range(0x20, 0x530), *range(0x1E00, 0x2000), *range(0x2000, 0x2070), 0x20AC]
_lock = threading.Lock()


@dataclass(frozen=True)
class _Cut:
    package: str
    file: str


CUTS = {
    "serif": _Cut("fontpkg-noto-serif", "NotoSerif[wdth,wght].ttf"),
    "sans": _Cut("fontpkg-noto-sans", "NotoSans[wdth,wght].ttf"),
}


def fonts() -> dict[str, Path]:
    """The file of each font, as ``@font-face`` in a page names it."""
    return {key: font(key) for key in CUTS}


def font(key: str) -> Path:
    """A font's file, cut from its package on first use; safe with several processes."""
    path = conf.font_dir / f"noto-{key}.ttf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            _cut(CUTS[key]).save(file)
        Path(file.name).replace(path)
    return path


def _cut(cut: _Cut) -> TTFont:
    [source] = [each for each in files(cut.package) or [] if each.name == cut.file]
    whole = TTFont(source.locate())
    subsetter = Subsetter(Options(layout_features=["kern"], notdef_outline=True))
    subsetter.populate(unicodes=SCRIPTS)
    subsetter.subset(whole)
    return instantiateVariableFont(whole, {"wght": 400, "wdth": 100})


@cache
def _covered(key: str) -> frozenset[int]:
    return frozenset(TTFont(font(key)).getBestCmap())


def cannot_be_set(text: str, key: str = "serif") -> list[str]:
    """The characters that would print as boxes, each once.

    Every character needs a glyph of its own; marks left over after composing, and
    scripts whose letters change shape together, need more than a page here can do.
    """
    known = _covered(key)
    return [
        letter
        for letter in dict.fromkeys(unicodedata.normalize("NFC", text))
        if ord(letter) not in known or unicodedata.category(letter).startswith("M")
    ]


def set_page(html: str, on: datetime.date) -> bytes:
    """Nothing may be fetched but the fonts; the date in the file is the one given."""
    policy = ResourceAccessPolicy.server(conf.font_dir, allow_remote=False)
    epoch = datetime.datetime.combine(on, datetime.time(12), datetime.UTC).timestamp()
    drawing = io.BytesIO()
    with _lock:
        before = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ["SOURCE_DATE_EPOCH"] = str(int(epoch))
        try:
            status = pisa.CreatePDF(html, dest=drawing, resource_policy=policy)
        finally:
            if before is None:
                del os.environ["SOURCE_DATE_EPOCH"]
            else:
                os.environ["SOURCE_DATE_EPOCH"] = before
    if status.err or status.warn:
        raise RuntimeError(f"The page was not set rightly: {status.log}")
    return drawing.getvalue()
