"""The second step: what was understood, and what has to be decided."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.intake import queries
from bihuan.intake.rules.lines import RunView
from bihuan.intake.rules.runs import SAME_IN_TOWN, RunState
from bihuan.trail import queries as trail
from bihuan.web.htmx import StaffRequest, go, page_or_part, wants_part
from bihuan.web.intake import drawing
from bihuan.web.intake.forms import FactsForm
from bihuan.web.intake.gate import takes_in
from bihuan.web.parts import Pager, Progress, Tab, page_number
from bihuan.web.sizes import page_size

ASKED_ONE_BY_ONE: Final = 40
PROBLEM_ROWS: Final = 20


@require_GET
@takes_in
def check(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Show the draft: being read, not read, or read and waiting for answers."""
    run = queries.run_for(request.actor, run_id)
    if run.state == RunState.DONE and run.list_id:
        return redirect("intake:show", run.list_id)
    if run.state != RunState.READING and wants_part(request):  # the page that waited for the reading
        return go(request, "intake:check", run_id)
    if run.state != RunState.READ:
        return waiting_page(request, run)
    return page_or_part(request, "intake/check.html", **context_of(request, run))


def waiting_page(request: StaffRequest, run: RunView) -> HttpResponse:
    """Show how far the reading is, or why the file could not be read."""
    here = reverse("intake:check", args=(run.id,))
    job = next((one for one in trail.jobs_of(request.actor) if one.id == run.job_id), None)
    progress = Progress(
        name=f"读“{run.file_name}”",
        done=job.done if job else 0,
        total=job.total if job else 0,
        state="running" if run.state == RunState.READING else "failed",
        say=run.say or (job.say if job else ""),
        poll=here,
    )
    return page_or_part(
        request, "intake/reading.html", part="parts/_progress.html", run=run, progress=progress, steps=drawing.steps(2)
    )


def context_of(request: StaffRequest, run: RunView) -> dict[str, Any]:
    """Return what the checking page shows."""
    questions = queries.questions_of(request.actor, run.id)
    columns = queries.columns_of(run, questions)
    firms = queries.firms_of(request.actor, run.id)
    problems = queries.rows_of(request.actor, run.id, only="problems", size=PROBLEM_ROWS)
    doubted = queries.rows_of(request.actor, run.id, only="doubts", size=drawing.SHEET_ROWS)
    trial = queries.trial_of(request.actor, run.id) if run.items <= drawing.MOST_SUMMED else None
    shown, sure = drawing.mapped(columns)
    batches = [question for question in questions if question.is_batch]
    single = [question for question in questions if not question.is_batch]
    return {
        "run": run,
        "steps": drawing.steps(2),
        "subtitle": drawing.subtitle(run),
        "tiles": drawing.tiles(run, columns, questions, queries.counts_of(request.actor, run.id)),
        "columns": shown,
        "sure_columns": sure,
        "field_choices": drawing.FIELD_CHOICES,
        "facts": FactsForm(
            initial={
                "title": run.title,
                "organ": run.organ,
                "doc_no": run.doc_no,
                "year": run.frame.get("year"),
                "header_row": next(iter(run.frame.get("header_rows", {}).values()), None),
            }
        ),
        "notes": [question for question in single if not question.rows],
        "sheet": drawing.sheet_box(run, doubted.lines),
        "batches": batches,
        "batches_open": sum(question.answer is None for question in batches),
        "singles": [question for question in single if question.rows][:ASKED_ONE_BY_ONE],
        "singles_open": sum(question.answer is None for question in single if question.rows),
        "firms": [firm for firm in firms if firm.kind != SAME_IN_TOWN],
        "firms_alike": [firm for firm in firms if firm.kind == SAME_IN_TOWN],
        "firms_to_confirm": [firm for firm in firms if not firm.choice and firm.candidates],
        "firms_open": sum(not firm.choice for firm in firms),
        "problems": problems.lines,
        "problems_left": max(0, problems.total - PROBLEM_ROWS),
        "sums": drawing.sums(run, trial),
    }


@require_GET
@takes_in
def rows(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Show the rows as the source sheet has them, with cells to mend and rows to set aside."""
    run = queries.run_for(request.actor, run_id)
    only = request.GET.get("only", "")
    page = queries.rows_of(request.actor, run_id, only=only, page=page_number(request.GET), size=page_size(request, 50))
    heads, lines = drawing.row_cells(run, page.lines)
    here = reverse("intake:rows", args=(run.id,))
    names = (("", "全部"), ("problems", "要改的"), ("doubts", "有疑问"), ("aside", "已移出"))
    compared = (("new", "新增"), ("changed", "有变化")) if run.list_id else ()
    return page_or_part(
        request,
        "intake/rows.html",
        part="intake/_rows.html",
        run=run,
        steps=drawing.steps(2),
        heads=heads,
        lines=lines,
        only=only,
        tabs=[Tab(name, f"{here}?only={key}", on=key == only) for key, name in (*names, *compared)],
        pager=Pager(page.number, page.size, len(page.lines), page.total, unit="项"),
    )
