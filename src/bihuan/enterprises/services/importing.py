"""Enterprises from a table, by stages: read, check, mend or set aside, then all in one transaction (house rule 14)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.enterprises import queries
from bihuan.enterprises.models import EnterpriseImport
from bihuan.enterprises.rules.facts import Firm, ImportState
from bihuan.enterprises.rules.sheet import BY_KEY, RowProblem, Sheet, check_rows
from bihuan.enterprises.services.registering import register_many
from bihuan.enterprises.services.workbook import read_workbook
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Outdated, Refusal

MOST_CELL: Final = 10_000


class RowsLeft(Refusal):
    """Rows have problems that nobody has mended or set aside; nothing was written. `problems` names them all."""

    def __init__(self, problems: tuple[RowProblem, ...]) -> None:
        rows = len({problem.row for problem in problems})
        super().__init__("enterprises.rows_left", f"还有 {rows} 行有问题，改好或放到一边后才能导入。什么都没有写入。")
        self.problems = problems


@transaction.atomic
def import_sheet(
    *, sheet: Sheet, town_id: UUID, aside: Collection[int] = (), actor: Actor, now: datetime
) -> list[Firm]:
    """Register every row that is not set aside, all or none. Raises RowsLeft with every problem at once."""
    kept = Sheet(sheet.letters, tuple(row for row in sheet.rows if row.number not in aside), sheet.problems)
    checked = check_rows(kept, queries.sheet_known(town_id))
    if checked.problems:
        raise RowsLeft(checked.problems)
    return register_many(entries=list(checked.entries.values()), town_id=town_id, actor=actor, now=now)


def import_workbook(
    *, content: bytes, town_id: UUID, aside: Collection[int] = (), actor: Actor, now: datetime
) -> list[Firm]:
    """Read a workbook and register its rows, all or none (for `bihuan init`). Raises UnreadableWorkbook, RowsLeft."""
    return import_sheet(sheet=read_workbook(content), town_id=town_id, aside=aside, actor=actor, now=now)


@transaction.atomic
def start_import(*, content: bytes, file_name: str, town_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Keep what was read of an uploaded table as a draft of this person; nothing is registered yet."""
    if actor.user_id is None:
        raise Refusal("enterprises.import_needs_person", "导入要由登录的人来办。")
    sheet = read_workbook(content)
    if not sheet.rows:
        problem = sheet.problems[0]
        raise Refusal("enterprises.nothing_read", problem.say, field="file")
    row = EnterpriseImport.objects.create(
        town_id=town_id,
        owner_id=actor.user_id,
        file_name=file_name[:200],
        letters=dict(sheet.letters),
        rows=[{"row": one.number, "cells": dict(one.cells)} for one in sheet.rows],
        problems=[[one.row, one.column, one.title, one.say] for one in sheet.problems],
        started_at=now,
        changed_at=now,
    )
    return row.pk


@transaction.atomic
def mend_import(
    *,
    import_id: UUID,
    mends: Mapping[tuple[int, str], str],
    aside: Collection[int],
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Change single cells of a draft, and say which rows are set aside (all of them, not only new ones)."""
    draft = _draft(actor, import_id)
    rows = {one["row"]: one for one in draft.rows}
    for (number, key), value in mends.items():
        if number in rows and key in BY_KEY:
            rows[number]["cells"][key] = value.strip()[:MOST_CELL]
    _write(draft, seen_version, rows=draft.rows, aside=sorted(set(aside) & set(rows)), changed_at=now)


@transaction.atomic
def commit_import(*, import_id: UUID, seen_version: int, actor: Actor, now: datetime) -> list[Firm]:
    """Register a draft's rows but those set aside, all in one transaction. Raises RowsLeft."""
    draft = _draft(actor, import_id)
    firms = import_sheet(
        sheet=queries.sheet_of(draft), town_id=draft.town_id, aside=frozenset(draft.aside), actor=actor, now=now
    )
    _write(draft, seen_version, state=ImportState.DONE, registered=len(firms), rows=[], changed_at=now)
    return firms


@transaction.atomic
def drop_import(*, import_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Put a draft away without registering anything."""
    draft = _draft(actor, import_id)
    _write(draft, seen_version, state=ImportState.DROPPED, rows=[], changed_at=now)


def _draft(actor: Actor, import_id: UUID) -> EnterpriseImport:
    draft = EnterpriseImport.objects.owned_by(actor).filter(pk=import_id).first()
    if draft is None:
        raise NotFound("enterprises.import_not_found", "没有找到这次导入，或者不是您上传的。请重新上传。")
    if draft.state != ImportState.DRAFT:
        raise Refusal("enterprises.import_over", "这次导入已经办完。要再导入请重新上传。")
    return draft


def _write(draft: EnterpriseImport, seen_version: int, **columns: Any) -> None:
    moved = EnterpriseImport.objects.filter(pk=draft.pk, version=seen_version).update(
        **columns, version=seen_version + 1
    )
    if moved != 1:
        raise Outdated("enterprises.import_outdated", "这次导入在另一个页面改动过。请刷新页面看过再办。")
