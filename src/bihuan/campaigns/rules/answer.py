"""What was read of a plan, as values; answer_json writes them with the keys that are promised."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bihuan.campaigns.rules.basis import Basis
from bihuan.campaigns.rules.days import Span, no_such_days
from bihuan.campaigns.rules.due import Due
from bihuan.campaigns.rules.front import Front
from bihuan.campaigns.rules.goals import Goal
from bihuan.campaigns.rules.groups import Group
from bihuan.campaigns.rules.headings import Heading
from bihuan.campaigns.rules.names import Answerable
from bihuan.campaigns.rules.reporting import Report
from bihuan.campaigns.rules.text import Line, Place


@dataclass(frozen=True, slots=True)
class Clause:
    """An ordering sentence."""

    id: str
    section: str
    heading: Heading | None
    annex: str
    text: str
    place: Place
    gist: str
    deontic: str | None
    parties: tuple[Answerable, ...]
    parties_implied: bool
    due: Due | None
    deliverable: str | None
    frequency: str | None
    source: str  # "sentence", "table" or "heading"
    later: tuple[Due, ...] = ()  # the further days of the same sentence


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of the campaign: its name, period and place. under: its heading, where the days stand on a line below."""

    name: str
    start: date | None
    end: date | None
    text: str
    place: Place
    under: Place | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that is read but orders nothing by itself: a guiding idea, or the decision to hold the campaign."""

    kind: str  # "guiding" or "decision"
    text: str
    place: Place
    section: str
    id: str = ""


@dataclass(slots=True)
class Reading:
    """All that was read."""

    lines: tuple[Line, ...]
    front: Front
    basis: list[Basis]
    period: Span | None
    period_place: Place | None
    goals: list[Goal] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    reporting: list[Report] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    group: Group | None = None

    def number(self) -> None:
        """Give every ordering sentence, goal and remark its id: its section and its number in it, in their order."""
        counts: Counter[str] = Counter()
        found: list[Clause | Goal | Remark] = [*self.clauses, *self.goals, *self.remarks]
        ids: dict[Place, str] = {}
        for one in sorted(found, key=lambda item: item.place):
            annex = one.annex if isinstance(one, Clause) else ""
            section = f"{annex}·{one.section}" if annex else one.section
            counts[section] += 1
            ids[one.place] = f"{section}-{counts[section]}"
        self.clauses = [replace(one, id=ids[one.place]) for one in sorted(self.clauses, key=lambda item: item.place)]
        self.goals = [replace(one, id=ids[one.place]) for one in self.goals]
        self.remarks = [replace(one, id=ids[one.place]) for one in self.remarks]

    def as_json(self) -> dict[str, Any]:
        """Return the reading with the promised keys; every item says where it stands."""
        front = self.front
        return {
            "title": front.title,
            "title_places": [one.as_json() for one in front.title_places],
            "doc_number": front.doc_number,
            "doc_number_place": _place(front.doc_number_place),
            "issuing_body": front.issuing_body,
            "issuing_body_places": [one.as_json() for one in front.issuing_body_places],
            "issue_date": _day(front.issue_date),
            "issue_date_place": _place(front.issue_date_place),
            "basis": [{"title": one.title, "number": one.number, "place": one.place.as_json()} for one in self.basis],
            "period": self._period(),
            "phases": [_phase(one) for one in self.phases],
            "goals": [_goal(one) for one in self.goals],
            "headings": _tree(self.headings, None),
            "clauses": [_clause(one) for one in self.clauses],
            "reporting": [_report(one) for one in self.reporting],
            "leading_group": _group(self.group),
            "remarks": [_remark(one) for one in self.remarks],
            "doubts": list(self._doubts()),
            "paragraphs": [line.text for line in self.lines],
        }

    def _doubts(self) -> Iterator[dict[str, Any]]:
        """Yield what the text says and cannot be meant: days that no calendar has."""
        for line in self.lines:
            for start, end in no_such_days(line.folded):
                place = Place(line.index, start, end)
                yield {"text": line.text[start:end], "why": "no such day", "place": place.as_json()}

    def _period(self) -> dict[str, Any]:
        one = self.period
        return {
            "start": _day(one.start_on) if one else None,
            "end": _day(one.end_on) if one else None,
            "start_text": one.start_text if one else None,
            "end_text": one.end_text if one else None,
            "place": _place(self.period_place),
        }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _place(value: Place | None) -> dict[str, int] | None:
    return value.as_json() if value else None


def _phase(one: Phase) -> dict[str, Any]:
    return {
        "name": one.name,
        "start": _day(one.start),
        "end": _day(one.end),
        "text": one.text,
        "place": one.place.as_json(),
    }


def _goal(one: Goal) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "absolutes": list(one.absolutes),
        **_due(one.due, one.later),
        "place": one.place.as_json(),
    }


def _remark(one: Remark) -> dict[str, Any]:
    return {"id": one.id, "kind": one.kind, "text": one.text, "place": one.place.as_json()}


def _report(one: Report) -> dict[str, Any]:
    return {"what": one.what, "to": one.to, "when": one.when, "place": one.place.as_json()}


def _group(one: Group | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"name": one.name, "posts": one.posts, "places": [place.as_json() for place in one.places]}


def _tree(headings: list[Heading], parent: Heading | None) -> list[dict[str, Any]]:
    return [
        {
            "level": one.level,
            "number": one.number,
            "text": one.text,
            "section": one.section,
            "place": one.place.as_json(),
            "children": _tree(headings, one),
        }
        for one in headings
        if one.parent is parent
    ]


def _clause(one: Clause) -> dict[str, Any]:
    return {
        "id": one.id,
        "section": one.section,
        "section_title": one.heading.text if one.heading else "",
        "annex": one.annex,
        "text": one.text,
        "gist": one.gist,
        "deontic": one.deontic,
        "parties": [party.name for party in one.parties],
        "parties_implied": one.parties_implied,
        "party_roles": [party.role or None for party in one.parties],
        "party_places": [party.place.as_json() for party in one.parties],
        **_due(one.due, one.later),
        "deliverable": one.deliverable,
        "frequency": one.frequency,
        "source": one.source,
        "place": one.place.as_json(),
    }


def _due(due: Due | None, later: tuple[Due, ...]) -> dict[str, Any]:
    return {
        "deadline": _day(due.on) if due else None,
        "deadline_text": due.text if due else None,
        "deadline_implied": bool(due and due.implied),
        "deadline_place": _place(due.place) if due else None,
        "later_deadlines": [{"deadline": _day(one.on), "text": one.text, "place": _place(one.place)} for one in later],
    }
