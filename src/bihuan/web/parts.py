"""What the shared parts (`templates/parts/_*.html`) are given: small frozen values, made by views."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.html import format_html, format_html_join

from bihuan.web.numbers import whole

PAGE_SIZES: Final = (20, 50, 100)
LONGEST_PAGE: Final = 6  # digits of the number of a page
STACK_WIDTH: Final = 1000
STACK_GAP: Final = 3


@dataclass(frozen=True, slots=True)
class Tab:
    """A count tab. count: None hides it, a string such as "10000+" is shown as it is. step: a hazard state's code."""

    name: str
    href: str
    count: int | str | None = None
    on: bool = False
    step: str = ""
    red: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its unit and a note; `href` opens the rows it counts."""

    name: str
    value: str | int
    unit: str = "项"
    note: str = ""
    href: str = ""
    tone: str = ""
    note_tone: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter; `href` is the address with it chosen."""

    name: str
    href: str
    on: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list: a menu of choices, or a set one with a cross (`clear`). key: names its style."""

    name: str
    options: Sequence[Option] = ()
    chosen: str = ""
    clear: str = ""
    key: str = ""

    @property
    def links(self) -> str:
        """The choices, escaped: joined here, since a template takes ten times as long over a hundred towns."""
        counted = [
            (one.href, one.name, "" if one.count is None else format_html("<b>{}</b>", one.count))
            for one in self.options
        ]
        return format_html_join("", '<a href="{}">{}{}</a>', counted)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a life-line. state: "done", "now" or "" for what is still to come."""

    name: str
    who: str = ""
    when: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class LifeLine:
    """A life-line with its steps; a listed major hazard has two."""

    name: str
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One of the five arrangements (责任、措施、资金、时限、预案)."""

    name: str
    text: str = ""

    @property
    def is_there(self) -> bool:
        """Whether it is filled in."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo on a page. small, large: addresses through the scope. doubts: notes for the verifier, never verdicts."""

    label: str
    small: str
    large: str
    when: str = ""
    where: str = ""
    doubts: Sequence[str] = ()
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Photos before and after of one place; either side may still be missing."""

    title: str
    note: str = ""
    before: Photo | None = None
    after: Photo | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of a timeline. when: already in words."""

    when: str
    who: str
    text: str
    note: str = ""
    reason: str = ""
    photos: Sequence[Photo] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A row of what is lacking: n of d, who is missing, and the button that asks for it."""

    name: str
    have: int
    of: int
    text: str = ""
    verb: str = ""
    href: str = ""

    @property
    def is_short(self) -> bool:
        """Whether something is lacking."""
        return self.have < self.of


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stacked bar. tone: a to e (done, waiting for others, in hand …), the same for the same thing."""

    name: str
    value: int
    tone: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """A stacked bar, drawn as SVG."""

    parts: Sequence[Part]

    @property
    def rects(self) -> list[dict[str, str]]:
        """The bars in a box 1000 wide, as attributes for SVG."""
        shown = [part for part in self.parts if part.value]
        total = sum(part.value for part in shown)
        width = STACK_WIDTH - STACK_GAP * (len(shown) - 1)
        at, rects = 0.0, []
        for part in shown:
            wide = width * part.value / total
            rects.append({"x": f"{at:.1f}", "width": f"{wide:.1f}", "tone": part.tone})
            at += wide + STACK_GAP
        return rects


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty state: one sentence, one button."""

    say: str
    verb: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a row in a table that came in: row and column as in Excel, what, and where to mend it."""

    row: int | str
    column: str
    what: str
    mend: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: how far, in words; it can be left and returned to."""

    name: str
    done: int
    total: int
    state: str = "running"
    say: str = ""
    href: str = ""
    poll: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a list we are. number from 1; total may be None when it is not counted; many: "10000+"."""

    number: int
    size: int
    shown: int
    total: int | None = None
    many: str = ""
    unit: str = "项"
    sizes: Sequence[int] = field(default=PAGE_SIZES)

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.number - 1) * self.size + 1 if self.shown else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return (self.number - 1) * self.size + self.shown

    @property
    def last_page(self) -> int:
        """The number of the last page; where nothing is counted, this one, or the first when nothing is here."""
        if self.total is None:
            return self.number if self.shown else 1
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        """The page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, or None."""
        if self.total is None:
            return self.number + 1 if self.shown == self.size else None
        return self.number + 1 if self.last < self.total else None

    @property
    def is_all(self) -> bool:
        """Whether all of the list stands on this page and would on the smallest, so that there is nothing to turn."""
        return self.previous is None and self.next is None and self.shown <= min(self.sizes)


def page_number(query: Any) -> int:
    """Read `page` from a query; anything odd is the first page."""
    return max(1, whole(str(query.get("page", "1")), LONGEST_PAGE) or 1)
