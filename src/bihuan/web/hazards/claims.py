"""What a superior's list says of a hazard: shown beside it, never in place of what was done (L13)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from bihuan.hazards.rules.states import level_name
from bihuan.intake import queries as intake
from bihuan.kernel.actor import Actor
from bihuan.web.frame import address
from bihuan.web.words import day_words


def claims(viewer: Actor, hazard_id: UUID, *, today: date) -> list[dict[str, Any]]:
    """Return each list that speaks of this hazard, with its words; one query."""
    found = intake.claims_of(viewer, [hazard_id]).get(hazard_id, ())
    return [
        {
            "list": f"{one.organ} {one.doc_no}".strip() or one.list_title,
            "href": reverse("intake:show", args=[one.list_id]) if address("intake:lists") else "",
            "rows": [
                ("位置", f"第 {one.source_row} 行" + (f"，序号 {one.seq_no}" if one.seq_no else "")),
                ("进展", one.claim_name),
                ("级别", level_name(one.claimed_level) if one.claimed_level else "没有写"),
                ("期限", _deadline(one.claimed_deadline, one.deadline_text, today)),
                *_days(one.claimed_rectified_on, one.claimed_closed_on, today),
                *[("入账时没定的", "；".join(one.doubts))] * bool(one.doubts),
            ],
        }
        for one in found
    ]


def _deadline(on: date | None, text: str, today: date) -> str:
    if on is None:
        return text or "没有写"
    said = day_words(on, today=today)
    return f"{said}（原文“{text}”）" if text and text not in said else said


def _days(rectified_on: date | None, closed_on: date | None, today: date) -> list[tuple[str, str]]:
    days = (("称整改完成", rectified_on), ("称销号", closed_on))
    return [(name, day_words(on, today=today)) for name, on in days if on is not None]
