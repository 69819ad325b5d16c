"""What the criteria propose for a finding, as the forms show it and as the decision keeps it (L8)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards.models import LevelDecision
from bihuan.hazards.queries.views import HazardBrief
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import Level
from bihuan.hazards.rules.suggested import Considered, Suggested
from bihuan.kernel.actor import Actor
from bihuan.standards import queries as standards
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Feature, Sector
from bihuan.standards.rules import determine as judged
from bihuan.standards.rules.advice import Advice, Heeded
from bihuan.standards.rules.determine import Enterprise
from bihuan.standards.rules.determine.cleaning import pieces
from bihuan.standards.rules.teaching import home_of

DECIDES: Final = frozenset({Act.CONFIRM, Act.RAISE_LEVEL, Act.APPROVE_LOWERING})
LATEST: Final = 50  # decisions beside a clause that say how often people follow it here
LEAST_PIECE: Final = 4  # characters from which a part of a text names a hazard
MOST_PIECES: Final = 8  # a longer list is for the import; the panel answers while somebody writes
LEVELS: Final = {judged.Level.MAJOR: Level.MAJOR.value, judged.Level.GENERAL: Level.GENERAL.value}


def advice_on(view: HazardBrief) -> Advice:
    """Return what is proposed for a hazard: by its words, its place, the own words that hold there, the day found."""
    firm = enterprises.firms([view.enterprise_id]).get(view.enterprise_id) if view.enterprise_id else None
    place = enterprise_of(firm) if firm is not None else place_of(sector=view.sector)
    return advise(view.description, part=view.part, on=view.found_on, place=place, path=view.path)


def advise(description: str, *, part: str, on: date, place: Enterprise, path: str = "") -> Advice:
    """Return what is proposed for the words of a finding and the part where it was seen; path: of the place."""
    return standards.advise(words_of(description, part=part), on, place, path=path)


def advise_each(
    description: str, *, part: str, on: date, place: Enterprise, path: str = ""
) -> list[tuple[str, Advice]]:
    """Return each of several hazards in one text with what is proposed for it alone; nothing for one, or for too many.

    The words are those that the judge reads: widths and forms made one, words broken by spaces or markup joined.
    """
    read = standards.judge_at(path).plain(description)
    told = [one.text for one in pieces(read) if len(one.text) >= LEAST_PIECE]
    if not 1 < len(told) <= MOST_PIECES:
        return []
    return [(one, advise(one, part=part, on=on, place=place, path=path)) for one in told]


def heeding(advice: Advice, viewer: Actor, *, town_id: UUID | None, path: str, on: date) -> Advice:
    """Return a proposal as it is shown: less sure where the people of this town seldom follow it for this clause.

    Never surer, and never another level or clause. A town may switch it off (parameter `advice_heeds_town`). path: of
    the place; how often they followed it is told to who sees the whole town. on: today.
    One query for the parameter, and one for the decisions where a clause is proposed as major.
    """
    deciding = advice.deciding
    if town_id is None or not standards.parameter("advice_heeds_town", town_id=town_id, on=on):
        return advice
    if deciding is None or advice.level is not judged.Level.MAJOR:
        return advice
    rows = LevelDecision.objects.filter(town_id=town_id, suggested_level=Level.MAJOR).last_on_each()
    rows = rows.filter(suggested_standard=deciding.standard.id, suggested_clause=deciding.criterion.clause)
    rows = rows.filter(suggested_item__in=("", deciding.criterion.id))  # "": kept before items were
    kept = rows.order_by("-decided_on", "-id").values_list("level", "standard", "clause", "item")[:LATEST]
    decisions = list(kept)
    wanted = (Level.MAJOR, deciding.standard.id, deciding.criterion.clause)
    mine = {(*wanted, item) for item in ("", deciding.criterion.id)}
    heeded = Heeded(sum(one in mine for one in decisions), len(decisions))
    sure = judged.lowered(advice.confidence, followed=heeded.followed, decided=heeded.decided)
    told = heeded if viewer.scope.covers(path=home_of(path)) else None
    return replace(advice, confidence=sure, heeded=told)


def words_of(description: str, *, part: str) -> str:
    """Return the words of a finding as they are judged."""
    return f"{part} {description}".strip()


def place_of(*, sector: str) -> Enterprise:
    """Return what is known of a place that is no enterprise on file."""
    return Enterprise(sectors=_names([sector]))


def enterprise_of(firm: Firm) -> Enterprise:
    """Return what is known of an enterprise, in words."""
    features = tuple(FEATURE_NAMES[Feature(one)] for one in firm.features if one in set(Feature))
    return Enterprise(sectors=_names(firm.sectors), features=features)


def _names(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(SECTOR_NAMES[Sector(one)] for one in sorted(codes) if one in set(Sector))


def suggested_for(view: HazardBrief, act: Act, viewer: Actor, *, on: date) -> Suggested | None:
    """Return what is kept beside a decision on the level: what its form showed. None for other acts. on: today."""
    if act not in DECIDES:
        return None
    return suggested(heeding(advice_on(view), viewer, town_id=view.town_id, path=view.path, on=on))


def suggested(advice: Advice) -> Suggested:
    """Return what is kept of a proposal beside the decision."""
    deciding = advice.deciding
    cited = deciding is not None and not deciding.is_prompt
    return Suggested(
        level=LEVELS.get(advice.level, ""),
        standard=deciding.standard.id if cited and deciding else "",
        clause=deciding.criterion.clause if cited and deciding else "",
        item=deciding.criterion.id if cited and deciding else "",
        version=advice.version,
        confidence=advice.confidence,
        reason=advice.reason,
        considered=tuple(
            Considered(
                standard=one.standard.id,
                clause=one.criterion.clause,
                item=one.criterion.id,
                level=LEVELS.get(one.level, ""),
                speaks_for=one.speaks_for,
                speaks_against=one.speaks_against,
                needs=one.needs,
            )
            for one in advice.clauses
        ),
    )
