"""Who may open the pages that begin work: one answer for the button, the page and the press."""

from collections.abc import Mapping
from typing import Final

from bihuan.campaigns.rules.life import OFFICE
from bihuan.hazards.rules.same_kind import OPENING
from bihuan.hazards.rules.steps import REPORTING
from bihuan.intake.rules.rights import MAY_TAKE_IN
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.standards.rules.teaching import MAY_TEACH

DOORS: Final[Mapping[str, frozenset[Role]]] = {
    "campaigns:start": OFFICE,
    "campaigns:upload_form": OFFICE,
    "field:report": REPORTING,
    "hazards:new_same_kind": OPENING,
    "intake:upload": MAY_TAKE_IN,
    "standards:words": MAY_TEACH,
}


def may_open(actor: Actor, url_name: str) -> bool:
    """Tell whether this person may begin the work of a page; other pages are open to whom their queries let in."""
    return url_name not in DOORS or actor.has_role(*DOORS[url_name])


def let_in(actor: Actor, url_name: str) -> None:
    """Raise NotAllowed with who may, when this person may not begin the work of this page."""
    if not may_open(actor, url_name):
        names = "、".join(ROLE_NAMES[role] for role in Role if role in DOORS[url_name])
        raise NotAllowed("door.not_yours", f"这一项由{names}办理，您的岗位没有这个权限。请交他们来办。")
