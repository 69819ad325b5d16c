"""What a cell can be bound to, in words; and what people bound cells with the same headings to before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from bihuan.campaigns.models import ClauseFigure, ReturnForm
from bihuan.campaigns.queries.indicators import known_names
from bihuan.campaigns.queries.participants import units_of
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.rules.catalogue import CATALOGUE, ROOMS
from bihuan.campaigns.rules.returns.binding import (
    COMPUTED,
    FIGURES,
    OF_CAMPAIGN,
    PERIOD_NAMES,
    SOURCE_NAMES,
    WAITING,
    Binding,
    Source,
    as_counted,
    formula_of,
)
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.grid import Slot, grid_of
from bihuan.campaigns.rules.returns.names import NO_VILLAGE, NO_VILLAGE_NAME
from bihuan.campaigns.rules.returns.suggest import fitting_names
from bihuan.campaigns.rules.terms import Indicator
from bihuan.hazards.rules.found import OF_LEVELS
from bihuan.kernel.measures import Nature
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.stats import queries as stats
from bihuan.stats.rules import NO_SECTOR, NO_SECTOR_NAME

FEW: Final = 3
MOST_FITTING: Final = 6
STANDING, HAPPENED, MORE_OF_HAZARDS = "隐患：期末有多少", "隐患：这段时间发生的", "隐患：按名单数的"
OTHERS: Final = "其他"
ROOM_ORDER: Final = ("hazards", "enterprises", "intake", "orgs", "campaigns")

Heads = tuple[tuple[str, ...], tuple[str, ...]]


class Figure(NamedTuple):
    """What a cell can count. key: "measure:hazards.open". meaning: one line of what is counted and what is not."""

    key: str
    title: str
    meaning: str
    group: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: figures by group, sectors and units, each with its name."""

    offered: tuple[Figure, ...]
    units: tuple[tuple[str, str], ...]
    own: dict[str, dict[str, object]]

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """The figures by key, each with its title."""
        return tuple((one.key, one.title) for one in self.offered)

    def fitting(self, slot: Slot) -> list[Figure]:
        """Return the figures that fit a cell's headings, the likeliest first."""
        names = [f"{Source.MEASURE}:{name}" for name in fitting_names(slot)]
        heads = "".join(slot.heads)
        rated = [(_likeness(one, names, heads), one) for one in self.offered]
        best = sorted((pair for pair in rated if pair[0] > 0), key=lambda pair: -pair[0])
        return [one for _, one in best[:MOST_FITTING]]

    def name_of(self, binding: Binding) -> str:
        """Return how the page says what a cell is bound to, as it is counted."""
        binding = as_counted(binding)
        if binding.source is Source.BLANK:
            return SOURCE_NAMES[Source.BLANK]
        if binding.source is Source.TYPED:
            rooms = "、".join(ROOMS.get(one, one) for one in binding.waits)
            return f"{SOURCE_NAMES[Source.TYPED]}（{rooms}{WAITING}）" if rooms else SOURCE_NAMES[Source.TYPED]
        if binding.source in COMPUTED:
            return formula_of(binding)
        return self._figure(binding)

    def brief_of(self, binding: Binding) -> tuple[str, str]:
        """Return what a cell of the binding page says: what is counted, and in what the cell differs from others."""
        if binding.source not in FIGURES:
            said = self.name_of(binding)
            if binding.source is Source.SUM and len(binding.cells) > FEW:
                said = f"{binding.cells[0]} 至 {binding.cells[-1]} {len(binding.cells)} 格相加"
            return said, ""
        binding = as_counted(binding)
        where = [dict(self.units).get(binding.unit_id, ""), sector_words(binding.sectors)]
        more = [*where, OF_LEVELS.get(binding.level, ""), PERIOD_NAMES[binding.period], binding.amount]
        return self._title(binding), " · ".join(part for part in more if part)

    def _title(self, binding: Binding) -> str:
        key = f"{binding.source}:{binding.name}"
        return dict(self.figures).get(key) or str((binding.own or {}).get("title", "")) or binding.name

    def _figure(self, binding: Binding) -> str:
        parts = [PERIOD_NAMES[binding.period], dict(self.units).get(binding.unit_id, ""), sector_words(binding.sectors)]
        parts += [OF_LEVELS.get(binding.level, ""), self._title(binding), binding.amount]
        return " ".join(part for part in parts if part)


def sector_words(sectors: Sequence[str]) -> str:
    """Return sectors in words; of most of them, which are left out."""
    names = {str(code): name for code, name in SECTOR_NAMES.items()}
    if len(sectors) * 2 > len(names):
        unsaid = f"（含{NO_SECTOR_NAME}）" if NO_SECTOR in sectors else ""
        return f"除{'、'.join(name for code, name in names.items() if code not in sectors)}外的行业{unsaid}"
    return "、".join((names | {NO_SECTOR: NO_SECTOR_NAME}).get(one, one) for one in sectors)


def choices_of(town_id: UUID) -> Choices:
    """Return what cells of a town's forms can be bound to. Two queries."""
    known = known_names()
    figures = list(_measured())
    figures += [
        Figure(f"{Source.INDICATOR}:{one.key}", f"{one.title}（指标）", _made_of(one), "指标")
        for one in (*OF_CAMPAIGN.values(), *CATALOGUE)
        if not one.why_not and not one.missing(known)
    ]
    owned = ClauseFigure.objects.filter(campaign__town_id=town_id, dropped=False, own__isnull=False)
    own = {str(row.pk): dict(row.own or {}) for row in owned}
    figures += [
        Figure(f"{Source.OWN}:{key}", f"{form.get('title', '')}（自定）", "本镇自己定的指标", "自定指标")
        for key, form in own.items()
    ]
    units = [(str(one.id), one.short_name or one.name) for one in units_of(town_id)]
    return Choices(tuple(figures), (*units, (NO_VILLAGE, NO_VILLAGE_NAME)), own)


def _measured() -> Iterator[Figure]:
    """Yield what is measured, by room: hazards as they stand, then what happened to them."""
    order = {room: number for number, room in enumerate(ROOM_ORDER)}
    found: list[tuple[int, Figure]] = []
    for name, one in stats.measures().items():
        room = name.partition(".")[0]
        group = ROOMS.get(room, OTHERS)
        if room == "hazards":
            group = STANDING if one.nature is Nature.STOCK else HAPPENED
        last = room == "hazards" and one.nature is not Nature.STOCK
        place = order.get(room, len(order)) * 3 + last
        found.append((place, Figure(f"{Source.MEASURE}:{name}", one.title, one.meaning, group)))
    for name, asked in stats.asked_figures().items():
        room = name.partition(".")[0]
        group = MORE_OF_HAZARDS if room == "hazards" else ROOMS.get(room, OTHERS)
        place = order.get(room, len(order)) * 3 + (2 if room == "hazards" else 0)
        found.append((place, Figure(f"{Source.MEASURE}:{name}", asked.title, asked.meaning, group)))
    yield from (figure for _, figure in sorted(found, key=lambda pair: pair[0]))


def _made_of(indicator: Indicator) -> str:
    return " ÷ ".join(term.meaning for term in indicator.terms())


def _likeness(figure: Figure, names: Sequence[str], heads: str) -> float:
    """Rate how a figure fits headings: what the headings say is counted first, then titles that share words."""
    if figure.key in names:
        return 2.0 + 1.0 / (1 + names.index(figure.key))
    pairs = {figure.title[at : at + 2] for at in range(len(figure.title) - 1)}
    shared = sum(pair in heads for pair in pairs)
    return shared / len(pairs) if pairs and shared * 2 >= len(pairs) else 0.0


def remembered(town_id: UUID) -> dict[Heads, Binding]:
    """Return what people of a town bound cells to, by the headings of the cell, the latest form first. One query."""
    found: dict[Heads, Binding] = {}
    rows = ReturnForm.objects.filter(town_id=town_id).exclude(state=FormState.BINDING).order_by("-made_at")
    for row in rows:
        bindings = bindings_of(row)
        for slot in grid_of(row.grid).slots():
            binding = bindings.get(slot.address)
            if binding is not None and binding.chosen_by and not binding.cells:
                found.setdefault((slot.row_heads, slot.column_heads), binding)
    return found
