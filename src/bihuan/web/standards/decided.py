"""Where a result of guided questions leads: to the existing forms, in which a person decides (L8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards import queries
from bihuan.hazards.queries.views import HazardBrief
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import Level
from bihuan.kernel.actor import Actor
from bihuan.standards.rules.guiding import Level as Found
from bihuan.standards.rules.guiding import Result
from bihuan.web.doors import may_open
from bihuan.web.hazards.cited import value_of

MAJOR: Final = "按这一条定为重大"
GENERAL: Final = "定为一般"


@dataclass(frozen=True, slots=True)
class Way:
    """A form to go on to. key: how the result's form names it."""

    key: str
    name: str
    href: str
    is_main: bool = False


def ways_on(actor: Actor, hazard: HazardBrief | None, firm: Firm | None, result: Result, *, now: datetime) -> list[Way]:
    """Return the forms that are open to this person for this result, the fitting one first; none decides by itself."""
    if hazard is None:
        return _report(actor, firm)
    open_ = {one.act for one in queries.hazard_for(actor, hazard.id, now=now).acts if not one.barred}
    ways = []
    if result.level is Found.MAJOR:
        ways += [_way(hazard, act, MAJOR, result) for act in (Act.CONFIRM, Act.RAISE_LEVEL) if act in open_]
    elif result.suspected and Act.TRANSFER in open_:
        ways.append(_way(hazard, Act.TRANSFER, "移送消防救援机构", result))
    elif result.level is Found.GENERAL and Act.CONFIRM in open_:
        ways.append(_way(hazard, Act.CONFIRM, GENERAL, result))
    if not ways and Act.CONFIRM in open_:
        ways.append(_way(hazard, Act.CONFIRM, "去核实定级", result))
    return ways


def _way(hazard: HazardBrief, act: Act, name: str, result: Result) -> Way:
    carried = {}
    if result.level is Found.MAJOR and result.deciding is not None:
        item = result.deciding
        carried = {"level": Level.MAJOR.value, "criterion": value_of(item.criterion)}
    elif result.level is Found.GENERAL:
        carried = {"level": Level.GENERAL.value}
    query = f"?{urlencode(carried)}" if carried else ""
    return Way(act.value, name, reverse("hazards:act", args=[hazard.id, act.value]) + query, is_main=True)


def _report(actor: Actor, firm: Firm | None) -> list[Way]:
    if not may_open(actor, "field:report"):
        return []
    query = f"?{urlencode({'firm': firm.id})}" if firm is not None else ""
    return [Way("report", "登记为隐患", reverse("field:report") + query, is_main=True)]
