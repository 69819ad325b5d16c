"""Write standards as files: the commented template, and any standard as an example of the schema."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

import yaml

from bihuan.standards.data import criteria_files
from bihuan.standards.data.counting import read_procedures
from bihuan.standards.rules import FEATURE_WORDS, SECTOR_WORDS
from bihuan.standards.rules.counting import Count
from bihuan.standards.rules.loading.counting import (
    EXCLUSIONS,
    NUMBER,
    PLACE_WORDS,
    PROCEDURE,
    exclusions_of,
    places_of,
)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_UPLOADED: Final = ("screening", "preferred_successor", "role")
_HEAD: Final = "# {title}（{number}）\n# 这是随软件发布或已经装入的标准，可以当作写法的例子。\n"
_ADAPTED: Final = (
    "# 照“{title}”改写的例子，编号已换成本地的。上传前请改名称、文号、发布单位和施行日，只留本地另有规定的条目。\n"
)


def template_text(prefix: str) -> str:
    """Return the commented template for an area. prefix: how its ids begin."""
    text = files(__package__).joinpath("templates", "template.yaml").read_text(encoding="utf-8")
    text = text.replace("@PREFIX@", prefix)
    text = text.replace("@PLACES@", "、".join(PLACE_WORDS)).replace("@EXCLUSIONS@", "、".join(EXCLUSIONS))
    return text.replace("@SECTORS@", "、".join(SECTOR_WORDS)).replace("@FEATURES@", "、".join(FEATURE_WORDS))


def packaged_book(standard_id: str) -> Mapping[str, Any] | None:
    """Return a packaged file with the conditions and the counting of its criteria; None where there is no such file."""
    for file in criteria_files():
        if file.name.removesuffix(".yaml") == standard_id:
            book: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 -- a safe loader
            kept = {name: part for name, part in book.items() if name != PROCEDURE}
            return {**kept, **_conditions(standard_id, book["criteria"]), **_procedure(standard_id, book["criteria"])}
    return None


def _conditions(standard_id: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    file = files(__package__).joinpath("conditions", f"{standard_id}.yaml")
    if not file.is_file():
        return {}
    book = yaml.load(file.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 -- a safe loader
    lines = book["conditions"]
    counts = {} if book.get("failing_counts", True) else {"failing_counts": False}
    return {
        **counts,
        "criteria": [
            {**item, "conditions": lines[item["id"]]} if lines.get(item["id"]) else dict(item) for item in items
        ],
    }


def _procedure(standard_id: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how elements are counted, in the shape of an uploaded file; elements by their clauses."""
    found = read_procedures().get(standard_id)
    if found is None:
        return {}
    rules = [
        {
            "clause": one.clause,
            "place_types": list(places_of(one)),
            "elements": list(dict.fromkeys(item["clause"] for item in items if _is_named(one, item))),
            NUMBER: one.least,
        }
        for one in found.counts
    ]
    return {PROCEDURE: {"exclusions": list(exclusions_of(found)), "rules": rules}}


def _is_named(count: Count, item: Mapping[str, Any]) -> bool:
    return item["id"] in count.elements or item["clause"] in count.elements


def adapted(book: Mapping[str, Any], prefix: str) -> Mapping[str, Any]:
    """Return a book as an area could upload it: ids of its own, replacing nothing, without what only packages have."""
    old = book["standard"]["id"]
    new = old if old.startswith(prefix) else f"{prefix}{old}"
    head = {**book["standard"], "id": new, "supersedes": None, "superseded_by": None}
    items = [{**item, "id": f"{new}{item['id'].removeprefix(old)}"} for item in book["criteria"]]
    kept = {name: part for name, part in book.items() if name not in _NOT_UPLOADED}
    return {**kept, "standard": head, "official_counts": {"total": len(items)}, "criteria": items}


def as_yaml(book: Mapping[str, Any], *, is_example: bool = False) -> str:
    """Return a book as a file that can be read again to the same book."""
    head = book["standard"]
    title, number = (" ".join(str(head[key] or "").split()) for key in ("title", "document_number"))
    return (_ADAPTED if is_example else _HEAD).format(title=title, number=number) + plain_yaml(book)


def plain_yaml(book: Mapping[str, Any]) -> str:
    """Return any book as text that reads again to the same book, sound or not."""
    text: str = yaml.dump(dict(book), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)
    return text


class _Plain(yaml.SafeDumper):
    """Writes a value that occurs twice out in full: a file with references could not be uploaded."""

    def ignore_aliases(self, data: Any) -> bool:
        """Refer to nothing."""
        return True
