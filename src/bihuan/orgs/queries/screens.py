"""Questions about big screens, and who looks through one."""

from django.db.models import F, Q

from bihuan.kernel.actor import Actor, Scope
from bihuan.kernel.paths import path_upper_bound
from bihuan.orgs.models import Screen, Unit
from bihuan.orgs.queries.units import unit_ref
from bihuan.orgs.rules import UnitRef
from bihuan.orgs.rules.may import MAY, OrgAct
from bihuan.orgs.rules.screens import SCREEN_KINDS, ScreenRef, hash_of


def screens_of(viewer: Actor) -> list[ScreenRef]:
    """Return the screens that somebody who may open some looks after, those in use first. One query."""
    rows = Screen.objects.filter(_within(viewer)).select_related("unit")
    return [_ref(row) for row in rows.order_by(F("revoked_at").desc(nulls_first=True), "path", "name", "id")]


def screen_places(viewer: Actor) -> list[UnitRef]:
    """Return the open areas for which this person may open a screen, in the order of the tree. One query."""
    rows = Unit.objects.filter(_within(viewer), kind__in=SCREEN_KINDS).open()
    return [unit_ref(row) for row in rows.order_by("path")]


def _within(viewer: Actor) -> Q:
    """Return the condition of the paths over which a person holds a role that opens screens; rows grant nothing."""
    roots = [held.path for held in viewer.roles if held.role in MAY[OrgAct.OPEN_SCREENS] and held.path]
    within = Q(pk__in=[])
    for root in roots:
        within |= Q(path__gte=root, path__lt=path_upper_bound(root))
    return within


def screen_by_code(code: str) -> ScreenRef | None:
    """Return the screen in use that a code opens, None for any other code. One query."""
    rows = Screen.objects.select_related("unit").filter(unit__closed_on=None, revoked_at=None)
    row = rows.filter(code_hash=hash_of(code)).first()
    return _ref(row) if row is not None else None


def screen_viewer(screen: ScreenRef) -> Actor:
    """Return who looks through a screen: nobody's account, no role, the one place."""
    return Actor(
        user_id=None,
        name=screen.name,
        town_id=screen.town_id,
        unit_id=screen.unit_id,
        unit_name=screen.unit_name,
        unit_path=screen.path,
        scope=Scope(town_id=screen.town_id, paths=(screen.path,)),
    )


def _ref(row: Screen) -> ScreenRef:
    return ScreenRef(
        id=row.pk,
        version=row.version,
        name=row.name,
        town_id=row.town_id,
        unit_id=row.unit_id,
        unit_name=row.unit.short_name,
        path=row.path,
        made_by=row.made_by,
        made_at=row.made_at,
        seen_at=row.seen_at,
        revoked_at=row.revoked_at,
        revoked_by=row.revoked_by,
    )
