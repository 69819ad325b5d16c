"""What enterprises answers."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import Firm, State, unpack
from bihuan.enterprises.rules.matching import Candidate, Index, Known, Match, MatchKind, Wanted
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound


def firm_for(viewer: Actor, firm_id: UUID) -> Firm:
    """Return an enterprise inside the viewer's scope; a merged one is answered as itself. Raises NotFound."""
    row = Enterprise.objects.visible_to(viewer).filter(pk=firm_id).first()
    if row is None:
        raise NotFound("enterprises.not_found", "没有找到这家企业，或者不在您的管辖范围内。")
    return as_firms([row])[0]


def firms(firm_ids: Iterable[UUID]) -> dict[UUID, Firm]:
    """Return enterprises by id, for rooms that have checked the viewer on their own rows."""
    return {firm.id: firm for firm in as_firms(Enterprise.objects.filter(pk__in=list(firm_ids)))}


def match(town_id: UUID, wanted: Sequence[Wanted]) -> list[Match]:
    """Find each wanted enterprise of a list in the town, in a fixed number of queries; one answer per wanted."""
    index = index_of(town_id)
    return [index.find(one) for one in wanted]


def index_of(town_id: UUID) -> Index:
    """Build the town's index of names and codes; merged rows lead to their winner, closed ones to themselves."""
    rows = list(Enterprise.objects.of_town(town_id).order_by("id"))
    by_id = {row.pk: firm for row, firm in zip(rows, as_firms(rows), strict=True)}
    known = [
        Known(firm=by_id[row.merged_into_id or row.pk], name=row.name, plain=row.plain_name, uscc=row.uscc)
        for row in rows
    ]
    return Index.of(known, places=place_names(town_id))


def duplicates_of(town_id: UUID, wanted: Wanted, *, but: UUID | None = None) -> tuple[Candidate, ...]:
    """Return the firms that an entry may double: same code, same or near name. but: the firm being changed."""
    index = index_of(town_id)
    found = index.find(wanted)
    near = () if found.kind is MatchKind.FUZZY else index.near(wanted)
    ranked = {one.firm.id: one for one in (*near, *found.candidates)}
    return tuple(sorted((one for key, one in ranked.items() if key != but), key=lambda one: -one.score))


def place_names(town_id: UUID) -> tuple[str, ...]:
    """Return the names that enterprises of the town may carry in front: town, county, city, province."""
    return ()


def as_firms(rows: Iterable[Enterprise]) -> list[Firm]:
    """Freeze rows for other rooms, with the names of their villages."""
    return [_firm(row, village="") for row in rows]


def _firm(row: Enterprise, *, village: str) -> Firm:
    return Firm(
        id=row.pk,
        town_id=row.town_id,
        name=row.name,
        short_name=row.short_name,
        path=row.path,
        village=village,
        lead_sector=row.lead_sector,
        sectors=(row.lead_sector, *unpack(row.sectors)),
        features=unpack(row.features),
        one_person=row.one_person,
        address=row.address,
        uscc=row.uscc,
        local_code=row.local_code,
        state=State(row.state),
        merged_into_id=row.merged_into_id,
        version=row.version,
    )
