"""Writes a piece of a document as HTML that a text block may hold, and no other."""

import re
from collections.abc import Iterator

from bs4 import NavigableString, Tag
from django.utils.html import escape

from .parts import Kind

KEPT = {"strong": "b", "em": "i"}
LEADS_OUT = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
IS_NOTE = re.compile(r"#((?:foot|end)note-.+)")
LINES = ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6"]
LONGEST_EXCERPT = 120


class Markup:
    """What is written of one piece, and what the piece held besides its words."""

    def __init__(self) -> None:
        self.pictures: list[Tag] = []
        self.footnotes: list[tuple[str, str]] = []  # the mark shown, the note's name
        self.met: list[tuple[Kind, str]] = []

    def inline(self, node: Tag) -> str:
        """The words of a paragraph, with what stands around them."""
        return "".join(self._piece(child) for child in node.children).strip()

    def paragraph(self, node: Tag) -> str:
        html = self.inline(node)
        return f"<p>{html}</p>" if html else ""

    def items(self, node: Tag) -> str:
        """A list, with those inside it."""
        items = [self._item(each) for each in node.find_all("li", recursive=False)]
        return f"<{node.name}>{''.join(items)}</{node.name}>" if items else ""

    def _item(self, node: Tag) -> str:
        words, inside = [], []
        for child in node.children:
            if isinstance(child, Tag) and child.name in ("ul", "ol"):
                inside.append(self.items(child))
            else:
                words.append(self._piece(child))
        html = "".join(words).strip()
        if inside and not html:  # begun a level too deep
            return "".join(inside).removeprefix("<ul>").removesuffix("</ul>")
        return f"<li>{html}{''.join(inside)}</li>"

    def table(self, node: Tag) -> str:
        """A list with an item for each row, which its first cell names.

        A table of one column only frames its words: they stay paragraphs.
        """
        rows = [self._cells(row) for row in _rows_of(node)]
        if max(map(len, rows), default=0) <= 1:
            return "".join(f"<p>{cell}</p>" for row in rows for cell in row if cell)
        names = rows[0] if _has_header(node) and len(rows) > 1 else []
        self.met.append((Kind.TABLE, excerpt(node.find("tr"))))
        items = [_as_item(row, names) for row in (rows[1:] if names else rows)]
        return f"<ul>{''.join(f'<li>{item}</li>' for item in items if item)}</ul>"

    def _cells(self, row: Tag) -> list[str]:
        return [
            self._cell(each) for each in row.find_all(["td", "th"], recursive=False)
        ]

    def _cell(self, node: Tag) -> str:
        lines = [line for line in node.find_all(LINES) if line.find(LINES) is None]
        return "<br/>".join(filter(None, map(self.inline, lines)))

    def _piece(self, node: Tag | NavigableString) -> str:
        if isinstance(node, NavigableString):
            return escape(re.sub(r"\s+", " ", node))
        if node.name == "a":
            return self._link(node)
        if node.name == "img":
            self.pictures.append(node)
            return ""
        if node.name in ("br", "input"):
            return "<br/>" if node.name == "br" else _box(node)
        html = "".join(self._piece(child) for child in node.children)
        if node.name == "s":
            self.met.append((Kind.STRUCK, excerpt(node)))
        tag = KEPT.get(node.name)
        return f"<{tag}>{html}</{tag}>" if tag and html.strip() else html

    def _link(self, node: Tag) -> str:
        """Pages and mailboxes alone; what leads elsewhere keeps its words."""
        goes_to = node.get("href", "")
        if note := IS_NOTE.fullmatch(goes_to):
            self.footnotes.append((node.get_text(), note[1]))
            return escape(node.get_text())
        html = "".join(self._piece(child) for child in node.children)
        if not html.strip():
            return html
        if LEADS_OUT.fullmatch(goes_to):
            return f'<a href="{escape(goes_to)}">{html}</a>'
        if goes_to and not goes_to.startswith("#"):
            self.met.append((Kind.LINK, excerpt(node)))
        return html


def excerpt(node: Tag) -> str:
    """The first words of something, to know it again by."""
    words = " ".join(node.get_text(" ").split())
    is_long = len(words) > LONGEST_EXCERPT
    return f"{words[: LONGEST_EXCERPT - 1]}…" if is_long else words


def _box(node: Tag) -> str:
    return "☑ " if node.has_attr("checked") else "☐ "


def _rows_of(table: Tag) -> Iterator[Tag]:
    """The rows of a table, and not those of tables inside it."""
    return (row for row in table.find_all("tr") if row.find_parent("table") is table)


def _has_header(table: Tag) -> bool:
    """Whether the first row names the columns: said so, or bold throughout."""
    if table.find("thead"):
        return True
    cells = table.find("tr").find_all("td", recursive=False)
    return all(is_bold(cell) for cell in cells)


def is_bold(node: Tag) -> bool:
    """Whether it has words, and all of them are bold."""
    words = [each for each in node.find_all(string=True) if each.strip()]
    return bool(words) and all(each.find_parent("strong") for each in words)


def _as_item(cells: list[str], names: list[str]) -> str:
    """“**First cell**: what the others say”, each with the name of its column."""
    first, others = cells[:1], []
    for column, cell in enumerate(cells[1:], 1):
        name = names[column] if column < len(names) else ""
        if cell:
            others.append(f"{name}: {cell}" if name else cell)
    if not any(first):
        return "; ".join(others)
    head = f"<b>{first[0].replace('<b>', '').replace('</b>', '')}</b>"
    return f"{head}: {'; '.join(others)}" if others else head
