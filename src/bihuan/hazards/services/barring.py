"""Who may not verify, kept with each act of the rectifying side (L2)."""

from bihuan.hazards.queries.standings import barred_stored
from bihuan.hazards.rules.independence import barred_after
from bihuan.hazards.rules.parties import is_party
from bihuan.hazards.services.change import Change
from bihuan.kernel.roles import Role


def bar_acting(change: Change) -> None:
    """Whoever acted for somebody else, and their village, may not verify (L2)."""
    if not is_party(change.facts.standing, change.facts.doer):
        bar(change, acting=True)


def bar(change: Change, *, acting: bool) -> None:
    """Bar who rectified, or acted for who did, from verifying (L2)."""
    after = barred_after(
        change.facts.standing,
        change.facts.doer,
        acting=acting,
        by_village=acting and change.role == Role.VILLAGE,
    )
    change.set(barred=barred_stored(after))
