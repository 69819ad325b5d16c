"""The papers that acts print: what each form says, from the hazard and its order (R3.25, R4.6–R4.8)."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from bihuan.documents.rules import PaperDraft, PaperKind
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import OrderTerms
from bihuan.hazards.rules.penalties import overdue_warning
from bihuan.hazards.rules.sources import shown_finder
from bihuan.hazards.rules.states import LISTING_LEVEL_NAMES, ListingLevel, level_name
from bihuan.hazards.services.change import Change
from bihuan.kernel.roles import Role
from bihuan.standards import queries as standards

SUBJECT: Final = "hazard"


def order_paper(change: Change) -> PaperDraft:
    """责令限期整改指令书 by certified officers, 整改通知书 else, 隐患告知单 by a village (R4.6)."""
    row, given = change.row, change.given
    kind = PaperKind.RECTIFICATION_ORDER if row.is_order else PaperKind.RECTIFICATION_NOTICE
    if change.role == Role.VILLAGE:
        kind = PaperKind.HAZARD_NOTICE
    fields = {
        "found_on": str(row.found_on),
        "problems": [_problem(change)],
        "interim_measures": given.interim,
        "demands": given.text,
        "advice": given.text,
        "officers": _officers(change),
        "finders": [shown_finder(row.found_by, row.source, ())],
    }
    return _draft(change, kind, fields)


def opinion_paper(change: Change, *, passed: bool) -> PaperDraft:
    """整改复查意见书: the opinion, item by item, sharing the serial of the order it answers (R4.8)."""
    row, opinion = change.row, change.given.text
    fields = {
        "reviewed_on": str(change.today),
        "items": [{"text": row.description, "opinion": opinion, "passed": passed}],
        "conclusion": opinion,
        "unit_signed": "拒绝签字" if change.given.sign_refused else change.given.signed_by,
        "officers": _officers(change),
    }
    return _draft(change, PaperKind.REVIEW_OPINION, fields, follows=row.order_paper_id)


def listing_paper(change: Change) -> PaperDraft:
    """挂牌督办通知书 with the fields of R3.25."""
    row, order = change.row, change.given.order or OrderTerms()
    fields = {
        "listed_on": str(change.today),
        "listing_level": LISTING_LEVEL_NAMES[ListingLevel(order.level)],
        "listing_organ": order.organ or change.actor.unit_name,
        "supervising_unit": order.supervising_unit,
        "closing_unit": order.closing_organ or order.organ or change.actor.unit_name,
        "hazard": row.description,
        "criterion": _criterion(row),
        "demands": order.demands,
        "deadline": _day(row.deadline or change.given.deadline),
        "unit_person": order.enterprise_person,
        "supervisor": order.supervisor,
        "leader": order.leader,
        "suspended": order.stop_production,
        "is_main": True,
    }
    return _draft(change, PaperKind.LISTING_NOTICE, fields)


def _criterion(row: Hazard) -> str:
    """Return the criterion as a paper cites it: the standard by name and number, the clause, its words."""
    words = f"{row.criterion_clause} {row.criterion_text}".strip()
    if not row.criterion_standard or not words:
        return words or row.level_reason
    return f"{standards.standard(row.criterion_standard).cited_as}{words}"


def delisting_paper(change: Change) -> PaperDraft:
    """摘牌通知书."""
    listing = change.listing_row
    fields = {
        "listing_no": listing.number if listing else "",
        "listed_on": _day(listing.listed_on if listing else None),
        "hazard": change.row.description,
        "accepted_on": _day(listing.accepted_on if listing else None),
        "delisted_on": str(change.today),
        "note": change.given.text,
    }
    return _draft(change, PaperKind.DELISTING_NOTICE, fields)


def reminder_paper(change: Change) -> PaperDraft:
    """督办函 to village or department (R3.20)."""
    row = change.row
    late = (change.today - row.deadline).days if row.deadline else 0
    told = {
        "number": row.number,
        "unit": row.place_name,
        "text": row.description,
        "deadline": _day(row.deadline),
        "days_late": max(late, 0),
    }
    fields = {"to": "、".join(change.answerable) or row.place_name, "hazards": [told], "demands": change.given.text}
    if row.enterprise_id is not None:
        fields["liability"] = overdue_warning(on=change.today)
    return _draft(change, PaperKind.REMINDER_LETTER, fields)


def _problem(change: Change) -> dict[str, str]:
    row = change.row
    return {
        "text": f"{row.part}：{row.description}" if row.part else row.description,
        "level": level_name(row.level),
        "deadline": _day(row.deadline),
        "clause": row.criterion_clause,
    }


def _officers(change: Change) -> list[dict[str, str]]:
    """Return who signs as officers, with the certificate numbers that the register has.

    An order is issued by two. Who has no certificate and no inspector's role is no officer: a line is left to be filled
    by hand, as is a number that is missing.
    """
    given, actor = change.given, change.actor
    own = given.cert_no or _certificate(change, actor.user_id)
    is_officer = bool(own) or change.role == Role.INSPECTOR or not change.row.is_order
    officers = [{"name": actor.name if is_officer else "", "cert_no": own}]
    for one in given.companions:
        officers.append({"name": one.name, "cert_no": one.cert_no or _certificate(change, one.user_id)})
    return officers


def _certificate(change: Change, user_id: UUID | None) -> str:
    return change.certificates.get(user_id, "") if user_id is not None else ""


def _issuer(change: Change, town: str) -> str:
    """Return the issuing organ as a seal names it: an office of the town with the town before it."""
    actor = change.actor
    if actor.town_id is None or actor.enterprise_id is not None or actor.unit_name.startswith(town):
        return actor.unit_name or town
    return f"{town}{actor.unit_name}"


def _draft(change: Change, kind: PaperKind, fields: dict[str, Any], *, follows: UUID | None = None) -> PaperDraft:
    row, town, firm = change.row, change.town, change.firm
    assert town is not None  # noqa: S101 -- the engine reads the town where papers are printed
    common = {
        "organ_name": _issuer(change, town.name),
        "unit": firm.name if firm else row.party_name or row.place_name,
        "address": firm.address if firm else "",
        "hazard_number": row.number,
        "level": level_name(row.level),
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
        follows=follows,
        approver=change.actor.name,
    )


def _day(day: date | None) -> str:
    return "" if day is None else str(day)


def prints(act: Act, *, asked: bool) -> bool:
    """Tell whether an act may print a paper, so that names of town and enterprise are needed."""
    return asked or act in {Act.LIST, Act.DELIST}
