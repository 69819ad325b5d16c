"""The figures that a text is written from, and how each of them is found again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit
from bihuan.campaigns.queries.behind import Rows
from bihuan.campaigns.queries.figures import Grounds, grounds_on
from bihuan.campaigns.queries.finding import WHOLE, issuer_of, places_of
from bihuan.campaigns.queries.indicators import values_by_place, values_of
from bihuan.campaigns.queries.supervision import progress
from bihuan.campaigns.queries.values import Value, beyond
from bihuan.campaigns.rules.freezing import of_all_time
from bihuan.campaigns.rules.lines import PlacePick
from bihuan.campaigns.rules.supervision.drafting import Charge, Said, Sources, UnitSaid
from bihuan.campaigns.rules.supervision.figures import BY_NAME, FIGURES, FLOWS, OF_NO_VILLAGE, OF_UNIT
from bihuan.campaigns.rules.supervision.grounds import GROUND_NAMES, Ground, Num, Row, is_below, rank_said
from bihuan.campaigns.rules.supervision.lines import FigurePart
from bihuan.campaigns.rules.supervision.naming import Extended, name_of
from bihuan.campaigns.rules.supervision.text import Figure
from bihuan.campaigns.rules.terms import Indicator, Kind, Term, Where
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.calendar import day_of, end_of
from bihuan.kernel.paths import ancestors
from bihuan.orgs import queries as orgs
from bihuan.stats import queries as stats
from bihuan.stats.rules import Summand, sectors_said

WEEK: Final = timedelta(days=7)
TOWN: Final = "全镇"
RANK: Final = "同类单位中的位次"
RESTS: Final = {Side.VILLAGE: OF_NO_VILLAGE, Side.DEPARTMENT: "其他（没有牵头部门的）"}


def sources_of(
    row: Campaign, *, since: date, until: date, today: date, title: str = "", with_plan: bool = True
) -> Sources:
    """Return what a brief or a summary is written from. Figures are as of the end of `until`; since: of the period.

    with_plan: also how its clauses stand and who is late.
    """
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
        progress=progress.progress_of(row, since=since, until=until, today=today) if with_plan else None,
        extended=_extended(row, until),
        title=title,
    )


def _extended(row: Campaign, until: date) -> list[Extended]:
    """Return how the end of a campaign had been moved by the end of a day, the first first."""
    rows = row.extensions.filter(at__lt=end_of(until)).order_by("at", "id")
    return [Extended(day_of(one.at), one.old_on, one.new_on, one.doc_number) for one in rows]


def circular_sources(
    row: Campaign, charges: Sequence[Charge], *, on: date, title: str = "", correct_days: int = 0
) -> Sources:
    """Return what a circular is written from. correct_days: working days to correct in, from its issue."""
    assert row.starts_on is not None  # noqa: S101 -- a campaign that was issued has its days
    town = orgs.town(row.town_id).name
    above = orgs.units_by_path(ancestors(row.path)[-2:-1]).values()
    copies = "、".join(["镇党委、镇政府", *(f"{one.name}安全生产委员会办公室" for one in above)])
    return Sources(
        campaign=name_of(row.title).removeprefix(town),  # the title names the issuer before it
        doc_number=row.doc_number,
        issuer=f"{town}安全生产委员会办公室",
        starts_on=row.starts_on,
        since=row.starts_on,
        until=on,
        charges=charges,
        title=title,
        copies=copies,
        correct_days=correct_days,
    )


def _figures(row: Campaign, names: Sequence[str], since: date, until: date, today: date) -> dict[str, Said]:
    where = Where(row.path)
    found = values_of(
        issuer_of(row),
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
    """Return the units whose hazards are counted, villages first, each with its own figures; after the units of each
    group what lies in none of them, so that the group adds up to the town."""
    units = list(CampaignUnit.objects.filter(campaign=row).order_by("sort_no"))
    sides = {str(one.pk): one.side for one in units}
    town = PlacePick(WHOLE, TOWN, Where(row.path))
    picks = {one.key: one for one in places_of(issuer_of(row), row, units, until) if one.key != WHOLE}
    since = row.starts_on or until
    found = values_by_place(
        issuer_of(row),
        [BY_NAME[name] for name in OF_UNIT],
        {key: one.where for key, one in picks.items()} | {WHOLE: town.where},
        since=since,
        until=until,
        on=until,
        today=today,
        campaign_id=row.pk,
    )
    said: list[UnitSaid] = []
    for side in (Side.VILLAGE, Side.DEPARTMENT):
        mine = {key: one for key, one in picks.items() if sides[key] == side}
        said += [_unit_said(pick.name, side, found[key], pick, since, until) for key, pick in mine.items()]
        if mine:
            rest = [beyond(whole, [found[key][place] for key in mine]) for place, whole in enumerate(found[WHOLE])]
            said.append(_rest_said(side, rest, list(mine.values()), town, since, until))
    return said


def _unit_said(name: str, side: Side, values: Sequence[Value], pick: PlacePick, since: date, until: date) -> UnitSaid:
    return UnitSaid(name, side, {one.indicator.key: _said(one, pick, since, until) for one in values})


def _rest_said(
    side: Side, rest: Sequence[Value], picks: Sequence[PlacePick], town: PlacePick, since: date, until: date
) -> UnitSaid:
    but = tuple(one.where.path for one in picks) if side is Side.VILLAGE else ()
    sectors = tuple(sorted({one for pick in picks for one in pick.where.sectors}))
    place = replace(town, name=f"{TOWN}，{RESTS[side]}")
    figures = {one.indicator.key: _said(one, place, since, until) for one in rest}
    without = {
        key: replace(said, figure=replace(said.figure, but=but, but_sectors=sectors)) for key, said in figures.items()
    }
    return UnitSaid(RESTS[side], side, without, is_rest=True)


def _said(value: Value, place: PlacePick, since: date, until: date) -> Said:
    """Freeze a figure with its address: that of the rows counted, or of the whole for a rate."""
    one = value.indicator
    rows = value.denominator_rows if one.kind is Kind.RATE else value.numerator_rows
    address = rows[0] if len(rows) == 1 else None
    amount = value.denominator if one.kind is Kind.RATE else value.numerator
    figure = Figure(
        key="",
        text=value.text,
        meaning=_meaning(one),
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
        title=one.title,
    )
    return Said(figure, value.numerator)


def _meaning(one: Indicator) -> str:
    return f"{one.title}：{_terms(one)}"


def _terms(one: Indicator) -> str:
    return " ÷ ".join(term.meaning for term in one.terms())


def _asked_by(figure: Figure) -> Indicator:
    """Return what a figure asks for, as it was counted when it was written: texts of before bulletins counted the
    campaign's own range spoke of all that the town had."""
    one = BY_NAME[figure.name]
    return one if figure.meaning.partition("：")[2] == _terms(one) else of_all_time(one)


def charges_of(
    row: Campaign, parts: Sequence[tuple[CampaignUnit, str]], grounds: Grounds, *, praise: bool = False
) -> list[Charge]:
    """Return what a circular says of each unit: its grounds, or its rate for a praise, and the words of a person."""
    made = []
    for part, words in parts:
        found = grounds.of_part(part.pk)
        sentences = [] if found is None or praise else [_sentence(row, part, one, grounds.on) for one in found.grounds]
        is_told = bool(sentences) and found is not None and is_below(found, grounds.town)
        placed = rank_said(found, grounds.like(found)) if is_told and found is not None else ()
        if placed:
            sentences.append(_placed(row, part, placed, grounds))
        made.append(Charge(part.name, sentences, words))
    return made


def _placed(row: Campaign, part: CampaignUnit, said: Sequence[str | Num], grounds: Grounds) -> list[str | Figure]:
    """Say where a unit stands among its like, as a fact beside its grounds (R9.10)."""
    of = sum(one.place is not None for one in grounds.like(grounds.of_part(part.pk) or grounds.candidates[0]))
    return [one if isinstance(one, str) else _figure(row, part, RANK, one, grounds.on, of) for one in said]


def _sentence(row: Campaign, part: CampaignUnit, ground: Ground, on: date) -> list[str | Figure]:
    return [one if isinstance(one, str) else _number(row, part, ground, one, on) for one in ground.said]


def _number(row: Campaign, part: CampaignUnit, ground: Ground, one: Num, on: date) -> Figure:
    lists: list[Num | Row] = [one] if one.page else [line for line in ground.rows if line.query]
    listed = lists[0] if len(lists) == 1 else None
    figure = _figure(row, part, GROUND_NAMES[ground.kind], one, on, len(ground.rows))
    if listed is None:
        return figure
    return replace(figure, page=listed.page, query=tuple(sorted(listed.query.items())))


def _figure(row: Campaign, part: CampaignUnit, title: str, one: Num, on: date, rows: int) -> Figure:
    return Figure(
        key="",
        text=one.text,
        meaning=one.meaning,
        source="R9.10",
        title=title,
        place=part.name,
        since=row.starts_on or on,
        until=on,
        ask="ground",
        name=one.name,
        path=part.path,
        part=str(part.pk),
        rows=rows,
    )


def recount(row: Campaign, figure: Figure, *, today: date) -> str:
    """Ask for a figure again, of the same place and days; what it says now."""
    if figure.ask == "ground":
        grounds = grounds_on(row, figure.until)
        found = grounds.of_part(UUID(figure.part))
        placed = rank_said(found, grounds.like(found)) if found is not None else ()
        told = [*(one for ground in (found.grounds if found else ()) for one in ground.numbers)]
        told += [one for one in placed if isinstance(one, Num)]
        return {one.name: one.text for one in told}.get(figure.name, "")
    if figure.ask == progress.ASK:
        return progress.again(row, figure, today=today)
    if figure.name not in BY_NAME:
        return ""
    if figure.but or figure.but_sectors:
        return _rest_of(row, figure, today).text
    return _value(row, figure, Where(figure.path, figure.sectors), today).text


def _rest_of(row: Campaign, figure: Figure, today: date) -> Value:
    whole = _value(row, figure, Where(figure.path), today)
    parts = [Where(path) for path in figure.but] or [Where(figure.path, (sector,)) for sector in figure.but_sectors]
    return beyond(whole, [_value(row, figure, one, today) for one in parts])


def _value(row: Campaign, figure: Figure, where: Where, today: date) -> Value:
    return values_of(
        issuer_of(row),
        [_asked_by(figure)],
        where,
        since=figure.since,
        until=figure.until,
        on=figure.until,
        today=today,
        campaign_id=row.pk,
    )[0]


def parts_of(row: Campaign, figure: Figure, *, today: date) -> list[FigurePart]:
    """Return of what a figure is made, each part with the page that lists exactly the rows counted on its day."""
    if figure.ask == "ground":
        return _ground_parts(row, figure)
    if figure.ask == progress.ASK:
        return progress.rows_under(row, figure, today=today)
    if figure.name not in BY_NAME:
        return []
    if figure.but or figure.but_sectors:
        return _rest_parts(row, figure, today)
    value = _value(row, figure, Where(figure.path, figure.sectors), today)
    terms = value.indicator.terms()
    amounts, listed = (value.numerator, value.denominator), (value.numerator_rows, value.denominator_rows)
    return [_part(term, amount, rows) for term, amount, rows in zip(terms, amounts, listed, strict=False)]


def _ground_parts(row: Campaign, figure: Figure) -> list[FigurePart]:
    """Return the rows of the ground in which the figure stands, as they are on its day."""
    every = grounds_on(row, figure.until)
    found = every.of_part(UUID(figure.part))
    if found is not None and figure.name.startswith("rank."):
        like = [one for one in every.like(found) if one.place is not None]
        return [FigurePart(one.facts.name, None, "", {}, (), f"第 {one.place}，整改率 {one.rate}") for one in like]
    grounds = [one for one in found.grounds if figure.name in {each.name for each in one.numbers}] if found else []
    return [
        FigurePart(one.title, None, one.page, one.query, one.args, one.note)
        for ground in grounds
        for one in ground.rows
    ]


def _part(term: Term, amount: int | None, rows: Sequence[Rows]) -> FigurePart:
    address = rows[0] if len(rows) == 1 and rows[0].sign > 0 and rows[0].amount == amount else None
    return FigurePart(term.meaning, amount or 0, address.page if address else "", address.query if address else {})


def _rest_parts(row: Campaign, figure: Figure, today: date) -> list[FigurePart]:
    parts, rest = [], _rest_of(row, figure, today)
    for term, amount in zip(rest.indicator.terms(), (rest.numerator, rest.denominator), strict=False):
        said = {
            "measure": ",".join(str(Summand(*one)) for one in term.parts),
            "path": figure.path,
            "but": ",".join(figure.but),
            "but_sector": sectors_said(figure.but_sectors),
            "since": figure.since.isoformat() if any(one.still for one in term.parts) else "",
            "until": figure.until.isoformat(),
        }
        query = {name: value for name, value in said.items() if value}
        page = stats.proofs().get(term.parts[0].name, "") if amount else ""
        parts.append(FigurePart(term.meaning, amount or 0, page, query))
    return parts
