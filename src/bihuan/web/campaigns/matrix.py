"""Units × clauses: which unit is how far with which clause, as of any day; each figure opens its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.campaigns import queries
from bihuan.campaigns.rules.lines import ClauseLine, FigureLine, TaskCount
from bihuan.campaigns.rules.matrix import BEHIND, MatrixColumn, MatrixRow, MatrixView, is_blank, shown_of
from bihuan.campaigns.rules.standing import name_of
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.calendar import day_of
from bihuan.web.campaigns.asked import choice_of, unknown
from bihuan.web.campaigns.plan import LONGEST_HEADING, MARKS, OPENING, UNREAD, day_asked, rows_href
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.links import with_changes
from bihuan.web.parts import Tab
from bihuan.web.words import day_words

SIDES: Final = {Side.VILLAGE: "村（社区）", Side.DEPARTMENT: "部门", Side.OFFICE: "办公室"}
NO_CELL: Final = "没有要办的事"


@dataclass(frozen=True, slots=True)
class Cell:
    """How one unit is with one clause. href: the clause on the unit's own plan page. more: figures that are not shown.

    text: the figure as the page says it, or how many tasks are done. top, whole: what it is made of, with their rows.
    """

    name: str
    css: str
    standing: str
    title: str
    text: str = ""
    href: str = ""
    top: int | None = None
    top_href: str = ""
    whole: int | None = None
    whole_href: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """A column. href: the unit's plan page, or where it has no figures of its own its part in the campaign."""

    name: str
    href: str
    behind: int
    behind_href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row. heading: of the chapter that begins with it. behind: how many of the units shown are behind."""

    label: str
    text: str
    href: str
    css: str
    standing: str
    heading: str
    cells: Sequence[Cell]
    behind: int
    rest: str


@require_GET
def show(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show the matrix of a campaign."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    if campaign.issued_at is None or campaign.state in UNREAD:
        return go(request, "campaigns:show", campaign_id)
    today = day_of(request.now)
    last = day_of(campaign.closed_at) if campaign.closed_at else today
    on, on_say = day_asked(request.GET.get("on", ""), campaign, last)
    only = choice_of(request, "only", {"behind"}) == "behind"
    section = queries.WHOLE if only else request.GET.get("section", "")
    view = queries.matrix_of(request.actor, campaign_id, on=on, today=today, section=section, at=request.now)
    if section not in {"", queries.WHOLE, *(name for name, _, _ in view.sections)}:
        raise unknown(section)
    columns = _columns(view, choice_of(request, "units", {key for key, _ in _picks(view)}))
    rows = [one for one in view.rows if _is_wanted(one, view, columns, only=only)]
    drawing = _Drawing(view, columns, "" if on == last else on.isoformat())
    return page_or_part(
        request,
        "campaigns/matrix.html",
        part="campaigns/_matrix.html",
        campaign=view.campaign,
        view=view,
        on=on,
        on_say=on_say,
        is_today=on == today,
        on_words=day_words(on),
        tabs=_tabs(request, view, columns, only=only),
        picks=_picks(view),
        picked=request.GET.get("units", ""),
        heads=[drawing.head(one) for one in columns],
        lines=drawing.lines(rows),
        single=len(columns) == 1,
        only=only,
    )


def _columns(view: MatrixView, asked: str) -> list[MatrixColumn]:
    """Return the units asked for: of one side, or one; all of them for anything else."""
    found = [one for one in view.columns if asked in {one.side, one.key}]
    return found or list(view.columns)


def _is_wanted(row: MatrixRow, view: MatrixView, columns: Sequence[MatrixColumn], *, only: bool) -> bool:
    if only:
        return any(_is_behind(row, one) for one in columns)
    return view.section in {queries.WHOLE, queries.chapter_of(row.line.section)}


def _is_behind(row: MatrixRow, column: MatrixColumn) -> bool:
    return column.key in row.cells and row.cells[column.key].standing in BEHIND


def _tabs(request: StaffRequest, view: MatrixView, columns: Sequence[MatrixColumn], *, only: bool) -> list[Tab]:
    def tab(name: str, section: str, count: int) -> Tab:
        href = with_changes(request, section=section, only="")
        return Tab(name, href, count, on=not only and view.section == section)

    tabs = [tab("全文", queries.WHOLE, len(view.rows))]
    for name, title, count in view.sections:
        label = f"{name} {title[:4].rstrip('。，：:')}" if title else OPENING.get(name, name)
        tabs.append(tab(label, name, count))
    behind = sum(any(_is_behind(row, one) for one in columns) for row in view.rows)
    href = with_changes(request, only="behind", section="")
    tabs.append(Tab("有单位落后的", href, behind, on=only, apart=True, red=bool(behind)))
    return tabs


def _picks(view: MatrixView) -> list[tuple[str, str]]:
    """Return what the columns can be narrowed to: all, one side, one unit."""
    sides = [(side.value, name) for side, name in SIDES.items() if any(one.side == side for one in view.columns)]
    return [("", "全部单位"), *sides, *((one.key, one.name) for one in view.columns)]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws the columns that are shown. on: of the addresses, "" for today."""

    view: MatrixView
    columns: Sequence[MatrixColumn]
    on: str

    def head(self, one: MatrixColumn) -> Head:
        return Head(
            one.name, self._at(one), one.behind, self._at(one, only="behind") if one.is_place else self._at(one)
        )

    def _at(self, one: MatrixColumn, anchor: str = "", **asked: str) -> str:
        """Return the plan page of a unit, or its part in the campaign where it has no page of its own."""
        if not one.is_place:
            return reverse("campaigns:unit", args=(self.view.campaign.id, one.unit_id))
        return self._plan(one.key, anchor, **asked)

    def _plan(self, of: str, anchor: str, **asked: str) -> str:
        said = {"of": of, "on": self.on, **asked}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse('campaigns:show', args=(self.view.campaign.id,))}?{query}" + (f"#{anchor}" if anchor else "")

    def lines(self, rows: Sequence[MatrixRow]) -> list[Line]:
        titles = {name: title for name, title, _ in self.view.sections}
        found, before = [], ""
        for row in rows:
            chapter = queries.chapter_of(row.line.section)
            title = titles.get(chapter, "")
            heading = f"{chapter} {title}" if title and len(title) <= LONGEST_HEADING else OPENING.get(chapter, chapter)
            found.append(self._line(row, heading if chapter != before else "", chapter))
            before = chapter
        return found

    def _line(self, row: MatrixRow, heading: str, chapter: str) -> Line:
        cells = [self._cell(row, one, chapter) for one in self.columns]
        behind = sum(_is_behind(row, one) for one in self.columns)
        others: dict[str, int] = {}
        for cell in cells:
            if cell.text and not {"late", "soon"}.intersection(cell.css.split()):
                others[cell.standing] = others.get(cell.standing, 0) + 1
        return Line(
            label=row.line.label,
            text=row.line.text,
            href=self._plan("", row.line.label, section=chapter),
            css=MARKS[row.line.standing][0],
            standing=self._name(row.line),
            heading=heading,
            cells=cells,
            behind=behind,
            rest="，".join(f"{name} {count}" for name, count in others.items()),
        )

    def _name(self, line: ClauseLine) -> str:
        return name_of(line.standing, is_over=self.view.campaign.is_over(self.view.on))

    def _cell(self, row: MatrixRow, column: MatrixColumn, chapter: str) -> Cell:
        line = row.cells.get(column.key)
        if line is None or is_blank(line):
            return Cell(column.name, "", "", NO_CELL)
        css = MARKS[line.standing][0] + (" own" if column.key in row.meant else "")
        found = shown_of(line)
        href = self._at(column, line.label, section=chapter)
        told: dict[str, Any] = {"name": column.name, "css": css, "standing": self._name(line), "href": href}
        told["more"] = sum(one.numerator is not None for one in line.figures) + bool(line.tasks.total) - 1
        if isinstance(found, FigureLine):
            return _of_figure(found, told)
        return self._of_tasks(line, column, told)

    def _of_tasks(self, line: ClauseLine, column: MatrixColumn, told: dict[str, Any]) -> Cell:
        tasks: TaskCount = line.tasks
        query = f"?clause={line.id}&unit={column.unit_id}&tab=all"
        href = reverse("campaigns:tasks", args=(self.view.campaign.id,)) + query
        late = f"，逾期 {tasks.late} 件" if tasks.late else ""
        coming = f"，还有 {tasks.coming} 件到期生成" if tasks.coming else ""
        title = f"任务 {tasks.total} 件，完成 {tasks.done} 件{late}{coming}"
        return Cell(**told, title=title, text=f"{tasks.done}/{tasks.total}", whole=tasks.total, whole_href=href)


def _of_figure(one: FigureLine, told: dict[str, Any]) -> Cell:
    title = f"{one.title}，须 {one.target}" if one.target not in {"", "是"} else one.title
    return Cell(
        **told,
        title=title,
        text=one.text,
        top=one.numerator,
        top_href=rows_href(one.numerator_rows, one.numerator),
        whole=one.denominator,
        whole_href=rows_href(one.denominator_rows, one.denominator),
    )
