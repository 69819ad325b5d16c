"""The period of the campaign and its phases, from the opening, the headings and the sentences about time."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from bihuan.campaigns.rules.answer import Due, Phase
from bihuan.campaigns.rules.days import NOW, WHEN_AT, Anchor, Span, day_in, deadline, spans
from bihuan.campaigns.rules.front import Front
from bihuan.campaigns.rules.headings import Heading, Piece
from bihuan.campaigns.rules.roles import Role, role_of
from bihuan.campaigns.rules.text import Line, Place

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|行动|专项)")
_FULL: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})年(\d{1,2})月(?=\d{1,2}日|起|至|底)")
TWO: Final = 2  # stages at least, for a period around them
_NEXT: Final = re.compile(r"冬|次年|明年|春节|跨年|年末|岁末")
_STAGE: Final = re.compile(r"阶段|步骤|步$|时间|期")
_IN_STAGE: Final = re.compile(r"阶段(?!安排|划分|任务|步骤)")
_TAIL: Final = re.compile(r"([:,。]\s*)([^。;]{2,40}?)(?=[。;]|$)")  # （一）部署阶段：1月5日至15日。
_BRACKET: Final = re.compile(r"\(([^()]{2,40})\)|[::,](.{2,40})$")


def anchor_of(front: Front, opening: Sequence[Piece]) -> Anchor:
    """Return whence dates without a year are read: the plan's date, a full date in its opening, its title's year."""
    year = _YEAR.search(front.title)
    if front.issue_date and year and int(year[1]) == front.issue_date.year and not _NEXT.search(front.title):
        return Anchor(int(year[1]))  # a plan of that year: its 1月 is not the next one
    if front.issue_date:
        return Anchor(front.issue_date.year, front.issue_date.month)
    for piece in opening:
        found = _FULL.search(re.sub(r"\([^()]*号\)|《[^》]*》", "", piece.line.folded[piece.start :]))
        if found:
            return Anchor(int(found[1]), int(found[2]))
    return Anchor(int(year[1])) if year else Anchor()


def find_period(
    opening: Sequence[Piece], pieces: Sequence[Piece], phases: Sequence[Phase], anchor: Anchor, issued: date | None
) -> tuple[Span | None, Place | None]:
    """Return the campaign's period: from the opening, from sections of time or goals, else around its phases."""
    timed = [piece for piece in pieces if role_of(piece.heading) in {Role.TIME, Role.GOALS, Role.GUIDING, Role.SCOPE}]
    for piece in [*opening, *(one for one in timed if not _in_stage(one))]:
        for span in spans(piece.line.folded[piece.start :], anchor, issued):
            if not _is_past(span, issued):
                return span, Place(piece.line.index, piece.start + span.start, piece.start + span.end)
    if len(phases) < TWO:
        return None, None
    first, last = phases[0], phases[-1]
    begin = spans(first.text, anchor, issued)
    finish = spans(last.text, anchor, issued)
    start_text = begin[0].start_text if begin else first.text
    end_text = finish[-1].end_text if finish else last.text
    return Span(first.start, last.end, start_text, end_text, 0, 0), first.place


def _in_stage(piece: Piece) -> bool:
    return any(
        _IN_STAGE.search(heading.text) or "阶段" in heading.number
        for heading in (piece.heading.path if piece.heading else ())
    )


def _is_past(span: Span, issued: date | None) -> bool:
    return bool(issued and span.end_on and span.end_on < issued)


def find_phases(headings: Iterable[Heading], lines: Sequence[Line], anchor: Anchor, issued: date | None) -> list[Phase]:
    """Return the stages that headings name with their dates."""
    texts = {line.index: line.folded for line in lines}
    found: list[Phase] = []
    for heading in headings:
        near = anchor if not found or not found[0].start else Anchor(found[0].start.year, found[0].start.month)
        phase = _phase(heading, texts[heading.place.paragraph], near, issued)
        if phase:
            found.append(phase)
    return found


def _phase(heading: Heading, folded: str, anchor: Anchor, issued: date | None) -> Phase | None:
    if not (_STAGE.search(heading.text) or heading.number.endswith(("阶段", "步")) or role_of(heading) is Role.TIME):
        return None
    text = folded[heading.place.start : heading.place.end]
    tail = _TAIL.match(folded, heading.place.end)
    if tail and (WHEN_AT.match(tail[2]) or re.match(NOW, tail[2])):
        text += tail[1] + tail[2]
    name = re.sub(r"\([^()]*\)", "", heading.text.replace("（", "(").replace("）", ")")).strip("：: ,，")
    for span in spans(text, anchor, issued):
        words = text[span.start : span.end]
        return Phase(name or heading.number, span.start_on, span.end_on, words, _within(heading, span.start, span.end))
    for bracket in _BRACKET.finditer(text):
        words = (bracket[1] or bracket[2]).strip()
        last = day_in(words, anchor, last=True)
        due = deadline(words, anchor)
        if last or due:
            first = day_in(words, anchor, last=False) if last else None
            at = text.find(words)
            return Phase(
                name or heading.number,
                first,
                last or (due.on if due else None),
                words,
                _within(heading, at, at + len(words)),
            )
    return None


def _within(heading: Heading, start: int, end: int) -> Place:
    return Place(heading.place.paragraph, heading.place.start + start, heading.place.start + end)


def due_of_phase(heading: Heading | None, phases: Sequence[Phase]) -> Due | None:
    """Return the end of the stage that a section belongs to, as an implied deadline."""
    for one in reversed(heading.path if heading else ()):
        for phase in phases:
            if phase.place.paragraph == one.place.paragraph and phase.place.start >= one.place.start:
                return Due(phase.end, phase.text, phase.place, implied=True)
    return None
