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
