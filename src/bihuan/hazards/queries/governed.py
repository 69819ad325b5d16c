"""Count how far major hazards are governed: plans handed in, the five arrangements, orders of the province.

Where a hazard lies is as known now, like 发现隐患; how it stood is as of the end of the period. For statistics, which
have asked if the viewer sees the place.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from bihuan.hazards.models import Hazard, Listing, ListingRecord, Round
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.hazards.rules.governed import ALL_FIVE, WAYS, Governed
from bihuan.hazards.rules.marks import Mark
from bihuan.hazards.rules.states import COUNTED_STATES, STATE_NAMES, ListingLevel, State
from bihuan.kernel.calendar import ONE_DAY, end_of
from bihuan.kernel.indicators import Answer, Line, Question
from bihuan.kernel.paths import is_within, town_path
from bihuan.trail import replay

KINDS: Final = frozenset(event_kind(act) for act in Act)
PAGE: Final = "hazards:show"


class _Row(NamedTuple):
    """A major hazard where it lies, and how it stood."""

    id: UUID
    said: str
    path: str
    sector: str
    stood: Governed


def governed(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Answer any of these figures from one reading, which the places of a town share."""
    rows = list(_here(asked))
    return {name: Answer(sum(WAYS[name].holds(one.stood) for one in rows), None) for name in names}


def name_governed(asked: Question, name: str) -> Iterable[Line]:
    """Name the hazards that a figure counts."""
    for one in _here(asked):
        if WAYS[name].holds(one.stood):
            yield Line(one.said, STATE_NAMES[State(one.stood.state)], page=PAGE, args=(str(one.id),))


def _here(asked: Question) -> Iterator[_Row]:
    area = town_path(asked.path) or asked.path
    rows = asked.once(("hazards.governed", area, asked.since, asked.until), partial(_rows, area, asked))
    for one in rows:
        if is_within(one.path, asked.path) and (not asked.sectors or one.sector in asked.sectors):
            yield one


def _rows(area: str, asked: Question) -> list[_Row]:
    """Read the major hazards of a town as they stood. Five queries, however many there are."""
    towns = list(Hazard.objects.below(area).order_by().values_list("town_id", flat=True).distinct())
    later = replay.first_events(KINDS, town_ids=towns, since=asked.until + ONE_DAY) if towns else ()
    before = {one.subject_id: one.figures for one in later}
    were = [pk for pk, figures in before.items() if figures["level_from"] == "major"]
    found = Hazard.objects.below(area).filter(Q(is_major=True) | Q(pk__in=were)).order_by("-found_on", "number")
    columns = ("pk", "number", "description", "path", "sector", "found_on", "state", "level", "arranged")
    told = list(found.values(*columns))
    ids = [one["pk"] for one in told]
    plans, province = _orders(ids, asked)
    rounds = _rounds(ids, asked)
    rows = []
    for one in told:
        pk, then = one["pk"], before.get(one["pk"])
        arranged = one["arranged"] if then is None else Mark.ARRANGED in then["marks_from"]
        stood = Governed(
            state=one["state"] if then is None else then["state_from"],
            level=one["level"] if then is None else then["level_from"],
            is_found=one["state"] in COUNTED_STATES and asked.since <= one["found_on"] <= asked.until,
            planned=pk in plans,
            still=any(plans.get(pk, ())),
            by_province=pk in province,
            arranged=ALL_FIVE if arranged else rounds.get(pk, frozenset()),
        )
        if stood.is_major:
            rows.append(_Row(pk, f"{one['number']} {one['description']}", one["path"], one["sector"], stood))
    return rows


def _orders(ids: Collection[UUID], asked: Question) -> tuple[Mapping[UUID, list[bool]], frozenset[UUID]]:
    """Return of hazards with a plan handed in by then whether each order of theirs is still on, and which the province
    had listed. What was withdrawn is no order."""
    standing = Q(withdrawn_on=None) | Q(withdrawn_on__gt=asked.until)
    orders = Listing.objects.filter(standing, hazard_id__in=ids)
    columns = ("pk", "hazard_id", "level", "listed_on", "delisted_on")
    known: dict[UUID, dict[str, Any]] = {one["pk"]: one for one in orders.values(*columns)}
    records = ListingRecord.objects.filter(listing_id__in=known, act=Act.HAND_IN_PLAN.value, at__lt=end_of(asked.until))
    plans: defaultdict[UUID, list[bool]] = defaultdict(list)
    for pk in set(records.values_list("listing_id", flat=True)):
        off = known[pk]["delisted_on"]
        plans[known[pk]["hazard_id"]].append(off is None or off > asked.until)
    province = frozenset(
        one["hazard_id"]
        for one in known.values()
        if one["level"] == ListingLevel.PROVINCE and one["listed_on"] is not None and one["listed_on"] <= asked.until
    )
    return plans, province


def _rounds(ids: Collection[UUID], asked: Question) -> dict[UUID, frozenset[str]]:
    """Return which of the five arrangements the round of that day has; what it had by then is as known now."""
    parts = sorted(ALL_FIVE)
    rows = Round.objects.filter(hazard_id__in=ids, opened_on__lte=asked.until).order_by("number")
    return {
        hazard_id: frozenset(name for name, text in zip(parts, texts, strict=True) if text.strip())
        for hazard_id, *texts in rows.values_list("hazard_id", *parts)
    }
