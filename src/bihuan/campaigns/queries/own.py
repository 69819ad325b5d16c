"""An own indicator looked at before it is kept: its number and the first rows that it counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.queries.catalogued import beside, figure_now, own_lines_of, own_of
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.queries.offered import offers
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.rules.lines import RowsLink
from bihuan.campaigns.rules.own import OwnForm, above_whole
from bihuan.campaigns.rules.own_among import doubted_part, refused_part
from bihuan.campaigns.rules.shown import OwnPreview, Sample, Side
from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.queries import Filters as FirmFilters
from bihuan.hazards import queries as hazards
from bihuan.hazards.rules.filters import Filters, Tab
from bihuan.kernel.actor import Actor

FIRST_ROWS: Final = 5
WORDS: Final = ("level", "path", "sector", "source", "late", "listing")
YES: Final = ("closed_late", "repeat", "superior", "self_closed")  # filters of hazards that say yes only
DAYS: Final = ("found_from", "found_to")


def own_preview(viewer: Actor, campaign_id: UUID, form: OwnForm, *, today: date) -> OwnPreview | str:
    """Return what an own indicator would say today, or the sentence that refuses its form.

    Raises NotAllowed for whoever may not say what clauses are measured by.
    """
    row = row_for(viewer, campaign_id)
    must(viewer, CampaignAct.MEASURE, CampaignState(row.state), path=row.path)
    made = own_of("own.preview", form)
    if isinstance(made, str):
        return made
    now = figure_now(viewer, row, made, today=today)
    assert now is not None  # noqa: S101 -- whoever may measure sees the whole town
    links = (now.numerator_rows, now.denominator_rows)
    amounts = (now.numerator or 0, now.denominator or 0)
    sides = [
        _side(viewer, term.meaning, amount, rows[0] if len(rows) == 1 else None, today)
        for term, amount, rows in zip(made.terms(), amounts, links, strict=False)
    ]
    wholes = [one for one in own_lines_of(row) if form.part_of and one.line == form.part_of]
    refused = next(filter(None, (refused_part(form, one.form) for one in wholes)), "")
    if refused:
        return refused
    doubt = above_whole(form, offers()) or "".join(doubted_part(form, one.form, offers()) for one in wholes)
    return OwnPreview(made.title, now, sides, doubt, next(iter(beside(viewer, row, wholes, today)), None))


def _side(viewer: Actor, meaning: str, amount: int, link: RowsLink | None, today: date) -> Side:
    read = _READERS.get(link.page) if link is not None else None
    if link is None or read is None:
        return Side(meaning, amount)
    rows, total = read(viewer, link.query, today)
    return Side(meaning, amount, rows, total)


def _hazards(viewer: Actor, query: Mapping[str, str], today: date) -> tuple[list[Sample], int]:
    found = hazards.listing(viewer, hazard_filters(query), today=today, size=FIRST_ROWS)
    rows = [
        Sample(one.description, f"{one.number} · {one.place_name}", "hazards:show", (one.id,)) for one in found.lines
    ]
    return rows, found.total


def hazard_filters(query: Mapping[str, str]) -> Filters:
    """Return the filters of the list of hazards that an address of a figure carries."""
    words: dict[str, Any] = {name: query[name] for name in WORDS if name in query}
    words |= {name: date.fromisoformat(query[name]) for name in DAYS if name in query}
    words |= {name: True for name in YES if name in query}
    return Filters(tab=Tab(query.get("tab", Tab.OPEN)), **words)


def _firms(viewer: Actor, query: Mapping[str, str], today: date) -> tuple[list[Sample], int]:
    asked = FirmFilters(path=query.get("path", ""), sector=query.get("sector", ""))
    found = enterprises.listing(viewer, asked, on=today, size=FIRST_ROWS)
    firms = [one.firm for one in found.rows]
    return [Sample(one.name, one.village or one.address, "enterprises:show", (one.id,)) for one in firms], found.total


_READERS: Final = {"hazards:list": _hazards, "enterprises:list": _firms}
