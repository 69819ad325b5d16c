"""The period of the campaign and its phases, from the opening, the headings and the sentences about time."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Final

from bihuan.campaigns.rules.answer import Phase
from bihuan.campaigns.rules.day_words import NOW, WHEN_AT
from bihuan.campaigns.rules.days import Anchor, Span, day_in, lasting, spans
from bihuan.campaigns.rules.deadlines import deadline
from bihuan.campaigns.rules.due import Due
from bihuan.campaigns.rules.front import Front
from bihuan.campaigns.rules.headings import Heading, Piece
from bihuan.campaigns.rules.roles import Role, role_of
from bihuan.campaigns.rules.text import Line, Place, fold, trimmed

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|行动|专项)")
_OWN_YEAR: Final = re.compile(r"〔(20\d{2})〕")
_YEAR_SAID: Final = re.compile(r"(?<![\d-])(20\d{2})年(?!以前|前)")
_FULL: Final = re.compile(r"(?P<until>[至到~-]\s*)?(?<!\d)((?:19|20)\d{2})年(\d{1,2})月(?=\d{1,2}日|起|至|底)")
_YEARS: Final = re.compile(r"(?<!\d)(20\d{2})年?[-~至]{1,2}(20\d{2})年?(?!\d)")
_TITLED: Final = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")  # the years of another plan are not those of this one
_TIME_LINE: Final = re.compile(
    r"\s*(?:\(?[\d一二三]{1,2}[).、]+\s*)?(?:活动|整治|工作|实施|阶段|检查)?(?:时间|时限|日期)(?:安排|节点|要求)?\s*[::]\s*(?P<days>[^。;]{2,40})"
)
_ONLY_TIME: Final = re.compile(r"(?:活动|整治|工作|实施|阶段)?(?:时间|时限)(?:安排|节点)?$")
NEAR: Final = 3  # lines below a heading, where its days may stand
MOST_YEARS: Final = 10  # of a plan
TWO: Final = 2  # stages at least, for a period around them
_NEXT: Final = re.compile(r"冬|次年|明年|春节|跨年|年末|岁末")
_STAGE: Final = re.compile(r"阶段|步骤|步$|时间|(?<![定长限按日工如分近周假汛延])期(?=$|[(:,])")
_IN_STAGE: Final = re.compile(r"阶段(?!安排|划分|任务|步骤)")
_TAIL: Final = re.compile(r"([:,。]\s*)([^。;]{2,40}?)(?=[。;]|$)")  # （一）部署阶段：1月5日至15日。
_DAYS_AT_END: Final = re.compile(r"\(([^()]{2,30})\)$")
_ANY_YEAR: Final = Anchor(2000)  # tells whether words are a day, whatever the year
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
        if found and found["until"]:
            return _before_end(int(found[2]), int(found[3]), front)
        if found:
            return Anchor(int(found[2]), int(found[3]))
    if year:
        return Anchor(int(year[1]))
    numbered = _OWN_YEAR.search(front.doc_number or "")
    return Anchor(int(numbered[1])) if numbered and not _NEXT.search(front.title) else Anchor()


def _before_end(year: int, month: int, front: Front) -> Anchor:
    """Return the anchor where only the campaign's end is told with its year: months up to it are of that year."""
    numbered = _OWN_YEAR.search(front.doc_number or "")
    return Anchor(year) if numbered and int(numbered[1]) == year else Anchor(year, last=month)


def anchor_under(heading: Heading | None, phases: Sequence[Phase], anchor: Anchor) -> Anchor:
    """Return whence the days below a heading are read: its stage, the one year that it names, else anchor."""
    for one in reversed(heading.path if heading else ()):
        stage = next((phase for phase in phases if phase.start and _is_of(phase, one)), None)
        if stage and stage.start:
            floor = (anchor.year, anchor.month or 1) if anchor.year else None
            until = stage.end.year * 12 + stage.end.month if stage.end else None
            return Anchor(stage.start.year, stage.start.month, floor, until=until)
        years = set(_YEAR_SAID.findall(fold(one.text)))
        if len(years) == 1:
            return Anchor(int(years.pop()))
    return anchor


def find_period(
    opening: Sequence[Piece], pieces: Sequence[Piece], phases: Sequence[Phase], anchor: Anchor, front: Front
) -> tuple[Span | None, Place | None]:
    """Return the period: from the opening, the title's years, sections of time or goals, else around its phases."""
    issued = front.issue_date
    timed = [piece for piece in pieces if role_of(piece.heading) in {Role.TIME, Role.GOALS, Role.GUIDING, Role.SCOPE}]
    named = _first_span(opening, anchor, issued) or _years_of(front)
    timed = [one for one in timed if not _in_stage(one)]
    named = named or _first_span(timed, anchor, issued) or _lasting([*opening, *timed], anchor, issued)
    if named:
        return named
    if len(phases) < TWO:
        return None, None
    first, last = phases[0], phases[-1]
    begin = spans(first.text, anchor, issued)
    finish = spans(last.text, anchor, issued)
    start_text = begin[0].start_text if begin else first.text
    end_text = finish[-1].end_text if finish else last.text
    return Span(first.start, last.end, start_text, end_text, 0, 0), first.place


def _first_span(pieces: Sequence[Piece], anchor: Anchor, issued: date | None) -> tuple[Span, Place] | None:
    """Return the first period that is not past; one of whole years (2024—2026年) only where there is no other."""
    found = [
        (span, Place(piece.line.index, piece.start + span.start, piece.start + span.end))
        for piece in pieces
        for span in spans(_without_titles(piece), anchor, issued)
        if not _is_past(span, issued)
    ]
    return next((one for one in found if not _YEARS.fullmatch(one[0].start_text + "-" + one[0].end_text)), None) or (
        found[0] if found else None
    )


def _lasting(pieces: Sequence[Piece], anchor: Anchor, issued: date | None) -> tuple[Span, Place] | None:
    for piece in pieces:
        if span := lasting(_without_titles(piece), anchor, issued):
            return span, Place(piece.line.index, piece.start + span.start, piece.start + span.end)
    return None


def _without_titles(piece: Piece) -> str:
    return _TITLED.sub(lambda one: "某" * len(one.group()), piece.line.folded[piece.start :])


def _years_of(front: Front) -> tuple[Span, Place] | None:
    """Return the years that a title names: 三年行动方案（2024—2026年）."""
    found = _YEARS.search(fold(front.title))
    if found is None or not front.title_places:
        return None
    first, last = int(found[1]), int(found[2])
    if not 0 < last - first < MOST_YEARS:
        return None
    span = Span(date(first, 1, 1), date(last, 12, 31), f"{first}年", f"{last}年", 0, 0)
    return span, front.title_places[-1]


def _in_stage(piece: Piece) -> bool:
    return any(
        _IN_STAGE.search(heading.text) or "阶段" in heading.number
        for heading in (piece.heading.path if piece.heading else ())
    )


def _is_past(span: Span, issued: date | None) -> bool:
    return bool(issued and span.end_on and span.end_on < issued)


def find_phases(headings: Sequence[Heading], lines: Sequence[Line], anchor: Anchor, issued: date | None) -> list[Phase]:
    """Return the stages that headings name with their dates."""
    texts = {line.index: line.folded for line in lines}
    starts = {heading.place.paragraph for heading in headings}
    found: list[Phase] = []
    for heading in headings:
        near = anchor if not found or not found[0].start else Anchor(found[0].start.year, found[0].start.month)
        phase = _phase(heading, texts[heading.place.paragraph], near, issued)
        phase = phase or _phase_below(heading, _below(heading, lines, starts), near, issued)
        if phase and heading.parent and _ONLY_TIME.match(heading.text) and _is_timed(heading.parent):
            phase = replace(phase, name=heading.parent.text, under=heading.parent.place)
        if phase:
            found.append(phase)
    return found


def _is_timed(heading: Heading) -> bool:
    """Tell whether the days of a point 活动时间 are those of what it stands in: a stage, or one of several acts."""
    return _STAGE.search(heading.text) is not None or heading.level > 1


def _below(heading: Heading, lines: Sequence[Line], starts: Collection[int]) -> list[Line]:
    """Return the first lines with text below a heading that has none beside it."""
    if lines[heading.place.paragraph].folded[heading.place.end :].strip(" 。:;"):
        return []
    after = [line for line in lines[heading.place.paragraph + 1 :][:NEAR] if line.bare and not line.cell]
    return list(takewhile(lambda one: one.index not in starts, after))


def _phase_below(heading: Heading, below: Sequence[Line], anchor: Anchor, issued: date | None) -> Phase | None:
    """Return the stage whose days stand on a line of their own: 时间：2月15日至2月25日."""
    if not (_STAGE.search(heading.text + heading.number) or role_of(heading) is Role.TIME):
        return None
    for line in below:
        told = _TIME_LINE.match(line.folded)
        if told is None:
            continue
        place = trimmed(line.text, Place(line.index, told.start("days"), told.end("days")))
        words = line.folded[place.start : place.end]
        span = next(iter(spans(words, anchor, issued)), None)
        due = deadline(words, anchor)
        last = span.end_on if span else day_in(words, anchor, last=True) or (due.on if due else None)
        if span or last or due:
            first = span.start_on if span else day_in(words, anchor, last=False)
            return Phase(heading.text, first, last, words, place, heading.place)
    return None


def _phase(heading: Heading, folded: str, anchor: Anchor, issued: date | None) -> Phase | None:
    staged = _STAGE.search(heading.text) or heading.number.endswith(("阶段", "步")) or role_of(heading) is Role.TIME
    if not staged and not _ends_in_days(heading.text, anchor):
        return None
    text = folded[heading.place.start : heading.place.end]
    tail = _TAIL.match(folded, heading.place.end)
    if tail and (WHEN_AT.match(tail[2]) or re.match(NOW, tail[2])):
        text += tail[1] + tail[2]
    name = re.sub(r"\([^()]*\)", "", heading.text.replace("（", "(").replace("）", ")")).strip("：: ,，")
    if found := spans(text, anchor, issued):  # of several (4月至8月)和(9月至12月) from the first to the last
        start, end = found[0].start, found[-1].end
        where = _within(heading, start, end)
        return Phase(name or heading.number, found[0].start_on, found[-1].end_on, text[start:end], where)
    for bracket in _BRACKET.finditer(text):
        words = (bracket[1] or bracket[2]).strip()
        last = day_in(words, anchor, last=True)
        due = deadline(words, anchor)
        if last or due or day_in(words, _ANY_YEAR, last=True):
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


def _ends_in_days(text: str, anchor: Anchor) -> bool:
    """Tell whether a heading is only days and a name (9月20日至28日，宣传摸底), or ends in days: 企业自查（7月）."""
    first = next(iter(spans(fold(text), anchor)), None)
    if first and first.start == 0 and fold(text)[first.end : first.end + 1] == ",":
        return True
    bracket = _DAYS_AT_END.search(fold(text))
    if bracket is None:
        return False
    words = bracket[1].strip()
    found = spans(words, anchor)
    due = deadline(words, anchor)
    until = due is not None and len(due.text) == len(words) and _is_day(due.text)
    return until or day_in(words, _ANY_YEAR, last=True) is not None or bool(found and found[0].start == 0)


def _is_day(words: str) -> bool:
    """Tell whether the words of a deadline have a day in any year: 4月20日前, not 开学前."""
    due = deadline(words, _ANY_YEAR)
    return due is not None and due.on is not None


def _within(heading: Heading, start: int, end: int) -> Place:
    return Place(heading.place.paragraph, heading.place.start + start, heading.place.start + end)


def due_of_phase(heading: Heading | None, phases: Sequence[Phase]) -> Due | None:
    """Return the end of the stage that a section belongs to, as an implied deadline."""
    for one in reversed(heading.path if heading else ()):
        for phase in phases:
            if _is_of(phase, one):
                return Due(phase.end, phase.text, phase.place, implied=True)
    return None


def _is_of(phase: Phase, heading: Heading) -> bool:
    where = phase.under or phase.place
    return where.paragraph == heading.place.paragraph and where.start >= heading.place.start
