"""Checks that compare rows with each other."""

from collections import defaultdict
from typing import Final

from bihuan.intake.checks.rows import doubt_at
from bihuan.intake.rules.claims import Claim
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.frame import Frame
from bihuan.intake.rules.items import Doubt, Item, Understanding
from bihuan.intake.rules.names import comparable

SHOWN: Final = 40


def closed_without_review(result: Understanding, frame: Frame) -> list[Doubt]:
    """A row claimed closed in a list that has columns for the re-inspection, but names nobody and no day in them."""
    with_columns = {sheet.sheet for sheet in result.sheets if {"reviewer", "reviewed_on"} & sheet.columns.keys()}
    return [
        doubt_at(result, item, "closed_without_review", Field.CLOSED, "声称已销号，没有复查人和复查时间，入账后须复查")
        for item in result.items
        if item.part == 1
        and item.sheet in with_columns
        and item.claim is Claim.CLOSED
        and not item.text(Field.REVIEWER)
        and item.day(Field.REVIEWED_ON) is None
    ]


def same_item_twice(result: Understanding, frame: Frame) -> list[Doubt]:
    """The same words for the same enterprise on two rows: one item or two?"""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in result.items:
        text = comparable(item.text(Field.DESCRIPTION))
        if text:
            groups[item.text(Field.ENTERPRISE_NAME), text].append(item)
    doubts: list[Doubt] = []
    for items in groups.values():
        rows = tuple(dict.fromkeys(item.source_row for item in items))
        if len(rows) > 1:
            first = items[0]
            sentence = f"“{first.text(Field.DESCRIPTION)[:SHOWN]}”在第 {'、'.join(map(str, rows))} 行都有，像同一项"
            doubts.append(
                doubt_at(
                    result,
                    first,
                    "same_item_twice",
                    Field.DESCRIPTION,
                    sentence,
                    options=(("one", "同一项"), ("two", "两项")),
                    rows=rows,
                )
            )
    return doubts


def same_number_twice(result: Understanding, frame: Frame) -> list[Doubt]:
    """The same running number for different enterprises in one section of a sheet."""
    groups: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
    for item in result.items:
        number = item.text(Field.SEQ_NO)
        if number:
            groups[item.sheet, item.section, number].append(item)
    doubts: list[Doubt] = []
    for (_, _, number), items in groups.items():
        if len({item.text(Field.ENTERPRISE_NAME) for item in items}) > 1:
            rows = tuple(sorted({item.source_row for item in items}))
            sentence = f"“{number}”在第 {'、'.join(map(str, rows))} 行重复，企业不同，请核对"
            doubts.append(doubt_at(result, items[0], "same_number_twice", Field.SEQ_NO, sentence, rows=rows))
    return doubts
