"""What a draft's row comes to after people have mended cells and answered doubts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bihuan.intake.rules.cells import is_nothing
from bihuan.intake.rules.claims import Claim, read_level, read_status
from bihuan.intake.rules.days import Anchor, read_day
from bihuan.intake.rules.deadlines import Clock, read_deadline
from bihuan.intake.rules.fields import DATES, FIELD_NAMES, MONEY, YES_NO, Field
from bihuan.intake.rules.items import Item, Problem
from bihuan.intake.rules.money import read_money

LONGEST_HAZARD: Final = 2_000
LONGEST_TEXT: Final = 5_000
REQUIRED: Final = frozenset({Field.ENTERPRISE_NAME, Field.DESCRIPTION})
NOT_TAKEN: Final = "none"  # the answer that drops a value
WHOLE: Final = "whole"  # the answer that leaves a cell unsplit
LEAVE: Final = "leave"  # the answer that leaves hidden rows out
ONE: Final = "one"  # the answer that takes two rows for one


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered doubt as far as it concerns one row. other_rows: the other rows that the doubt names."""

    code: str
    field: str
    value: str
    source_row: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A row as it will be entered; left_out: why it is not, or ""."""

    item: Item
    left_out: str = ""


def mended(item: Item, mends: Mapping[str, str], clock: Clock, *, today: date) -> tuple[Item, list[Problem]]:
    """Return the item with cells that a person wrote, and the problems that this leaves or makes."""
    fresh = replace(item, values=dict(item.values), texts=dict(item.texts))
    problems = [one for one in item.problems if one.field not in mends]
    for name, text in mends.items():
        which = Field(name)
        sentence = _mend(fresh, which, text.strip(), clock, today)
        if sentence:
            say = f"第 {item.source_row} 行“{FIELD_NAMES[which]}”：{sentence}"
            problems.append(Problem("mend_refused", say, item.source_row, field=name))
    fresh.problems = problems
    return fresh, problems


def _mend(item: Item, which: Field, text: str, clock: Clock, today: date) -> str:
    """Write one cell anew; return why it can't be so, or ""."""
    item.texts[which] = text
    if which is Field.LEVEL:
        return _mend_level(item, text)
    if which is Field.STATUS:
        item.claim = _claim_of(text)
        return ""
    if which in DATES:
        return _mend_day(item, which, text, clock, today)
    if which in MONEY:
        item.values[which] = read_money(text).yuan
        return "" if is_nothing(text) or item.values[which] is not None else "看不出是多少钱，请写成“5000元”的样子"
    if which in YES_NO:
        item.values[which] = text in {"是", "有", "√"}
        return ""
    item.values[which] = text
    return _text_refused(which, text)


def _text_refused(which: Field, text: str) -> str:
    if which in REQUIRED and is_nothing(text):
        return "不能空着"
    most = LONGEST_HAZARD if which is Field.DESCRIPTION else LONGEST_TEXT
    return f"有 {len(text)} 个字，最多 {most} 个" if len(text) > most else ""


def _claim_of(text: str) -> Claim:
    if text in set(Claim):
        return Claim(text)
    return read_status(text).claim or Claim.OPEN


def _mend_level(item: Item, text: str) -> str:
    reading = read_level({"major": "重大", "general": "一般"}.get(text, text))
    item.level = reading.level
    if reading.both:
        return f"“{reading.remark}”写了两个级别，请只写“一般”或“重大”"
    return f"“{reading.remark}”不是法定级别，只有“一般”和“重大”" if reading.remark else ""


def _mend_day(item: Item, which: Field, text: str, clock: Clock, today: date) -> str:
    item.values.pop(which, None)
    if is_nothing(text):
        return ""
    base = item.day(Field.ASSIGNED_ON) or item.day(Field.FOUND_ON)
    if which is Field.DEADLINE:
        reading = read_deadline(text, Anchor(base) if base else Anchor(today, exact=False), clock)
        item.immediate, item.deadline_kind = reading.immediate, "" if reading.day else reading.doubt
    else:
        forward = which not in {Field.FOUND_ON, Field.ASSIGNED_ON}
        reading = read_day(text, Anchor(base if forward and base else today, forward=forward), last=forward)
    if reading.day is None:
        return reading.problem or "看不懂是哪一天，请写成“2018年2月9日”的样子"
    item.values[which] = reading.day
    if which is Field.FOUND_ON and reading.day > today:
        return "发现日期不能晚于今天"
    return ""


def settle(item: Item, answers: Iterable[Answer]) -> Settled:
    """Return what a row comes to under the answers given to its doubts."""
    fresh = replace(item, values=dict(item.values), texts=dict(item.texts))
    left_out = ""
    for answer in answers:
        left_out = left_out or _take(fresh, answer)
    return Settled(fresh, left_out)


def _take(item: Item, answer: Answer) -> str:
    """Let one answer work on an item; return why the row is left out, or ""."""
    if answer.code == "same_item_twice" and answer.value == ONE:
        return "same_item" if item.source_row in answer.rows[1:] else ""
    if answer.code == "hidden_rows" and answer.value == LEAVE:
        return "hidden"
    if answer.code == "cell_split" and answer.value == WHOLE:
        return _unsplit(item)
    if answer.code == "empty_status_with_reason" and answer.value in set(Claim):
        item.claim = Claim(answer.value)
    elif answer.field in DATES and answer.source_row == item.source_row:
        _take_day(item, Field(answer.field), answer.value)
    return ""


def _unsplit(item: Item) -> str:
    if item.part > 1:
        return "unsplit"
    item.values[Field.DESCRIPTION] = item.texts[Field.DESCRIPTION][:LONGEST_HAZARD]
    item.parts = 1
    return ""


def _take_day(item: Item, which: Field, value: str) -> None:
    if value == NOT_TAKEN:
        item.values.pop(which, None)
        return
    try:
        item.values[which] = date.fromisoformat(value)
    except ValueError:
        return  # an answer such as "known" changes nothing
    if which is Field.DEADLINE:
        item.deadline_kind = ""
