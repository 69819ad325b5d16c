"""An own indicator's form as it is kept with a clause, and back."""

from collections.abc import Mapping
from typing import Any

from bihuan.campaigns.rules.own import Choice, OwnForm


def kept(form: OwnForm) -> dict[str, Any]:
    """Return a form as plain values."""
    sides = {"part": _side(form.part), "whole": _side(form.whole) if form.whole is not None else None}
    return {"title": form.title.strip(), "kind": form.kind, "unit": form.unit, **sides}


def form_of(values: Mapping[str, Any]) -> OwnForm:
    """Return the form that `kept` wrote down."""
    whole = values["whole"]
    return OwnForm(
        title=values["title"],
        kind=values["kind"],
        part=_choice(values["part"]),
        whole=_choice(whole) if whole is not None else None,
        unit=values["unit"],
    )


def _side(choice: Choice) -> dict[str, Any]:
    filters = [list(one) for one in choice.filters]
    return {"records": str(choice.records), "filters": filters, "period": str(choice.period)}


def _choice(values: Mapping[str, Any]) -> Choice:
    filters = tuple((name, value) for name, value in values["filters"])
    return Choice(records=values["records"], filters=filters, period=values["period"])
