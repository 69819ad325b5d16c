"""Lines of the list in words: who is next, which village, which department, which chip; the same on page and sheet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from bihuan.hazards.queries.lists import HazardLine
from bihuan.hazards.rules.chips import Chip, Urgency
from bihuan.hazards.rules.states import HOLDER_NAMES, LISTING_NAMES, SOURCE_NAMES, STATE_NAMES, Source, State
from bihuan.hazards.rules.todo import verb_for
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.paths import ancestors
from bihuan.orgs import queries as orgs
from bihuan.web.words import day_words, weekday_words

TONES: Final = {Urgency.LATE: "over", Urgency.TODAY: "soon", Urgency.HOLIDAY: "soon", Urgency.SOON: "soon"}


SHORT: Final = {
    Source.VILLAGE_PATROL: "村巡查",
    Source.JOINT: "联合检查",
    Source.EXPERT: "专家检查",
    Source.SAME_KIND: "举一反三",
}  # where the full name is too long for its column


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list. sort: the two orders it offers, up and down. shown: without being chosen."""

    key: str
    name: str
    css: str = ""
    sort: tuple[str, str] = ("", "")
    shown: bool = True


# fmt: off
COLUMNS: Final = (
    Column("number",     "编号",       "c-no", ("number", "-number")),
    Column("what",       "隐患"),
    Column("level",      "级别",       "c-lv"),
    Column("place",      "企业",       "c-en"),
    Column("village",    "村（社区）", "c-vi"),
    Column("state",      "状态",       "c-st"),
    Column("due",        "期限",       "c-du", ("clock", "clock")),
    Column("next",       "下一步",     "c-nx"),
    Column("department", "监管部门",   "c-dp"),
    Column("source",     "来源",       "c-sr"),
    Column("photos",     "照片",       "c-ph"),
    Column("found",      "发现",       "c-vi", ("found", "-found"), shown=False),
    Column("deadline",   "整改期限",   "c-vi", shown=False),
    Column("part",       "部位",       "c-en", shown=False),
    Column("listing",    "挂牌",       "c-vi", shown=False),
    Column("round",      "轮次",       "c-lv", shown=False),
)
# fmt: on
FIXED: Final = frozenset({"number", "what"})


@dataclass(frozen=True, slots=True)
class Names:
    """Names behind the ids and paths of a page of lines."""

    places: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[UUID, str] = field(default_factory=dict)
    leads: Mapping[tuple[UUID, str], str] = field(default_factory=dict)


def names_for(viewer: Actor, lines: Iterable[HazardLine], *, today: date) -> Names:
    """Look up the names that these lines need; at most three queries."""
    known = list(lines)
    paths = {line.path for line in known}
    if viewer.town_id is None:
        paths |= {above for path in paths for above in ancestors(path)}
    places = {path: unit.short_name for path, unit in orgs.units_by_path(paths).items()}
    units = orgs.units({line.supervising_unit_id for line in known if line.supervising_unit_id})
    leads = orgs.leads_of_towns({line.town_id for line in known}, today, sectors={line.sector for line in known})
    return Names(
        places=places,
        units={key: unit.short_name for key, unit in units.items()},
        leads={key: unit.short_name for key, unit in leads.items()},
    )


def rows_of(
    viewer: Actor, lines: Iterable[HazardLine], names: Names, *, today: date, calendar: WorkCalendar
) -> Iterator[dict[str, Any]]:
    """Yield lines as the list shows them."""
    for line in lines:
        chip = line.chip(today=today, calendar=calendar)
        yield {
            "id": line.id,
            "pick": f"{line.id}:{line.version}",
            "href": reverse("hazards:show", args=[line.id]),
            "number": line.number,
            "what": line.description,
            "level": line.level,
            "place": line.place_name,
            "village": _place_words(viewer, line.path, names),
            "state": line.state.value,
            "state_name": STATE_NAMES[line.state],
            "chip": chip,
            "tone": TONES.get(Urgency(chip.urgency), ""),
            "due_title": due_title(chip, today=today),
            "due_words": _without_clock(line),
            "next_who": HOLDER_NAMES.get(line.next_holder, ""),  # type: ignore[call-overload] # -- a StrEnum key
            "next_what": verb_for(line.next_act) if line.next_act else "",
            "department": _department(line, names),
            "source": SHORT.get(Source(line.source), SOURCE_NAMES[Source(line.source)]),
            "photos": line.photo_count,
            "extra": {
                "found": day_words(line.found_on, today=today),
                "deadline": day_words(line.deadline, today=today) if line.deadline else "",
                "part": line.part,
                "listing": LISTING_NAMES.get(line.listing_state, ""),  # type: ignore[call-overload] # -- a StrEnum key
                "round": line.round or "",
            },
        }


def due_title(chip: Chip, *, today: date) -> str:
    """Return the date of a chip, for hover and print."""
    return f"{day_words(chip.due_on, today=today)} {weekday_words(chip.due_on)}" if chip.due_on else ""


def _place_words(viewer: Actor, path: str, names: Names) -> str:
    if viewer.town_id is not None:
        return names.places.get(path, "")
    known = [names.places[above] for above in ancestors(path) if above in names.places]
    return " ".join(known[-2:])


def _department(line: HazardLine, names: Names) -> str:
    unit_id = line.supervising_unit_id
    return (
        names.units[unit_id] if unit_id and unit_id in names.units else names.leads.get((line.town_id, line.sector), "")
    )


def _without_clock(line: HazardLine) -> str:
    if line.state is State.CLOSED and line.closed_on:
        return f"{day_words(line.closed_on)}销号" + ("，超期" if line.closed_late else "")
    return {State.AWAITING_SUPERIOR: "等上级", State.REPORTED: "核实后定"}.get(line.state, "—")
