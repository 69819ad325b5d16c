"""An own indicator's form as it is kept with a clause, and back; with it, which edition it is and why it went."""

from collections.abc import Mapping
from typing import Any, Final

from bihuan.campaigns.rules.own import Choice, OwnForm
from bihuan.campaigns.rules.terms import Only

FIRST: Final = 1


def kept(form: OwnForm, *, edition: int = FIRST, was: str = "", line: str = "") -> dict[str, Any]:
    """Return a form as plain values. edition: from 1; was: the key of the edition before; line: see `line_of`."""
    sides = {"part": _side(form.part), "whole": _side(form.whole) if form.whole is not None else None}
    narrowed = {"sectors": list(form.sectors), "only": form.only._asdict(), "place": form.place}
    said = {"title": form.title.strip(), "kind": form.kind, "unit": form.unit, "target": form.target}
    among = {name: value for name, value in (("part_of", form.part_of), ("line", line)) if value}
    return {**said, **sides, **narrowed, "edition": edition, "was": was, **among}


def ended(values: Mapping[str, Any], why: str) -> dict[str, Any]:
    """Return what is kept of an edition that counts no more. why: it was changed, or dropped."""
    return {**values, "why": why}


def edition_of(values: Mapping[str, Any]) -> int:
    """Return which edition this is."""
    return int(values.get("edition", FIRST))


def line_of(values: Mapping[str, Any], row_id: str) -> str:
    """Return by what all editions of an own indicator are known: the id of the first that was kept so."""
    return str(values.get("line") or row_id)


def form_of(values: Mapping[str, Any]) -> OwnForm:
    """Return the form that `kept` wrote down."""
    whole = values["whole"]
    return OwnForm(
        title=values["title"],
        kind=values["kind"],
        part=_choice(values["part"]),
        whole=_choice(whole) if whole is not None else None,
        unit=values["unit"],
        sectors=tuple(values.get("sectors", ())),
        only=Only(**values.get("only", {})),
        place=values.get("place", ""),
        target=values.get("target", ""),
        part_of=values.get("part_of", ""),
    )


def _side(choice: Choice) -> dict[str, Any]:
    filters = [list(one) for one in choice.filters]
    return {"records": str(choice.records), "filters": filters, "period": str(choice.period)}


def _choice(values: Mapping[str, Any]) -> Choice:
    filters = tuple((name, value) for name, value in values["filters"])
    return Choice(records=values["records"], filters=filters, period=values["period"])
