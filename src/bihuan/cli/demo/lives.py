"""The life that each hazard of the demo leads: scenes with a day, an act, a part and what the act brings.

A life is drawn once, from the seed; the season plays it as far as its last day. Every act may still be refused by the
table: a life that breaks a law stops the generator.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bihuan.cli.demo.drafts import Draft
from bihuan.cli.demo.troupe import CHAIR, CHIEF, INSPECTOR, OFFICE, SUPERIOR
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Arrangements, Companion, Given, OrderTerms, SixParts
from bihuan.hazards.rules.states import FileRole, Level, Source

FIVE: Final = Arrangements(
    duty="主要负责人牵头，安全员落实",
    measures="按整改要求逐项完成",
    funds="自筹",
    time="限期内完成",
    plan="整改期间专人看护，异常即停",
)
SIX: Final = SixParts(
    "消除重大隐患，恢复安全条件", "按判定条款逐项改造", "16.8 万元，配件已订货", "主要负责人牵头，设备科长实施",
    "限期内完成，每周报一次进度", "停用该部位，断电上锁，处置方案已演练",
)  # fmt: skip
SEEN_AFTER: Final = 4  # days after a deadline, until somebody goes to see
SPANS: Final = (3, 7, 10, 15, 15, 20)
PAPER_SHARE: Final = {
    True: 0.7,
    False: 0.2,
}  # orders with a printed 整改通知, by whether the enterprise is on the platform


def draw_general(draft: Draft) -> None:
    """Draw the life of a general hazard: mostly fixed in time, some late, failed, extended, moved aside or stuck."""
    dice = draft.dice
    draft.later(0, 2)
    draft.add(Act.CONFIRM, draft.parts.orderer, Given(level=Level.GENERAL, category=draft.life.finding.category))
    ways, odds = zip(*GENERAL_WAYS, strict=True)
    way = dice.choices(ways, odds)[0]
    if (draft.last - draft.day).days > OLDEST_OPEN.get(way, 1000):
        way = late  # what lies about for longer has been pressed and fixed in the end
    way(draft)


def draw_major(draft: Draft) -> None:
    """Draw the life of a major hazard: graded by two, listed by the committee, governed, accepted, delisted, closed."""
    finding, dice = draft.life.finding, draft.dice
    draft.later(0, 2)
    given = Given(
        level=Level.MAJOR,
        criterion=finding.criterion,
        category=finding.category,
        text=f"现场查见：{finding.description}",
    )
    draft.add(Act.CONFIRM, OFFICE, given)
    draft.later(0, 1)
    draft.add(Act.COUNTERSIGN, CHIEF, Given())
    draft.later(0, 2)
    draft.add(Act.PROPOSE_LISTING, OFFICE, Given(text="重大隐患，提请镇安委会挂牌督办"))
    _order(draft, days=dice.choice((28, 45, 60)), kind="plan")
    draft.later(1, 3)
    draft.add(
        Act.LIST,
        CHAIR,
        Given(
            order=OrderTerms(
                demands="停用该部位，按治理方案限期整改",
                supervising_unit="镇安监办",
                organ="镇安委会",
                closing_organ="镇安委会",
                enterprise_person="企业主要负责人",
                supervisor="镇安监办 主任",
                leader="分管安全副镇长",
            )
        ),
    )
    draft.later(0, 1)
    draft.add(Act.ACCEPT, draft.parts.rectifier, Given())
    draft.later(1, 3)
    draft.add(Act.PUBLISH, OFFICE, Given(text="镇政府公告栏和厂门口"))
    if dice.random() < 0.8:
        draft.add(Act.FILE_UPWARD, OFFICE, Given(organ="区安委办", text="挂牌情况已书面备案"))
    draft.add(Act.HAND_IN_PLAN, draft.parts.rectifier, Given(plan=SIX))
    draft.later(3, 7)
    draft.add(Act.PROGRESS, draft.parts.rectifier, Given(percent=dice.choice((30, 50, 60)), text="设备到货，正在安装"))
    draft.later(4, 18)
    _hand_in(draft)
    draft.later(1, 2)
    draft.add(Act.APPLY_ACCEPTANCE, draft.parts.rectifier, Given(evaluation="自评合格，检测报告已出"))
    draft.later(2, 6)
    _accept_and_close(draft)


def _accept_and_close(draft: Draft) -> None:
    seen = Given(text="现场核查合格，资料齐全", on_site=True, companions=(Companion("评审专家", "市安全生产专家库"),))
    if draft.dice.random() < 0.2:
        failed = replace(seen, text="泄爆片规格与方案不符，现场未见检测报告")
        draft.add(Act.FAIL_ACCEPTANCE, CHIEF, failed, (FileRole.SITE,))
        draft.later(4, 8)
        _hand_in(draft)
        draft.later(0, 1)
        draft.add(Act.APPLY_ACCEPTANCE, draft.parts.rectifier, Given(evaluation="已按验收意见更换，复测合格"))
        draft.later(2, 4)
    draft.add(Act.ACCEPT_LISTING, CHIEF, seen, (FileRole.SITE,))
    draft.later(1, 4)
    draft.add(Act.DELIST, CHAIR, Given(text="验收合格，予以摘牌"))
    draft.later(0, 2)
    draft.add(Act.PASS, CHIEF, seen, (FileRole.SITE,))
    draft.day += timedelta(days=1)
    draft.add(Act.PUBLISH, OFFICE, Given(text="摘牌公告，镇政府公告栏和厂门口"))


def _order(draft: Draft, *, days: int, kind: str = "days", paper: bool = False) -> None:
    draft.later(0, 2)
    draft.deadline = draft.day + timedelta(days=days)
    given = Given(
        deadline=draft.deadline,
        deadline_kind=kind,
        supervisor_post_id=draft.parts.supervisor,
        delegate_unit_id=draft.parts.delegate if kind == "days" else None,
        arrangements=FIVE,
        interim="整改前停用该部位，挂警示牌",
        issue_paper=paper,
    )
    draft.add(Act.ASSIGN, draft.parts.orderer if kind == "days" else OFFICE, given)


def _begin(draft: Draft, spans: tuple[int, ...] = SPANS) -> None:
    share = 0 if draft.weekly else PAPER_SHARE[not draft.parts.acting_for]
    _order(draft, days=draft.dice.choice(spans), paper=draft.dice.random() < share)
    draft.later(0, 2)
    draft.add(Act.ACCEPT, draft.parts.rectifier, Given())


def _without_delegate(draft: Draft) -> None:
    """Let the chief re-inspect what was never ordered, or is ordered anew: a delegation ends with its order."""
    if draft.parts.delegate is not None:
        draft.parts = replace(draft.parts, verifier=CHIEF, delegate=None)


def _hand_in(draft: Draft) -> None:
    on_paper = draft.weekly or draft.dice.random() < 0.65
    role = FileRole.DOCUMENT if on_paper and draft.life.finding.criterion is None else FileRole.AFTER
    money = draft.dice.choice((0, 0, 30_000, 80_000, 120_000, 350_000))
    draft.add(Act.HAND_IN, draft.parts.rectifier, Given(text=draft.life.finding.done, money_fen=money), (role,))


def _pass(draft: Draft) -> None:
    draft.later(1, 5)
    draft.add(Act.PASS, draft.parts.verifier, Given(text="现场核对，已整改到位"))
    if draft.life.new.needs_superior:
        draft.later(1, 4)
        draft.add(Act.SUBMIT_SUPERIOR, OFFICE, Given())
        draft.later(2, 9)
        draft.add(Act.SUPERIOR_ACCEPT, SUPERIOR, Given(text="材料齐全，予以认可"))


def _until(draft: Draft, late: int) -> None:
    """Go to a day before the deadline, or `late` days after it."""
    assert draft.deadline is not None  # noqa: S101 -- ordered before
    if late:
        draft.day = max(draft.day, draft.deadline + timedelta(days=late))
        return
    left = max((draft.deadline - draft.day).days, 0)
    draft.later(min(1, left), left)


def in_time(draft: Draft) -> None:
    """Fixed before the deadline and passed."""
    _begin(draft)
    _until(draft, 0)
    _hand_in(draft)
    _pass(draft)


def late(draft: Draft) -> None:
    """Fixed some days late; that stays visible."""
    _begin(draft)
    days = draft.dice.randint(1, 9)
    if days > SEEN_AFTER:
        _go_and_see(draft)
    _until(draft, days)
    if draft.dice.random() < 0.4:
        draft.add(Act.REMIND, OFFICE, Given())
        draft.later(1, 3)
    _hand_in(draft)
    _pass(draft)


def failed_once(draft: Draft) -> None:
    """Sent back once, fixed again, passed in the second round."""
    _begin(draft)
    _until(draft, 0)
    _hand_in(draft)
    draft.later(1, 6)
    draft.add(Act.FAIL, draft.parts.verifier, Given(text="只清理了一半，照片与现场不符"))
    draft.later(1, 5)
    _hand_in(draft)
    _pass(draft)


def extended(draft: Draft) -> None:
    """Asks for more time before the deadline; granted more often than not."""
    _begin(draft, (15, 20))
    assert draft.deadline is not None  # noqa: S101 -- ordered before
    if not draft.weekly:
        draft.day = max(draft.day, draft.deadline - timedelta(days=draft.dice.randint(0, 3)))
    wanted = draft.deadline + timedelta(days=draft.dice.randint(5, 14))
    asked = Given(text="配件厂家停产检修，供货推迟", deadline=wanted, interim="停用该设备，专人看护")
    draft.add(Act.ASK_EXTENSION, draft.parts.rectifier, asked)
    draft.later(1, 4)
    if draft.dice.random() < 0.7:
        granter = SUPERIOR if draft.life.new.needs_superior else CHIEF  # a superior's item: by the superior (R3.33)
        draft.add(Act.GRANT_EXTENSION, granter, Given(text="情况属实，同意延期"))
        draft.deadline = wanted
        _until(draft, 0)
    else:
        draft.add(Act.REFUSE_EXTENSION, CHIEF, Given(text="可以先停用改造，不同意延期"))
        draft.later(2, 6)
    _hand_in(draft)
    _pass(draft)


def on_spot(draft: Draft) -> None:
    """Fixed during the visit, both photos, both signatures; re-inspected by another person."""
    given = Given(text=draft.life.finding.done, signed_by="现场负责人")
    draft.add(Act.FIX_ON_SPOT, INSPECTOR, given, (FileRole.BEFORE, FileRole.AFTER))
    _without_delegate(draft)
    _pass(draft)


def came_back(draft: Draft) -> None:
    """Closed, found again, reopened with a new deadline."""
    in_time(draft)
    if draft.life.new.needs_superior:
        return
    draft.later(6, 15)
    given = Given(
        text="回头看发现同一部位又出现",
        deadline=draft.day + timedelta(days=10),
        deadline_kind="days",
        supervisor_post_id=draft.parts.supervisor,
        arrangements=FIVE,
    )
    draft.deadline = given.deadline
    draft.add(Act.REOPEN, CHIEF, given)
    _without_delegate(draft)
    draft.later(1, 3)
    draft.add(Act.ACCEPT, draft.parts.rectifier, Given())
    _until(draft, 0)
    _hand_in(draft)
    _pass(draft)


def transferred(draft: Draft) -> None:
    """Handed to another body; some come back; never a superior's item, which needs its consent (L11)."""
    if draft.life.new.needs_superior:
        in_time(draft)
        return
    draft.later(1, 4)
    draft.add(Act.TRANSFER, OFFICE, Given(text="超出镇级职权", organ="区市场监管局"), (FileRole.PAPER,))
    draft.later(5, 14)
    if draft.dice.random() < 0.3:
        draft.add(Act.RETURN, OFFICE, Given(text="受移送单位退回，由镇办理"))
        in_time(draft)
    else:
        draft.add(Act.RECORD_REPLY, OFFICE, Given(text="已立案查处"))


def invalid(draft: Draft) -> None:
    """Not a hazard, or written down twice: asked by one, approved by another; never a superior's item (L11)."""
    if draft.life.new.needs_superior:
        in_time(draft)
        return
    draft.later(0, 3)
    draft.add(Act.REQUEST_INVALID, OFFICE, Given(text="与上一条重复登记"))
    draft.later(1, 3)
    new = draft.life.new
    if new.needs_superior or new.source == Source.SUPERIOR:
        draft.add(Act.APPROVE_INVALID, SUPERIOR, Given(text="同意作废"))
        return
    draft.add(Act.APPROVE_INVALID, CHIEF, Given(text="同意作废"))


def stuck(draft: Draft) -> None:
    """Accepted and never handed in: overdue by itself; some days later somebody has gone to see (R3.16)."""
    _begin(draft)
    _go_and_see(draft)


def _go_and_see(draft: Draft) -> None:
    """Visit what was not handed in; a town that is played in weeks has no such days."""
    if draft.weekly or draft.deadline is None:
        return
    draft.day = max(draft.day, draft.deadline + timedelta(days=SEEN_AFTER))
    seen = Given(text="现场没有动工，企业称配件未到；已责令停用该部位", fixed=False, signed_by="现场负责人")
    draft.add(Act.CHECK_EXPIRED, draft.parts.verifier, seen, (FileRole.SITE,))


def unordered(draft: Draft) -> None:
    """Graded and not ordered yet."""


def not_accepted(draft: Draft) -> None:
    """Ordered and not accepted yet."""
    _order(draft, days=draft.dice.choice(SPANS))


GENERAL_WAYS: Final[tuple[tuple[Callable[[Draft], None], float], ...]] = (
    (in_time, 60),
    (late, 10),
    (failed_once, 6),
    (extended, 4),
    (on_spot, 9),
    (came_back, 2),
    (transferred, 1.2),
    (invalid, 1.6),
    (stuck, 4),
    (unordered, 3),
    (not_accepted, 3),
)
# How old, in days, a hazard may be that somebody has simply left where it is.
OLDEST_OPEN: Final[dict[Callable[[Draft], None], int]] = {unordered: 5, not_accepted: 8, stuck: 32}
