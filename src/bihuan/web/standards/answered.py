"""The words of a result, and of the answers that were kept before."""

from datetime import date
from typing import Any, Final

from bihuan.kernel.calendar import day_of
from bihuan.standards import queries
from bihuan.standards.rules.guiding import (
    SUSPECTED,
    Answered,
    Item,
    Line,
    Paper,
    Result,
    Subject,
    reply_words,
)
from bihuan.standards.rules.guiding import Level as Found
from bihuan.web.htmx import StaffRequest
from bihuan.web.words import moment_words

SAYS: Final = {Found.MAJOR: "重大事故隐患", Found.GENERAL: "一般事故隐患", Found.OPEN: "待定，由人判断"}
KEPT_SHOWN: Final = 5


def result_words(paper: Paper, result: Result) -> dict[str, Any]:
    """Return what the page of a result says."""
    return {
        "level": str(result.level),
        "says": SUSPECTED if result.suspected else SAYS[result.level],
        "why": result.why,
        "met": [_line(one) for one in result.met],
        "against": [_line(one) for one in result.against],
        "undecided": [_line(one) for one in result.undecided],
        "answers": [_answer(one) for one in result.answered],
        "procedure": paper.procedures.get(result.deciding.standard.id) if result.deciding else None,
        "found_on": paper.on,
    }


def _line(line: Line) -> dict[str, Any]:
    item = line.item
    return {
        "item": item,
        "in_force": _in_force(item),
        "answers": [_answer(one) for one in line.answered],
        "counted": [part.criterion for part in line.counted],
    }


def _in_force(item: Item) -> str:
    begins, ends = item.standard.effective_on, item.standard.effective_until
    if begins is None:
        return f"用到{ends}" if ends else ""
    return f"{begins}起施行" + (f"，用到{ends}" if ends else "")


def _answer(one: Answered) -> dict[str, str]:
    return {
        "text": one.ask.text,
        "reply": reply_words(one.ask, one.reply),
        "note": "企业档案" if one.by_file else "",
    }


def kept_words(request: StaffRequest, subject: Subject | None, *, today: date | None = None) -> list[dict[str, Any]]:
    """Return the interviews about this subject that were kept, the latest first. today: whose year is left out."""
    if subject is None:
        return []
    today = today or day_of(request.now)
    return [
        {
            "say": event.say,
            "who": event.actor_name,
            "when": moment_words(event.at, today=today),
            "asked": event.figures.get("asked", []),
        }
        for event in queries.interviews_about(subject.subject_id)[:KEPT_SHOWN]
    ]
