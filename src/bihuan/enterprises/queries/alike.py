"""Who else could have this? Enterprises alike, for 举一反三 (R3.21)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.queries.files import firms_of
from bihuan.enterprises.rules.facts import Firm, unpack
from bihuan.enterprises.rules.likeness import Likeness, Profile, Sought, likeness_of
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Feature, Sector

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Alike:
    """An enterprise that could have the same hazard, and why. score: more is nearer."""

    firm: Firm
    score: int
    reasons: tuple[str, ...]


def alike(
    town_id: UUID,
    *,
    sectors: Iterable[str] = (),
    features: Iterable[str] = (),
    category: str = "",
    equipment: str = "",
    words: str = "",
    but: Collection[UUID] = (),
    path: str = "",
    most: int = MOST,
) -> list[Alike]:
    """Return a town's active enterprises that are alike, nearest first; three queries, whatever the size.

    sectors, features: codes of standards. category, equipment, words: free text compared with name and processes.
    but: enterprises to leave out (those of the hazard itself). path: only this subtree.
    """
    rows = Enterprise.objects.of_town(town_id).active().exclude(pk__in=list(but))
    if path:
        rows = rows.below(path)
    known = rows.order_by().values_list("pk", "lead_sector", "sectors", "features", "name", "processes")
    profiles = [
        Profile(key, (lead, *unpack(others)), unpack(marks), f"{name} {processes}")
        for key, lead, others, marks, name, processes in known
    ]
    text = " ".join(filter(None, (category, equipment, words)))
    nearest = likeness_of(profiles, Sought(tuple(sectors), tuple(features), text))[:most]
    chosen = {firm.id: firm for firm in firms_of(rows.filter(pk__in=[one.id for one in nearest]))}
    return [Alike(chosen[one.id], one.score, _reasons(one)) for one in nearest]


def _reasons(one: Likeness) -> tuple[str, ...]:
    features = [FEATURE_NAMES[Feature(code)] for code in one.features if code in set(Feature)]
    sectors = [SECTOR_NAMES[Sector(code)] for code in one.sectors if code in set(Sector)]
    return tuple(
        said
        for said, there in (
            (f"同有{'、'.join(features)}", features),
            (f"同属{'、'.join(sectors)}", sectors),
            (f"工艺相近：{'、'.join(one.words[:4])}", one.words),
        )
        if there
    )
