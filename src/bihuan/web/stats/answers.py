"""The answer on top of a dashboard, in the words of who reads it: a leader's villages, a department's trades."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from bihuan.campaigns import queries as campaigns
from bihuan.enterprises import queries as enterprises
from bihuan.hazards.rules.states import State
from bihuan.kernel.actor import Actor, Scope
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.standards.rules import SECTOR_NAMES, Sector
from bihuan.stats import queries as stats
from bihuan.stats.queries import Figures
from bihuan.web.stats.opened import Opened
from bihuan.web.stats.tables import LATE, MAJOR, MOST_FIRMS, NAMES, Table, door_of, row_of

LEADING: Final = (Role.COMMITTEE_CHAIR, Role.LEADER)
FIRM: Final = (Role.PRINCIPAL, Role.SAFETY_OFFICER)
NAMED: Final = 3  # of the places in an answer
LINKED: Final = "您挂钩的村（社区）"
TO_CHECK, TO_REVIEW, IN_HAND = (f"hazards.in.{one}" for one in (State.REPORTED, State.RECTIFIED, State.RECTIFYING))
NOTHING_SEEN: Final = "按您的岗位看不到隐患，这里的数都是空的，不表示没有"
TO_DO: Final = f"hazards.in.{State.ASSIGNED}"
# What else each reader is told at once: in their words, which measure, and of which level.
BESIDE: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "leader": (("全镇整改逾期", LATE, ""), ("全镇重大隐患未销号", "hazards.open", MAJOR)),
    "office": (("等核实定级", TO_CHECK, ""), ("等复查", TO_REVIEW, "")),
    "department": (("等核实定级", TO_CHECK, ""), ("等复查", TO_REVIEW, "")),
    "village": (("还没开始整改", TO_DO, ""), ("整改中", IN_HAND, ""), ("等复查", TO_REVIEW, "")),
    "firm": (("还没开始整改", TO_DO, ""), ("整改中", IN_HAND, ""), ("等复查", TO_REVIEW, "")),
    "above": (("重大隐患未销号", "hazards.open", MAJOR),),
    "clients": (("还没开始整改", TO_DO, ""), ("整改中", IN_HAND, ""), ("等复查", TO_REVIEW, "")),
    "blind": (),
}


@dataclass(frozen=True, slots=True)
class Linked:
    """The villages that a leader is attached to. worst: their enterprises with what is overdue; on a past day, when
    it is not told where an enterprise lay, the villages themselves."""

    names: Sequence[str]
    late: int
    worst: Sequence[tuple[str, int]]
    table: Table


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure said under the answer. href: its rows, "" for a zero."""

    name: str
    amount: str
    href: str = ""


def linked_of(viewer: Actor, opened: Opened) -> Linked | None:
    """Return a leader's villages with their figures, None for whoever is attached to none. Three queries."""
    areas = orgs.linked_areas(viewer, opened.on) if viewer.has_role(*LEADING) else []
    if not areas:
        return None
    places = {one.path: stats.place_of_unit(viewer, one.path) for one in areas}
    firms = {}
    if opened.on == opened.today:
        there = replace(viewer, scope=Scope(town_id=viewer.town_id, paths=tuple(places)))
        firms = enterprises.few_seen(there, most=MOST_FIRMS)
    at_firms = stats.places_of_firms(viewer, {pk: (one.path, one.sector) for pk, one in firms.items()})
    found = stats.by_place({**places, **{str(pk): one for pk, one in at_firms.items()}}, NAMES, until=opened.on)
    rows = [row_of(one.short_name, found[one.path], door_of(opened, {"path": one.path})) for one in areas]
    late = [(one.name, found[str(pk)].total(LATE)) for pk, one in firms.items()]
    if not late and len(rows) > 1:
        late = [(one.name, one.late) for one in rows]
    return Linked(
        [one.short_name for one in areas], sum(one.late for one in rows), late, Table(LINKED, rows, 0, is_whole=False)
    )


def reader_of(viewer: Actor, linked: Linked | None) -> str:
    """Return whose dashboard this is; "blind" of who sees no hazards at all, and so has nothing to be told of them."""
    if linked is not None:
        return "leader"
    for name, roles in (("firm", FIRM), ("village", (Role.VILLAGE,)), ("department", (Role.DEPARTMENT,))):
        if viewer.has_role(*roles):
            return name
    seen = viewer.scope
    if not (seen.everything or seen.paths or seen.sectors):
        return "clients" if seen.enterprises else "blind"
    return "above" if viewer.town_id is None else "office"


def answer_of(viewer: Actor, figures: Figures, tables: Sequence[Table], linked: Linked | None) -> str:
    """Return what is behind, and where: the first thing that this page is opened for."""
    if linked is not None:
        return _said(f"您挂钩的{_listed(linked.names, '个村')}", linked.late, linked.worst)
    worst = [(row.name, row.late) for row in tables[0].rows] if tables else []
    reader = reader_of(viewer, None)
    return NOTHING_SEEN if reader == "blind" else _said(_whose(viewer, reader), figures.total(LATE), worst)


def _said(whose: str, late: int, worst: Sequence[tuple[str, int]]) -> str:
    if not late:
        return f"{whose}没有整改逾期"
    named = [f"{name} {amount} 项" for name, amount in sorted(worst, key=lambda one: -one[1]) if amount][:NAMED]
    return f"{whose}整改逾期 {late} 项" + (f"，最多的是{'、'.join(named)}" if named else "")


def _whose(viewer: Actor, reader: str) -> str:
    if reader == "firm":
        return "本企业" if len(viewer.scope.enterprises) < 2 else "您的企业"
    if reader == "clients":
        return "您服务的企业"
    if reader == "department" and not viewer.scope.paths:
        sectors = [SECTOR_NAMES[Sector(one)] for part in viewer.scope.sectors for one in part.sectors]
        return f"您主管的{_listed(list(dict.fromkeys(sectors)), '个行业')}" if sectors else "您主管的行业"
    if reader == "village":
        return viewer.unit_name.removesuffix("村民委员会").removesuffix("居民委员会")
    return "各镇" if reader == "above" else "全镇"


def _listed(names: Sequence[str], of: str) -> str:
    return "、".join(names[:NAMED]) + (f"等 {len(names)} {of}" if len(names) > NAMED else "")


def beside(viewer: Actor, figures: Figures, opened: Opened, linked: Linked | None) -> list[Beside]:
    """Return what is said under the answer: what waits for this reader, and what a leader owes in person."""
    found = []
    for name, measure, level in BESIDE[reader_of(viewer, linked)]:
        amount = figures.of(measure, level) if level else figures.total(measure)
        href = opened.rows(measure, {"level": level}) if amount else ""
        found.append(Beside(name, f"{amount} 项", href))
    led = campaigns.led_owed(viewer, today=opened.today) if opened.on == opened.today else None
    return [*found, *([_of_led(led)] if led is not None else [])]


def _of_led(led: campaigns.LedOwed) -> Beside:
    return Beside("您带队检查", led.words, led_href(led))


def led_href(led: campaigns.LedOwed) -> str:
    """Return where led inspections are listed and registered."""
    return f"{reverse('campaigns:records', args=(led.campaign_id,))}?{urlencode({'kind': 'led_visit'})}"
