"""What of a draft is on the books already, from an earlier version of its list (R3.34)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from bihuan.intake.models import ImportFirm, ImportRun, SuperiorItem, SuperiorList
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.items import Item
from bihuan.intake.rules.runs import NEW_FIRM, item_key, list_key
from bihuan.intake.rules.storing import stored

CHUNK: Final = 500


def known_list(run: ImportRun) -> SuperiorList | None:
    """Return the list that a draft is a later version of, or None."""
    if not run.organ:
        return None
    key = list_key(organ=run.organ, doc_no=run.doc_no, title=run.title)
    return SuperiorList.objects.filter(town_id=run.town_id, key=key).first()


def keys_of(run: ImportRun, list_id: UUID, items: Sequence[Item], firms: Sequence[str]) -> list[str]:
    """Return the identity of each item. firms: the id of the enterprise, or its name while it has none."""
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for item, firm in zip(items, firms, strict=True):
        facts = {
            "list_id": str(list_id),
            "organ": item.text(Field.SOURCE_ORGAN) or run.organ,
            "doc_no": item.text(Field.SOURCE_DOC_NO) or run.doc_no,
            "seq_no": item.text(Field.SEQ_NO),
            "enterprise": firm,
            "description": item.text(Field.DESCRIPTION),
        }
        first = item_key(**facts, nth=0)
        keys.append(item_key(**facts, nth=seen[first]) if seen[first] else first)
        seen[first] += 1
    return keys


def known_items(town_id: UUID, keys: Sequence[str]) -> dict[str, SuperiorItem]:
    """Return the items on the books by key, each with its hazard's deadline; a query for each five hundred."""
    found: dict[str, SuperiorItem] = {}
    for start in range(0, len(keys), CHUNK):
        rows = SuperiorItem.objects.filter(town_id=town_id, key__in=keys[start : start + CHUNK])
        found |= {row.key: row for row in rows.annotate(current_deadline=F("hazard__deadline"))}
    return found


def earlier_of(
    run: ImportRun,
    list_row: SuperiorList | None,
    items: Sequence[Item],
    firm_keys: Sequence[str],
    firms: Mapping[str, ImportFirm],
) -> list[SuperiorItem | None]:
    """Return for each item of a draft the one on the books that it is, or None; all None without an earlier version."""
    if list_row is None:
        return [None] * len(items)
    keys = keys_of(run, list_row.pk, items, [_firm_name(firms.get(key)) for key in firm_keys])
    known = known_items(run.town_id, keys)
    return [known.get(key) for key in keys]


def _firm_name(firm: ImportFirm | None) -> str:
    if firm is None:
        return ""
    return firm.name if firm.choice in {"", NEW_FIRM} else firm.choice


def says_same(before: SuperiorItem, item: Item) -> bool:
    """Tell whether a list's row says the same as the version before."""
    same: bool = before.own == own_of(item) and before.extra == item.extra
    return same


def own_of(item: Item, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what is kept of a list's row beside the hazard. kept: the item as `stored` has it, if that is at hand."""
    kept = kept or stored(item)
    return {name: kept[name] for name in ("values", "texts", "claim", "level", "immediate", "deadline_kind")}
