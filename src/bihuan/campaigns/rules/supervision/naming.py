"""What a text calls a campaign and its days, and how it says that its end was moved by a document (R9.14)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

_ABOUT: Final = re.compile(r"^(?:.*)?关于(?:印发|做好)?《?(.+?)》?的?(?:紧急)?(?:通知|实施意见|意见)?$")
_PLAN: Final = re.compile(r"(?:工作)?(?:实施)?(?:工作)?(?:方案|计划|安排|办法|(?<=工作)措施)(?:（(?:试行|暂行)）)?$")
_CARRY_OUT: Final = re.compile(
    r"^(.{0,12}?(?:国|省|市|县|区|州|旗|镇|乡|街道|村|园区))?(?:集中|组织|联合|深入|全面)*开展(?=.)"
)


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension: the day on which it was registered, the end until then, the end since, and its document."""

    on: date
    old_on: date
    new_on: date
    doc_number: str


def long_day(on: date) -> str:
    """Return 2018年3月8日, without zeros (GB/T 9704-2012)."""
    return f"{on.year}年{on.month}月{on.day}日"


def span(since: date, until: date) -> str:
    """Return the days of a period, the year once."""
    last = long_day(until) if until.year != since.year else f"{until.month}月{until.day}日"
    return f"{long_day(since)}至{last}"


def name_of(title: str) -> str:
    """Return what a campaign is called in a sentence: the title of its plan without what says that it is a plan."""
    bare = _PLAN.sub("", _ABOUT.sub(r"\1", title.strip()))
    return _CARRY_OUT.sub(lambda found: found[1] or "", bare) or title.strip()


def extended_in(extended: Sequence[Extended], since: date) -> str:
    """Say which extensions were made from a day on; "" where none was. extended: the oldest first."""
    said = [
        f"依据{one.doc_number}，专项行动由{long_day(one.old_on)}延期到{long_day(one.new_on)}结束"
        for one in extended
        if one.on >= since
    ]
    return "；".join(said) + "。" if said else ""


def extended_ever(extended: Sequence[Extended]) -> str:
    """Say when a campaign was first to end and by which documents that was moved; "" where it was not."""
    if not extended:
        return ""
    moved = "，".join(f"依据{one.doc_number}延期到{long_day(one.new_on)}" for one in extended)
    return f"，原定{long_day(extended[0].old_on)}结束，{moved}"
