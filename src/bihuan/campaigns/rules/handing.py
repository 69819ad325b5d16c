"""What is still open when a campaign is closed, and who goes on with it in routine work (R9.15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID


class OpenKind(StrEnum):
    """What can be left open, in the order of the list: what weighs most first, what is most last."""

    PROBLEM = "problem"
    DECISION = "decision"
    FINDING = "finding"
    CORRECTION = "correction"
    TALK = "talk"
    PLAN = "plan"
    TASK = "task"


OPEN_NAMES: Final[dict[OpenKind, str]] = {
    OpenKind.TASK: "任务",
    OpenKind.DECISION: "议定事项",
    OpenKind.PROBLEM: "重点问题",
    OpenKind.PLAN: "子方案",
    OpenKind.FINDING: "督查发现的单位问题",
    OpenKind.CORRECTION: "通报后的改正",
    OpenKind.TALK: "约谈",
}
GOES_ON: Final[dict[OpenKind, str]] = {  # who goes on with it after the closing
    OpenKind.TASK: "由牵头单位在日常工作中办完，安监办过问",
    OpenKind.DECISION: "由承办单位办结，安监办在例会上过问",
    OpenKind.PROBLEM: "由责任单位解决，安监办在例会上过问",
    OpenKind.PLAN: "不再补报，作为欠缺留在档案里",
    OpenKind.FINDING: "由单位改完，收尾期间仍可报整改、确认",
    OpenKind.CORRECTION: "由单位改正，收尾期间仍可报改正、确认",
    OpenKind.TALK: "收尾期间仍可登记约谈和回访",
}
OPEN_HEAD: Final = ("类别", "事项", "责任单位", "时限", "收尾时的情况", "移交以后")
HAZARD_HEAD: Final = ("编号", "隐患", "级别", "状态", "期限", "地点")
HAZARDS_GO_ON: Final = "由企业和属地继续整改，按隐患的流程复查、销号"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that is left open. id: of the record; unit: of the `CampaignUnit` that answers for it."""

    kind: OpenKind
    id: UUID
    unit: UUID
    title: str
    who: str
    due_on: date | None
    note: str

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        kept = {"kind": self.kind.value, "id": str(self.id), "unit": str(self.unit), "title": self.title}
        return kept | {"who": self.who, "due_on": self.due_on.isoformat() if self.due_on else None, "note": self.note}


def item_of(kept: Mapping[str, Any]) -> OpenItem:
    """Return an item from what is kept."""
    due_on = date.fromisoformat(kept["due_on"]) if kept["due_on"] else None
    return OpenItem(
        OpenKind(kept["kind"]), UUID(kept["id"]), UUID(kept["unit"]), kept["title"], kept["who"], due_on, kept["note"]
    )


def open_rows(items: Sequence[OpenItem]) -> list[tuple[str, ...]]:
    """Return the items as a table under `OPEN_HEAD`."""
    return [
        (
            OPEN_NAMES[one.kind],
            one.title,
            one.who,
            one.due_on.isoformat() if one.due_on else "",
            one.note,
            GOES_ON[one.kind],
        )
        for one in items
    ]


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over: items of units, and hazards as rows under `HAZARD_HEAD`.

    is_final: as it was when the campaign was closed; otherwise as it stands. hazards: those that the viewer sees; ()
    before the closing, when their list is the live one. hazards_open: those open now, as a list counts them.
    hazards_query: the filter of that list, {} where the viewer has none of them.
    """

    is_final: bool
    items: Sequence[OpenItem]
    hazards: Sequence[Sequence[str]]
    hazards_open: int
    hazards_query: Mapping[str, str]
