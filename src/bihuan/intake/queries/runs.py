"""A draft as its pages show it: columns, questions, enterprises, rows, and what entering it would do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from bihuan.hazards.rules.states import State
from bihuan.intake.models import ImportDoubt, ImportFirm, ImportRow, ImportRun, SuperiorItem, SuperiorList
from bihuan.intake.queries.differences import earlier_of, known_list, says_same
from bihuan.intake.queries.ready import ready_rows
from bihuan.intake.rules.claims import CLAIM_NAMES, Claim
from bihuan.intake.rules.fields import FIELD_NAMES, Field
from bihuan.intake.rules.headers import LEAF, normal_name
from bihuan.intake.rules.items import Item
from bihuan.intake.rules.lines import ColumnLine, FirmLine, Question, RowLine, RunCounts, RunView, Trial
from bihuan.intake.rules.questions import choices_of, title_of
from bihuan.intake.rules.runs import NEW_FIRM, Difference, RunState
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail.rules import Page

SHOWN_ROWS: Final = 12
MOST_QUESTIONS: Final = 200
MOST_FIRMS: Final = 500
MOST_CHANGES: Final = 200


def runs_of(viewer: Actor, first_n: int = 20) -> list[RunView]:
    """Return the drafts of the viewer's town that are not over, newest first."""
    rows = ImportRun.objects.of_viewer(viewer).exclude(state__in=[RunState.DONE, RunState.DROPPED])
    return [_view(row) for row in rows.order_by("-started_at", "-id")[:first_n]]


def run_for(viewer: Actor, run_id: UUID) -> RunView:
    """Return a draft of the viewer's town; NotFound otherwise."""
    return _view(_row(viewer, run_id))


def _row(viewer: Actor, run_id: UUID) -> ImportRun:
    row = ImportRun.objects.of_viewer(viewer).filter(pk=run_id).first()
    if row is None:
        raise NotFound("intake.run_not_found", "没有找到这次导入，或者不是本镇的。")
    return row


def _view(row: ImportRun) -> RunView:
    return RunView(
        id=row.pk,
        version=row.version,
        state=row.state,
        say=row.say,
        file_name=row.file_name,
        file_kind=row.file_kind,
        organ=row.organ,
        doc_no=row.doc_no,
        title=row.title,
        source=row.source,
        owner_name=row.owner_name,
        started_at=row.started_at,
        job_id=row.job_id,
        rows=row.rows_count,
        items=row.items_count,
        list_id=row.superior_list_id,
        frame=row.frame,
        sheets=tuple(row.reading.get("sheets", ())),
    )


def columns_of(run: RunView, questions: Sequence[Question]) -> list[ColumnLine]:
    """Return the columns of a draft's tables, those with doubts first, then those kept as they are."""
    counts: Counter[tuple[str, str]] = Counter()
    for question in questions:
        counts[question.column, question.code] += question.count
    doubted: dict[str, str] = {}
    for question in questions:
        rows = counts[question.column, question.code]
        if question.column:
            where = f"{rows} 行" if question.rows else ""
            doubted.setdefault(question.column, where + (question.title or question.say))
    lines = [line for sheet in run.sheets if sheet["kind"] == "hazards" for line in _columns(sheet, doubted)]
    return sorted(lines, key=lambda line: (not line.doubt, bool(line.field), line.sure))


def _columns(sheet: Mapping[str, Any], doubted: Mapping[str, str]) -> Iterable[ColumnLine]:
    fields = {letter: name for name, letters in reversed(sheet["columns"].items()) for letter in letters}
    for letter, heading in sheet["names"].items():
        samples = [text for text in sheet["samples"].get(letter, ()) if text]
        yield ColumnLine(
            sheet=sheet["sheet"],
            letter=letter,
            heading=heading,
            sample="、".join(samples),
            field=fields.get(letter, ""),
            sure=sheet["scores"].get(letter, 0) >= LEAF,
            doubt=doubted.get(letter, ""),
        )


def heading_key(heading: str) -> str:
    """Return a heading as its choice is remembered."""
    return "/".join(normal_name(part) for part in heading.split("/"))


def questions_of(viewer: Actor, run_id: UUID) -> list[Question]:
    """Return what a draft asks, batches first. Three queries."""
    run = _row(viewer, run_id)
    doubts = ImportDoubt.objects.filter(run=run)
    groups = list(
        doubts.values("batch", "code")
        .annotate(n=Count("pk"), first=Min("place"), answered=Count("answer"), answer_of=Max("answer"))
        .order_by("first")[:MOST_QUESTIONS]
    )
    firsts = {one.place: one for one in doubts.filter(place__in=[group["first"] for group in groups])}
    rows = _rows_of_batches(run, [group["batch"] for group in groups])
    questions = [_question(group, firsts[group["first"]], rows[group["batch"]]) for group in groups]
    return sorted(questions, key=lambda one: (not one.is_batch, -one.count if one.is_batch else 0))


def _rows_of_batches(run: ImportRun, batches: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {batch: [] for batch in batches}
    numbers = ImportDoubt.objects.filter(run=run, batch__in=batches).order_by("place")
    for batch, number, others in numbers.values_list("batch", "source_row", "rows"):
        if len(found[batch]) < SHOWN_ROWS:
            found[batch] += [one for one in dict.fromkeys([number, *others]) if one]
    return found


def _question(group: Mapping[str, Any], first: ImportDoubt, rows: list[int]) -> Question:
    options = tuple((value, label) for value, label in first.options)
    return Question(
        batch=group["batch"],
        code=first.code,
        title=title_of(first.code, first.value),
        value=first.value,
        say=first.say,
        column=first.column,
        field=first.field,
        count=group["n"],
        rows=tuple(rows[:SHOWN_ROWS]),
        choices=choices_of(first.code, options),
        chosen=first.chosen,
        answer=group["answer_of"] if group["answered"] == group["n"] else None,
    )


def firms_of(viewer: Actor, run_id: UUID, *, only_open: bool = False) -> list[FirmLine]:
    """Return the enterprises that a draft names and that a person should look at: near names, several, new."""
    run = _row(viewer, run_id)
    rows = ImportFirm.objects.filter(run=run).exclude(kind__in=["code", "name"])
    if only_open:
        rows = rows.filter(choice="")
    return [
        FirmLine(row.key, row.name, row.village, row.kind, row.choice, tuple(row.candidates))
        for row in rows.order_by("choice", "name", "pk")[:MOST_FIRMS]
    ]


def counts_of(viewer: Actor, run_id: UUID) -> RunCounts:
    """Count a draft's rows and enterprises. Three queries."""
    run = _row(viewer, run_id)
    rows = (
        ImportRow.objects.filter(run=run)
        .values("sheet", "source_row")
        .annotate(
            bad=Count("pk", filter=Q(has_problem=True, aside=False)), doubted=Count("pk", filter=Q(has_doubt=True))
        )
    )
    states = Counter("bad" if row["bad"] else "doubted" if row["doubted"] else "clean" for row in rows)
    firms = ImportFirm.objects.filter(run=run).aggregate(
        all=Count("pk"), new=Count("pk", filter=Q(choice=NEW_FIRM)), open=Count("pk", filter=Q(choice=""))
    )
    return RunCounts(
        clean_rows=states["clean"],
        doubted_rows=states["doubted"],
        problem_rows=states["bad"],
        firms=firms["all"],
        matched=firms["all"] - firms["new"] - firms["open"],
        new=firms["new"],
        open=firms["open"],
    )


def rows_of(viewer: Actor, run_id: UUID, *, only: str = "", page: int = 1, size: int = 50) -> Page[RowLine]:
    """Return a page of a draft's rows as the source sheet has them. Four queries.

    only: "" all, "problems", "doubts", "aside", "changed", "new", or a source row's number.
    """
    run = _row(viewer, run_id)
    rows = ImportRow.objects.filter(run=run)
    rows = rows.filter(source_row=int(only[:9])) if only.isdecimal() else rows.filter(_ONLY.get(only, Q()))
    shown = list(rows.order_by("place")[(page - 1) * size : page * size])
    doubts = ImportDoubt.objects.filter(run=run, source_row__in={row.source_row for row in shown})
    doubted: dict[tuple[str, int], list[str]] = {}
    for sheet, number, field in doubts.values_list("sheet", "source_row", "field"):
        doubted.setdefault((sheet, number), []).append(field)
    lines = [_row_line(row, doubted.get((row.sheet, row.source_row), [])) for row in shown]
    return Page(tuple(lines), page, size, rows.count())


_ONLY: Final[dict[str, Q]] = {
    "problems": Q(has_problem=True, aside=False),
    "doubts": Q(has_doubt=True),
    "aside": Q(aside=True),
    "changed": Q(difference=Difference.CHANGED),
    "new": Q(difference=Difference.NEW),
}


def _row_line(row: ImportRow, doubted: list[str]) -> RowLine:
    values = {name: str(value) for name, value in row.item["values"].items()}
    cells = {**values, **row.item["texts"]}
    if row.part > 1:
        cells[Field.DESCRIPTION.value] = values.get(Field.DESCRIPTION.value, "")
    return RowLine(
        place=row.place,
        sheet=row.sheet,
        source_row=row.source_row,
        part=row.part,
        parts=row.item["parts"],
        cells=cells,
        mended=row.mended,
        problems=tuple(row.problems),
        doubted=tuple(dict.fromkeys(doubted)),
        aside=row.aside,
        difference=row.difference,
    )


def trial_of(viewer: Actor, run_id: UUID) -> Trial:
    """Return what entering a draft now would do. A fixed number of queries, read in one pass."""
    run = _row(viewer, run_id)
    ready = ready_rows(run)
    rows = [row for row in ready.rows if not row.left_out]
    list_row = known_list(run)
    earlier = earlier_of(run, list_row, [row.item for row in rows], [row.firm_key for row in rows], ready.firms)
    pairs = [(before, row.item) for row, before in zip(rows, earlier, strict=True) if before is not None]
    changes = [(before, item) for before, item in pairs if not says_same(before, item)]
    gone = _gone(list_row, {before.pk for before, _ in pairs})
    return Trial(
        rows=run.rows_count,
        items=len(rows),
        added=len(rows) - len(pairs),
        changed=len(changes),
        same=len(pairs) - len(changes),
        left_out=len(ready.rows) - len(rows),
        claims=Counter(row.item.claim for row in rows),
        majors=sum(row.item.level == "major" for row in rows),
        new_firms=tuple(firm.name for firm in ready.new_firms),
        open_firms=ready.open_firms,
        problem_rows=ready.problem_rows,
        open_doubts=ImportDoubt.objects.filter(run=run, answer=None).count(),
        changes=tuple(_change(before, item) for before, item in changes[:MOST_CHANGES]),
        gone=len(gone),
        gone_items=tuple(_gone_words(one) for one in gone[:MOST_CHANGES]),
    )


def _change(before: SuperiorItem, item: Item) -> dict[str, Any]:
    """Return what a row says of its item now, and what the version before said; "" or None where that is the same."""
    was, now = CLAIM_NAMES[Claim(before.claim)], CLAIM_NAMES[item.claim]
    due_was, due = before.claimed_deadline, item.day(Field.DEADLINE)
    return {
        "row": item.source_row,
        "enterprise": item.text(Field.ENTERPRISE_NAME),
        "description": item.text(Field.DESCRIPTION),
        "claim": now,
        "claim_was": was if was != now else "",
        "deadline": due,
        "deadline_was": due_was if due_was != due else None,
        "others": _other_fields(before, item),
    }


def _other_fields(before: SuperiorItem, item: Item) -> str:
    """Name the further columns that say something else than before, in words."""
    texts: Mapping[str, str] = before.own.get("texts", {})
    moved = [which for which in Field if texts.get(which.value, "") != item.texts.get(which, "")]
    names = [FIELD_NAMES[which] for which in moved if which not in {Field.STATUS, Field.DEADLINE}]
    extra = [name for name in {**before.extra, **item.extra} if before.extra.get(name) != item.extra.get(name)]
    return "、".join([*names, *extra])


def _gone(list_row: SuperiorList | None, kept: set[UUID]) -> list[SuperiorItem]:
    """Return the items that the last version of a list had and the draft does not."""
    if list_row is None:
        return []
    last = SuperiorItem.objects.of_list(list_row.pk).filter(seen_in=list_row.imports).select_related("hazard")
    return [one for one in last if one.pk not in kept]


def _gone_words(item: SuperiorItem) -> dict[str, Any]:
    hazard = item.hazard
    return {
        "row": item.source_row,
        "enterprise": item.enterprise_name,
        "description": hazard.description,
        "hazard_id": hazard.pk,
        "number": hazard.number,
        "state": State(hazard.state),
    }
