"""Read a draft's file: cells, rows, checks, enterprises, and the difference against an earlier version."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import State
from bihuan.enterprises.rules.matching import Match, MatchKind, Wanted
from bihuan.intake.models import ColumnMemory, ImportDoubt, ImportFirm, ImportRow, ImportRun, SuperiorList
from bihuan.intake.queries.clocks import clock_of
from bihuan.intake.queries.differences import known_list
from bihuan.intake.rows import understand
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.frame import Frame
from bihuan.intake.rules.items import Doubt, Item, Problem, Understanding
from bihuan.intake.rules.names import same_within, tidy_name
from bihuan.intake.rules.questions import batch_of
from bihuan.intake.rules.runs import NEW_FIRM, SAME_IN_TOWN, RunState
from bihuan.intake.rules.storing import stored
from bihuan.intake.services.differences import differences_of
from bihuan.intake.workbook import Book, read_book
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.orgs import queries as orgs
from bihuan.trail import queries as trail_queries
from bihuan.trail import services as trail
from bihuan.trail.bulk import insert_many, many_rows, new_row

LONGEST_FIRM: Final = 120


@many_rows()
def understand_run(*, run_id: UUID, job_id: UUID | None, now: datetime) -> None:
    """Read a draft from its start; running it twice comes to the same. Progress is committed while it goes.

    A file that cannot be read leaves the draft FAILED with the sentence, and raises the Refusal.
    """
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or run.state != RunState.READING:
        return
    try:
        book = _open(run)
        found = understand(book, _frame(run, day_of(now)), progress=_teller(job_id))
    except Refusal as refusal:
        ImportRun.objects.filter(pk=run_id).update(state=RunState.FAILED, say=refusal.say, changed_at=now)
        raise
    _keep(run, book, found, day_of(now), now)


def _teller(job_id: UUID | None) -> Any:
    def tell(done: int, total: int) -> None:
        if job_id is not None:
            trail.report_progress(job_id, done=done, total=total, say=f"已读 {done} 行")

    return tell


def _open(run: ImportRun) -> Book:
    """Read the kept original from a copy with its own name, so that sentences speak of the file that was uploaded."""
    opened = trail_queries.open_file(run.file_id, "original")
    with opened.stream as stream, tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(run.file_name).name
        with copy.open("wb") as file:
            shutil.copyfileobj(stream, file)
        return read_book(copy)


def _frame(run: ImportRun, today: date) -> Frame:
    said = run.frame
    memory: dict[str, Field | None] = {}
    for one in ColumnMemory.objects.filter(town_id=run.town_id, organ=run.organ) if run.organ else ():
        memory[one.heading] = Field(one.field) if one.field else None
    for heading, name in said.get("columns", {}).items():
        memory[heading] = Field(name) if name else None
    return Frame(
        today=today,
        clock=clock_of(run.town_id),
        year=said.get("year"),
        memory=memory,
        header_rows=said.get("header_rows", {}),
        split_cells=said.get("split_cells", True),
    )


def _keep(run: ImportRun, book: Book, found: Understanding, today: date, now: datetime) -> None:
    _name_list(run, found)
    _refuse_future_findings(found, today)
    firms = list(_firms(run, found.items))
    _keep_chosen(run, firms)
    rows = [_row(run, place, item) for place, item in enumerate(found.items)]
    list_row = known_list(run)
    _choose_as_before(run, list_row, firms)
    differences_of(run, list_row, rows, {firm.key: firm for firm in firms})
    doubts = list(_doubts(run, found.doubts))
    _mark_doubted(rows, doubts)
    with transaction.atomic():
        taken = ImportRun.objects.filter(pk=run.pk, state=RunState.READING, version=run.version).update(
            state=RunState.READ,
            say="",
            file_kind=book.kind,
            organ=run.organ,
            doc_no=run.doc_no,
            title=run.title,
            reading=_reading(found),
            rows_count=len({(item.sheet, item.source_row) for item in found.items}),
            items_count=len(found.items),
            superior_list=list_row,
            read_on=today,
            changed_at=now,
            version=run.version + 1,
        )
        if not taken:
            return  # dropped, or asked to be read anew, while it was read
        _keep_by_hand(run, rows)
        for old in (run.rows, run.doubts, run.firms):
            old.all().delete()
        insert_many([*rows, *doubts, *firms])


def _keep_by_hand(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Carry cells that a person mended, and rows set aside, over to the same rows as they are read now."""
    by_hand = run.rows.filter(Q(aside=True) | ~Q(mended={})).values_list(
        "sheet", "source_row", "part", "mended", "aside"
    )
    kept = {(sheet, number, part): (mends, aside) for sheet, number, part, mends, aside in by_hand}
    for row in rows if kept else ():
        row.mended, row.aside = kept.get((row.sheet, row.source_row, row.part), ({}, False))


def _keep_chosen(run: ImportRun, firms: Sequence[ImportFirm]) -> None:
    """Carry who a person has said an enterprise is over to the same name as it is read now."""
    chosen = dict(run.firms.exclude(choice="").values_list("key", "choice"))
    for firm in firms:
        firm.choice = firm.choice or chosen.get(firm.key, "")


def _choose_as_before(run: ImportRun, list_row: SuperiorList | None, firms: Sequence[ImportFirm]) -> None:
    """Take who a person has said an enterprise is from the versions of the list that were entered before."""
    left = {firm.key: firm for firm in firms if not firm.choice}
    if list_row is None or not left:
        return
    entered = ImportFirm.objects.filter(run__superior_list=list_row, run__state=RunState.DONE)
    said = dict(entered.exclude(choice__in=["", NEW_FIRM]).order_by("run__started_at").values_list("key", "choice"))
    chosen = {key: UUID(choice) for key, choice in said.items() if key in left}
    known = enterprises.firms(set(chosen.values())) if chosen else {}
    for key, firm_id in chosen.items():
        firm = known.get(firm_id)
        if firm is not None and firm.town_id == run.town_id and firm.state is State.ACTIVE:
            left[key].choice = str(firm_id)


_WAYS_OF_FINDING: Final = re.compile("举报|自查|自报|巡查|投诉|信访")


def _name_list(run: ImportRun, found: Understanding) -> None:
    """Fill what nobody has said about the list from the file: its organ, number and title.

    A column that holds several organs, or a way of finding such as 举报, names no organ: a person is asked.
    """
    organs = {item.text(Field.SOURCE_ORGAN) for item in found.items} - {""}
    organ = next(iter(organs)) if len(organs) == 1 else ""
    numbers = {item.text(Field.SOURCE_DOC_NO) for item in found.items}
    titles = [title for sheet in found.sheets if sheet.kind == "hazards" for title in sheet.titles if len(title) > 4]
    run.organ = run.organ or ("" if _WAYS_OF_FINDING.search(organ) else organ[:64])
    run.doc_no = run.doc_no or (next(iter(numbers))[:64] if len(numbers) == 1 else "")
    run.title = run.title or (titles[0] if titles else Path(run.file_name).stem)[:160]


def _refuse_future_findings(found: Understanding, today: date) -> None:
    for item in found.items:
        day = item.day(Field.FOUND_ON)
        if day is not None and day > today:
            say = f"第 {item.source_row} 行“发现日期”：{day.isoformat()} 晚于今天，请核对后改成正确的日期"
            item.problems.append(Problem("found_after_today", say, item.source_row, field=Field.FOUND_ON.value))


def firm_key(item: Item) -> str:
    """Return the key of the enterprise that an item names, within its draft."""
    name = tidy_name(item.text(Field.ENTERPRISE_NAME))
    return f"{name[:LONGEST_FIRM]}|{item.text(Field.USCC)[:32]}" if name else ""


def _firms(run: ImportRun, items: Sequence[Item]) -> Iterator[ImportFirm]:
    """Match every enterprise named, once; a code or an exact name needs no person, any other does."""
    named: dict[str, Item] = {}
    for item in items:
        key = firm_key(item)
        if key:
            named.setdefault(key, item)
    yield from match_firms(run, named)


def match_firms(run: ImportRun, named: dict[str, Item]) -> list[ImportFirm]:
    """Return the draft's enterprises by key, each with who it may be."""
    wanted = [
        Wanted(item.text(Field.ENTERPRISE_NAME), item.text(Field.USCC), item.text(Field.VILLAGE))
        for item in named.values()
    ]
    matches = enterprises.match(run.town_id, wanted)
    town = orgs.town(run.town_id)
    towns = (town.name, town.short_name)
    return [_firm(run, key, item, match, towns) for (key, item), match in zip(named.items(), matches, strict=True)]


def _firm(run: ImportRun, key: str, item: Item, match: Match, towns: Sequence[str]) -> ImportFirm:
    kind, choice = _taken(item, match, towns)
    return new_row(
        ImportFirm,
        run_id=run.pk,
        key=key,
        name=item.text(Field.ENTERPRISE_NAME)[:LONGEST_FIRM],
        uscc=item.text(Field.USCC)[:32],
        village=item.text(Field.VILLAGE)[:64],
        industry=item.text(Field.INDUSTRY)[:64],
        address=item.text(Field.ADDRESS)[:200],
        kind=kind,
        candidates=[
            {"id": str(one.firm.id), "name": one.firm.name, "village": one.firm.village, "why": one.why}
            for one in match.candidates
        ],
        choice=choice,
    )


def _taken(item: Item, match: Match, towns: Sequence[str]) -> tuple[str, str]:
    """Return the kind of a match and what is chosen without a person: "" where the name is not exact."""
    if match.kind is MatchKind.NEW:
        return match.kind, NEW_FIRM
    if match.firm is None:
        return match.kind, ""
    if match.kind in {MatchKind.CODE, MatchKind.NAME}:
        return match.kind, str(match.firm.id)
    if same_within(towns, item.text(Field.ENTERPRISE_NAME), match.firm.name):
        return SAME_IN_TOWN, str(match.firm.id)
    return match.kind, ""


def _row(run: ImportRun, place: int, item: Item) -> ImportRow:
    return new_row(
        ImportRow,
        run_id=run.pk,
        place=place,
        sheet=item.sheet[:64],
        source_row=item.source_row,
        part=item.part,
        item=stored(item),
        problems=[asdict(one) for one in item.problems],
        has_problem=bool(item.problems),
        firm=firm_key(item),
    )


def _doubts(run: ImportRun, doubts: Sequence[Doubt]) -> Iterator[ImportDoubt]:
    counts = Counter(doubt.code for doubt in doubts)
    for place, doubt in enumerate(doubts):
        yield new_row(
            ImportDoubt,
            run_id=run.pk,
            place=place,
            code=doubt.code[:48],
            batch=batch_of(doubt, place, of_its_code=counts[doubt.code])[:96],
            sheet=doubt.sheet[:64],
            source_row=doubt.source_row,
            column=doubt.column[:4],
            field=doubt.field[:32],
            value=doubt.value[:200],
            say=doubt.say,
            chosen=doubt.chosen[:200],
            options=[list(one) for one in doubt.options],
            rows=list(doubt.rows),
        )


def _mark_doubted(rows: Iterable[ImportRow], doubts: Iterable[ImportDoubt]) -> None:
    doubted = {(one.sheet, number) for one in doubts for number in (one.source_row, *one.rows)}
    for row in rows:
        row.has_doubt = (row.sheet, row.source_row) in doubted


def _reading(found: Understanding) -> dict[str, Any]:
    sheets: list[dict[str, Any]] = [asdict(sheet) for sheet in found.sheets]
    return {"sheets": sheets}
