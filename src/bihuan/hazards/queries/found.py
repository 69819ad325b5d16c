"""Of the hazards found in a period, how many were rectified, closed or listed by its end: shares that never pass 100 %.

Which hazards, where they lie and their level are as known now, like 发现隐患 itself; how they stood is as of the end of
the period, reckoned back by what has happened since. For statistics, which have asked if the viewer sees the place.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.hazards.rules.found import SHARES, UNGRADED, Share
from bihuan.hazards.rules.states import STATE_NAMES, State
from bihuan.kernel.calendar import ONE_DAY
from bihuan.kernel.indicators import Answer, Line, Question
from bihuan.kernel.paths import is_within, town_path
from bihuan.orgs import queries as orgs
from bihuan.trail import replay

KINDS: Final = frozenset(event_kind(act) for act in Act)
PAGE: Final = "hazards:show"
UNGRADED_LISTED: Final = "none"  # in the address of the list


class Stood(NamedTuple):
    """How hazards stood at the end of a period, and where they lie. is_out: another body has them now."""

    path: str
    sector: str
    level: str
    state: str
    listing: str
    is_out: bool = False

    def counts(self, share: Share, asked: Question) -> bool:
        """Tell whether a figure counts them at the place asked."""
        here = is_within(self.path, asked.path) and (not asked.sectors or self.sector in asked.sectors)
        return here and self.is_out is share.is_out and share.holds(self.state, self.listing, self.level)


def of_found(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Answer any of these figures from one reading, which the places of a town share."""
    area = town_path(asked.path) or asked.path
    groups = asked.once(("hazards.found", area, asked.since, asked.until), partial(_groups, area, asked))
    return {name: _answer(groups, SHARES[name], asked) for name in names}


def name_found(asked: Question, name: str) -> Iterable[Line]:
    """Name the hazards that a figure counts, the latest found first."""
    rows = _found(asked.path, asked.since, asked.until).order_by("-found_on", "number")
    before = _before(_towns(asked.path, rows), asked.until)
    told = rows.values_list("pk", "number", "description", "path", "sector", "level", "state", "listing_state")
    for pk, number, words, *group in told.iterator():
        stood = _as_it_stood(_now(group), before.get(pk))
        if stood.counts(SHARES[name], asked):
            yield Line(f"{number} {words}", STATE_NAMES[State(stood.state)], page=PAGE, args=(str(pk),))


def _answer(groups: Mapping[Stood, int], share: Share, asked: Question) -> Answer:
    amount = sum(number for group, number in groups.items() if group.counts(share, asked))
    days = {"found_from": asked.since.isoformat(), "found_to": asked.until.isoformat()}
    level = UNGRADED_LISTED if share.level == UNGRADED else share.level
    rows = {**share.rows, **days, "path": asked.path, "level": level}
    return Answer(amount, {name: value for name, value in rows.items() if value})


def _groups(area: str, asked: Question) -> Counter[Stood]:
    rows = _found(area, asked.since, asked.until)
    towns = _towns(area, rows)
    if len(towns) == 1:  # by its own index: that of all days grows with the county
        rows = rows.filter(town_id=towns[0])
    columns = ("path", "sector", "level", "state", "listing_state")
    groups = Counter({_now(group): number for *group, number in rows.values_list(*columns).annotate(Count("pk"))})
    before = _before(towns, asked.until)
    changed = rows.filter(pk__in=before).values_list("pk", *columns) if before else ()
    for pk, *group in changed:
        groups[_now(group)] -= 1
        groups[_as_it_stood(_now(group), before[pk])] += 1
    return groups


def _found(path: str, since: date, until: date) -> QuerySet[Hazard]:
    return Hazard.objects.below(path).filter(found_on__range=(since, until)).exclude(state=State.INVALID.value)


def _towns(path: str, rows: QuerySet[Hazard]) -> list[UUID]:
    """Return the towns that hazards lie in: the one that a place lies in, else those of the hazards themselves."""
    if town := town_path(path):
        return [one.id for one in orgs.units_by_path([town]).values()]
    return list(rows.order_by().values_list("town_id", flat=True).distinct())


def _before(towns: Sequence[UUID], until: date) -> dict[UUID, tuple[str, str]]:
    """Return state and listing at the end of a day of each hazard that something has happened to since."""
    events = replay.first_events(KINDS, town_ids=list(towns), since=until + ONE_DAY) if towns else ()
    return {one.subject_id: (one.figures["state_from"], one.figures["listing_from"]) for one in events}


def _now(group: Sequence[str]) -> Stood:
    """Return a group of hazards as they stand."""
    path, sector, level, state, listing = group
    return Stood(path, sector, level, state, listing, is_out=state == State.TRANSFERRED)


def _as_it_stood(now: Stood, before: tuple[str, str] | None) -> Stood:
    return now if before is None else now._replace(state=before[0], listing=before[1])
