"""L4: every major hazard is listed, accepted on site and delisted before it closes (R3.22–R3.28)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bihuan.hazards.rules.facts import Facts, ListingFacts, OrderTerms
from bihuan.hazards.rules.states import LIVE_LISTING, FileRole, Level, ListingLevel, ListingState, State
from bihuan.hazards.rules.terms import Terms
from bihuan.kernel.calendar import WorkCalendar

_COMMITTEE: Final = frozenset({"安委会", "安委办", "安全生产委员会", "安全生产委员会办公室"})


def listed(facts: Facts) -> str:
    """L4: listing before `rectified`."""
    if facts.standing.level != Level.MAJOR or facts.standing.listing_state in LIVE_LISTING:
        return ""
    return "重大隐患还没有挂牌督办，不能提交整改。请先由安委会挂牌。"


def delisted(facts: Facts) -> str:
    """L4: acceptance and delisting before `awaiting_superior` or `closed`."""
    if facts.standing.level != Level.MAJOR or facts.standing.listing_state == ListingState.DELISTED:
        return ""
    if facts.standing.state == State.AWAITING_SUPERIOR:
        return "上报后升为重大的，要先验收合格并摘牌。请由上级办“不予认可”退回，改好后申请验收、摘牌，再报上级认可。"
    return "重大隐患要先验收合格并摘牌，才能销号。"


def not_under_acceptance(facts: Facts) -> str:
    """A major hazard under acceptance fails by the failed acceptance, one act for both."""
    if facts.standing.listing_state in {ListingState.ACCEPTANCE_APPLIED, ListingState.ACCEPTED}:
        return "这一项正在挂牌验收。不合格的，请用验收不合格一并退回。"
    return ""


def nothing_listed(facts: Facts) -> str:
    """One main order at a time."""
    listing = facts.standing.listing
    if listing is None:
        return ""
    return "已经提请或挂牌，不用再提请。"


def higher_than_listed(facts: Facts) -> str:
    """R3.23: another body's listing is recorded beside a lower one, never under a higher one that is still running."""
    listing, order = facts.standing.listing, facts.given.order
    if listing is None or order is None or listing.state == ListingState.DELISTED:
        return ""
    ranks = list(ListingLevel)
    if ranks.index(order.level) > ranks.index(listing.level):
        return ""
    return "已有同级或更高级别的挂牌在督办，不能再登记为主挂牌。"


def external_order_given(facts: Facts) -> str:
    """L4: a listing by a body off the platform is recorded with organ, number, date and scan."""
    order = facts.given.order
    if order is None or not order.organ.strip() or not order.number.strip() or facts.given.on is None:
        return "请填写挂牌机关、文号和挂牌日期。"
    if facts.given.on > facts.today:
        return "挂牌日期不能晚于今天。"
    found = facts.standing.found_on
    if found is not None and facts.given.on < found:
        return f"挂牌日期不能早于发现日期 {found.month}月{found.day}日。请按挂牌文件核对日期。"
    return "" if facts.given.papers() else "请附挂牌文件的扫描件或照片。"


def listed_above_the_town(facts: Facts) -> str:
    """L4, R3.24: the town's own committee lists on the platform, by its chair; recorded is only who is above it."""
    order = facts.given.order
    if order is None:
        return ""
    if order.level == ListingLevel.TOWN:
        return "镇级挂牌由安委会主任在平台上签发，不能代为登记。请提请挂牌，由安委会主任办理；上级挂牌的，请选定级别。"
    organ = "".join(order.organ.split())
    is_own = organ in facts.own_units | _COMMITTEE or organ.startswith(("镇", "本镇"))
    if is_own or any(name in organ for name in facts.own_town):
        return f"“{organ}”是本镇的，不能登记为上级挂牌。请提请挂牌，由安委会主任签发；上级机关请写全称，如区安委会。"
    return ""


def order_given(facts: Facts) -> str:
    """R3.25: an order says what is demanded, which unit presses, and which one takes it off the list."""
    order = facts.given.order
    if order is None or not order.demands.strip():
        return "请写明督办要求。"
    if not order.supervising_unit.strip():
        return "请写明督办单位（责任部门）。"
    return "" if order.closing_organ.strip() else "请写明销号单位。镇里挂牌的，一般是镇安委会。"


def three_people_named(facts: Facts) -> str:
    """R3.25: the town's own order names who answers in the enterprise, who supervises, and the attached leader."""
    order = facts.given.order
    if order is None:
        return ""
    lacking = {what: where for what, name, where in _three(order) if not name.strip()}
    return f"还缺{'、'.join(lacking)}。{''.join(lacking.values())}" if lacking else ""


def _three(order: OrderTerms) -> tuple[tuple[str, str, str], ...]:
    """Return the three people of an order: what each is called, the name given, and where to get one."""
    return (
        ("企业责任人", order.enterprise_person, "企业责任人请填主要负责人的姓名、职务，可在企业档案的人员里查。"),
        (
            "监管责任人",
            order.supervisor,
            "监管责任人请填监管部门负责人的姓名、职务；下达整改时指定到岗位的会自动带出。",
        ),
        ("挂钩领导", order.leader, "这里还没有设挂钩领导的，可以直接填姓名、职务；在“责任分工”设定后会自动带出。"),
    )


def handed_in_before(facts: Facts) -> str:
    """R3.28: acceptance is applied for when the hazard has been handed in."""
    if facts.standing.state == State.RECTIFIED:
        return ""
    return "请先提交整改，再申请验收。"


def notice_binds(state: str) -> str:
    """L4, L10: nobody takes the notice of a running listing back; the listing ends by delisting, the paper after it."""
    if state in LIVE_LISTING:
        return "挂牌还在督办，通知书不能作废。摘牌以后，或者这一项隐患由两人办理作废以后，才能作废。"
    return ""


def still_to_publish(facts: Facts) -> str:
    """R3.24: a delisting is announced once, where the listing was."""
    listing = facts.standing.listing
    if listing is None or listing.state != ListingState.DELISTED or listing.delisting_published_on is None:
        return ""
    return "摘牌已经公告。"


def evaluated(facts: Facts) -> str:
    """R3.28: the unit evaluates the result before it applies."""
    if facts.given.evaluation.strip() or any(one.role == FileRole.DOCUMENT for one in facts.given.files):
        return ""
    return "请写明整改效果评估情况，或附评估报告。"


def progress_given(facts: Facts) -> str:
    """A weekly report says how far."""
    percent = facts.given.percent
    if percent is None or not 0 <= percent <= 100:
        return "请填写完成比例，0 到 100。"
    return "" if facts.given.text.strip() else "请写明本周进展。"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a listing with its last day and the day it was done, for the listing desk (R3.24)."""

    name: str
    due_on: date | None
    done_on: date | None

    def is_late(self, today: date) -> bool:
        """Tell whether it is past its day, or was done after it."""
        return self.due_on is not None and (self.done_on or today) > self.due_on


def milestones(
    listing: ListingFacts | None, *, major_since: date, terms: Terms, calendar: WorkCalendar, delisted_on: date | None
) -> tuple[Milestone, ...]:
    """Return every step of a listing with its deadline (R3.24), as far as the facts allow to compute it."""

    def after(day: date | None, working_days: int) -> date | None:
        return None if day is None else calendar.add_working_days(day, working_days)

    listed_on = listing.listed_on if listing else None
    accepted_on = listing.accepted_on if listing else None
    return (
        Milestone("提请", after(major_since, terms.listing_propose_wd), listing.proposed_on if listing else None),
        Milestone("挂牌", after(major_since, terms.listing_red_wd), listed_on),
        Milestone("报备", after(listed_on, terms.listing_file_up_wd), listing.filed_on if listing else None),
        Milestone("公告", after(listed_on, terms.listing_publish_wd), listing.published_on if listing else None),
        Milestone("治理方案", after(listed_on, terms.listing_plan_wd), listing.plan_on if listing else None),
        Milestone("验收", listing.acceptance_due if listing else None, accepted_on),
        Milestone("摘牌", after(accepted_on, terms.listing_delist_wd), delisted_on),
        Milestone(
            "摘牌公告",
            after(accepted_on, terms.listing_delist_wd),
            listing.delisting_published_on if listing else None,
        ),
    )


def unlisted_late_since(today: date, *, terms: Terms, calendar: WorkCalendar) -> date:
    """Return the latest day of becoming major whose red line without a listing has passed by today (R3.22)."""
    day = today - timedelta(days=1)
    while calendar.add_working_days(day, terms.listing_red_wd) >= today:
        day -= timedelta(days=1)
    return day


def next_progress_due(listing: ListingFacts, *, terms: Terms) -> date | None:
    """Return the day on which the next weekly progress report is due while governing (R3.24)."""
    if listing.state != ListingState.GOVERNING:
        return None
    last = max(_known((listing.progress_on, listing.plan_on, listing.listed_on)), default=None)
    return None if last is None else last + timedelta(days=terms.listing_progress_days)


def _known(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]
