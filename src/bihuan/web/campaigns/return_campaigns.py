"""Which campaign a form of returns is of: the one that runs, or the one that a person says."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns.rules.life import CampaignState
from bihuan.campaigns.rules.lines import CampaignLine
from bihuan.campaigns.rules.returns.builtin import BuiltIn
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal
from bihuan.web.intake.gate import identity

OF_NONE: Final = "none"
AT_WORK: Final = frozenset({CampaignState.ISSUED, CampaignState.RUNNING, CampaignState.EXTENDED})


def running(actor: Actor) -> list[CampaignLine]:
    """Return the campaigns that run, which a form can be of."""
    return [one for one in campaigns.campaigns_for(actor).lines if one.starts_on and one.state in AT_WORK]


def campaign_of(form: BuiltIn | None, said: str, found: Sequence[CampaignLine]) -> UUID | None:
    """Return of which campaign a form of ours is: what was said, or the only one where nothing was.

    Raises Refusal where several run and nobody said which.
    """
    if said == OF_NONE or (not said and (form is None or not form.is_of_campaign)):
        return None
    if said:
        return identity(said)
    if len(found) > 1:
        say = "现在有几个专项行动，请选这张表属于哪一个：累计数从它的开始日期算起。"
        raise Refusal("returns.which_campaign", say, field="campaign")
    return found[0].id if found else None
