"""Count a return's cells, and beside them what no line of a superior's form takes in."""

from collections.abc import Mapping

from bihuan.campaigns.models import Return
from bihuan.campaigns.queries.returns.filling import Basis, Counted, count
from bihuan.campaigns.rules.returns.binding import Binding
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.grid import grid_of
from bihuan.campaigns.rules.returns.left_out import doubt_of, left_out
from bihuan.kernel.actor import Actor


def counted_whole(
    viewer: Actor, row: Return, bindings: Mapping[str, Binding], basis: Basis
) -> tuple[dict[str, Counted], list[Doubt]]:
    """Return the cells as `count` does, and which sectors no line takes in, under the same queries; of a form of ours,
    which has lines for all, none. Raises NotFound as `count` does."""
    found = [] if row.form.code else list(left_out(grid_of(row.form.grid).slots(), bindings))
    asked = {f"{number} {sector}": binding for number, one in enumerate(found) for sector, binding in one.asked.items()}
    counted = count(viewer, {**bindings, **asked}, basis)
    doubts = []
    for number, one in enumerate(found):
        told = {sector: counted[f"{number} {sector}"].filled.amount for sector in one.asked}
        doubts.append(doubt_of(one, {sector: amount for sector, amount in told.items() if amount is not None}))
    cells = {address: one for address, one in counted.items() if address not in asked}
    return cells, [one for one in doubts if one is not None]
