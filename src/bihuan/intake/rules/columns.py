"""Which column holds which field: names first, then what stands in them, then what a person has chosen."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.intake.rules.cells import Cell, is_nothing, text_of
from bihuan.intake.rules.claims import read_level
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.frame import Frame, looks_like_firm
from bihuan.intake.rules.headers import EXACT, GENERIC, INSIDE, Meaning, normal_name
from bihuan.intake.rules.layout import Column, Table

SAMPLE: Final = 200
HALF: Final = 0.5
LONG_TEXT: Final = 6
_HAZARD_WORD: Final = re.compile(r"隐患|问题")
_VILLAGE_RANK: Final = (re.compile(r"村|社区|居委"), re.compile(r"网格|板块|属地|片区|园区"))
_ORGAN_RANK: Final = (re.compile(r"交办|督办|下发|来文"), re.compile(r"(单位|部门|机关)$"), re.compile(r"组|来源"))
_NEVER: Final = re.compile(r"照片|图片|影像|附件|签|佐证")


@dataclass(slots=True)
class Chosen:
    """The columns of a table by field, tick columns, columns kept as they are, and what was guessed.

    also: second fields held by a column ("责任人及电话"). guessed: fields whose column was found by its values.
    """

    fields: dict[Field, list[Column]] = field(default_factory=dict)
    also: dict[Field, Column] = field(default_factory=dict)
    ticks: list[Column] = field(default_factory=list)
    extra: list[Column] = field(default_factory=list)
    guessed: dict[Field, Column] = field(default_factory=dict)

    def letters(self, which: Field) -> list[Column]:
        """Return the columns of a field, tick columns and shared ones with them."""
        found = list(self.fields.get(which, ()))
        found += [column for column in self.ticks if column.meaning.field is which]
        if which in self.also:
            found.append(self.also[which])
        return found


def choose(table: Table, frame: Frame) -> Chosen:
    """Choose the columns of a table."""
    chosen = Chosen()
    for column in (_remembered(column, frame) for column in table.columns):
        _place(chosen, column, table)
    _settle_level(chosen, table)
    for which in _ONE_ONLY & chosen.fields.keys():
        _keep_best(chosen, which)
    _guess(chosen, table, Field.DESCRIPTION, _long_texts)
    _guess(chosen, table, Field.ENTERPRISE_NAME, _firms)
    _settle_dates(chosen)
    return chosen


_ONE_ONLY: Final = frozenset(
    {
        Field.SOURCE_ORGAN,
        Field.DESCRIPTION,
        Field.ENTERPRISE_NAME,
        Field.SEQ_NO,
        Field.USCC,
        Field.VILLAGE,
        Field.STATUS,
        Field.CLOSED,
        Field.FINE,
    }
    | {Field.REPORT_MONTH, Field.FOUND_ON, Field.ASSIGNED_ON, Field.CLOSED_ON, Field.REVIEWED_ON}
)


def _remembered(column: Column, frame: Frame) -> Column:
    """Take what a person has chosen for a heading of this name before, or now."""
    key = "/".join(normal_name(part) for part in column.path)
    if not column.path or key not in frame.memory:
        return column
    meant = frame.memory[key]
    if meant is column.meaning.field:
        return column
    return replace(column, meaning=Meaning(meant, EXACT + 1, factor=column.meaning.factor))


def _place(chosen: Chosen, column: Column, table: Table) -> None:
    meaning = column.meaning
    if meaning.option:
        chosen.ticks.append(column)
    elif meaning.field is not None:
        chosen.fields.setdefault(meaning.field, []).append(column)
        if meaning.also is not None:
            chosen.also[meaning.also] = column
    elif column.path or any(not is_nothing(text_of(cell)) for cell in sample(table, column)):
        chosen.extra.append(column)


def sample(table: Table, column: Column) -> list[Cell]:
    """Return the first values that stand in a column."""
    found: list[Cell] = []
    for record in table.records[: SAMPLE * 5]:
        cell = record.cells[column.index] if column.index < len(record.cells) else None
        if cell is not None and cell != "":
            found.append(cell)
        if len(found) >= SAMPLE:
            break
    return found


def _settle_level(chosen: Chosen, table: Table) -> None:
    """Decide by the values between level and type: 隐患类别 holds 一般/重大 in some lists, 用电/消防 in others."""
    for column in list(chosen.fields.get(Field.CATEGORY, [])):
        if _share(sample(table, column), _is_level) > HALF:
            _move(chosen, column, Field.CATEGORY, Field.LEVEL)
    levels = chosen.fields.get(Field.LEVEL, [])
    for column in list(levels):
        values = sample(table, column)
        if "性质" in column.name and values and _share(values, _is_level) <= HALF:
            _move(chosen, column, Field.LEVEL, Field.CATEGORY)


def _is_level(text: str) -> bool:
    return read_level(text).level is not None


def _share(values: Iterable[Cell], test: Callable[[str], bool]) -> float:
    texts = [text_of(value) for value in values]
    return sum(test(text) for text in texts) / len(texts) if texts else 0.0


def _move(chosen: Chosen, column: Column, source: Field, target: Field) -> None:
    chosen.fields[source].remove(column)
    if not chosen.fields[source]:
        del chosen.fields[source]
    chosen.fields.setdefault(target, []).append(column)


def _keep_best(chosen: Chosen, which: Field) -> None:
    """Keep the best column of a field that has one value; hazards may stand in several columns of equal right."""
    columns = chosen.fields[which]
    best = max(_rank(column, which) for column in columns)
    kept = [column for column in columns if _rank(column, which) == best]
    if which is not Field.DESCRIPTION:
        kept = kept[:1]
    chosen.extra += [column for column in columns if column not in kept]
    chosen.extra.sort(key=lambda column: column.index)
    chosen.fields[which] = kept


def _rank(column: Column, which: Field) -> tuple[int, int]:
    own = normal_name(column.path[-1]) if column.path else ""
    score = column.meaning.score - (EXACT - INSIDE if own in GENERIC or own in {"单位", "时间", "日期"} else 0)
    if which is Field.DESCRIPTION:
        return (1 if _HAZARD_WORD.search(column.name) else 0, 0)
    if which is Field.SOURCE_ORGAN:
        return (next((3 - place for place, pattern in enumerate(_ORGAN_RANK) if pattern.search(column.name)), 0), score)
    if which is Field.VILLAGE:
        return (
            next((2 - place for place, pattern in enumerate(_VILLAGE_RANK) if pattern.search(column.name)), 0),
            score,
        )
    return (score, 0)


def _guess(chosen: Chosen, table: Table, which: Field, test: Callable[[Iterable[Cell]], bool]) -> None:
    """Find a column by its values when no name tells it."""
    if which in chosen.fields or table.is_summary:
        return
    for column in [*chosen.extra, *(chosen.fields.get(Field.RESP_UNIT, []) if which is Field.ENTERPRISE_NAME else [])]:
        if not _NEVER.search(column.name) and test(sample(table, column)):
            chosen.fields[which] = [column]
            chosen.guessed[which] = column
            chosen.extra = [one for one in chosen.extra if one is not column]
            return


def _long_texts(values: Iterable[Cell]) -> bool:
    return _share(values, lambda text: len(text) >= LONG_TEXT and not text.isascii()) > HALF


def _firms(values: Iterable[Cell]) -> bool:
    return _share(values, looks_like_firm) > HALF


def _settle_dates(chosen: Chosen) -> None:
    """The day of assignment is also the day of finding where a list has only that (R3.31)."""
    if Field.FOUND_ON not in chosen.fields and Field.ASSIGNED_ON in chosen.fields:
        chosen.fields[Field.FOUND_ON] = list(chosen.fields[Field.ASSIGNED_ON])
