"""The papers that acts print: what each form says, from the hazard and its order (R3.25, R4.6–R4.8)."""

from datetime import date
from typing import Any

from bihuan.documents.rules import PaperDraft, PaperKind
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import OrderTerms
from bihuan.hazards.rules.states import LISTING_LEVEL_NAMES, ListingLevel, level_name
from bihuan.hazards.services.change import Change
from bihuan.kernel.roles import Role

SUBJECT = "hazard"


def order_paper(change: Change) -> PaperDraft:
    """责令限期整改指令书 by certified officers, 整改通知书 else, 隐患告知单 by a village (R4.6)."""
    kind = PaperKind.RECTIFICATION_ORDER if change.row.is_order else PaperKind.RECTIFICATION_NOTICE
    if change.role == Role.VILLAGE:
        kind = PaperKind.HAZARD_NOTICE
    return _draft(change, kind, {"demands": change.given.text, "measures": change.given.interim})


def opinion_paper(change: Change, *, passed: bool) -> PaperDraft:
    """整改复查意见书: the opinion, item by item, and who looked."""
    names = [change.actor.name, *(one.name for one in change.given.companions)]
    fields = {"opinion": change.given.text, "passed": passed, "reviewers": names, "reviewed_on": str(change.today)}
    return _draft(change, PaperKind.REVIEW_OPINION, fields)


def listing_paper(change: Change) -> PaperDraft:
    """挂牌督办通知书 with the fields of R3.25."""
    order = change.given.order or OrderTerms()
    fields = {
        "listing_level": LISTING_LEVEL_NAMES[ListingLevel(order.level)],
        "listing_organ": order.organ or change.actor.unit_name,
        "supervising_unit": order.supervising_unit,
        "closing_organ": order.closing_organ or order.organ or change.actor.unit_name,
        "basis": f"{change.row.criterion_clause} {change.row.criterion_text}".strip(),
        "demands": order.demands,
        "enterprise_person": order.enterprise_person,
        "supervisor": order.supervisor,
        "leader": order.leader,
        "stop_production": order.stop_production,
        "listed_on": str(change.today),
    }
    return _draft(change, PaperKind.LISTING_NOTICE, fields)


def delisting_paper(change: Change) -> PaperDraft:
    """摘牌通知书."""
    listing = change.listing_row
    fields = {
        "listing_number": listing.number if listing else "",
        "listed_on": _day(listing.listed_on if listing else None),
        "accepted_on": _day(listing.accepted_on if listing else None),
        "delisted_on": str(change.today),
        "note": change.given.text,
    }
    return _draft(change, PaperKind.DELISTING_NOTICE, fields)


def reminder_paper(change: Change) -> PaperDraft:
    """督办函 to village or department (R3.20)."""
    row = change.row
    late = (change.today - row.deadline).days if row.deadline else 0
    fields = {"days_late": max(late, 0), "text": change.given.text, "reminders": row.reminders}
    return _draft(change, PaperKind.REMINDER_LETTER, fields)


def _draft(change: Change, kind: PaperKind, fields: dict[str, Any]) -> PaperDraft:
    row, town = change.row, change.town
    assert town is not None  # noqa: S101 -- the engine reads the town where papers are printed
    common = {
        "hazard_number": row.number,
        "unit": row.place_name,
        "party": row.party_name or row.place_name,
        "part": row.part,
        "problems": [row.description],
        "level": level_name(row.level),
        "found_on": str(row.found_on),
        "deadline": _day(row.deadline),
        "issued_on": str(change.today),
        "officers": [change.actor.name, *(one.name for one in change.given.companions)],
        "organ_name": change.actor.unit_name,
        "town_name": town.name,
        "county_name": town.county_name,
        "acting_for": change.given.acting_for,
    }
    return PaperDraft(
        kind=kind,
        path=row.path,
        organ=town.short_name or town.name,
        subject_type=SUBJECT,
        subject_id=row.pk,
        fields=common | fields,
        sector=row.sector,
        enterprise_id=row.enterprise_id,
        approver=change.actor.name,
    )


def _day(day: date | None) -> str:
    return "" if day is None else str(day)


def prints(act: Act, *, asked: bool) -> bool:
    """Tell whether an act may print a paper, so that the town's names are needed."""
    return asked or act in {Act.LIST, Act.DELIST}
