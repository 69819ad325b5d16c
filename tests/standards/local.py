"""A small standard of a town, as text and as it is read, for the tests of uploading."""

import copy
from datetime import date
from typing import Any

from bihuan.standards.data import read_library
from bihuan.standards.data.judging import read_lexicon
from bihuan.standards.data.uploads import read_upload
from bihuan.standards.data.writing import as_yaml
from bihuan.standards.rules.loading import Around, Loaded, prefix_of

TOWN = "/32/04/13/101/"
NEXT_TOWN = "/32/04/13/102/"
COUNTY = "/32/04/13/"
STANDARD = "320413101-shop-2018"

_ITEM: dict[str, Any] = {
    "id": f"{STANDARD}-01",
    "clause": "一(一)",
    "group": "仓库",
    "applies_to": {"sectors": ["通用"], "features": []},
    "text": "彩钢板仓库里给电动三轮车充电。",
    "objects": ["彩钢板仓库", "电动三轮车"],
    "cues": ["彩钢板仓库里给电三轮充电", "库房里拉线给三轮车充电"],
    "counter_cues": ["室外充电棚给三轮车充电"],
    "confidence": "verified",
}
_BOOK: dict[str, Any] = {
    "standard": {
        "id": STANDARD,
        "title": "示范镇仓储场所重大隐患判定标准",
        "document_number": "示范镇安委〔2018〕1号",
        "issuer": "示范镇安委会",
        "issued_on": "2018-01-02",
        "effective_on": "2018-01-05",
        "superseded_by": None,
        "supersedes": None,
        "sector": "工贸",
        "source_note": "",
        "confidence": "verified",
    },
    "official_counts": {"total": 2},
    "effective_until": None,
    "criteria": [
        _ITEM,
        {
            **_ITEM,
            "id": f"{STANDARD}-02",
            "clause": "一(二)",
            "text": "仓库安全出口被锁死。",
            "objects": ["安全出口"],
            "cues": ["仓库安全出口锁死了"],
            "counter_cues": [],
        },
    ],
}


def book(*, prefix: str = "320413101-", **head: Any) -> dict[str, Any]:
    """Return the standard's book, with some facts of its head changed; its ids begin with the prefix."""
    made: dict[str, Any] = copy.deepcopy(_BOOK)
    new = head.pop("id", STANDARD.replace("320413101-", prefix))
    made["standard"] |= {"id": new, **head}
    for item in made["criteria"]:
        item["id"] = item["id"].replace(STANDARD, new)
    return made


def fire_book(**head: Any) -> dict[str, Any]:
    """Return a list of fire with one direct element, three comprehensive ones, and how these are counted."""
    facts = {"id": "320413101-fire-2018", "sector": "消防", "title": "示范镇重大火灾隐患判定规则"}
    made = book(**(facts | head))
    first = made["criteria"][0]
    items = (
        ("6.1", "direct", "在人员密集场所违规存放汽油。", ["人员密集场所吗？", "里面存着汽油吗？"], []),
        ("7.1", "comprehensive", "消防车通道被堵塞、占用。", ["消防车通道堵了吗？"], ["消防车道 +占堵"]),
        ("7.2", "comprehensive", "安全出口被封堵、锁闭。", ["安全出口锁着吗？"], ["安全出口 +封堵"]),
        ("7.3", "comprehensive", "没有按规定设置应急照明。", ["应急照明没设吗？"], []),
    )
    made["criteria"] = [
        {
            **first,
            "id": f"{made['standard']['id']}-{clause.replace('.', '-')}",
            "clause": clause,
            "kind": kind,
            "text": text,
            "objects": [],
            "cues": [text.rstrip("。")],
            "counter_cues": [],
            "applies_to": {"sectors": ["消防"], "features": []},
            "ask": asks,
            **({"conditions": conditions} if conditions else {}),
        }
        for clause, kind, text, asks, conditions in items
    ]
    made["official_counts"] = {"total": len(items)}
    made["procedure"] = {
        "exclusions": ["当场能改正", "已停产停业或停止使用"],
        "rules": [
            {"clause": "5.3 a)", "place_types": ["人员密集场所"], "elements": ["7.1", "7.2"], "min_count": 2},
            {"clause": "5.3 b)", "place_types": ["其他场所"], "elements": [], "min_count": 3},
        ],
    }
    return made


def text(**changes: Any) -> str:
    """Return the file as it is uploaded."""
    return as_yaml(book(**changes))


def around(area: str = TOWN, own: tuple[str, ...] = ()) -> Around:
    """Return what a file of an area is held against."""
    return Around(
        prefix_of(area), {one.id: one for one in read_library().standards}, dict.fromkeys(own), read_lexicon().concepts
    )


def read(made: dict[str, Any] | str, *, area: str = TOWN, own: tuple[str, ...] = ()) -> Loaded:
    """Return a file as it is read."""
    return read_upload(made if isinstance(made, str) else as_yaml(made), area=area, around=around(area, own))


BEGINS = date(2018, 1, 5)
