"""Checks that look at one row at a time."""

from collections.abc import Iterator
from typing import Final

from bihuan.intake.rules.claims import Claim
from bihuan.intake.rules.days import day_words
from bihuan.intake.rules.fields import FIELD_NAMES, Field
from bihuan.intake.rules.frame import Frame
from bihuan.intake.rules.items import Doubt, Item, Understanding
from bihuan.intake.rules.likely import is_unlikely

SHOWN: Final = 40


def doubt_at(
    result: Understanding,
    item: Item,
    code: str,
    which: Field,
    sentence: str,
    *,
    chosen: str = "",
    options: tuple[tuple[str, str], ...] = (),
    rows: tuple[int, ...] = (),
) -> Doubt:
    """Return a doubt about a cell of an item, with its place in the sheet."""
    letters = next((sheet.columns.get(which.value) for sheet in result.sheets if sheet.sheet == item.sheet), None)
    letter = letters[0] if letters else ""
    place = f"第 {item.source_row} 行" + (f" {letter} 列" if letter else "")
    return Doubt(
        code=code,
        say=f"{place}“{FIELD_NAMES[which]}”：{sentence}",
        sheet=item.sheet,
        source_row=item.source_row,
        column=letter,
        field=which.value,
        value=item.texts.get(which, "")[:200],
        chosen=chosen,
        options=options,
        rows=rows,
    )


def _first_parts(result: Understanding) -> Iterator[Item]:
    """Return each row once, however many hazards its cell held."""
    return (item for item in result.items if item.part == 1)


def major_without_criterion(result: Understanding, frame: Frame) -> list[Doubt]:
    """A row that says 重大 and names no criterion stays reported until one is found (R3.2, R3.33)."""
    return [
        doubt_at(
            result, item, "major_without_criterion", Field.LEVEL, "写“重大”，没有写判定依据，入账后待核实、逐条判定"
        )
        for item in _first_parts(result)
        if item.level == "major" and not item.text(Field.CRITERIA)
    ]


def empty_status_with_reason(result: Understanding, frame: Frame) -> list[Doubt]:
    """An empty status beside a reason for not being finished: claimed open, or in progress?"""
    options = ((Claim.OPEN.value, "声称未整改，附原因"), (Claim.IN_PROGRESS.value, "声称整改中"))
    return [
        doubt_at(
            result,
            item,
            "empty_status_with_reason",
            Field.STATUS,
            f"空着，未完成原因写“{item.text(Field.UNFINISHED_REASON)[:SHOWN]}”，先按未整改算",
            chosen=Claim.OPEN.value,
            options=options,
        )
        for item in _first_parts(result)
        if not item.texts.get(Field.STATUS) and item.claim is Claim.OPEN and item.text(Field.UNFINISHED_REASON)
    ]


def after_today(result: Understanding, frame: Frame) -> list[Doubt]:
    """A day of finding, repair, re-inspection or closing later than the day of reading is not yet a fact."""
    doubts: list[Doubt] = []
    for item in _first_parts(result):
        for which in (Field.FOUND_ON, Field.ASSIGNED_ON, Field.RECTIFIED_ON, Field.REVIEWED_ON, Field.CLOSED_ON):
            day = item.day(which)
            if day is not None and day > frame.today and not _same_column(result, item, which):
                sentence = f"“{item.texts.get(which, day.isoformat())[:SHOWN]}”晚于今天（{day_words(frame.today)}）"
                doubts.append(
                    doubt_at(
                        result, item, "after_today", which, sentence, chosen=day.isoformat(), options=(("", "不采用"),)
                    )
                )
    return doubts


def _same_column(result: Understanding, item: Item, which: Field) -> bool:
    """Tell whether the day of assignment only repeats the day of finding."""
    if which is not Field.ASSIGNED_ON:
        return False
    sheet = next((one for one in result.sheets if one.sheet == item.sheet), None)
    return sheet is not None and sheet.columns.get("assigned_on") == sheet.columns.get("found_on")


def days_out_of_order(result: Understanding, frame: Frame) -> list[Doubt]:
    """A repair or a deadline before the finding, a closing before the repair."""
    doubts: list[Doubt] = []
    pairs = (
        (Field.DEADLINE, Field.FOUND_ON),
        (Field.RECTIFIED_ON, Field.FOUND_ON),
        (Field.CLOSED_ON, Field.RECTIFIED_ON),
    )
    for item in _first_parts(result):
        for later, earlier in pairs:
            after, before = item.day(later), item.day(earlier)
            if after is not None and before is not None and after < before:
                sentence = f"{day_words(after)}早于{FIELD_NAMES[earlier]}（{day_words(before)}），请核对"
                doubts.append(doubt_at(result, item, "days_out_of_order", later, sentence))
    return doubts


def unlikely_for_industry(result: Understanding, frame: Frame) -> list[Doubt]:
    """A hazard that its industry can hardly have, as a woodworking sander at a petrol station: taken, with a note."""
    return [
        doubt_at(
            result,
            item,
            "unlikely_for_industry",
            Field.DESCRIPTION,
            f"“{item.text(Field.DESCRIPTION)[:SHOWN]}”和行业“{item.text(Field.INDUSTRY)[:SHOWN]}”像对不上，照收，留记号",
        )
        for item in result.items
        if is_unlikely(
            item.text(Field.DESCRIPTION),
            industry=item.text(Field.INDUSTRY),
            enterprise=item.text(Field.ENTERPRISE_NAME),
        )
    ]
