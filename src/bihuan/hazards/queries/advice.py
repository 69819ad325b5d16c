"""What the criteria propose for a finding, as the forms show it and as the decision keeps it (L8)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards.queries.views import HazardBrief
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import Level
from bihuan.hazards.rules.suggested import Suggested
from bihuan.standards import queries as standards
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Feature, Sector
from bihuan.standards.rules import determine as judged
from bihuan.standards.rules.advice import Advice
from bihuan.standards.rules.determine import Enterprise

DECIDES: Final = frozenset({Act.CONFIRM, Act.RAISE_LEVEL, Act.APPROVE_LOWERING})
LEVELS: Final = {judged.Level.MAJOR: Level.MAJOR.value, judged.Level.GENERAL: Level.GENERAL.value}


def advice_on(view: HazardBrief) -> Advice:
    """Return what is proposed for a hazard: by its words, its place, and the day it was found."""
    firm = enterprises.firms([view.enterprise_id]).get(view.enterprise_id) if view.enterprise_id else None
    place = enterprise_of(firm) if firm is not None else Enterprise(sectors=_names([view.sector]))
    return advise(view.description, part=view.part, on=view.found_on, place=place)


def advise(description: str, *, part: str, on: date, place: Enterprise) -> Advice:
    """Return what is proposed for the words of a finding and the part where it was seen."""
    return standards.advise(f"{part} {description}".strip(), on, place)


def enterprise_of(firm: Firm) -> Enterprise:
    """Return what is known of an enterprise, in words."""
    features = tuple(FEATURE_NAMES[Feature(one)] for one in firm.features if one in set(Feature))
    return Enterprise(sectors=_names(firm.sectors), features=features)


def _names(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(SECTOR_NAMES[Sector(one)] for one in sorted(codes) if one in set(Sector))


def suggested_for(view: HazardBrief, act: Act) -> Suggested | None:
    """Return what is kept beside a decision on the level: what its form showed. None for other acts."""
    if act not in DECIDES:
        return None
    return suggested(advice_on(view))


def suggested(advice: Advice) -> Suggested:
    """Return what is kept of a proposal beside the decision."""
    deciding = advice.deciding
    cited = deciding is not None and deciding.may_cite
    return Suggested(
        level=LEVELS.get(advice.level, ""),
        standard=deciding.standard.id if cited and deciding else "",
        clause=deciding.criterion.clause if cited and deciding else "",
        version=advice.version,
    )
