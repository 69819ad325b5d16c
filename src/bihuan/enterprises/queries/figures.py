"""How many enterprises there were, and who answered for them, as of any day.

The row is today's truth; a past day is reckoned back from it by the events since: moved, merged, closed, reopened.
For statistics, which have asked whether the viewer sees the whole place.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count

from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import State
from bihuan.kernel.calendar import ONE_DAY, day_of, end_of
from bihuan.kernel.indicators import Answer, Kept, Line, Question
from bihuan.kernel.paths import is_within, town_path
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.trail import queries as trail

MERGED: Final = "enterprise.merged"
MOVED: Final = frozenset({"enterprise.moved", "enterprise.merged"})
ENDED: Final = frozenset({"enterprise.merged", "enterprise.closed"})
REOPENED: Final = "enterprise.reopened"
KINDS: Final = tuple(sorted(MOVED | ENDED | {REOPENED}))
ACTIVE: Final = "enterprises.active"
ONE_LEAD: Final = "enterprises.one_lead"
FIRM: Final = "enterprises:show"
Place = tuple[str, str]  # path, lead sector


@dataclass(frozen=True, slots=True)
class _Standing:
    path: str
    sector: str
    active: bool


def register(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the enterprises on the register at the end of the day, or those of them with one lead department (R1.2)."""
    around = town_path(asked.path) or asked.path
    towns = asked.once((ACTIVE, "towns", around), lambda: _towns(around))
    counts = asked.once((ACTIVE, around, asked.until), lambda: _counts(towns.values(), asked.until))
    found = {ACTIVE: Answer(_sum(asked, counts), _rows(asked))} if ACTIVE in names else {}
    if ONE_LEAD in names:
        leads = asked.once((ONE_LEAD, around, asked.until), lambda: orgs.leads_of_towns(towns.values(), asked.until))
        led = Counter({place: n for place, n in counts.items() if (towns.get(town_path(place[0])), place[1]) in leads})
        found[ONE_LEAD] = Answer(_sum(asked, led))
    return found


def name_firms(asked: Question, name: str) -> Iterable[Line]:
    """Name the enterprises that a figure of the register counts; one that has moved away since is not led to."""
    towns = _towns(asked.path)
    leads = orgs.leads_of_towns(towns.values(), asked.until)
    changed = _before(list(towns.values()), asked.until)
    rows = Enterprise.objects.filter(town_id__in=list(towns.values()), registered_at__lt=end_of(asked.until))
    for pk, firm, path, sector, state in rows.order_by("name", "pk").values_list(
        "pk", "name", "path", "lead_sector", "state"
    ):
        then = changed.get(pk) or _Standing(path, sector, state == State.ACTIVE)
        is_led = name == ACTIVE or (towns.get(town_path(then.path)), then.sector) in leads
        if then.active and is_led and _is_asked(asked, then.path, then.sector):
            is_here = _is_asked(asked, path, sector)
            yield Line(firm, page=FIRM if is_here else "", args=(str(pk),) if is_here else ())


def active_among(ids: Collection[UUID], *, town_ids: Collection[UUID], on: date) -> frozenset[UUID]:
    """Return which of these enterprises were on the register at the end of a day; three queries."""
    changed = _before(town_ids, on)
    rows = Enterprise.objects.filter(pk__in=ids, registered_at__lt=end_of(on)).values_list("pk", "state")
    return frozenset(pk for pk, state in rows if (changed[pk].active if pk in changed else state == State.ACTIVE))


def active_at(path: str, on: date, kept: Kept | None) -> int:
    """Count the enterprises on the register at a path and below it at the end of a day. kept: of the asking."""
    asked = Question(path, on, on, kept=kept)
    return register(asked, [ACTIVE])[ACTIVE].amount


def active_paths(ids: Collection[UUID], *, town_ids: Collection[UUID], on: date) -> dict[UUID, str]:
    """Return where those of these enterprises lay that were on the register at the end of a day; three queries."""
    changed = _before(town_ids, on)
    rows = Enterprise.objects.filter(pk__in=ids, registered_at__lt=end_of(on)).values_list("pk", "path", "state")
    now = {pk: changed.get(pk) or _Standing(path, "", state == State.ACTIVE) for pk, path, state in rows}
    return {pk: one.path for pk, one in now.items() if one.active}


def bearers_of(ids: Collection[UUID], *, on: date) -> dict[UUID, UUID]:
    """Return as which enterprise each of these was kept at the end of a day: itself, or what it had been merged into by
    then. One query, one more for each merging in a row."""
    found = {pk: pk for pk in ids}
    while found:
        events = trail.events_of(list(set(found.values())), kinds=[MERGED])
        went = {one.subject_id: UUID(str(one.after["enterprise_id"])) for one in events if day_of(one.at) <= on}
        if not went:
            break
        found = {pk: went.get(now, now) for pk, now in found.items()}
    return found


def active_below(path: str) -> int:
    """Count the enterprises on the register today at a path and below it."""
    return Enterprise.objects.active().below(path).count()


def _towns(path: str) -> dict[str, UUID]:
    """Return the towns at or below a path, or the one that it lies in, by path."""
    town = town_path(path)
    if town:
        return {at: ref.id for at, ref in orgs.units_by_path([town]).items()}
    return {ref.path: ref.id for ref in orgs.units_below(path, [UnitKind.TOWN], with_closed=True)}


def _sum(asked: Question, counts: Counter[Place]) -> int:
    return sum(n for (path, sector), n in counts.items() if _is_asked(asked, path, sector))


def _is_asked(asked: Question, path: str, sector: str) -> bool:
    return is_within(path, asked.path) and (not asked.sectors or sector in asked.sectors)


def _rows(asked: Question) -> dict[str, str] | None:
    """Return what lists them; the list takes one sector only, and none for those without one."""
    if len(asked.sectors) > 1 or asked.sectors == ("",):
        return None
    sector = asked.sectors[0] if len(asked.sectors) == 1 else ""
    return {name: value for name, value in (("path", asked.path), ("sector", sector)) if value}


def _counts(town_ids: Iterable[UUID], on: date) -> Counter[Place]:
    """Count by path and lead sector as of the end of a day: today's rows, and what events since then changed."""
    wanted = list(town_ids)
    rows = Enterprise.objects.filter(town_id__in=wanted, registered_at__lt=end_of(on))
    now = rows.active().values_list("path", "lead_sector").annotate(n=Count("pk")).order_by()
    counts: Counter[Place] = Counter({(path, sector): n for path, sector, n in now})
    before = _before(wanted, on)
    for pk, path, sector, state in rows.filter(pk__in=before).values_list("pk", "path", "lead_sector", "state"):
        counts[path, sector] -= state == State.ACTIVE
        counts[before[pk].path, before[pk].sector] += before[pk].active
    return counts


def _before(town_ids: Collection[UUID], on: date) -> dict[UUID, _Standing]:
    """Return how those that changed after a day stood at its end."""
    events = trail.events_since(on + ONE_DAY, KINDS, town_ids=town_ids)
    ids = {event.subject_id for event in events}
    rows = Enterprise.objects.filter(pk__in=ids).values_list("pk", "path", "lead_sector", "state") if ids else ()
    found = {pk: _Standing(path, sector, state == State.ACTIVE) for pk, path, sector, state in rows}
    for event in reversed(events):
        found[event.subject_id] = _undone(found[event.subject_id], event.kind, event.before)
    return found


def _undone(standing: _Standing, kind: str, before: Mapping[str, Any]) -> _Standing:
    if kind in MOVED:
        standing = replace(standing, path=before["path"], sector=before["lead_sector"])
    return replace(standing, active=True) if kind in ENDED else replace(standing, active=kind != REOPENED)
