"""What a record's form is given and which service takes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.registers import Chair, NewDecision, RecordKind, StudyKind
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed
from bihuan.orgs import queries as orgs
from bihuan.web.campaigns.record_forms import (
    TOWN,
    Choices,
    LedVisitForm,
    MeetingForm,
    ProblemForm,
    RecordForm,
    StudyForm,
)
from bihuan.web.htmx import StaffRequest
from bihuan.web.intake.gate import identity

NONE: Final = ("", "——")
MEETINGS_OFFERED: Final = 50


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks: of which campaign, on which day, whether the office's records are open to him."""

    request: StaffRequest
    campaign: CampaignView

    @property
    def today(self) -> date:
        """The day."""
        return day_of(self.request.now)

    def may(self, act: CampaignAct) -> bool:
        """Tell whether the person may do this to the campaign now."""
        return may(self.request.actor, act, CampaignState(self.campaign.state), path=self.campaign.path)

    def units(self) -> Choices:
        """Return all units that take part, as the choices of a field."""
        return [(str(one.id), one.name) for one in queries.participating(self.request.actor, self.campaign.id)]

    def own_units(self) -> list[tuple[str, str]]:
        """Return the units for which the person can speak."""
        every = queries.participating(self.request.actor, self.campaign.id)
        own = self.request.actor.own_units
        return [(str(one.id), one.name) for one in every if one.unit_id in own or self.may(CampaignAct.REGISTER)]


def may_record(desk: Desk, kind: RecordKind) -> bool:
    """Tell whether the person can register something of this kind at all."""
    if kind is RecordKind.PROBLEM:
        return desk.may(CampaignAct.REGISTER)
    if kind is RecordKind.DECISION or not desk.may(CampaignAct.RECORD):
        return False
    if kind is RecordKind.LED_VISIT:
        return bool(_leaders(desk))
    return bool(desk.own_units())


def form_for(desk: Desk, kind: RecordKind, data: Any = None) -> RecordForm:
    """Return the empty or filled form of a kind. Raises NotAllowed for whoever registers none of these."""
    if not may_record(desk, kind):
        raise NotAllowed("campaigns.not_allowed", "这一项不由您的岗位登记，或者专项行动已经不再登记。")
    made = FORMS[kind](desk.request.actor, _choices(desk, kind), data, today=desk.today)
    return made


def _choices(desk: Desk, kind: RecordKind) -> dict[str, Choices]:
    if kind is RecordKind.MEETING:
        town = [(TOWN, "镇（安委办）")] if desk.may(CampaignAct.REGISTER) else []
        return {"unit": [*town, *desk.own_units()], "attendees": desk.units()}
    if kind is RecordKind.PROBLEM:
        meetings = queries.records_of(
            desk.request.actor, desk.campaign.id, RecordKind.MEETING, today=desk.today, size=MEETINGS_OFFERED
        )
        offered = [(str(one.id), f"{one.on:%Y-%m-%d} {one.title}") for one in meetings.lines]
        return {"owner": desk.units(), "meeting": [NONE, *offered]}
    if kind is RecordKind.LED_VISIT:
        return {"post": _leaders(desk)}
    return {"unit": desk.own_units()}


def _leaders(desk: Desk) -> Sequence[tuple[str, str]]:
    """Return the leaders' posts: all for the office, the person's own otherwise."""
    every = orgs.posts([one.id for one in orgs.leading_posts(desk.campaign.path)], desk.today).values()
    held = [one for one in every if one.holder_id is not None]
    if not desk.may(CampaignAct.REGISTER):
        held = [one for one in held if one.holder_id == desk.request.actor.user_id]
    return [(str(one.id), one.label) for one in held]


def register(desk: Desk, kind: RecordKind, said: dict[str, Any], files: Sequence[UUID]) -> UUID:
    """Call the one service that takes this."""
    who = {"actor": desk.request.actor, "now": desk.request.now, "files": files, "campaign_id": desk.campaign.id}
    return SERVICES[kind](said, who)


def _meeting(said: dict[str, Any], who: dict[str, Any]) -> UUID:
    return services.register_meeting(
        on=said["on"],
        facts={name: said[name] for name in ("title", "host", "place", "others", "note")},
        chair=Chair(said["chair"]),
        unit_id=None if said["unit"] == TOWN else UUID(said["unit"]),
        attendees=[UUID(one) for one in said["attendees"]],
        **who,
    )


def _problem(said: dict[str, Any], who: dict[str, Any]) -> UUID:
    return services.register_problem(
        on=said["on"],
        facts={name: said[name] for name in ("problem", "raised_by", "decision")},
        owner=UUID(said["owner"]),
        due_on=said["due_on"],
        is_sure=said["is_sure"],
        meeting_id=identity(said["meeting"]),
        **who,
    )


def _led_visit(said: dict[str, Any], who: dict[str, Any]) -> UUID:
    rest = {name: said[name] for name in ("on", "firms", "companions", "record_no", "findings", "nothing_found")}
    return services.register_led_visit(post_id=UUID(said["post"]), **rest, **who)


def _study(said: dict[str, Any], who: dict[str, Any]) -> UUID:
    rest = {name: said[name] for name in ("on", "title", "persons", "unit_head", "firms")}
    return services.register_study(
        unit_id=UUID(said["unit"]), kind=StudyKind(said["kind"]), led_by=Chair(said["led_by"]), **rest, **who
    )


def decide(desk: Desk, meeting_id: UUID, said: dict[str, Any]) -> None:
    """Add what a meeting decided."""
    made = NewDecision(said["text"], UUID(said["owner"]), said["due_on"], said["issue"], is_sure=said["is_sure"])
    services.decide(
        campaign_id=desk.campaign.id,
        meeting_id=meeting_id,
        decision=made,
        actor=desk.request.actor,
        now=desk.request.now,
    )


FORMS: Final[dict[RecordKind, type[RecordForm]]] = {
    RecordKind.MEETING: MeetingForm,
    RecordKind.PROBLEM: ProblemForm,
    RecordKind.LED_VISIT: LedVisitForm,
    RecordKind.STUDY: StudyForm,
}
SERVICES: Final[dict[RecordKind, Callable[[dict[str, Any], dict[str, Any]], UUID]]] = {
    RecordKind.MEETING: _meeting,
    RecordKind.PROBLEM: _problem,
    RecordKind.LED_VISIT: _led_visit,
    RecordKind.STUDY: _study,
}
