"""The parts of this corner, as tabs."""

from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.standards.rules import MAY_EDIT
from bihuan.web.doors import DOORS, may_open
from bihuan.web.parts import Tab

PLACES = (
    ("standards:list", "判定标准"),
    ("standards:local", "本地标准"),
    ("standards:checklists", "检查表"),
    ("hazards:judged", "提示和决定"),
    ("standards:words", "提示用词"),
    ("standards:parameters", "参数"),
    ("standards:calendar", "日历"),
)


def places(here: str, actor: Actor | None = None) -> list[Tab]:
    """Return the tabs that this person may open, with the one we are on; without a person, those open to all."""
    return [
        Tab(name, reverse(url_name), on=url_name == here)
        for url_name, name in PLACES
        if url_name not in DOORS or (actor is not None and may_open(actor, url_name))
    ]


def may_edit(actor: Actor) -> bool:
    """Tell whether this person may set the town's parameters and calendar."""
    return actor.town_id is not None and actor.has_role(*MAY_EDIT)
