"""What is kept of an interview, and how it is said in a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from bihuan.standards.rules.guiding.codes import written
from bihuan.standards.rules.guiding.papers import Ask, Paper
from bihuan.standards.rules.guiding.results import Answered, Result
from bihuan.standards.rules.terms import Answers, Reply, Said

SAID: Final = {Said.YES: "是", Said.NO: "不是", Said.UNKNOWN: "不清楚"}
SUSPECTED: Final = "疑似重大火灾隐患，移送消防救援机构判定"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the questions were about: a hazard or an enterprise, with the dimensions of its events."""

    subject_type: str
    subject_id: UUID
    town_id: UUID
    path: str
    sector: str = ""
    enterprise_id: UUID | None = None
    level: str = ""


def reply_words(ask: Ask, reply: Reply) -> str:
    """Say an answer."""
    return f"{reply}{ask.unit}" if isinstance(reply, Decimal) else SAID[reply]


def said(result: Result) -> str:
    """Say what the answers come to, with the clause it rests on."""
    if result.deciding is None:
        return str(result.level)
    level = SUSPECTED if result.suspected else str(result.level)
    return f"{level}（{result.deciding.standard.document_number} {result.deciding.criterion.clause}）"


def kept(paper: Paper, given: Answers, result: Result) -> Mapping[str, Any]:
    """Return what is kept, JSON-ready: level, clause, versions, and every question with its answer."""
    deciding = result.deciding
    return {
        "found_on": paper.on.isoformat(),
        "determined": str(result.level),
        "suspected": result.suspected,
        "standard": deciding.standard.id if deciding else "",
        "clause": deciding.criterion.clause if deciding else "",
        "standards": [one.id for one in paper.standards],
        "why": result.why,
        "asked": [_line(one) for one in result.answered],
        "codes": written(paper, given),
    }


def _line(one: Answered) -> list[str]:
    words = reply_words(one.ask, one.reply)
    return [one.ask.text, f"{words}（档案）" if one.by_file else words]
