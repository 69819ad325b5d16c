"""What the pages of supervision show, each through the viewer's own way in."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from bihuan.campaigns.models import AccountabilityCase, Finding, Interview, SealedPack, SupervisionRound
from bihuan.campaigns.queries.figures import Grounds, grounds_on
from bihuan.campaigns.queries.finding import is_whole, row_for
from bihuan.campaigns.rules.supervision.life import FOR_CANDIDATES
from bihuan.campaigns.rules.supervision.lines import CaseLine, FindingLine, InterviewLine, PackLine, RoundLine
from bihuan.campaigns.rules.supervision.states import FindingSide, FindingState
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Kept
from bihuan.trail import queries as trail
from bihuan.trail.queries import OpenedFile

MOST: Final = 500


def rounds_of(viewer: Actor, campaign_id: UUID) -> list[RoundLine]:
    """Return the rounds of a campaign that the viewer sees, the latest first. Two queries."""
    row = row_for(viewer, campaign_id)
    unit = Q(findings__side=FindingSide.UNIT)
    rows = SupervisionRound.objects.open_to(viewer).filter(campaign=row).select_related("part")
    rows = rows.annotate(
        n_unit=Count("findings", filter=unit),
        n_open=Count("findings", filter=unit & ~Q(findings__state=FindingState.CONFIRMED)),
        n_firm=Count("findings", filter=Q(findings__side=FindingSide.FIRM)),
    )
    return [_round(one, viewer) for one in rows.order_by("-planned_on", "-planned_at", "id")[:MOST]]


def round_for(viewer: Actor, campaign_id: UUID, round_id: UUID) -> RoundLine:
    """Return a round with its problems. A unit sees its own problems, not those of enterprises elsewhere in it."""
    row = row_for(viewer, campaign_id)
    one = SupervisionRound.objects.open_to(viewer).filter(campaign=row, pk=round_id).select_related("part").first()
    if one is None:
        raise NotFound("campaigns.no_round", "没有找到这次督查，或者它不在您的管辖范围内。")
    findings = one.findings.order_by("noted_at", "id")
    if not is_whole(viewer, one.path):
        findings = findings.filter(side=FindingSide.UNIT).exclude(state=FindingState.NOTED)
    return _round(one, viewer, [_finding(found) for found in findings])


def _round(one: SupervisionRound, viewer: Actor, findings: Sequence[FindingLine] = ()) -> RoundLine:
    return RoundLine(
        id=one.pk,
        version=one.version,
        state=one.state,
        method=one.method,
        unit_name=one.part.name,
        unit_id=one.part.unit_id,
        subject=one.subject,
        planned_on=one.planned_on,
        held_on=one.held_on,
        leader=one.leader,
        members=one.members,
        note=one.note if is_whole(viewer, one.path) else "",
        firms=[firm["name"] for firm in one.firms] if is_whole(viewer, one.path) else (),
        number=one.number,
        correct_by=one.correct_by,
        fed_back_at=one.fed_back_at,
        cancelled_why=one.cancelled_why,
        own=one.part.unit_id in viewer.own_units,
        unit_findings=getattr(one, "n_unit", 0),
        unit_open=getattr(one, "n_open", 0),
        firm_findings=getattr(one, "n_firm", 0) if is_whole(viewer, one.path) else 0,
        findings=findings,
        files=[UUID(file) for file in one.files] if is_whole(viewer, one.path) else (),
    )


def _finding(one: Finding) -> FindingLine:
    return FindingLine(
        id=one.pk,
        version=one.version,
        side=one.side,
        state=one.state,
        text=one.text,
        firm_name=one.firm_name,
        enterprise_id=one.enterprise_id,
        hazard_id=one.hazard_id,
        hazard_number=one.hazard_number,
        due_on=one.due_on,
        answer=one.answer,
        answered_at=one.answered_at,
        answered_by=one.answered_by,
        confirmed_at=one.confirmed_at,
        why=one.why,
        files=[UUID(file) for file in one.files],
        answer_files=[UUID(file) for file in one.answer_files],
    )


def candidates_for(viewer: Actor, campaign_id: UUID, *, on: date, at: datetime | None = None) -> Grounds:
    """Return the candidates of 通报 as of a day, for those who decide on them. Raises NotFound for anybody else.

    at: the instant, while that day is not over.
    """
    row = row_for(viewer, campaign_id)
    if not is_whole(viewer, row.path) or not viewer.has_role(*FOR_CANDIDATES):
        raise NotFound("campaigns.no_candidates", "通报候选由镇安监办、安委会主任和督查组看。")
    return grounds_on(row, on, Kept(at))


def interviews_of(viewer: Actor, campaign_id: UUID) -> list[InterviewLine]:
    """Return the interviews that the viewer sees, the latest first."""
    row = row_for(viewer, campaign_id)
    rows = Interview.objects.open_to(viewer).filter(campaign=row).select_related("part")
    return [_interview(one, viewer) for one in rows.order_by("-meets_at", "id")[:MOST]]


def interview_for(viewer: Actor, campaign_id: UUID, interview_id: UUID) -> InterviewLine:
    """Return an interview that the viewer sees. Raises NotFound."""
    row = row_for(viewer, campaign_id)
    one = Interview.objects.open_to(viewer).filter(campaign=row, pk=interview_id).select_related("part").first()
    if one is None:
        raise NotFound("campaigns.no_interview", "没有找到这次约谈，或者它不在您的管辖范围内。")
    return _interview(one, viewer)


def _interview(one: Interview, viewer: Actor) -> InterviewLine:
    return InterviewLine(
        id=one.pk,
        version=one.version,
        state=one.state,
        unit_name=one.part.name,
        unit_id=one.part.unit_id,
        who=one.who,
        convener=one.convener,
        reason=one.reason,
        grounds=one.grounds,
        place=one.place,
        meets_at=one.meets_at,
        number=one.number,
        minutes=one.minutes,
        undertakings=one.undertakings,
        held_on=one.held_on,
        look_again_on=one.look_again_on,
        result=one.result,
        own=one.part.unit_id in viewer.own_units,
        files=[UUID(file) for file in one.minutes_files],
        received_at=one.received_at,
        received_by=one.received_by,
    )


def cases_of(viewer: Actor, campaign_id: UUID) -> list[CaseLine]:
    """Return the cases of a campaign, for those who keep the register; none for anybody else."""
    row = row_for(viewer, campaign_id)
    rows = AccountabilityCase.objects.open_to(viewer).filter(campaign=row).select_related("part")
    return [_case(one) for one in rows.order_by("-made_at", "id")[:MOST]]


def case_for(viewer: Actor, campaign_id: UUID, case_id: UUID) -> CaseLine:
    """Return a case with its sealed packs. Raises NotFound."""
    one = _case_row(viewer, campaign_id, case_id)
    packs = [
        PackLine(
            id=pack.pk,
            on=pack.on,
            sha256=pack.sha256,
            size=pack.size,
            files=pack.files_count,
            sealed_at=pack.sealed_at,
            by=pack.asked_by,
        )
        for pack in SealedPack.objects.filter(of_id=one.pk).order_by("-asked_at", "id")
    ]
    return _case(one, packs)


def _case_row(viewer: Actor, campaign_id: UUID, case_id: UUID) -> AccountabilityCase:
    row = row_for(viewer, campaign_id)
    found = AccountabilityCase.objects.open_to(viewer).filter(campaign=row, pk=case_id).select_related("part").first()
    if found is None:
        raise NotFound("campaigns.no_case", "没有找到这一件，或者您的岗位看不到问责台账。")
    return found


def _case(one: AccountabilityCase, packs: Sequence[PackLine] = ()) -> CaseLine:
    return CaseLine(
        id=one.pk,
        version=one.version,
        state=one.state,
        who=one.who,
        unit_name=one.part.name if one.part else "",
        failings=one.failings,
        grounds=one.grounds,
        by_accident=one.by_accident,
        accident=one.accident,
        accident_on=one.accident_on,
        report=one.report,
        situation=one.situation,
        lighter=one.lighter,
        handed_to=one.handed_to,
        handed_over_on=one.handed_over_on,
        form=one.form,
        organ=one.organ,
        doc_number=one.doc_number,
        decided_on=one.decided_on,
        result=one.result,
        files=[UUID(file) for file in (*one.files, *one.decision_files)],
        packs=packs,
    )


def paper_of(viewer: Actor, campaign_id: UUID, kind: str, thing_id: UUID, file_id: UUID) -> OpenedFile:
    """Open a paper of a round, an interview or a case that the viewer sees. Raises NotFound."""
    seen: Sequence[UUID] = ()
    if kind == "round":
        found = round_for(viewer, campaign_id, thing_id)
        seen = [*found.files, *(file for one in found.findings for file in (*one.files, *one.answer_files))]
    elif kind == "interview":
        seen = interview_for(viewer, campaign_id, thing_id).files
    elif kind == "case":
        seen = case_for(viewer, campaign_id, thing_id).files
    if file_id not in seen:
        raise NotFound("campaigns.no_file", "没有找到这份材料，或者它不在您的管辖范围内。")
    return trail.open_file(file_id, "original")
