"""The returns that a plan's duties to report became, and what a new one begins with."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, ReturnForm
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.queries.owing import saying
from bihuan.campaigns.queries.participants import participants_of, units_of
from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.rules.reported import Duty, duties_of, owed_by
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.of_duty import can_be_return, due_of
from bihuan.campaigns.rules.units import Side, who_is_meant
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound

TOWN: Final = "本镇（安监办填）"


@dataclass(frozen=True, slots=True)
class DutyOffer:
    """What a return for a duty begins with. due: in words; owing: who reports by the plan. units: who can, in order."""

    duty: Duty
    sentence: str
    title: str
    due: str
    to_whom: str
    owing: frozenset[UUID]
    units: tuple[tuple[UUID, str], ...]
    form_id: UUID | None


def forms_of_duties(viewer: Actor, campaign_id: UUID) -> dict[int, UUID]:
    """Return the form of each duty that became one and that the viewer sees, by the duty's place. One query."""
    found = ReturnForm.objects.open_to(viewer).filter(campaign=campaign_id, duty_no__isnull=False)
    told = found.exclude(state=FormState.RETIRED).values_list("duty_no", "pk")
    return {number: pk for number, pk in told if number is not None}


def duty_offer(viewer: Actor, campaign_id: UUID, duty_no: int) -> DutyOffer:
    """Return what a return for a duty begins with. Raises NotFound; NotAllowed for who gives no tasks."""
    row = row_for(viewer, campaign_id)
    must(viewer, CampaignAct.ASSIGN, CampaignState(row.state), path=row.path)
    duty = duty_at(row, duty_no)
    place = duty.place
    sentence = row.paragraphs[place["paragraph"]][place["start"] : place["end"]] if place else ""
    units = ((row.town_id, TOWN), *((one.id, one.short_name or one.name) for one in units_of(row.town_id)))
    return DutyOffer(
        duty,
        sentence,
        duty.what,
        due_of(duty),
        duty.to,
        _owing(row, duty),
        units,
        forms_of_duties(viewer, campaign_id).get(duty_no),
    )


def duty_at(row: Campaign, duty_no: int) -> Duty:
    """Return a duty that falls due by days, by its place among those kept. Raises NotFound."""
    duties = duties_of(row.reporting, issued_on=row.issued_on)
    if not 0 <= duty_no < len(duties) or not can_be_return(duties[duty_no]):
        raise NotFound("returns.no_duty", "方案里没有这项要定期报的要求，请从方案页重新打开。")
    return duties[duty_no]


def _owing(row: Campaign, duty: Duty) -> frozenset[UUID]:
    """Return who reports by the plan; the safety office, and who is not named here, reports as the town."""
    clauses = list(row.clauses.in_text().filter(state=ClauseState.ACCEPTED))
    names = owed_by(duty, [tuple(one.parties) for one in saying(duty, clauses)])
    meant = who_is_meant(names, participants_of(row.town_id)).units
    parts = {one.unit_id: one.side for one in row.units.all()}
    found = frozenset(one for one in meant if parts.get(one, Side.OFFICE) != Side.OFFICE)
    return found or frozenset({row.town_id})
