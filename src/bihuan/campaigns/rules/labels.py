"""The bodies that a heading or a label before a sentence consists of, and the labels of a section."""

import re
from typing import Final

from bihuan.campaigns.rules.headings import Heading, Piece
from bihuan.campaigns.rules.names import Answerable, heading_names
from bihuan.campaigns.rules.text import Place

_LABEL: Final = re.compile(r"\s*(?:[【\[]([^】\]]{2,60})[】\]]|([^,。;:]{2,60}?)(?:的?(?:主要|工作|具体)职责)?:)")


def of_heading(heading: Heading | None) -> tuple[Answerable, ...]:
    """Return the bodies that a heading consists of."""
    if heading is None:
        return ()
    place = heading.place
    return heading_names(heading.text, Place(place.paragraph, place.end - len(heading.text), place.end))


def run_in(piece: Piece, place: Place) -> tuple[Answerable, ...]:
    """Return the bodies of a label that runs into a sentence which also names others: 综合组：由党政办牵头."""
    heading = piece.heading
    same = heading is not None and heading.place.paragraph == place.paragraph
    return of_heading(heading) if same and "由" in piece.line.folded[place.start : place.start + 1] else ()


def of_label(piece: Piece) -> tuple[Answerable, ...]:
    """Return the bodies that a paragraph begins with as its label: 【县公安局】 or 县公安局："""
    found = _LABEL.match(piece.line.folded, piece.start)
    if found is None:
        return ()
    group = 1 if found[1] else 2
    return heading_names(found[group], Place(piece.line.index, found.start(group), found.end(group)))


def label_of(piece: Piece) -> tuple[Answerable, ...]:
    """Return the bodies that a piece belongs to by its label, its own or its heading's."""
    return of_label(piece) or of_heading(piece.heading)


def section_of(piece: Piece) -> str:
    """Return the labels of the headings above a piece, and its own number: 三(四)2; 0 before the first heading."""
    above = piece.heading.section if piece.heading else ""
    number = piece.number.label if piece.number and piece.number.style != "is" else ""
    return f"{above}{number}" or "0"
