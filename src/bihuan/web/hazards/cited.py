"""How a form names a clause: by standard and item, for several items may stand under one clause number."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from django import forms

from bihuan.hazards.rules.facts import Criterion
from bihuan.standards import rules as standards
from bihuan.standards.rules.concluding import is_fire, why_person

NO_SUCH: Final = "没有这一条，或者这个条号下有几项。请在列表里选具体的一项。"


def value_of(item: standards.Criterion) -> str:
    """Return the value of one item in a form or an address."""
    return f"{item.standard_id}|{item.id}"


def words_of(item: standards.Criterion, standard: standards.Standard, *, on: date) -> str:
    """Return an item as a list of choices shows it, with why it does not conclude by itself. on: the day of finding."""
    words, why = f"{item.clause}　{item.text[:60]}", why_person(item, standard, on=on)
    if is_fire(standard):
        return f"{words}【由消防救援机构判定，没有文书的办移送】"
    return f"{words}【须由人核对：{why}】" if why else words


class Need(StrEnum):
    """What a person adds where a clause does not conclude by itself; the style sheet shows the fields of each."""

    FIRE = "fire"
    PERSON = "person"


def need_of(item: standards.Criterion, standard: standards.Standard, *, on: date) -> Need | None:
    """Return what an item asks of a person, None where naming it suffices. on: the day of finding."""
    if is_fire(standard):
        return Need.FIRE
    return Need.PERSON if why_person(item, standard, on=on) else None


def named_in(value: str) -> Criterion:
    """Return the item that a value names, as the rules take it; the library knows it by its own id."""
    standard, _, item = value.partition("|")
    return Criterion(standard=standard, clause=item)


class CriterionSelect(forms.Select):
    """A list of items in which each says what it asks of a person, so that only these fields are shown."""

    def __init__(self, needs: Mapping[str, Need]) -> None:
        super().__init__()
        self.needs = needs

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return one option with its need."""
        option = super().create_option(name, value, *args, **kwargs)
        if need := self.needs.get(str(value)):
            option["attrs"]["data-needs"] = need.value
        return option


class CriterionField(forms.ChoiceField):
    """Choose one item. A value of older addresses, "standard|clause", is understood where one item alone has it."""

    def __init__(
        self, *, by_clause: Mapping[str, Sequence[str]], needs: Mapping[str, Need] = MappingProxyType({}), **more: Any
    ) -> None:
        super().__init__(widget=CriterionSelect(needs), error_messages={"invalid_choice": NO_SUCH}, **more)
        self.by_clause = by_clause

    def to_python(self, value: Any) -> str:
        """Return the value as it is today."""
        return self.now_called(super().to_python(value))

    def prepare_value(self, value: Any) -> Any:
        """Return what the list shows as chosen."""
        return self.now_called(value) if isinstance(value, str) else value

    def now_called(self, value: str) -> str:
        """Return the present name of an older value; any other value as it is."""
        items = self.by_clause.get(value, ())
        return items[0] if len(items) == 1 else value


def by_clause(items: Sequence[standards.Criterion]) -> dict[str, tuple[str, ...]]:
    """Return the values of the items under each older value."""
    found: dict[str, tuple[str, ...]] = {}
    for item in items:
        key = f"{item.standard_id}|{item.clause}"
        found[key] = (*found.get(key, ()), value_of(item))
    return found
