"""What comes out of a Word file: sections of parts, and what is to be said of them."""

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

WORDS_A_MINUTE = 180


class Kind(TextChoices):
    """What became of something that a module holds in another way, or not at all."""

    ALT = "alt", _("A picture came without words for people who do not see it.")
    QUOTATION = (
        "quotation",
        _("Somebody is quoted. Record their consent before this is published."),
    )
    NO_HEADINGS = (
        "no_headings",
        _("The document has no headings. Split it so that each screen has one idea."),
    )
    BOLD_HEADINGS = (
        "bold_headings",
        _("The document has no headings. Bold lines begin the sections: look at them."),
    )
    LONG = "long", _("A section is long. Split it so that each screen has one idea.")
    TABLE = "table", _("A table became a list, one item for each of its rows.")
    SMALL_HEADING = (
        "small_heading",
        _("A heading below the second level became a bold line."),
    )
    EMPTY_HEADING = (
        "empty_heading",
        _("A heading had no text of its own. It stands together with the next one."),
    )
    FOOTNOTE = "footnote", _("A footnote stands at the end of its section.")
    MOVED_PICTURE = (
        "moved_picture",
        _("A picture inside a list or a table stands below it."),
    )
    TEXT_BOX = "text_box", _("The words of a text box stand in line with the others.")
    STRUCK = "struck", _("Words that were struck through are plain text. Look at them.")
    TRACKED = "tracked", _("Tracked changes were taken as accepted.")
    LINK = (
        "link",
        _("A link that leads to no web page or mailbox became plain text."),
    )
    PICTURE_LINKED = (
        "picture_linked",
        _("A picture is not in the file, only a link to it. It was not fetched."),
    )
    PICTURE_KIND = (
        "picture_kind",
        _("A picture is of a kind that browsers do not show. Add it again as PNG."),
    )
    PICTURE_REFUSED = "picture_refused", _("A picture could not be taken.")
    LAST_HEADING = "last_heading", _("A heading at the end, with nothing below it.")
    CONTENTS = "contents", _("The table of contents: the module makes its own.")
    EDGE = "edge", _("What stands in headers and footers.")
    COMMENT = "comment", _("Comments in the margin.")
    EQUATION = "equation", _("Equations.")
    DRAWING = "drawing", _("Charts and drawings made in Word. Add them as pictures.")
    EMBEDDED = "embedded", _("Other files inside the document.")


class Group(TextChoices):
    TO_DO = "to_do", _("To look at before it is published")
    CHANGED = "changed", _("Came over in another form")
    LEFT = "left", _("Could not come over")

    @classmethod
    def of(cls, kind: Kind) -> "Group":
        if kind in LEFT_BEHIND:
            return cls.LEFT
        return cls.TO_DO if kind in TO_DO else cls.CHANGED


TO_DO = {Kind.ALT, Kind.QUOTATION, Kind.NO_HEADINGS, Kind.BOLD_HEADINGS, Kind.LONG}
LEFT_BEHIND = {
    Kind.LINK,
    Kind.PICTURE_LINKED,
    Kind.PICTURE_KIND,
    Kind.PICTURE_REFUSED,
    Kind.LAST_HEADING,
    Kind.CONTENTS,
    Kind.EDGE,
    Kind.COMMENT,
    Kind.EQUATION,
    Kind.DRAWING,
    Kind.EMBEDDED,
}


@dataclass(frozen=True)
class Note:
    """One line of the report: what happened, in which section, to what."""

    kind: Kind
    section: str = ""
    about: str = ""


@dataclass(frozen=True)
class Text:
    """HTML of what a text block may hold, and of nothing else."""

    html: str
    words: int = 0


@dataclass(frozen=True)
class Picture:
    content: bytes
    suffix: str
    alt: str = ""
    caption: str = ""


@dataclass
class Section:
    title: str
    parts: list[Text | Picture] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(part.words for part in self.parts if isinstance(part, Text))


@dataclass
class WordDocument:
    title: str
    sections: list[Section]
    notes: list[Note]

    @property
    def minutes(self) -> int:
        """How long it takes to read, rounded up."""
        words = sum(section.words for section in self.sections)
        return max(1, -(-words // WORDS_A_MINUTE))
