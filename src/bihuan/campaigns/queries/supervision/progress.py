"""How the plan itself stands, for briefs and summaries: its clauses, the units that are late, each found again."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import BulletinUnit, Campaign, Clause
from bihuan.campaigns.queries.finding import WHOLE, issuer_of
from bihuan.campaigns.queries.plan import Plan, asking_of, chapter_of
from bihuan.campaigns.queries.returns import due_by_unit
from bihuan.campaigns.rules.counted import Part
from bihuan.campaigns.rules.drafting import PlanState
from bihuan.campaigns.rules.returns.rhythm import due_day
from bihuan.campaigns.rules.standing import GROUP_NAMES, Group, group_of
from bihuan.campaigns.rules.supervision.lines import FigurePart
from bihuan.campaigns.rules.supervision.progress import LATE_NAMES, ClauseSaid, LateUnit, Progress
from bihuan.campaigns.rules.supervision.states import BulletinKind, BulletinState
from bihuan.campaigns.rules.supervision.text import Figure
from bihuan.kernel.calendar import end_of
from bihuan.kernel.indicators import Question

ASK: Final = "plan"
ONE_DAY: Final = timedelta(days=1)
ALL: Final = "clauses"
NOT_IN: Final = ("", PlanState.MISSING, PlanState.RETURNED)
OUT: Final = (BulletinState.ISSUED, BulletinState.CORRECTED)
Late = tuple[str, date]  # what, and by when it was due


def progress_of(row: Campaign, *, since: date, until: date, today: date) -> Progress | None:
    """Return how a plan stands at the end of a day, None for a campaign that shows no figures. since: of the period."""
    asking = _asking(row, until, today)
    if asking is None:
        return None
    groups = _groups(asking)
    behind = [ClauseSaid(_gist(one), one.parties, one.due_on) for one in groups[Group.BEHIND]]
    late = []
    for part in asking.book.parts.values():
        found = {name: _late(asking, part, name) for name in LATE_NAMES}
        if any(found.values()):
            figures = {name: _late_figure(row, part, name, len(rows), until) for name, rows in found.items()}
            late.append(LateUnit(part.name, figures))
    return Progress(
        total=_figure(row, ALL, "方案的要求", len(asking.clauses), until),
        groups={one: _figure(row, one.value, f"{GROUP_NAMES[one]}的要求", len(groups[one]), until) for one in Group},
        behind=behind,
        late=late,
        criticised=_criticised(row, since, until),
    )


def again(row: Campaign, figure: Figure, *, today: date) -> str:
    """Count a figure of the plan again, of the same day."""
    asking = _asking(row, figure.until, today)
    return "" if asking is None else str(len(_rows(row, asking, figure)))


def rows_under(row: Campaign, figure: Figure, *, today: date) -> list[FigurePart]:
    """Return what a figure of the plan counts, one by one, each with its page."""
    asking = _asking(row, figure.until, today)
    return [] if asking is None else _rows(row, asking, figure)


def _asking(row: Campaign, on: date, today: date) -> Plan | None:
    row = copy(row)  # it is given the end that it had on the day
    return asking_of(issuer_of(row), row, list(row.units.order_by("sort_no")), on=on, today=today, of=WHOLE)


def _groups(asking: Plan) -> Mapping[Group, Sequence[Clause]]:
    found: dict[Group, list[Clause]] = {one: [] for one in Group}
    for clause in asking.clauses:
        found[group_of(asking.standing(clause))].append(clause)
    return found


def _late(asking: Plan, part: Part, name: str) -> list[Late]:
    """Return what a unit was late with at the end of the day: what was due before it, and is not there."""
    on, book = asking.on, asking.book
    if name == "late_plans":
        is_late = part.plan in NOT_IN and part.plan_due_on < on
        return [(f"{part.name}的子方案", part.plan_due_on)] if is_late else []
    if name == "late_tasks":
        mine = [one for one in book.tasks if one.part.id == part.id and not one.by_return]
        return [(one.title, one.due_on) for one in mine if not one.done and one.due_on < on]
    asked = Question(asking.row.path, asking.row.starts_on or on, on, kept=book.kept)
    due = due_by_unit(asked).get(part.unit_id, [])
    return [(one.title, due_day(one.due_at)) for one in due if one.sent_at is None and due_day(one.due_at) < on]


def _rows(row: Campaign, asking: Plan, figure: Figure) -> list[FigurePart]:
    if figure.part:
        part = asking.book.parts.get(UUID(figure.part))
        found = _late(asking, part, figure.name) if part is not None else []
        return [
            FigurePart(what, None, "campaigns:unit", {}, (figure.part,), f"应于{day.month}月{day.day}日前")
            for what, day in found
        ]
    groups = _groups(asking)
    clauses = asking.clauses if figure.name == ALL else groups[Group(figure.name)]
    return [_clause(row, one, figure.until) for one in clauses]


def _clause(row: Campaign, one: Clause, on: date) -> FigurePart:
    query = {"section": chapter_of(one.section), "on": on.isoformat()}
    return FigurePart(_gist(one), None, "campaigns:show", query, (str(row.pk),), "、".join(one.parties))


def _gist(one: Clause) -> str:
    return one.gist or one.text


def _figure(row: Campaign, name: str, title: str, amount: int, until: date) -> Figure:
    return Figure(
        key="",
        text=str(amount),
        meaning=f"{title}：按各条的指标和任务在当天结束时的情况，一条只算一次",
        source="R9.4",
        place="全镇",
        since=row.starts_on or until,
        until=until,
        ask=ASK,
        name=name,
        path=row.path,
        rows=amount,
        title=title,
    )


def _late_figure(row: Campaign, part: Part, name: str, amount: int, until: date) -> Figure:
    return Figure(
        key="",
        text=str(amount),
        meaning=f"逾期的{LATE_NAMES[name]}：过了期限，到当天结束还没有报或者没有办完的",
        source="R9.4",
        place=part.name,
        since=row.starts_on or until,
        until=until,
        ask=ASK,
        name=name,
        path=part.path,
        part=str(part.id),
        rows=amount,
        title=f"逾期的{LATE_NAMES[name]}",
    )


def _criticised(row: Campaign, since: date, until: date) -> list[str]:
    """Return the units that circulars of the period criticise, in their order."""
    named = BulletinUnit.objects.filter(
        bulletin__campaign=row,
        bulletin__kind=BulletinKind.CRITICISM,
        bulletin__state__in=OUT,
        bulletin__issued_at__gte=end_of(since - ONE_DAY),
        bulletin__issued_at__lt=end_of(until),
        left_at=None,
    )
    return list(dict.fromkeys(named.order_by("part__sort_no").values_list("part__name", flat=True)))
