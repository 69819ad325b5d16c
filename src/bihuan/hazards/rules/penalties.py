"""R3.12: the liability that a hazard's facts may bring under the law in force on the day; advice, never a decision.

Where the law of the day has no text that we are sure of, nothing is said. Amounts are in yuan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from bihuan.hazards.rules.deadlines import days_late
from bihuan.hazards.rules.expiry import is_checked
from bihuan.hazards.rules.facts import Standing
from bihuan.hazards.rules.states import OPEN_STATES, Level, PlaceKind, State
from bihuan.kernel.in_force import Dated, in_force
from bihuan.kernel.roles import Role

MAY_SEE: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.DEPARTMENT, Role.INSPECTOR})
UNIT: Final = "单位"
WAN: Final = 10_000  # 万元


class Conduct(StrEnum):
    """What the law penalises, of that which a hazard's row can show."""

    NOT_TOLD_WORKERS = "not_told_workers"
    NOT_REPORTED = "not_reported"
    NOT_REMOVED = "not_removed"
    REFUSED_AGAIN = "refused_again"


@dataclass(frozen=True, slots=True)
class Fine:
    """One step of a penalty: when, whom it hits, and how much in yuan; most_yuan 0 is no fine of its own.

    may: the text says that the fine can be imposed (可以处), not that it is.
    """

    when: str
    whom: str = UNIT
    least_yuan: int = 0
    most_yuan: int = 0
    also: str = ""
    may: bool = False


@dataclass(frozen=True, slots=True)
class Provision:
    """One article: the law as it is cited, the conduct in its words, and its steps."""

    law: str
    article: str
    says: str
    fines: tuple[Fine, ...] = ()

    @property
    def cited(self) -> str:
        """The law with its edition, and the article."""
        return f"{self.law}{self.article}"


@dataclass(frozen=True, slots=True)
class Liability:
    """What a fact may bring: the fact as it stands, and the provision of the day."""

    conduct: Conduct
    fact: str
    provision: Provision

    @property
    def says(self) -> str:
        """The provision in one sentence for people."""
        return sentence(self.provision)


_LAW_2014: Final = "《安全生产法》（2014年修正）"
_LAW_2021: Final = "《安全生产法》（2021年修正）"
_IN_FORCE_2014: Final = date(2014, 12, 1)
_LAST_OF_2014: Final = date(2021, 8, 31)
_IN_FORCE_2021: Final = date(2021, 9, 1)
_PERSONS: Final = "直接负责的主管人员和其他直接责任人员"
_STOP: Final = "责令停产停业整顿"
_TO_ORDER: Final = "责令限期改正"

_LADDER_2021: Final = (
    Fine(_TO_ORDER, most_yuan=10 * WAN),
    Fine("逾期未改正", least_yuan=10 * WAN, most_yuan=20 * WAN, also=_STOP),
    Fine("逾期未改正", _PERSONS, 2 * WAN, 5 * WAN),
)

# None: the law of those days has no such provision that we are sure of, so nothing is said.
PROVISIONS: Final[dict[Conduct, tuple[Dated[Provision | None], ...]]] = {
    Conduct.NOT_TOLD_WORKERS: (
        Dated(None, valid_to=date(2014, 11, 30)),
        Dated(
            Provision(
                _LAW_2014,
                "第九十四条第五项",
                "未将事故隐患排查治理情况如实记录或者未向从业人员通报",
                (
                    Fine(_TO_ORDER, most_yuan=5 * WAN, may=True),
                    Fine("逾期未改正", least_yuan=5 * WAN, most_yuan=10 * WAN, also=_STOP),
                    Fine("逾期未改正", _PERSONS, 1 * WAN, 2 * WAN),
                ),
            ),
            valid_from=_IN_FORCE_2014,
            valid_to=_LAST_OF_2014,
            source="安全生产法（2014年修正）art. 94(5) [from memory]",
        ),
        Dated(
            Provision(
                _LAW_2021,
                "第九十七条第五项",
                "未将事故隐患排查治理情况如实记录或者未向从业人员通报",
                _LADDER_2021,
            ),
            valid_from=_IN_FORCE_2021,
            source="安全生产法（2021年修正）art. 97(5); persons' amounts [from memory]",
        ),
    ),
    Conduct.NOT_REPORTED: (
        Dated(None, valid_to=_LAST_OF_2014, source="the 2014 art. 98 names the missing system only [from memory]"),
        Dated(
            Provision(_LAW_2021, "第一百零一条第五项", "重大事故隐患排查治理情况未按照规定报告", _LADDER_2021),
            valid_from=_IN_FORCE_2021,
            source="安全生产法（2021年修正）art. 101(5); persons' amounts [from memory]",
        ),
    ),
    Conduct.NOT_REMOVED: (
        Dated(None, valid_to=date(2014, 11, 30)),
        Dated(
            Provision(
                _LAW_2014,
                "第九十九条",
                "未采取措施消除事故隐患",
                (
                    Fine("责令立即消除或者限期消除"),
                    Fine("拒不执行", least_yuan=10 * WAN, most_yuan=50 * WAN, also=_STOP),
                    Fine("拒不执行", _PERSONS, 2 * WAN, 5 * WAN),
                ),
            ),
            valid_from=_IN_FORCE_2014,
            valid_to=_LAST_OF_2014,
            source="安全生产法（2014年修正）art. 99 [from memory]",
        ),
        Dated(
            Provision(
                _LAW_2021,
                "第一百零二条",
                "未采取措施消除事故隐患",
                (
                    Fine("责令立即消除或者限期消除", most_yuan=5 * WAN),
                    Fine("拒不执行", also=_STOP),
                    Fine("拒不执行", _PERSONS, 5 * WAN, 10 * WAN),
                ),
            ),
            valid_from=_IN_FORCE_2021,
            source="安全生产法（2021年修正）art. 102",
        ),
    ),
    Conduct.REFUSED_AGAIN: (
        Dated(None, valid_to=_LAST_OF_2014, source="consecutive daily fines came with the 2021 text"),
        Dated(
            Provision(
                _LAW_2021,
                "第一百一十二条",
                "被责令改正且受到罚款处罚，拒不改正的，可以自责令改正之日的次日起，按照原处罚数额按日连续处罚",
            ),
            valid_from=_IN_FORCE_2021,
            source="安全生产法（2021年修正）art. 112",
        ),
    ),
}


def provision_on(conduct: Conduct, day: date) -> Provision | None:
    """Return the provision on this conduct in force on a day; None where we know of none."""
    return in_force(PROVISIONS[conduct], on=day)


def liabilities(standing: Standing, *, on: date) -> list[Liability]:
    """Return what the facts of a hazard may bring on this day, each with the fact it rests on.

    Only an enterprise is a unit of production under this law. What still goes on is judged by the law of the day.
    """
    if standing.place_kind != PlaceKind.ENTERPRISE or standing.state not in OPEN_STATES:
        return []
    found = []
    for conduct, fact in _facts(standing, on):
        provision = provision_on(conduct, on)
        if provision is not None:
            found.append(Liability(conduct, fact, provision))
    return found


def _facts(standing: Standing, on: date) -> Iterator[tuple[Conduct, str]]:
    late = days_late(standing.state, standing.deadline, today=on)
    checked = is_checked(standing)
    if late and not (checked and standing.expiry_fixed):  # seen fixed, and only not handed in yet
        seen = "，到期复查仍未整改" if checked else ""
        yield Conduct.NOT_REMOVED, f"超期 {late} 天未整改{seen}"
        if standing.is_order:
            yield Conduct.REFUSED_AGAIN, f"责令限期整改后超期 {late} 天未整改；是否受过罚款，请查案卷"
    if standing.level != Level.MAJOR or standing.state == State.REPORTED or standing.major_since is None:
        return
    days = (on - standing.major_since).days
    if days and not standing.regulator_told:
        yield Conduct.NOT_REPORTED, f"定为重大隐患 {days} 天，没有报告监管部门的记录"
    if days and not standing.workers_told:
        yield Conduct.NOT_TOLD_WORKERS, f"定为重大隐患 {days} 天，没有告知从业人员的记录"


def overdue_warning(*, on: date) -> str:
    """Return what a letter or a message about overdue hazards says of the law; "" where we know no text for the day."""
    provision = provision_on(Conduct.NOT_REMOVED, on)
    return "" if provision is None else f"依照{provision.cited}，{sentence(provision)}"


def sentence(provision: Provision) -> str:
    """Return a provision in one Chinese sentence, put together from its steps."""
    steps = [_step(when, list(fines)) for when, fines in groupby(provision.fines, key=lambda fine: fine.when)]
    return f"{provision.says}{'的，' + '；'.join(steps) if steps else ''}。"


def _step(when: str, fines: list[Fine]) -> str:
    said = [f"{when}的" if when.startswith(("逾期", "拒不")) else when]
    for fine in fines:
        said += [fine.also] if fine.also else []
        if fine.most_yuan:
            whom = "" if fine.whom == UNIT else f"对{fine.whom}"
            said.append(f"{whom}{'并' if fine.also else ''}{'可以' if fine.may else ''}处 {_amount(fine)}罚款")
    return "，".join(said)


def _amount(fine: Fine) -> str:
    if not fine.least_yuan:
        return f"{fine.most_yuan // WAN} 万元以下"
    return f"{fine.least_yuan // WAN} 万元以上 {fine.most_yuan // WAN} 万元以下"
