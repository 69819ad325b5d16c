"""Facts under which each act of the table may be done, so that a test can take one thing away at a time."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import (
    Arrangements,
    Barred,
    Companion,
    Criterion,
    Delegate,
    Doer,
    Facts,
    Given,
    ListingFacts,
    OrderTerms,
    Pending,
    Proof,
    ReportParts,
    SixParts,
    Standing,
)
from bihuan.hazards.rules.parties import ENTERPRISE_ROLES
from bihuan.hazards.rules.states import FileRole, Holder, Level, ListingLevel, ListingState, PlaceKind, Source, State
from bihuan.hazards.rules.steps import Step
from bihuan.hazards.rules.terms import NAMES, Terms
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.roles import Role
from bihuan.standards.rules import default

TODAY: Final = date(2018, 1, 15)
CALENDAR: Final = WorkCalendar()
TERMS: Final = Terms(**{name: int(default(name, on=TODAY)) for name in NAMES})
FIRM, OFFICE, VILLAGE, POST, DELEGATE = (UUID(int=number) for number in (1, 2, 3, 4, 5))
ME, OTHER, THIRD = (UUID(int=number) for number in (11, 12, 13))
LICENCE: Final = "安全生产许可证（危险化学品生产）1号"
PATH: Final = "/32/04/13/101/201/"
# Acts that are only done to a major hazard, or that only make sense on a general one.
MAJOR: Final = frozenset(
    {
        Act.COUNTERSIGN, Act.REQUEST_LOWERING, Act.APPROVE_LOWERING, Act.REFUSE_LOWERING, Act.TELL_REGULATOR,
        Act.TELL_WORKERS, Act.PROPOSE_LISTING, Act.LIST, Act.RECORD_LISTING, Act.WITHDRAW_LISTING, Act.PUBLISH,
        Act.FILE_UPWARD, Act.HAND_IN_PLAN, Act.PROGRESS, Act.APPLY_ACCEPTANCE, Act.ACCEPT_LISTING,
        Act.FAIL_ACCEPTANCE, Act.DELIST, Act.PROPOSE_LICENCE_SUSPENSION, Act.RECORD_LICENCE_ANSWER,
    }
)  # fmt: skip
DELEGATING: Final = frozenset({Act.DELEGATE_REVIEW})
SUPERIORS: Final = frozenset({Act.SUBMIT_SUPERIOR, Act.SUPERIOR_ACCEPT, Act.SUPERIOR_REFUSE, Act.ADOPT_DEADLINE})


def files() -> tuple[Proof, ...]:
    """One file of each role."""
    photos = (FileRole.BEFORE, FileRole.AFTER, FileRole.SITE)
    found = [Proof(UUID(int=100 + number), is_photo=True, role=role) for number, role in enumerate(photos)]
    return (
        *found,
        Proof(UUID(int=110), is_photo=False, role=FileRole.DOCUMENT),
        Proof(UUID(int=111), is_photo=False, role=FileRole.PAPER),
    )


def given_for(act: Act, level: str) -> Given:
    """Return a Given that brings everything any act asks for."""
    major = level == Level.MAJOR
    later = TODAY + timedelta(days=12)
    return Given(
        text="理由和意见",
        files=files(),
        on=TODAY,
        acting_for="代企业或上级",
        level=Level.GENERAL,
        criterion=Criterion("gongmao-2017", "一(一)3"),
        deadline=TODAY + timedelta(days=20) if act in {Act.ASK_EXTENSION, Act.ADOPT_DEADLINE} else later,
        deadline_kind="plan" if major else "days",
        supervisor_post_id=POST,
        arrangements=Arrangements("责任", "措施", "资金", "时限", "预案"),
        interim="停用",
        signed_by="企业负责人",
        fixed=False if act == Act.CHECK_EXPIRED else None,
        delegate_unit_id=DELEGATE if act in DELEGATING else None,
        delegate=Delegate(DELEGATE, "东村", PATH, Holder.VILLAGE, able=True) if act in DELEGATING else None,
        companions=(Companion("同事", user_id=UUID(int=14)),),
        on_site=True,
        organ="区住建局",
        number="〔2018〕1号",
        order=OrderTerms(
            level=ListingLevel.CITY,
            organ="市安委会",
            number="1号",
            demands="限期整改",
            supervising_unit="经发办",
            closing_organ="镇安委会",
            enterprise_person="厂长",
            supervisor="经发办主任",
            leader="副镇长",
        ),
        plan=SixParts("目标", "方法", "资金", "机构", "时限", "预案"),
        report=ReportParts("现状和原因", "危害和难易", "方案"),
        percent=50,
        evaluation="自评合格",
        evaluated_by="body",
        evaluator="省安全评价公司",
        visited_on=TODAY,
        visited_by="区安监局 李某、王某",
        sanction="penalty",
        sanction_organ="区安监局",
        licence=LICENCE,
        licence_suspended=True,
        repeat_of=UUID(int=77),
    )


def standing_for(step: Step, state: State, role: Role) -> Standing:
    """Return a hazard on which every gate of the step is open for this role."""
    act = step.act
    level = "" if state == State.REPORTED and act != Act.RAISE_LEVEL else Level.GENERAL
    level = Level.MAJOR if act in MAJOR else level
    superior = act in SUPERIORS or step.only_superior is True
    superior = superior or (act == Act.TRANSFER and role == Role.SUPERIOR)
    listing_state = next((one for one in step.listing_frm if one), "")
    own = role in ENTERPRISE_ROLES and level != Level.MAJOR
    return Standing(
        id=UUID(int=500),
        state=state,
        level=level,
        path=PATH,
        place_kind=PlaceKind.ENTERPRISE,
        enterprise_id=FIRM,
        source=Source.SELF_CHECK if own else Source.DEPARTMENT,
        self_found=own or act == Act.SAMPLE,
        reported_on=TODAY,
        graded_by_id=OTHER,
        graded_unit_id=OFFICE,
        countersigned=level == Level.MAJOR and act != Act.COUNTERSIGN,
        major_since=TODAY if level == Level.MAJOR else None,
        lowering=act in {Act.APPROVE_LOWERING, Act.REFUSE_LOWERING},
        ordering_unit_id=VILLAGE if role == Role.VILLAGE else OFFICE,
        deadline=None if state == State.CONFIRMED else TODAY + timedelta(days=-3 if act == Act.CHECK_EXPIRED else 10),
        first_deadline=None if state == State.CONFIRMED else TODAY + timedelta(days=10),
        deadline_kind="days",
        extension=act in {Act.GRANT_EXTENSION, Act.REFUSE_EXTENSION},
        arranged=True,
        has_interim=True,
        suspended=act in {Act.APPLY_RESUMPTION, Act.RESUME, Act.REFUSE_RESUMPTION},
        suspended_on=TODAY,
        resumption=act in {Act.RESUME, Act.REFUSE_RESUMPTION},
        rectified_on=TODAY,
        barred=Barred(people=frozenset({OTHER})),
        after_photos=1,
        before_photos=1,
        passed_on=TODAY if act == Act.SUBMIT_SUPERIOR else None,
        invalidation=act in {Act.APPROVE_INVALID, Act.REFUSE_INVALID}
        or (act == Act.APPLY_RESUMPTION and state in {State.CONFIRMED, State.ASSIGNED, State.RECTIFYING}),
        needs_superior=superior,
        same_kind_replies=1,
        listing=_listing(listing_state, role, proposed=act == Act.RECORD_LICENCE_ANSWER),
    )


def _listing(state: str, role: Role, *, proposed: bool) -> ListingFacts | None:
    if not state:
        return None
    external = role in {Role.SAFETY_OFFICE}
    level = ListingLevel.COUNTY if external or role == Role.SUPERIOR else ListingLevel.TOWN
    return ListingFacts(
        id=UUID(int=600), state=ListingState(state), level=level, external=external, licence_proposed=proposed
    )


def facts_for(step: Step, state: State, role: Role, **doer: Any) -> Facts:
    """Return facts under which this role may take this step from this state."""
    standing = standing_for(step, state, role)
    unit = VILLAGE if role == Role.VILLAGE else OFFICE
    person = Doer(
        user_id=ME,
        unit_id=None if role in ENTERPRISE_ROLES else unit,
        unit_path=PATH,
        enterprise_id=FIRM if role in ENTERPRISE_ROLES else None,
        roles=frozenset({role}),
    )
    return Facts(
        standing=standing,
        doer=replace(person, **doer),
        today=TODAY,
        terms=TERMS,
        calendar=CALENDAR,
        given=given_for(step.act, standing.level),
        licences=(LICENCE,),
        pending=Pending(asked_by_id=THIRD, new_deadline=TODAY + timedelta(days=20)),
    )
