"""The deadline that a superior printed in a form (每周五17:00前报送区安委办): read, and asked about."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.campaigns.rules.returns.deadlines import ReadDeadline, deadline_read, rule_words
from bihuan.campaigns.rules.returns.grid import Grid
from bihuan.campaigns.rules.returns.rhythm import Deadline, Rhythm

LONGEST: Final = 60  # letters of a deadline in words
_SENDS: Final = re.compile("报送|上报|前报|报至|报到|报给|发送?至|前发|前交")
_OTHERS: Final = re.compile("统计|数据(截|为)|截[至止]|发布|通报|公布")  # of which days it speaks, not when it is owed
_OF_ONE: Final = re.compile("[本上下](周|星期)[一二三四五六日天末]|本月[0-9]|今年|明年")
_WEEKDAY: Final = re.compile("(?:周|星期|礼拜)([一二三四五六日天末])(?!次)")


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands in a form on when it is owed. words: as printed; said: how it was read."""

    words: str
    rhythm: Rhythm
    deadline: Deadline

    @property
    def said(self) -> str:
        """How it was read, as people say it."""
        return rule_words(self.rhythm, self.deadline)


def printed_in(grid: Grid, *, today: date) -> tuple[Printed, ...]:
    """Return the deadlines that a form prints, in its order, each once.

    Only what comes again and again and says its day; what speaks of a single day or names two weekdays is left
    out, as is what can be read in two ways. today: gives a day its year.
    """
    found: dict[tuple[Rhythm, Deadline], Printed] = {}
    for words in _clauses(grid):
        read = _read(words, today)
        if read is not None:
            found.setdefault((read.rhythm, read.deadline), Printed(words, read.rhythm, read.deadline))
    return tuple(found.values())


def _clauses(grid: Grid) -> Iterator[str]:
    """Yield the clauses that say by when something is sent, the shortest that says its day."""
    for sheet in grid.sheets:
        for _, cell in sorted(sheet.cells.items()):
            text = unicodedata.normalize("NFKC", re.sub(r"\s", "", cell.text))
            for sentence in re.split("[。;()]|(?<![0-9])[1-9][.、](?![0-9])", text):
                sentence = re.sub("^(注|备注|说明)[:]", "", sentence)
                parts = [part for part in re.split("[,]", sentence) if _SENDS.search(part)]
                short = [part for part in parts if _day_said(part)]
                yield from short or ([sentence] if parts else [])


def _day_said(part: str) -> bool:
    return (
        re.search(r"每[天日]|(周|星期|礼拜)[一二三四五六日天末](?!次)|(每|次|下|逢).*(\d[日号]|[月末]底)", part)
        is not None
    )


def _read(words: str, today: date) -> ReadDeadline | None:
    if len(words) > LONGEST or _OTHERS.search(words) or _OF_ONE.search(words):
        return None
    if len(set(_WEEKDAY.findall(words))) > 1:
        return None
    read = deadline_read(words, today=today)
    return read if read is not None and read.rhythm is not Rhythm.SPECIAL else None
