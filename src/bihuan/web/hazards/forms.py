"""The form of an act, put together from the table of asks, and what it hands to the service."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django import forms

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import (
    Arrangements,
    Companion,
    Given,
    OrderTerms,
    Proof,
    ReportParts,
    SixParts,
)
from bihuan.hazards.rules.reports import report_text
from bihuan.hazards.rules.states import FileRole, ListingLevel
from bihuan.trail.rules import FileKind, StoredFile
from bihuan.web.hazards.asks import ASKS
from bihuan.web.hazards.cited import named_in
from bihuan.web.hazards.fields import Choices, make, text_field

FEN: Final = 100
FIVE: Final = ("duty", "measures", "funds", "time", "plan")
SAME: Final = (  # fields that mean in the form what they mean in `Given`
    "text",
    "level",
    "whole_judgement",
    "checked",
    "category",
    "deadline",
    "deadline_kind",
    "is_order",
    "interim",
    "cannot_assure_safety",
    "on",
    "signed_by",
    "sign_refused",
    "fixed",
    "acting_for",
    "on_site",
    "issue_paper",
    "organ",
    "number",
    "percent",
    "evaluation",
    "evaluated_by",
    "evaluator",
    "visited_on",
    "visited_by",
    "sanction",
    "sanction_organ",
    "licence",
    "licence_suspended",
    "escalation",
)
RENAMED: Final = {
    "superior_number": "number",
    "order_deadline": "deadline",
    "conclusion": "evaluation",
    "licence_organ": "organ",
    "fire_organ": "organ",
    "fire_number": "number",
}
IDS: Final = ("party_unit_id", "supervisor_post_id", "supervising_unit_id", "delegate_unit_id", "repeat_of")


class ActForm(forms.Form):
    """The form of one act on one hazard. Files are gathered beside it (`web.evidence`)."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, act: Act, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act
        self.choices = choices
        ask = ASKS[act]
        if ask.text and ask.fields[:1] != ("level",):
            self.fields["text"] = text_field(ask.text, ask.hint)
        left_out = _left_out(choices)
        self.fields |= {name: make(name, choices) for name in ask.fields if name not in left_out}
        if ask.text and "text" not in self.fields:
            self.fields["text"] = text_field(ask.text, ask.hint)
        self.fields |= {name: make(name, choices) for name in ask.extra if name not in left_out}
        for name, bound in self.fields.items():
            if bound.help_text and name != "seen_version":
                bound.widget.attrs.setdefault("aria-describedby", f"id_{name}_helptext")

    def asked(self) -> list[forms.BoundField]:
        """Return the fields that are asked at once."""
        return [field for field in self.visible_fields() if field.name not in ASKS[self.act].extra]

    def folded(self) -> list[forms.BoundField]:
        """Return the fields that are folded away."""
        return [field for field in self.visible_fields() if field.name in ASKS[self.act].extra]

    def given(self, files: Mapping[str, Sequence[StoredFile]]) -> Given:
        """Return what this form brings, as the rules take it. Call after `is_valid`."""
        data = self.cleaned_data
        facts: dict[str, Any] = {name: data[name] for name in SAME if name in data and data[name] not in {None, ""}}
        facts |= {name: UUID(data[name]) for name in IDS if data.get(name)}
        facts |= {meant: data[name] for name, meant in RENAMED.items() if data.get(name)}
        if data.get("criterion"):
            facts["criterion"] = named_in(data["criterion"])
        if data.get("money") is not None:
            facts["money_fen"] = int(Decimal(data["money"]) * FEN)
        if named := data.get("companions") or data.get("second_officer"):
            facts["companions"] = companions_in(named)
        if any(name in data for name in FIVE):
            facts["arrangements"] = Arrangements(**{name: data.get(name, "").strip() for name in FIVE})
        if "goals" in data:
            facts["plan"] = _plan(data)
        if self.act in {Act.PROPOSE_LISTING, Act.LIST, Act.RECORD_LISTING}:
            facts["order"] = _order(data, dict(self.choices.units))
        return Given(files=proofs_of(files), **(facts | _report(data)))


def _left_out(choices: Choices) -> set[str]:
    """Name the fields that are for another case: somebody who acts for others, a superior's item."""
    wanted = {
        "acting_for": choices.acts_for_others,
        "superior_number": choices.is_superiors,
        "party_unit_id": bool(choices.parties),
        "delegate_unit_id": bool(choices.delegates),
        "escalation": bool(choices.steps),
        "order_deadline": not choices.has_deadline,
        "visited_on": choices.needs_site_review,
        "visited_by": choices.needs_site_review,
        "is_order": choices.issues_papers,
        "second_officer": choices.issues_papers,
        "issue_paper": choices.issues_papers,
    }
    return {name for name, is_wanted in wanted.items() if not is_wanted}


def file_kinds(act: Act, *, acts_for_others: bool) -> dict[str, FileKind]:
    """Return the file fields of an act's form and what each takes; a paper of 代办 only from those who need one."""
    ask = ASKS[act]
    for_others = acts_for_others or "acting_for" not in ask.fields
    papers = [role for role in ask.papers if role is not FileRole.PAPER or for_others]
    return {role.value: FileKind.PHOTO for role in ask.photos} | {role.value: FileKind.DOCUMENT for role in papers}


def proofs_of(files: Mapping[str, Sequence[StoredFile]]) -> tuple[Proof, ...]:
    """Return gathered files as proof; a field is named by what its files show, with the pair after a colon."""
    found = []
    for name, kept in files.items():
        role, _, pair = name.partition(":")
        found += [Proof(one.id, one.kind is FileKind.PHOTO, FileRole(role), pair) for one in kept]
    return tuple(found)


def companions_in(text: str) -> tuple[Companion, ...]:
    """Read companions, one a line: name, then unit."""
    lines = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return tuple(Companion(name=parts[0], unit=parts[1] if len(parts) > 1 else "") for parts in lines)


def _plan(data: Mapping[str, Any]) -> SixParts:
    return SixParts(
        goals=data["goals"],
        methods=data["methods"],
        funds=data["plan_funds"],
        organ_persons=data["organ_persons"],
        time_limits=data["time_limits"],
        emergency=data["emergency"],
    )


def _report(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report of a major hazard where the form asks for it: its parts, and all of it as one text."""
    if "cause" not in data:
        return {}
    parts = ReportParts(data["cause"], data["harm"], data["report_plan"])
    return {"report": parts, "text": report_text(parts, data.get("text", ""))}


def _order(data: Mapping[str, Any], units: Mapping[str, str]) -> OrderTerms:
    unit = data.get("order_unit", "")
    level = data.get("order_level") or ListingLevel.TOWN
    named = ("number", "organ", "closing_organ", "demands", "enterprise_person", "supervisor", "leader")
    return OrderTerms(
        level=ListingLevel(level),
        stop_production=bool(data.get("stop_production")),
        supervising_unit_id=UUID(unit) if unit else None,
        supervising_unit=units.get(unit, ""),
        **{name: data.get(name, "") for name in named},
    )
