"""What a sheet's words are read against: the day of reading, the year that the sheet speaks of, remembered columns."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bihuan.intake.rules.cells import plain
from bihuan.intake.rules.days import Anchor
from bihuan.intake.rules.deadlines import Clock
from bihuan.intake.rules.fields import SYNONYMS, Field
from bihuan.intake.rules.headers import normal_name
from bihuan.intake.rules.tables import day_in_titles

DECEMBER: Final = 12
MARCH: Final = 3
HALF_A_YEAR: Final = timedelta(days=150)  # and the month by which a finding may lie after its anchor
_LABEL: Final = re.compile(
    r"([\u4e00-\u9fff()（）]{2,12})[：:]\s*([^：:]*?)(?=\s{2,}|[\u4e00-\u9fff()（）]{2,8}[：:]|$)"
)
_FIRM_END: Final = (
    r"(?:公司|厂|店|合作社|加油站|加气站|学校|幼儿园|医院|敬老院|养老院|超市"
    r"|饭店|宾馆|酒店|商场|市场|仓库|工地|项目部|作坊|车间)"
)
_FIRM_IN_TITLE: Final = re.compile(
    rf"^([\u4e00-\u9fff()（）A-Za-z0-9]{{2,30}}?{_FIRM_END})"
    rf"(?=安全|隐患|事故|生产|\d{{4}}|检查|台账|[（(]|$)"
)
_FIRM: Final = re.compile(rf"{_FIRM_END}(?:[（(].{{1,10}}[)）])?$")
_DOC_NO: Final = re.compile(r"[\u4e00-\u9fff]{1,12}\s*[〔\[【(（]\s*\d{4}\s*[〕\]】)）]\s*(?:第)?\s*\d+\s*号")
_MAJOR_LIST: Final = re.compile(r"重大(?:事故|安全|生产安全事故|火灾)*隐患")
_NOT_MAJOR_LIST: Final = re.compile(r"一般|及.*隐患|和.*隐患")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the reading is told from outside.

    today: the legal day of reading. year: given by a person, or None. memory: normalised heading → field, remembered
    for the issuing organ; None as field means "keep as it is". header_rows: sheet name → header row from 1, as a
    person has pointed at it. split_cells: whether several hazards in a cell become several items.
    """

    today: date
    clock: Clock
    year: int | None = None
    memory: Mapping[str, Field | None] = field(default_factory=dict)
    header_rows: Mapping[str, int] = field(default_factory=dict)
    split_cells: bool = True


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """What a sheet says once for all its rows: its day or year, and fields named in the lines above the header."""

    backward: Anchor
    forward: Anchor
    defaults: Mapping[Field, str] = field(default_factory=dict)
    is_major_list: bool = False


def sheet_frame(frame: Frame, titles: tuple[str, ...], sheet_name: str, latest_day: date | None) -> SheetFrame:
    """Return what a sheet says once. latest_day: the latest whole day in its own columns of finding and assigning."""
    backward, forward = _anchors(frame, titles, sheet_name, latest_day)
    return SheetFrame(
        backward=backward,
        forward=forward,
        defaults=_defaults(titles),
        is_major_list=any(
            _MAJOR_LIST.search(plain(t)) and not _NOT_MAJOR_LIST.search(plain(t)) for t in (*titles, sheet_name)
        ),
    )


def _anchors(frame: Frame, titles: tuple[str, ...], sheet_name: str, latest_day: date | None) -> tuple[Anchor, Anchor]:
    year, month, day = day_in_titles(titles)
    if frame.year is not None:
        year, day = frame.year, day if day is not None and day.year == frame.year else None
    month = month or _month_in(sheet_name)
    if day is not None:
        return Anchor(day, forward=False), Anchor(day)
    if year and month:
        last = date(year, month, monthrange(year, month)[1])
        return Anchor(last, forward=False, exact=False), Anchor(last, exact=False)
    if year:  # any day of that year stays in it, whether looked for backward or forward; findings do not lie ahead
        last = frame.today if year == frame.today.year and frame.year is None else date(year, DECEMBER, 31)
        return Anchor(last, forward=False, exact=False), Anchor(date(year, MARCH, 1), exact=False)
    if latest_day is not None:  # other rows tell the year: a day without one lies within half a year of them
        last = min(frame.today, latest_day + HALF_A_YEAR) if latest_day <= frame.today else latest_day
        return Anchor(last, forward=False, exact=False), Anchor(latest_day, exact=False)
    return (
        Anchor(frame.today, forward=False, known=False, exact=False),
        Anchor(frame.today, known=False, exact=False),
    )


def _month_in(sheet_name: str) -> int:
    match = re.search(r"(?<!\d)(1[0-2]|[1-9])月", plain(sheet_name))
    return int(match.group(1)) if match else 0


@lru_cache(maxsize=5_000)
def labelled(text: str) -> dict[Field, str]:
    """Return what a line says under labels that we know: 被检查单位：…  检查日期：…; the caller changes nothing."""
    found: dict[Field, str] = {}
    for label, value in _LABEL.findall(text):
        meant = SYNONYMS.get(normal_name(label))
        if meant in _DEFAULTABLE and value.strip() and (meant is not Field.ENTERPRISE_NAME or label != "单位"):
            found.setdefault(meant, value.strip())
    return found


def _defaults(titles: tuple[str, ...]) -> dict[Field, str]:
    """Return what the lines above the header give for every row: 被检查单位：…, 交办单位：…, a document number."""
    found: dict[Field, str] = {}
    for title in titles:
        found = {**labelled(title), **found}
        number = _DOC_NO.search(title)
        if number:
            found.setdefault(Field.SOURCE_DOC_NO, number.group())
    for title in titles:
        firm = _FIRM_IN_TITLE.match("".join(title.split()))
        if firm:
            found.setdefault(Field.ENTERPRISE_NAME, firm.group(1))
    return found


_DEFAULTABLE: Final = frozenset(
    {
        Field.ENTERPRISE_NAME,
        Field.SOURCE_ORGAN,
        Field.SOURCE_DOC_NO,
        Field.FOUND_ON,
        Field.ASSIGNED_ON,
        Field.VILLAGE,
        Field.ADDRESS,
        Field.INDUSTRY,
        Field.USCC,
        Field.DEADLINE,
        Field.INSPECTORS,
        Field.RESP_PERSON,
    }
)


def looks_like_firm(text: str) -> bool:
    """Tell whether a section title names an enterprise."""
    return _FIRM.search(plain(text)) is not None
