"""Dated parameters: what one is, which value holds on a day, and how a typed value is read (R0.1, house rule 26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from bihuan.kernel.errors import Refusal
from bihuan.kernel.in_force import Dated, dated_in_force
from bihuan.kernel.roles import Role

Value = int | Decimal | str


class Unit(StrEnum):
    """What a parameter counts; the value is the word shown."""

    DAYS = "天"
    WORKING_DAYS = "个工作日"
    MONTHS = "个月"
    YEARS = "年"
    MINUTES = "分钟"
    TIMES = "次"
    PEOPLE = "人"
    CHARACTERS = "位"
    KINDS = "类"
    ITEMS = "项"
    ROWS = "行"
    COLUMNS = "列"
    PERCENT = "%"
    YES_NO = "是/否"
    WORDS = ""


class Confidence(StrEnum):
    """How sure the rule book is of a value."""

    VERIFIED = "verified"
    FROM_MEMORY = "from_memory"
    DESIGN = "design"


CONFIDENCE_NAMES: Final[dict[Confidence, str]] = {
    Confidence.VERIFIED: "已核对原文",
    Confidence.FROM_MEMORY: "凭业务知识，待核对",
    Confidence.DESIGN: "法规未定，系统建议值",
}


# Who may set a town's parameters and calendar (R10.13: the system administrator; and who answers for their use).
MAY_EDIT: Final[frozenset[Role]] = frozenset({Role.SYSTEM_ADMIN, Role.SAFETY_CHIEF, Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or word that changes with time or place.

    values: the packaged values by date. least, most: inclusive bounds of what a town may set. editable: False where the
    law fixes it. rule: the number in the rule book.
    """

    name: str
    title: str
    group: str
    unit: Unit
    rule: str
    confidence: Confidence
    values: tuple[Dated[Value], ...]
    least: int = 0
    most: int = 366
    editable: bool = True

    def default_on(self, day: date) -> Dated[Value]:
        """Return the packaged value in force on a day, with its source."""
        return dated_in_force(self.values, on=day)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A parameter's value for a town on a day, and where it comes from."""

    parameter: Parameter
    value: Value
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
    own: bool = False

    @property
    def shown(self) -> str:
        """The value as people read it."""
        if self.parameter.unit is Unit.YES_NO:
            return "是" if self.value else "否"
        return f"{self.value}{self.parameter.unit}"


@dataclass(frozen=True, slots=True)
class ParameterEntry:
    """A line of a parameter's history. set_at: None for packaged values."""

    value: ParameterValue
    set_at: datetime | None = None
    set_by: str = ""


class BadValue(Refusal):
    """A parameter cannot take this value."""


def effective(declared: Parameter, own: Iterable[Dated[Value]], *, on: date) -> ParameterValue:
    """Return the value in force on a day: the town's own where one covers the day, else the packaged one.

    own: the town's values, oldest first; of two with the same `valid_from` the later entry wins.
    """
    covering = [entry for entry in own if entry.holds_on(on)]
    if covering:
        chosen = sorted(covering, key=lambda entry: entry.valid_from or date.min)[-1]
        return _value(declared, chosen, own=True)
    return _value(declared, declared.default_on(on), own=False)


def _value(declared: Parameter, entry: Dated[Value], *, own: bool) -> ParameterValue:
    return ParameterValue(declared, entry.value, entry.source, entry.valid_from, entry.valid_to, own)


def read_value(declared: Parameter, text: str) -> Value:
    """Read what a person typed for a parameter. Raises BadValue with a sentence."""
    cleaned = text.strip()
    sample = declared.values[0].value
    if isinstance(sample, str):
        if not cleaned:
            raise BadValue("standards.empty", f"“{declared.title}”没有填写。请填写后再保存。", field="value")
        return cleaned
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        raise BadValue(
            "standards.not_a_number", f"“{declared.title}”要填数字，现在填的是“{cleaned}”。请改成数字。", field="value"
        ) from None
    if not number.is_finite() or not declared.least <= number <= declared.most:
        raise BadValue(
            "standards.out_of_bounds",
            f"“{declared.title}”可以填{declared.least}到{declared.most}{declared.unit}，现在是{cleaned}。请改到这个范围内。",
            field="value",
        )
    if isinstance(sample, int):
        return _whole(declared, number, cleaned)
    return number


def _whole(declared: Parameter, number: Decimal, typed: str) -> int:
    if number != number.to_integral_value():
        raise BadValue("standards.not_whole", f"“{declared.title}”要填整数，现在是{typed}。请改成整数。", field="value")
    return int(number)


def parameter_subject(town_id: UUID, name: str) -> UUID:
    """Return the id under which the trail keeps what happened to a town's parameter."""
    return uuid5(town_id, f"parameter:{name}")
