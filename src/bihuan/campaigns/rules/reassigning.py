"""An order of an issued plan that goes to other units or gets another day: what it lacks, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

ALL_VILLAGES: Final = "各村（社区）"


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What was changed. given, taken: names of units that have the order now, and no more. made, withdrawn, moved: how
    many tasks were written, taken away while not done, and got another day."""

    label: str
    given: Sequence[str]
    taken: Sequence[str]
    made: int
    withdrawn: int
    moved: int

    @property
    def say(self) -> str:
        """What happened, in a sentence."""
        said = [
            f"增加{'、'.join(self.given)}" if self.given else "",
            f"不再由{'、'.join(self.taken)}办" if self.taken else "",
            "" if self.given or self.taken else "改了时限",
            f"新生成任务 {self.made} 件" if self.made else "",
            f"撤回没办完的 {self.withdrawn} 件" if self.withdrawn else "",
            f"改期 {self.moved} 件" if self.moved else "",
        ]
        return f"{self.label}：" + "，".join(one for one in said if one)


def reassigning_lacks(
    why: str, *, goes: bool, due_on: date | None, starts_on: date, ends_on: date
) -> tuple[str, str, str] | None:
    """Tell what a change lacks: code, field and sentence; None where nothing. goes: to other units; due_on: the new
    day, None where it stays."""
    if not goes and due_on is None:
        return ("nothing_changed", "units", "单位和时限都和原来一样，没有要改的。")
    if due_on is not None and not starts_on <= due_on <= ends_on:
        return ("due_outside", "due_on", "完成时限要在专项行动的起止日期之内。")
    if not why.strip():
        return ("no_reason", "why", "请写为什么改：各单位都看得到。")
    return None


def names_of_parts(names: Sequence[str], villages: Collection[str]) -> list[str]:
    """Return how a page names these units: all villages in one. villages: all that there are, () where not all are
    among them."""
    if not villages:
        return list(names)
    return [ALL_VILLAGES, *(one for one in names if one not in villages)]
