"""Propose and approve a text in the place of a packaged list, for the tests of replacing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bihuan.standards import queries
from bihuan.standards.rules.loading import Area, Preview
from bihuan.standards.services import loading
from bihuan.trail import queries as trail
from tests.standards.local import TOWN, text
from tests.town import DAY, NOON, SmallTown

NATIONAL = "gongmao-2017"
STANDARD = "320413101-gongmao-2018"
CLAUSE = "一(一)9"
BEGINS = DAY  # a text that takes the place of a packaged one begins today or later
FACTS = {"id": STANDARD, "supersedes": NATIONAL, "title": "工贸重大隐患判定标准（新版）"}
FACTS["effective_on"] = BEGINS.isoformat()


def successor(**head: Any) -> str:
    return text(**(FACTS | head))


def propose(town: SmallTown, key: str = "office", **facts: Any) -> Preview:
    ref = town.town
    given = {"text": successor(), "area": Area(TOWN, ref.id, ref.name, ref.id), "why": "应急管理部令第99号"}
    given |= {"unmatched": True}
    return loading.load_standard(**(given | {"actor": town.actor(key), "now": NOON} | facts))


def approve(town: SmallTown, key: str = "superior", **facts: Any) -> Preview:
    given: Mapping[str, Any] = {"standard_id": STANDARD, "seen_version": 1, "why": "对照原件看过", "now": NOON}
    given = {**given, "unmatched": True}
    return loading.approve_standard(**(given | {"actor": town.actor(key)} | facts))


def holding(path: str = TOWN, on: date = DAY) -> set[str]:
    """Return which of the two is in force at a path on a day."""
    return {one.id for one in queries.library(path).in_force(on)} & {NATIONAL, STANDARD}


def told(standard_id: str = STANDARD) -> list[str]:
    return [one.kind for one in trail.events_of([loading.loaded_subject(standard_id)])]
