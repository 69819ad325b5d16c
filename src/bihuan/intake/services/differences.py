"""Set what each row of a draft is against the version of its list that is already on the books (R3.34)."""

from collections.abc import Mapping, Sequence

from bihuan.intake.models import ImportFirm, ImportRow, ImportRun, SuperiorItem, SuperiorList
from bihuan.intake.queries.differences import CHUNK, earlier_of, known_list, says_same
from bihuan.intake.queries.ready import ready_rows
from bihuan.intake.rules.items import Item
from bihuan.intake.rules.runs import Difference
from bihuan.intake.rules.storing import restored


def differences_of(
    run: ImportRun, list_row: SuperiorList | None, rows: Sequence[ImportRow], firms: Mapping[str, ImportFirm]
) -> None:
    """Set each draft row's difference; without an earlier version all are new."""
    if list_row is None:
        return
    items = [restored(row.item, sheet=row.sheet, source_row=row.source_row, part=row.part) for row in rows]
    earlier = earlier_of(run, list_row, items, [row.firm for row in rows], firms)
    for row, item, before in zip(rows, items, earlier, strict=True):
        row.difference = _difference(before, item)


def _difference(before: SuperiorItem | None, item: Item) -> Difference:
    if before is None:
        return Difference.NEW
    return Difference.SAME if says_same(before, item) else Difference.CHANGED


def compare_anew(run: ImportRun) -> None:
    """Compare a draft with its list's earlier version again, after enterprises were chosen or cells mended."""
    list_row = known_list(run)
    if list_row is None:
        return
    ready = ready_rows(run)
    items = [row.item for row in ready.rows]
    earlier = earlier_of(run, list_row, items, [row.firm_key for row in ready.rows], ready.firms)
    now = {row.place: _difference(before, row.item) for row, before in zip(ready.rows, earlier, strict=True)}
    was = {row.place: row.difference for row in ready.rows}
    moved = list(ImportRow.objects.filter(run=run, place__in=[place for place in now if now[place] != was[place]]))
    for row in moved:
        row.difference = now[row.place]
    ImportRow.objects.bulk_update(moved, ["difference"], batch_size=CHUNK)
