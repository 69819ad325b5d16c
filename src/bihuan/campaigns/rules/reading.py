"""Reads a plan: the way from lines of text to everything that is found in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.campaigns.rules.answer import Clause, Reading, Remark
from bihuan.campaigns.rules.basis import read_basis
from bihuan.campaigns.rules.clauses import Clauses
from bihuan.campaigns.rules.days import Anchor
from bihuan.campaigns.rules.front import Front, is_address, is_annex, read_front
from bihuan.campaigns.rules.goals import read_goal
from bihuan.campaigns.rules.groups import read_group
from bihuan.campaigns.rules.headings import Heading, Piece, outline
from bihuan.campaigns.rules.labels import section_of
from bihuan.campaigns.rules.names import addressed, is_party
from bihuan.campaigns.rules.numbering import number_of
from bihuan.campaigns.rules.orders import (
    asks_for_papers,
    asks_of_its_own,
    deontic_of,
    is_aim,
    is_guiding,
    is_result,
    not_an_order,
    orders_in_letter,
    tells_amid,
    tells_first,
)
from bihuan.campaigns.rules.parties import has_ordering_subject, subjects
from bihuan.campaigns.rules.periods import anchor_of, anchor_under, find_period, find_phases
from bihuan.campaigns.rules.reporting import Report, read_reports
from bihuan.campaigns.rules.roles import Role, role_of
from bihuan.campaigns.rules.run_in import apart
from bihuan.campaigns.rules.text import Line, Place, sentences

_MIXED: Final = re.compile("要求|思路|指导思想")  # 总体要求和目标: some of its sentences are no goals
LEAST_TITLED: Final = 2  # sentences of a paragraph that has a title too
_TITLE: Final = re.compile(r"[一-龥“”]{4,10}。")
_GOES_ON: Final = re.compile(r"要(?!求|点)|各|必须|应当?")
SALUTATION: Final = 8  # pieces, among which those addressed are named


def read_plan(lines: Sequence[Line]) -> Reading:
    """Return all that a document says; the same lines always give the same reading."""
    lines = apart(lines)
    front = read_front(lines)
    body = [line for line in lines if line.index >= front.first and line.index not in front.skip]
    headings, pieces = outline(body)
    opening = [piece for piece in pieces if piece.heading is None and not piece.line.cell and piece.number is None]
    anchor = anchor_of(front, opening)
    phases = find_phases(headings, lines, anchor, front.issue_date)
    period, period_place = find_period(opening, pieces, phases, anchor, front)
    if period and period.start_on and front.issue_date is None:
        anchor = Anchor(period.start_on.year, period.start_on.month)
        phases = find_phases(headings, lines, anchor, None)
    first = [
        piece for piece in pieces if role_of(piece.heading) in {Role.OPENING, Role.GUIDING} and not piece.line.cell
    ]
    named = [piece.line for piece in pieces if piece.heading and "依据" in piece.heading.text and not piece.line.cell]
    before = [line for line in lines if line.index < front.first]
    grounds = [*[piece.line for piece in opening or first[:2]], *named] or before
    basis = read_basis(
        grounds, own_title=front.title, own_number=front.doc_number, named=[line.index for line in named]
    )
    if not opening:  # what is passed on has none: its letter says on what it rests, and when
        basis = basis or read_basis(before, own_title=front.title, own_number=front.doc_number, named=[])
        if period is None:
            period, period_place = find_period([Piece(line, 0, None) for line in before], [], [], anchor, front)
    reading = Reading(
        lines=tuple(lines),
        front=front,
        basis=basis,
        period=period,
        period_place=period_place,
        headings=headings,
        phases=phases,
    )
    _Body(reading, anchor, lines, _annexes(lines, front)).read(pieces)
    return reading


def _tasks_from(reading: Reading, pieces: Sequence[Piece]) -> int:
    """Return the first line that is a heading or numbered; without one, the second paragraph after the title."""
    starts = [one.place.paragraph for one in reading.headings] + [one.line.index for one in pieces if one.number]
    first = next((one.line.index for one in pieces[:SALUTATION] if is_address(one.line)), -1)
    prose = [
        one
        for one in pieces
        if not one.line.cell
        and one.line.index > first
        and not (is_party(one.line.bare) or one.line.bare.startswith("附"))
    ]
    if starts or len(prose) <= 1:
        return min(starts, default=0)
    return prose[0 if has_ordering_subject(prose[0].line.folded.lstrip()) else 1].line.index


def _annexes(lines: Sequence[Line], front: Front) -> dict[int, str]:
    """Return, for each line after the first annex, the name of the annex that it belongs to."""
    name = ""
    found = {}
    for line in lines:
        if line.index >= front.first and not line.cell and is_annex(line) and line.bare[:2] == "附件":
            name = line.bare.rstrip(":")
        if name:
            found[line.index] = name
    return found


@dataclass
class _Body:
    """Goes through the pieces in order and files each sentence."""

    reading: Reading
    anchor: Anchor
    lines: Sequence[Line]
    annexes: dict[int, str]
    said: list[tuple[Place, str]] = field(default_factory=list)

    def read(self, pieces: Sequence[Piece]) -> None:
        """Read every piece, then what takes the whole text: the leading group."""
        clauses = Clauses(self.reading, self.anchor, self.annexes, _tasks_from(self.reading, pieces))
        self._letter(clauses)
        for piece in pieces:
            if piece.line.cell:
                for row in clauses.take_cell(piece):
                    self._report_row(row)
            elif not clauses.take_line(piece):
                self._sentences(piece, clauses)
        clauses.finish()
        self.reading.clauses = clauses.found
        self.reading.number()
        skip = self.reading.front.skip
        self.reading.group = read_group([line for line in self.lines if line.index not in skip], self.said)

    def _letter(self, clauses: Clauses) -> None:
        """Take what the notice that passes a plan on orders by itself: a body, and a modal word or a deadline."""
        titles = {place.paragraph for place in self.reading.front.title_places}
        for line in self.lines:
            if line.index >= self.reading.front.first or line.cell or line.index in titles:
                continue
            if is_address(line):
                clauses.lead[None] = addressed(line)  # what names nobody is for them
                continue
            for place in sentences(line):
                folded = line.folded[place.start : place.end]
                if orders_in_letter(folded, self.anchor) and clauses.take_sentence(
                    Piece(line, 0, None), place, Role.TASKS
                ):
                    self._report(folded, place, None)
        clauses.lead.pop(None, None)

    def _report_row(self, row: Clause) -> None:
        """Take the duty to report that a row of a table names; its day stands in a column of its own."""
        folded = self.lines[row.place.paragraph].folded[row.place.start : row.place.end]
        when = row.due.text if row.due else None
        found = read_reports(folded, row.place, self.anchor, None)
        self.reading.reporting += [replace(one, when=one.when or when) for one in found if one.to]

    def _sentences(self, piece: Piece, clauses: Clauses) -> None:
        if is_address(piece.line):
            return
        role = clauses.role(piece)
        to_before: str | None = None
        for whole in _without_title(piece, list(sentences(piece.line, piece.start))):
            place = _past_number(piece, whole)
            folded = piece.line.folded[place.start : place.end]
            self.said.append((place, folded))
            text = piece.line.text[place.start : place.end]
            if _aims(piece, role, folded):
                near = anchor_under(piece.heading, self.reading.phases, self.anchor)
                self.reading.goals.append(read_goal(text, place, section_of(piece), near, self.reading.period))
            elif role is Role.OPENING and self._ordered_at_once(piece, place, folded, clauses):
                to_before = self._report(folded, place, to_before)
            elif role in {Role.GUIDING, Role.OPENING}:
                self._remark(role, text, place, section_of(piece))
            elif not clauses.take_remark(piece, place) and clauses.take_sentence(piece, place, role):
                due = clauses.found[-1].due
                to_before = self._report(folded, place, to_before, stage=due.text if due and due.implied else None)

    def _ordered_at_once(self, piece: Piece, place: Place, folded: str, clauses: Clauses) -> bool:
        """Take what an opening orders by itself: …，请于5月10日前报送市局."""
        asked = asks_for_papers(folded) or asks_of_its_own(folded)
        told = tells_amid(folded) if not self.reading.headings else tells_first(folded)
        return (asked or told) and clauses.take_sentence(piece, place, Role.TASKS)

    def _remark(self, role: Role, text: str, place: Place, section: str) -> None:
        if role is Role.GUIDING:
            self.reading.remarks.append(Remark("guiding", text, place, section))
        elif "决定" in text or _within(self.reading.period_place, place):
            self.reading.remarks.append(Remark("decision", text, place, section))

    def _report(self, folded: str, place: Place, to_before: str | None, *, stage: str | None = None) -> str | None:
        before = to_before or next(
            (one.to for one in reversed(self.reading.reporting) if one.to and _near(one, place)), None
        )
        found = read_reports(folded, place, self.anchor, before)
        self.reading.reporting += [replace(one, when=one.when or (stage if one.to else None)) for one in found]
        return next((one.to for one in reversed(found) if one.to), to_before)


def _without_title(piece: Piece, found: list[Place]) -> list[Place]:
    """Return the sentences of a paragraph without a title that it begins with: 广泛宣传动员。要利用广播…"""
    if len(found) < LEAST_TITLED or piece.start or piece.number or piece.line.cell:
        return found
    first = piece.line.folded[found[0].start : found[0].end]
    titled = _TITLE.fullmatch(first) is not None and not subjects(first) and deontic_of(first) is None
    return found[1:] if titled and _GOES_ON.match(piece.line.folded, found[1].start) else found


def _past_number(piece: Piece, place: Place) -> Place:
    """Return a sentence without the number that it has amid its paragraph: (一)排查。1.各村要检查。2.各乡镇要检查。"""
    is_amid = place.start > piece.start or (piece.start > 0 and piece.number is None)  # or first after its heading
    number = number_of(piece.line.folded[place.start : place.end]) if is_amid else None
    if number is None or number.style not in {"1", "1)", "1 half)", "circle"}:
        return place
    return Place(place.paragraph, place.start + number.end, place.end)


def _aims(piece: Piece, role: Role, folded: str) -> bool:
    """Tell whether a sentence is a goal: it stands under goals, says so, or sets a result among guiding ideas."""
    if role is Role.GOALS:
        mixed = piece.heading is not None and _MIXED.search(piece.heading.text) is not None
        return is_result(folded) or not (not_an_order(folded) or (mixed and is_guiding(folded)))
    return role is not Role.OPENING and (is_aim(folded) or (role is Role.GUIDING and is_result(folded)))


def _within(inner: Place | None, outer: Place) -> bool:
    return inner is not None and inner.paragraph == outer.paragraph and outer.start <= inner.start < outer.end


def _near(one: Report, place: Place) -> bool:
    return place.paragraph - one.place.paragraph <= 1


__all__ = ["Heading", "read_plan", "role_of"]
