"""The register of accountability: papers handed over, the decision of the competent organ (R9.12, R9.13).

The platform proposes nobody: a case begins with what a person writes of work not done, never with a score.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import AccountabilityCase, Campaign
from bihuan.campaigns.rules.supervision.accountability import (
    FORM_NAMES,
    SITUATIONS,
    CaseFacts,
    CaseForm,
    Failing,
    Situation,
    case_lacks,
    decision_lacks,
)
from bihuan.campaigns.rules.supervision.life import CASE, HANDING_OVER, Facts
from bihuan.campaigns.rules.supervision.states import CaseAct
from bihuan.campaigns.services.supervision.advancing import advance, attached, begin, record, units_among
from bihuan.campaigns.services.texts import all_written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.kernel.in_force import in_force

HANDED: Final = ("who", "grounds", "accident", "report", "handed_to", "lighter")
DECISION: Final = ("organ", "doc_number", "result")


@transaction.atomic
def hand_over(
    *,
    campaign_id: UUID,
    facts: Mapping[str, str],
    failings: Collection[str],
    handed_over_on: date,
    unit_id: UUID | None = None,
    by_accident: bool = False,
    accident_on: date | None = None,
    is_responsible: bool = False,
    situation: str = "",
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> UUID:
    """Register that papers were handed to the competent organ. facts: who, grounds, handed_to; of an accident: accident
    and report (of the investigation that says it was a responsible one); lighter: what was remedied in time.

    accident_on: the day of the accident, within the campaign.
    """
    row = begin(actor, campaign_id, HANDING_OVER, "移交问责材料")
    told: dict[str, Any] = {**all_written(AccountabilityCase, facts, HANDED)}
    known = frozenset(Failing(one) for one in failings if one in set(Failing))
    lack = case_lacks(
        CaseFacts(
            who=told["who"],
            failings=known,
            grounds=told["grounds"],
            by_accident=by_accident,
            accident_on=accident_on,
            days=_days(row, now),
            accident=told["accident"],
            is_responsible=is_responsible,
            report=told["report"],
            has_material=bool(files),
        )
    )
    if lack:
        raise Refusal(f"campaigns.case_{lack[0]}", lack[1], field=lack[0])
    if not told["handed_to"]:
        raise Refusal("campaigns.case_handed_to", "请写移交给哪个机关。", field="handed_to")
    if handed_over_on > day_of(now):
        raise Refusal("campaigns.day_later", "移交的日期晚于今天，请核对。", field="handed_over_on")
    part = units_among(row, [unit_id])[0] if unit_id else None
    papers = attached(files, actor=actor, now=now)
    if not by_accident:
        told |= {"accident": "", "report": ""}
    made = AccountabilityCase(
        id=new_id(),
        campaign=row,
        town_id=row.town_id,
        path=row.path,
        part=part,
        failings=sorted(known),
        by_accident=by_accident,
        accident_on=accident_on if by_accident else None,
        situation=_situation(situation, handed_over_on),
        handed_over_on=handed_over_on,
        files=[str(one) for one in papers],
        made_at=now,
        made_by=actor.name,
        **told,
    )
    made.save(force_insert=True)
    say = f"向{made.handed_to}移交一件问责材料"
    record(row, "case_handed_over", say, after={"case": str(made.pk)}, evidence=papers, actor=actor, now=now)
    return made.pk


def _days(row: Campaign, now: datetime) -> tuple[date, date] | None:
    """Return the days of the campaign in which an accident can have happened by now."""
    if row.starts_on is None or row.ends_on is None:
        return None
    return row.starts_on, min(row.ends_on, day_of(now))


def _situation(situation: str, on: date) -> str:
    """Return one of the situations in force on the day (R9.13), "" for none."""
    known = in_force(SITUATIONS, on=on)
    if not situation:
        return ""
    if situation not in known:
        raise Refusal("campaigns.case_situation", "移交那天还没有这种情形的规定，请不要选。", field="situation")
    return Situation(situation).value


def case_to(actor: Actor, campaign_id: UUID, case_id: UUID) -> AccountabilityCase:
    """Return a case that the actor sees. Raises NotFound."""
    rows = AccountabilityCase.objects.open_to(actor).filter(campaign_id=campaign_id, pk=case_id)
    found = rows.select_related("campaign", "part").first()
    if found is None:
        raise NotFound("campaigns.no_case", "没有找到这一件，或者您的岗位看不到问责台账。")
    return found


@transaction.atomic
def register_decision(
    *,
    campaign_id: UUID,
    case_id: UUID,
    seen_version: int,
    form: str = "",
    facts: Mapping[str, str],
    decided_on: date,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Register what the competent organ decided, with its document. form: "" when it decided not to pursue."""
    one = case_to(actor, campaign_id, case_id)
    told: dict[str, Any] = {**all_written(AccountabilityCase, facts, DECISION)}
    lack = decision_lacks(
        organ=told["organ"], doc_number=told["doc_number"], decided_on=decided_on, has_paper=bool(files)
    )
    if lack:
        raise Refusal(f"campaigns.case_{lack[0]}", lack[1], field=lack[0])
    if not one.handed_over_on <= decided_on <= day_of(now):
        raise Refusal("campaigns.case_decided_on", "决定的日期要在移交以后、不晚于今天。", field="decided_on")
    if form and form not in set(CaseForm):
        raise Refusal("campaigns.case_form", "请选追责的形式。", field="form")
    papers = attached(files, actor=actor, now=now)
    done: dict[str, Any] = {"decision_files": [str(paper) for paper in papers], "decided_at": now}
    act = CaseAct.DECIDE if form else CaseAct.DROP
    advance(
        CASE,
        one,
        act,
        seen_version,
        campaign=one.campaign,
        actor=actor,
        facts=Facts(reason=told["result"]),
        form=form,
        decided_on=decided_on,
        **told,
        **done,
    )
    kind = "case_decided" if form else "case_not_pursued"
    what = f"作出{FORM_NAMES[CaseForm(form)]}决定" if form else "决定不予追究"
    after = {"case": str(one.pk), "doc_number": one.doc_number}
    say = f"登记{one.organ}{what}"
    record(one.campaign, kind, say, after=after, evidence=papers, actor=actor, now=now)
