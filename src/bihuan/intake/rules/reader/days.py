"""Read the days of a row and its deadline (R3.32)."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from bihuan.intake.rules.cells import is_nothing, text_of
from bihuan.intake.rules.days import Anchor, Reading, day_words, folded, mentions, read_day, resolve
from bihuan.intake.rules.deadlines import read_deadline
from bihuan.intake.rules.festivals import named_in
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.items import Item
from bihuan.intake.rules.layout import Record
from bihuan.intake.rules.reader.base import CellReader

SHOWN: Final = 40
LONGEST_TERM: Final = 3  # digits of a number of days
_IN_DAYS: Final = re.compile(r"[（(](?:天|日|天数|日历天)[）)]|天数")
LATER_DAYS: Final = (Field.RECTIFIED_ON, Field.REVIEWED_ON, Field.CLOSED_ON)
_DOUBT_SAYS: Final[dict[str, str]] = {
    "year_assumed": "没有写年份，按最近的一个算作{day}",
    "month_only": "只写到月，按月末{day}算",
    "day_only": "只写了日，按{day}算",
    "part_of_month": "按{day}算，请核对",
    "cut_number": "这一格是数字，先按{day}算{options}",
    "several_days": "写了几个日期，先按{day}算",
    "festival": "按{day}算{options}",
    "resumption": "与复工挂钩，没有具体日期，要定一个期限",
    "no_deadline": "没有期限，要定一个",
    "no_base_day": "从哪天起算看不出来，要定一个期限",
    "claim_in_deadline": "这一格写的是整改情况，不是期限",
    "unclear": "看不懂是哪一天，原话已留着",
}


class DayReader(CellReader):
    """Reads the days of a row, each near the day that it follows."""

    def _read_days(self, record: Record, item: Item) -> None:
        backward = self._month_anchor(item) or self.sheet.backward
        for which in (Field.FOUND_ON, Field.ASSIGNED_ON):
            self._read_day(record, item, which, backward)
        base = item.day(Field.ASSIGNED_ON) or item.day(Field.FOUND_ON)
        start = item.day(Field.FOUND_ON) or base
        forward = replace(backward, forward=True) if backward is not self.sheet.backward else self.sheet.forward
        self._read_deadline(record, item, Anchor(base) if base else forward)
        for which in LATER_DAYS:
            self._read_day(record, item, which, Anchor(start) if start else forward)

    def _month_anchor(self, item: Item) -> Anchor | None:
        """Return the end of the month that a row was reported for (V9)."""
        text = item.text(Field.REPORT_MONTH)
        named = mentions(folded(text if "月" in text or not text.isdecimal() else f"{text}月")) if text else ()
        day = resolve(named[0], self.sheet.backward).day if named else None
        return Anchor(day, forward=False, exact=False) if day else None

    def _read_day(self, record: Record, item: Item, which: Field, anchor: Anchor) -> None:
        cell = self.first(record, which)
        if cell is None:
            cell = self.default(item, which) or None
        if cell is None or is_nothing(text := text_of(cell)):
            return
        item.texts[which] = text
        reading = read_day(cell, anchor, last=which in LATER_DAYS)
        if reading.day is not None:
            item.values[which] = reading.day
        if which in LATER_DAYS and reading.doubt == "unclear":
            return  # words in a column of days are a claim; see _read_claims
        self._tell(item, which, reading)

    def _read_deadline(self, record: Record, item: Item, anchor: Anchor) -> None:
        cell = self.first(record, Field.DEADLINE)
        if cell is None and Field.DEADLINE in self.chosen.also:
            cell = self.cell(record, self.chosen.also[Field.DEADLINE])
        if cell is None:
            cell = self.default(item, Field.DEADLINE)
        text = text_of(cell)
        if text.isdecimal() and len(text) <= LONGEST_TERM and self._counts_days():
            cell = text = f"{text}日内"
        if is_nothing(text):
            return
        item.texts[Field.DEADLINE] = text
        reading = read_deadline(cell, anchor, self.frame.clock)
        item.immediate = reading.immediate
        if reading.day is not None:
            item.values[Field.DEADLINE] = reading.day
        else:
            item.deadline_kind = reading.doubt
        self._tell(item, Field.DEADLINE, reading)

    def _counts_days(self) -> bool:
        """Tell whether the column of the deadline holds numbers of days: 整改期限（天）."""
        return any(_IN_DAYS.search(column.name) for column in self.chosen.fields.get(Field.DEADLINE, ()))

    def _tell(self, item: Item, which: Field, reading: Reading) -> None:
        if reading.problem:
            self.problem(item, "bad_day", which, reading.problem)
        if not reading.doubt:
            return
        options = tuple((day.isoformat(), _option_words(day, reading, item.texts[which])) for day in reading.options)
        sentence = _DOUBT_SAYS[reading.doubt].format(
            day=day_words(reading.day) if reading.day else "",
            options=_others(reading),
        )
        chosen = reading.day.isoformat() if reading.day else ""
        text = item.texts[which][:SHOWN]
        self.doubt(item, f"{which.value}_{reading.doubt}", which, f"“{text}”{sentence}", chosen=chosen, options=options)


def _option_words(day: date, reading: Reading, text: str) -> str:
    """Return a day that a cell may mean, with why, as it is offered for choosing."""
    short = f"{day.month}月{day.day}日"
    if reading.doubt != "festival":
        return short
    if day != max(reading.options):
        return f"{short} 节前末日"
    return f"{short} 除夕" if named_in(folded(text)) == "春节" else f"{short} 节前一天"


def _others(reading: Reading) -> str:
    """Return the other days that a cell may mean, as a clause, or ""."""
    others = "、".join(day_words(day) for day in reading.options if day != reading.day)
    return f"，也可能是{others}" if others else ""
