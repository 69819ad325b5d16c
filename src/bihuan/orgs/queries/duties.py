"""Questions about responsibility: who answers for what (R1.1, R1.2, R8.1)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.orgs.models import AreaLeader, DutyField, DutyList, Holding, Post, SectorDepartment, Unit
from bihuan.orgs.queries.posts import posts, refs_of
from bihuan.orgs.queries.units import areas_of, no_town, unit_ref
from bihuan.orgs.rules import Gap, GapGroup, Leaders, PostRef, Unanswered, UnitRef, unresolved
from bihuan.orgs.rules.gaps import FieldFact, TownDuties, find_gaps, grouped, narrowed


def lead_departments(town_id: UUID, on: date) -> Mapping[str, UnitRef]:
    """Return the one lead department (牵头) of each sector that has one (R1.2)."""
    rows = SectorDepartment.objects.on(on).filter(town_id=town_id, is_lead=True).select_related("unit")
    return {row.sector: unit_ref(row.unit) for row in rows}


def leads_of_towns(
    town_ids: Iterable[UUID], on: date, *, sectors: Iterable[str] | None = None
) -> Mapping[tuple[UUID, str], UnitRef]:
    """Return the lead department of each sector of several towns, by town and sector. One query.

    sectors: only of these, where the caller knows which it will look up.
    """
    rows = SectorDepartment.objects.on(on).filter(town_id__in=set(town_ids), is_lead=True).select_related("unit")
    if sectors is not None:
        rows = rows.filter(sector__in=set(sectors))
    return {(row.town_id, row.sector): unit_ref(row.unit) for row in rows}


def supporting_departments(town_id: UUID, on: date) -> Mapping[str, list[UnitRef]]:
    """Return the supporting departments (配合) of each sector."""
    rows = SectorDepartment.objects.on(on).filter(town_id=town_id, is_lead=False).select_related("unit")
    found: dict[str, list[UnitRef]] = {}
    for row in rows.order_by("unit__path"):
        found.setdefault(row.sector, []).append(unit_ref(row.unit))
    return found


def leaders(town_id: UUID, on: date, *, known: Iterable[PostRef] = ()) -> Leaders:
    """Return who answers for each area and for single enterprises of a town (分片挂钩). Three queries.

    known: posts of the day that the caller has; only the others are asked for.
    """
    rows = list(AreaLeader.objects.on(on).filter(town_id=town_id))
    found = {ref.id: ref for ref in known}
    found |= posts({row.post_id for row in rows} - found.keys(), on)
    return Leaders(
        by_path={row.path: found[row.post_id] for row in rows if row.path},
        by_enterprise={row.enterprise_id: found[row.post_id] for row in rows if row.enterprise_id is not None},
    )


def linked_areas(viewer: Actor, on: date) -> list[UnitRef]:
    """Return the areas that the viewer's own posts are attached to (分片挂钩), in the order of the tree. One query."""
    if viewer.user_id is None or viewer.town_id is None:
        return []
    posts = Holding.objects.on(on).filter(user_id=viewer.user_id).values("post")
    paths = AreaLeader.objects.on(on).filter(post__in=posts, town_id=viewer.town_id, enterprise_id=None).values("path")
    rows = Unit.objects.filter(town_id=viewer.town_id, path__in=paths, closed_on=None)
    return [unit_ref(row) for row in rows.order_by("path")]


def responsibility_gaps(viewer: Actor, on: date, *, sectors: Mapping[str, str] | None = None) -> list[Gap]:
    """Return the gaps in responsibility of the viewer's town, or only those of their own area.

    sectors: code → Chinese name of the sectors that need a lead department; the caller knows the sectors
    (`standards.rules.SECTOR_NAMES`), this room does not. Nothing above towns.
    """
    return [gap for group in gap_groups(viewer, on, sectors=sectors or {}) for gap in group.gaps]


def gap_groups(
    viewer: Actor, on: date, *, sectors: Mapping[str, str], duties: TownDuties | None = None
) -> list[GapGroup]:
    """Return the gaps by kind, each with how many there should be; of the town, or of the viewer's own area.

    Whoever has a role over the whole town sees the whole; a village sees its posts and its leader; nothing above towns.
    duties: those of the viewer's town, where the caller has read them.
    """
    if viewer.town_id is None:
        return []
    duties = duties or town_duties(viewer.town_id, on)
    if not viewer.roles_over(path=duties.town.path):
        duties, sectors = narrowed(duties, viewer.scope.paths), {}
    return [group for group in grouped(duties, find_gaps(duties, sectors=sectors), sectors=sectors) if group.of]


def town_duties(town_id: UUID, on: date) -> TownDuties:
    """Gather what the rules need to find a town's gaps; a fixed number of queries. Raises NotFound."""
    areas = areas_of(town_id)
    if not areas:
        raise no_town()
    rows = Post.objects.filter(town_id=town_id, closed_on=None, enterprise_id=None)
    town_posts = refs_of(rows.order_by("unit__path", "sort_no", "title"), on)
    listed = DutyList.objects.on(on).filter(post__in=rows.values("pk"))
    return TownDuties(
        town=areas[0],
        posts=town_posts,
        villages=areas[1:],
        fields=[FieldFact(f.pk, f.name, f.post_id) for f in DutyField.objects.filter(town_id=town_id)],
        listed_posts=set(listed.values_list("post_id", flat=True)),
        sector_leads=lead_departments(town_id, on),
        leaders=leaders(town_id, on, known=town_posts),
    )


def unresolved_pairs(town_id: UUID, pairs: Iterable[tuple[str, str]], on: date) -> dict[tuple[str, str], Unanswered]:
    """Return which (village path, lead sector) pairs of a town's enterprises nobody answers for (R1.2)."""
    villages: Collection[str] = [village.path for village in areas_of(town_id)[1:]]
    return unresolved(
        pairs, villages=villages, sector_leads=set(lead_departments(town_id, on)), leaders=leaders(town_id, on)
    )
