"""The figures that a text is written from, and how each of them is found again."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit
from bihuan.campaigns.queries.figures import Grounds, grounds_on
from bihuan.campaigns.queries.finding import WHOLE, places_of
from bihuan.campaigns.queries.indicators import Value, values_by_place, values_of
from bihuan.campaigns.rules.lines import PlacePick
from bihuan.campaigns.rules.supervision.drafting import Charge, Said, Sources, UnitSaid, name_of
from bihuan.campaigns.rules.supervision.figures import BY_NAME, FIGURES, FLOWS, OF_UNIT
from bihuan.campaigns.rules.supervision.grounds import Ground, Num, Row
from bihuan.campaigns.rules.supervision.text import Figure
from bihuan.campaigns.rules.terms import Kind, Where
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import queries as orgs

WEEK: Final = timedelta(days=7)
TOWN: Final = "全镇"


def sources_of(row: Campaign, *, since: date, until: date, today: date, title: str = "") -> Sources:
    """Return what a brief or a summary is written from. Figures are as of the end of `until`; since: of the period."""
    assert row.starts_on is not None  # noqa: S101 -- a campaign that was issued has its days
    before: Mapping[str, Said] = {}
    if until - since == WEEK - timedelta(days=1) and row.starts_on <= since - WEEK:
        before = _figures(row, list(FLOWS), since - WEEK, since - timedelta(days=1), today)
    return Sources(
        campaign=name_of(row.title),
        doc_number=row.doc_number,
        issuer=f"{orgs.town(row.town_id).name}安全生产委员会办公室",
        starts_on=row.starts_on,
        since=since,
        until=until,
        now=_figures(row, list(FLOWS), since, until, today),
        before=before,
        total=_figures(row, [one.key for one in FIGURES], row.starts_on, until, today),
        units=_units(row, until, today),
        title=title,
    )


def circular_sources(row: Campaign, charges: Sequence[Charge], *, on: date, title: str = "") -> Sources:
    """Return what a circular is written from."""
    assert row.starts_on is not None  # noqa: S101 -- a campaign that was issued has its days
    return Sources(
        campaign=name_of(row.title),
        doc_number=row.doc_number,
        issuer=f"{orgs.town(row.town_id).name}安全生产委员会办公室",
        starts_on=row.starts_on,
        since=row.starts_on,
        until=on,
        charges=charges,
        title=title,
    )


def _figures(row: Campaign, names: Sequence[str], since: date, until: date, today: date) -> dict[str, Said]:
    where = Where(row.path)
    found = values_of(
        PLATFORM,
        [BY_NAME[name] for name in names],
        where,
        since=since,
        until=until,
        on=until,
        today=today,
        campaign_id=row.pk,
    )
    return {one.indicator.key: _said(one, PlacePick(WHOLE, TOWN, where), since, until) for one in found}


def _units(row: Campaign, until: date, today: date) -> list[UnitSaid]:
    """Return the units whose hazards are counted, villages first, each with its own figures."""
    units = list(CampaignUnit.objects.filter(campaign=row).order_by("sort_no"))
    sides = {str(one.pk): one.side for one in units}
    picks = {one.key: one for one in places_of(PLATFORM, row, units, until) if one.key != WHOLE}
    since = row.starts_on or until
    found = values_by_place(
        PLATFORM,
        [BY_NAME[name] for name in OF_UNIT],
        {key: one.where for key, one in picks.items()},
        since=since,
        until=until,
        on=until,
        today=today,
        campaign_id=row.pk,
    )
    said = [
        UnitSaid(
            pick.name,
            sides[key],
            {one.indicator.key: _said(one, pick, since, until) for one in found[key]},
        )
        for key, pick in picks.items()
    ]
    return sorted(said, key=lambda one: one.group != Side.VILLAGE)


def _said(value: Value, place: PlacePick, since: date, until: date) -> Said:
    """Freeze a figure with its address: that of the rows counted, or of the whole for a rate."""
    one = value.indicator
    rows = value.denominator_rows if one.kind is Kind.RATE else value.numerator_rows
    address = rows[0] if len(rows) == 1 else None
    amount = value.denominator if one.kind is Kind.RATE else value.numerator
    figure = Figure(
        key="",
        text=value.text,
        meaning=f"{one.title}：" + " ÷ ".join(term.meaning for term in one.terms()),
        source=one.source,
        place=place.name,
        since=since,
        until=until,
        ask="value",
        name=one.key,
        path=place.where.path,
        sectors=place.where.sectors,
        rows=amount or 0,
        page=address.page if address else "",
        query=tuple(sorted(address.query.items())) if address else (),
    )
    return Said(figure, value.numerator)


def charges_of(
    row: Campaign, parts: Sequence[tuple[CampaignUnit, str]], grounds: Grounds, *, praise: bool = False
) -> list[Charge]:
    """Return what a circular says of each unit: its grounds, or its rate for a praise, and the words of a person."""
    made = []
    for part, words in parts:
        found = grounds.of_part(part.pk)
        sentences = [] if found is None or praise else [_sentence(row, part, one, grounds.on) for one in found.grounds]
        made.append(Charge(part.name, sentences, words))
    return made


def _sentence(row: Campaign, part: CampaignUnit, ground: Ground, on: date) -> list[str | Figure]:
    return [one if isinstance(one, str) else _number(row, part, ground, one, on) for one in ground.said]


def _number(row: Campaign, part: CampaignUnit, ground: Ground, one: Num, on: date) -> Figure:
    lists: list[Num | Row] = [one] if one.page else [line for line in ground.rows if line.query]
    listed = lists[0] if len(lists) == 1 else None
    return Figure(
        key="",
        text=one.text,
        meaning=one.meaning,
        source="R9.10",
        place=part.name,
        since=row.starts_on or on,
        until=on,
        ask="ground",
        name=one.name,
        path=part.path,
        part=str(part.pk),
        rows=len(ground.rows),
        page=listed.page if listed is not None else "",
        query=tuple(sorted(listed.query.items())) if listed is not None else (),
    )


def recount(row: Campaign, figure: Figure, *, today: date) -> str:
    """Ask for a figure again, of the same place and days; what it says now."""
    if figure.ask == "ground":
        found = grounds_on(row, figure.until).of_part(UUID(figure.part))
        numbers = {one.name: one.text for ground in (found.grounds if found else ()) for one in ground.numbers}
        return numbers.get(figure.name, "")
    if figure.name not in BY_NAME:
        return ""
    value = values_of(
        PLATFORM,
        [BY_NAME[figure.name]],
        Where(figure.path, figure.sectors),
        since=figure.since,
        until=figure.until,
        on=figure.until,
        today=today,
        campaign_id=row.pk,
    )[0]
    return value.text
