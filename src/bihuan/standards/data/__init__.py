"""The packaged reference data, read without Django: criteria files and the seed of the holiday calendar."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import chinese_calendar.constants as notices
import yaml

from bihuan.standards.rules import (
    CalendarYear,
    Criterion,
    DayKind,
    GeneralRule,
    Library,
    SpecialDay,
    Standard,
    feature_of,
    sectors_of,
)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午",
    "Mid-autumn Festival": "中秋",
    "National Day": "国庆",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


class BadData(ValueError):  # noqa: N818 -- the data are bad, not the program
    """A packaged file names a sector or feature that the rules do not know."""


def criteria_files() -> list[Traversable]:
    """Return the packaged criteria files in the order of their names."""
    found = [file for file in files(__package__).joinpath("criteria").iterdir() if file.name.endswith(".yaml")]
    return sorted(found, key=lambda file: file.name)


def criteria_digest() -> str:
    """Return the hash of all criteria files, to see whether a database holds these very data."""
    digest = hashlib.sha256()
    for file in criteria_files():
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _books() -> list[Mapping[str, Any]]:
    return [yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER) for file in criteria_files()]  # noqa: S506 -- a safe loader


@cache
def read_library() -> Library:
    """Read all packaged criteria."""
    books = _books()
    standards = tuple(standard_of(book) for book in books)
    return Library(
        standards, tuple(criterion_of(book["standard"]["id"], item) for book in books for item in book["criteria"])
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def held_in_part() -> frozenset[str]:
    """Return the packaged standards of which clauses are known to be missing here."""
    return frozenset(book["standard"]["id"] for book in _books() if book.get("unreconstructed"))


def standard_of(book: Mapping[str, Any]) -> Standard:
    """Return the standard of a sound file."""
    head = book["standard"]
    successor = book.get("preferred_successor") or {}
    return Standard(
        id=head["id"],
        title=head["title"],
        document_number=head["document_number"],
        issuer=head["issuer"],
        sector_word=head["sector"],
        issued_on=_date(head["issued_on"]),
        effective_on=_date(head["effective_on"]),
        effective_until=_date(book.get("effective_until")),
        supersedes=head["supersedes"] or "",
        superseded_by=head["superseded_by"] or "",
        preferred_successor=successor.get("id", ""),
        preferred_from=_date(successor.get("from")),
        role=book.get("role", ""),
        confidence=head["confidence"],
        source_note=head["source_note"],
        general_rules=tuple(_general_rule(rule) for rule in book.get("general_rules", ())),
        prompts=tuple((book.get("screening") or {}).get("use_as_prompt_only", ())),
    )


def _general_rule(rule: Mapping[str, Any]) -> GeneralRule:
    return GeneralRule(
        id=rule["id"],
        clause=rule.get("clause", ""),
        text=rule["text"],
        cues=tuple(rule.get("cues", ())),
        counter_cues=tuple(rule.get("counter_cues", ())),
    )


def criterion_of(standard_id: str, item: Mapping[str, Any]) -> Criterion:
    """Return one item of a sound file. Raises BadData."""
    sectors = [sectors_of(word) for word in item["applies_to"]["sectors"]]
    features = [feature_of(word) for word in item["applies_to"]["features"]]
    if not all(sectors) or None in features:
        raise BadData(f"{item['id']}: unknown sector or feature in {item['applies_to']}")
    return Criterion(
        id=item["id"],
        standard_id=standard_id,
        clause=item["clause"],
        group=item["group"],
        sectors=frozenset().union(*sectors),
        features=frozenset(feature for feature in features if feature is not None),
        text=item["text"],
        objects=tuple(item["objects"]),
        cues=tuple(item["cues"]),
        counter_cues=tuple(item["counter_cues"]),
        confidence=item["confidence"],
        kind=item.get("kind", ""),
        completeness=item.get("completeness", ""),
        refers_to=item.get("refers_to", ""),
        open_ended=item.get("open_ended", False),
        note=item.get("note", ""),
    )


@cache
def noticed_years() -> Mapping[int, CalendarYear]:
    """Return the years whose holiday notice the package `chinesecalendar` carries."""
    days: dict[int, list[SpecialDay]] = {}
    for day, name in notices.holidays.items():
        days.setdefault(day.year, []).append(SpecialDay(day, DayKind.HOLIDAY, _NAMES.get(name, name)))
    for day, name in notices.workdays.items():
        days.setdefault(day.year, []).append(SpecialDay(day, DayKind.WORKDAY, _NAMES.get(name, name)))
    return {
        year: CalendarYear(
            year=year,
            days=tuple(sorted(special, key=lambda one: one.day)),
            source=f"国务院办公厅关于{year}年部分节假日安排的通知",
        )
        for year, special in days.items()
    }
