"""Puts a Word file together again as the sections of a module."""

import re
from collections import Counter
from dataclasses import replace
from typing import IO, Any

import mammoth
from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _
from mammoth.docx.files import InvalidFileReferenceError

from .archive import BROKEN, MOST_PICTURES, NotReadable, broken, sound_copy, suffix_of
from .markup import Markup, excerpt, is_bold
from .parts import Kind, Note, Picture, Section, Text, WordDocument

MOST_SECTIONS = 100
LONG_SECTION = 300  # words
LONG_HEADING = 90  # letters; a bold line that is longer is no heading
# The names under which programs write what a paragraph is; Word's own stay English.
STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Quote'] => p.quotation:fresh
p[style-name='Intense Quote'] => p.quotation:fresh
p[style-name='Quotations'] => p.quotation:fresh
p[style-name='Block Text'] => p.quotation:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Image Caption'] => p.caption:fresh
p[style-name='Illustration'] => p.caption:fresh
p[style-name='TOC Heading'] => p.contents:fresh
p[style-name^='toc '] => p.contents:fresh
p[style-name^='Contents '] => p.contents:fresh
"""
# What the text itself cannot show, by the name of its element.
TOLD_BY_MARKS = {
    "ins": Kind.TRACKED,
    "del": Kind.TRACKED,
    "commentReference": Kind.COMMENT,
    "oMath": Kind.EQUATION,
    "chart": Kind.DRAWING,
    "relIds": Kind.DRAWING,
    "altChunk": Kind.EMBEDDED,
    "OLEObject": Kind.EMBEDDED,
    "txbxContent": Kind.TEXT_BOX,
    "edge": Kind.EDGE,
}
LINKED, UNKNOWN = "linked", "unknown"
# What programs write where nobody has said what a picture shows.
NOT_SAID = re.compile(
    r"\W*|.*automatically generated.*|(picture|image|grafik|graphic|shape)\s*\d*"
    r"|\S+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)",
    re.IGNORECASE | re.DOTALL,
)


def read_word_file(file: IO[bytes], size: int) -> WordDocument:
    """Read a file of that many bytes; its name says nothing, its content decides.

    Raises NotReadable, with a sentence, for what is no Word document, is built to
    hurt, or has nothing to read.
    """
    pictures = _Pictures()
    with sound_copy(file, size) as copy:
        try:
            html = mammoth.convert_to_html(
                copy.file,
                style_map=STYLES,
                include_embedded_style_map=False,
                external_file_access=False,
                convert_image=mammoth.images.img_element(pictures.take),
            ).value
        except BROKEN as error:
            raise NotReadable(broken()) from error
    soup = BeautifulSoup(html, "html.parser")
    document = _Reading(soup, pictures).document()
    if not document.sections:
        raise NotReadable(_("There is nothing to read in this document yet."))
    if len(document.sections) > MOST_SECTIONS:
        raise NotReadable(_("These are more than 100 sections. Split the document."))
    document.notes += _notes_of(copy.marks)
    return document


def _notes_of(marks: Counter[str]) -> list[Note]:
    kinds = {TOLD_BY_MARKS[mark] for mark in marks}
    return [Note(kind) for kind in Kind if kind in kinds]


class _Pictures:
    """The pictures of a document in their order, as bytes; nothing is fetched."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []

    def take(self, image: Any) -> dict[str, str]:
        if len(self.contents) == MOST_PICTURES:
            raise NotReadable(_("This document has more than 60 pictures. Split it."))
        try:
            with image.open() as content:
                self.contents.append(content.read())
        except InvalidFileReferenceError:
            return {"src": LINKED}
        except KeyError:  # of a kind that was not copied
            return {"src": UNKNOWN}
        return {"src": str(len(self.contents) - 1)}


class _Reading:
    def __init__(self, soup: BeautifulSoup, pictures: _Pictures) -> None:
        self.soup, self.contents = soup, pictures.contents
        self.title = ""
        self.notes: list[Note] = []
        self.sections: list[Section] = []
        self.waiting: list[tuple[str, int]] = []  # html of the next text, its words
        self.is_quoted = False
        self.footnotes: list[str] = []
        self.said_below = self._take_footnotes()

    def document(self) -> WordDocument:
        self._find_headings()
        for node in self.soup.find_all(recursive=False):
            self._block(node)
        self._end_section()
        self._join_empty_sections()
        self.notes += [
            Note(Kind.LONG, section.title)
            for section in self.sections
            if section.words > LONG_SECTION
        ]
        return WordDocument(self.title, self.sections, self.notes)

    def _take_footnotes(self) -> dict[str, str]:
        """The words of each note, by its name; they stand in a list at the end."""
        found = {}
        for item in self.soup.find_all("li", id=re.compile("^(foot|end)note-")):
            for back in item.find_all("a", href=re.compile("^#(foot|end)note-ref-")):
                back.decompose()
            lines = (Markup().inline(line) for line in item.find_all("p"))
            found[item["id"]] = " ".join(filter(None, lines))
        for item in self.soup.find_all("li", id=found.__contains__):
            item.decompose()
        return found

    def _find_headings(self) -> None:
        """The title, and headings: those of Word's own, else lines that are bold."""
        top = self.soup.find_all(["h1", "h2"], recursive=False)
        if title := self.soup.find("p", class_="title"):
            self.title = excerpt(title.extract())
        elif len(top) > 1 and [each.name for each in top].count("h1") == 1:
            first = top[0]
            if first.name == "h1" and first.find_previous_sibling() is None:
                self.title = excerpt(first.extract())
        if top:
            return
        lines = [
            line
            for line in self.soup.find_all("p", recursive=False)
            if is_bold(line) and len(line.get_text()) <= LONG_HEADING
        ]
        for line in lines:
            line.name, line.attrs = "h2", {}
        self.notes.append(Note(Kind.BOLD_HEADINGS if lines else Kind.NO_HEADINGS))

    def _block(self, node: Tag) -> None:
        markup = Markup()
        style = (node.get("class") or [""])[0]
        if node.name in ("h1", "h2"):
            self._begin_section(excerpt(node))
        elif style == "contents":
            self._note_once(Kind.CONTENTS)
        elif style == "caption" and self._has_picture_without_caption():
            self._caption(excerpt(node))
        elif node.name == "table":
            self._write(markup.table(node), markup)
        elif node.name in ("ul", "ol"):
            self._write(markup.items(node), markup)
        elif node.name.startswith("h"):
            self._note(Kind.SMALL_HEADING, excerpt(node))
            self._write(f"<p><b>{markup.inline(node)}</b></p>", markup)
        else:
            self._paragraph(node, markup, is_quoted=style == "quotation")

    def _paragraph(self, node: Tag, markup: Markup, *, is_quoted: bool) -> None:
        if is_quoted != self.is_quoted:
            self._end_text()
            self.is_quoted = is_quoted
        self._write(markup.paragraph(node), markup, is_own_line=True)

    def _write(self, html: str, markup: Markup, *, is_own_line: bool = False) -> None:
        """Take html and words in, then the pictures and notes that were among them."""
        if not is_own_line and self.is_quoted:
            self._end_text()
        if html:
            words = len(BeautifulSoup(html, "html.parser").get_text(" ").split())
            self.waiting.append((html, words))
        for kind, about in markup.met:
            self._note(kind, about)
        self.footnotes += [
            f"{mark} {self.said_below.get(name, '')}" for mark, name in markup.footnotes
        ]
        for picture in markup.pictures:
            self._picture(picture, was_inside=bool(html) and not is_own_line)

    def _picture(self, node: Tag, *, was_inside: bool) -> None:
        alt = node.get("alt", "").strip()
        alt = "" if NOT_SAID.fullmatch(alt) else " ".join(alt.split())
        source = node["src"]
        if source in (LINKED, UNKNOWN):
            is_linked = source == LINKED
            self._note(Kind.PICTURE_LINKED if is_linked else Kind.PICTURE_KIND, alt)
            return
        self._end_text()
        content = self.contents[int(source)]
        self._section().parts.append(Picture(content, suffix_of(content[:8]), alt))
        if not alt:
            self._note(Kind.ALT)
        if was_inside:
            self._note(Kind.MOVED_PICTURE, alt)

    def _section(self) -> Section:
        """The section that is being written; words before any heading get one."""
        if not self.sections:
            self.sections.append(Section(self.title or _("To begin with")))
        return self.sections[-1]

    def _note(self, kind: Kind, about: str = "") -> None:
        section = self.sections[-1].title if self.sections else ""
        self.notes.append(Note(kind, section, about))

    def _note_once(self, kind: Kind) -> None:
        if not any(note.kind == kind for note in self.notes):
            self.notes.append(Note(kind))

    def _begin_section(self, title: str) -> None:
        self._end_section()
        self.sections.append(Section(title))

    def _end_section(self) -> None:
        self._end_text()
        if self.footnotes:
            self._note(Kind.FOOTNOTE, str(len(self.footnotes)))
            html = "".join(f"<p>{line}</p>" for line in self.footnotes)
            self._section().parts.append(Text(html))
        self.footnotes = []

    def _end_text(self) -> None:
        if self.waiting:
            html = "".join(html for html, _words in self.waiting)
            words = sum(words for _html, words in self.waiting)
            self._section().parts.append(Text(html, words))
            if self.is_quoted:
                self._note(Kind.QUOTATION, excerpt(BeautifulSoup(html, "html.parser")))
        self.waiting, self.is_quoted = [], False

    def _has_picture_without_caption(self) -> bool:
        parts = self.sections[-1].parts if self.sections else []
        last = parts[-1] if parts and not self.waiting else None
        return isinstance(last, Picture) and not last.caption

    def _caption(self, words: str) -> None:
        parts = self.sections[-1].parts
        parts[-1] = replace(parts[-1], caption=words)

    def _join_empty_sections(self) -> None:
        """A heading right above another gives it its name; one above nothing goes."""
        kept: list[Section] = []
        before: list[str] = []
        for section in self.sections:
            if section.parts:
                self.notes += [Note(Kind.EMPTY_HEADING, about=each) for each in before]
                section.title = ": ".join([*before, section.title])
                kept.append(section)
                before = []
            else:
                before.append(section.title)
        self.notes += [Note(Kind.LAST_HEADING, about=title) for title in before]
        self.sections = kept
