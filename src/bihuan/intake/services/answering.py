"""What a person does to a draft: answers doubts, mends cells, sets rows aside, chooses enterprises."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.intake.models import ImportDoubt, ImportFirm, ImportRow, ImportRun
from bihuan.intake.queries.clocks import clock_of
from bihuan.intake.rules.days import Anchor, read_day
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.items import Item, Problem
from bihuan.intake.rules.runs import NEW_FIRM
from bihuan.intake.rules.settling import mended
from bihuan.intake.rules.storing import restored
from bihuan.intake.services.differences import compare_anew
from bihuan.intake.services.drafts import BATCH, draft_for, tell, touch
from bihuan.intake.services.understanding import firm_key, match_firms
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal

MOST_TEXT: Final = 10_000
TOLD: Final = 200  # characters of a mended cell that its event keeps


@transaction.atomic
def answer(*, run_id: UUID, batch: str, value: str | None, typed: str = "", actor: Actor, now: datetime) -> None:
    """Answer all doubts of a batch; None takes the answer back. typed: a day written by hand instead of a choice."""
    run = draft_for(actor, run_id)
    if typed.strip():
        value = _day_typed(run, batch, typed.strip())
    kept = value[:200] if value is not None else None
    count = ImportDoubt.objects.filter(run=run, batch=batch).update(answer=kept)
    if not count:
        raise NotFound("intake.no_doubt", "没有找到这个疑问，文件可能重新读过。请刷新页面再看。")
    touch(run, now)
    say = f"定了 {count} 处疑问" if kept is not None else f"{count} 处疑问改回没定"
    tell(run, "import.answered", say, batch=batch, answer=kept, actor=actor, now=now)


def _day_typed(run: ImportRun, batch: str, typed: str) -> str:
    """Read a day that a person wrote, near the day that the list has there."""
    doubt = ImportDoubt.objects.filter(run=run, batch=batch).first()
    near = date.fromisoformat(doubt.chosen) if doubt is not None and doubt.chosen else run.read_on
    reading = read_day(typed, Anchor(near or run.started_at.date(), forward=False), last=True)
    if reading.day is None:
        why = reading.problem or "看不懂是哪一天，请写成“2018年2月9日”的样子"
        raise Refusal("intake.bad_day", f"“{typed[:40]}”：{why}。", field="typed")
    return reading.day.isoformat()


@transaction.atomic
def split_batch(*, run_id: UUID, batch: str, actor: Actor, now: datetime) -> None:
    """Ask the doubts of a batch one by one (逐行定)."""
    run = draft_for(actor, run_id)
    single = Concat(F("code"), Value("|"), Cast(F("place"), CharField()))
    count = ImportDoubt.objects.filter(run=run, batch=batch).update(batch=single, answer=None)
    touch(run, now)
    tell(run, "import.split", f"{count} 处疑问改为逐行定", batch=batch, actor=actor, now=now)


@transaction.atomic
def mend(*, run_id: UUID, mends: Mapping[int, Mapping[str, str]], actor: Actor, now: datetime) -> dict[int, list[str]]:
    """Write cells anew: row place → field → text. Return what is still wrong with each of these rows, in sentences.

    A text that cannot be read is kept as it was typed, and its row stays a row with a problem.
    """
    run = draft_for(actor, run_id)
    clock = clock_of(run.town_id)
    rows = list(ImportRow.objects.filter(run=run, place__in=list(mends)))
    if len(rows) != len(mends):
        raise NotFound("intake.no_row", "没有找到这一行，文件可能重新读过。请刷新页面再看。")
    for row in rows:
        texts = {Field(name).value: text[:MOST_TEXT] for name, text in mends[row.place].items()}
        row.mended = {**row.mended, **texts}
        item = restored(row.item, sheet=row.sheet, source_row=row.source_row, part=row.part)
        item.problems = [Problem(**one) for one in row.problems if one["code"] != "mend_refused"]
        fresh, problems = mended(item, row.mended, clock, today=run.read_on or now.date())
        row.problems = [asdict(one) for one in problems]
        row.has_problem = bool(problems)
        row.firm = firm_key(fresh)
        _ensure_firm(run, row.firm, {row.firm: fresh})
    ImportRow.objects.bulk_update(rows, ["mended", "problems", "has_problem", "firm"])
    compare_anew(run)
    touch(run, now)
    told = {str(row.source_row): {name: text[:TOLD] for name, text in mends[row.place].items()} for row in rows}
    tell(run, "import.mended", f"改了 {len(rows)} 行的单元格", rows=told, actor=actor, now=now)
    return {row.place: [one["say"] for one in row.problems] for row in rows}


def _ensure_firm(run: ImportRun, key: str, named: dict[str, Item]) -> None:
    if key and not ImportFirm.objects.filter(run=run, key=key).exists():
        ImportFirm.objects.bulk_create(match_firms(run, named))


@transaction.atomic
def set_aside(*, run_id: UUID, places: Collection[int], aside: bool, actor: Actor, now: datetime) -> None:
    """Set rows aside, so that they are not entered, or take them back."""
    run = draft_for(actor, run_id)
    rows = ImportRow.objects.filter(run=run, place__in=list(places))
    numbers = list(rows.order_by("place").values_list("source_row", flat=True))
    rows.update(aside=aside)
    touch(run, now)
    say = f"{'移出' if aside else '取回'} {len(numbers)} 行"
    tell(run, "import.set_aside" if aside else "import.taken_back", say, rows=numbers, actor=actor, now=now)


@transaction.atomic
def choose_firm(*, run_id: UUID, key: str, choice: str, actor: Actor, now: datetime) -> None:
    """Say who an enterprise of the list is: the id of one on file, "new", or "" to leave it open."""
    run = draft_for(actor, run_id)
    if choice not in {"", NEW_FIRM}:
        firm = _firm_on_file(choice)
        if firm is None or firm.town_id != run.town_id:
            raise Refusal("intake.no_firm", "没有找到这家企业，请在候选里另选，或选“新建”。")
    if not ImportFirm.objects.filter(run=run, key=key).update(choice=choice):
        raise NotFound("intake.no_firm_row", "没有找到这家企业，文件可能重新读过。请刷新页面再看。")
    compare_anew(run)
    touch(run, now)
    tell(
        run, "import.firms_chosen", f"定了“{key.partition('|')[0]}”是哪一家", firms={key: choice}, actor=actor, now=now
    )


@transaction.atomic
def confirm_firms(*, run_id: UUID, keys: Collection[str], actor: Actor, now: datetime) -> int:
    """Confirm the best candidate of each of these enterprises that nobody has chosen yet; return how many (全部照此).

    keys: those that the person was shown, so that nothing unseen is confirmed.
    """
    run = draft_for(actor, run_id)
    firms = [row for row in ImportFirm.objects.filter(run=run, choice="", key__in=list(keys)) if row.candidates]
    for firm in firms:
        firm.choice = firm.candidates[0]["id"]
    if not firms:
        raise Refusal("intake.no_open_firm", "这些企业都已经定了，或者没有候选。请刷新页面再看。")
    ImportFirm.objects.bulk_update(firms, ["choice"], batch_size=BATCH)
    compare_anew(run)
    touch(run, now)
    chosen = {firm.key: firm.choice for firm in firms}
    tell(run, "import.firms_chosen", f"定了 {len(firms)} 家企业是哪一家", firms=chosen, actor=actor, now=now)
    return len(firms)


def _firm_on_file(text: str) -> Firm | None:
    try:
        firm_id = UUID(text)
    except ValueError:
        return None
    return enterprises.firms([firm_id]).get(firm_id)
