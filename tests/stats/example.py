"""A room of its own for tests: boxes that are opened, due and shut."""

from collections.abc import Iterable
from datetime import date

from bihuan.kernel.measures import Counting, Delta, Happened, Measure, Nature, overdue_from


def contribution(event: Happened) -> Iterable[Delta]:
    deadline = date.fromisoformat(event.figures["deadline"])
    if event.kind == "box.opened":
        return [
            Delta("box.opened", 1),
            Delta("box.made", 1, day=date.fromisoformat(event.figures["made"])),
            Delta("box.open", 1),
            *overdue_from("box.overdue", 1, deadline=deadline, known_on=event.day),
        ]
    return [
        *([Delta("box.made", -1, day=date.fromisoformat(event.figures["made"]))] if event.figures["void"] else []),
        Delta("box.open", -1),
        Delta("box.closed", 1),
        *overdue_from("box.overdue", -1, deadline=deadline, known_on=event.day),
    ]


COUNTING = Counting(
    measures=(
        Measure("box.opened", "打开", "打开过的盒子", Nature.FLOW, unit="只"),
        Measure("box.made", "做成", "按做成那天计的盒子，除去作废的", Nature.FLOW, unit="只", by_fact=True),
        Measure("box.open", "开着", "还开着的盒子", Nature.STOCK, unit="只"),
        Measure("box.closed", "关上", "关上了的盒子", Nature.STOCK, unit="只"),
        Measure("box.all", "全部", "开着和关上的盒子", Nature.STOCK, unit="只", sum_of=("box.open", "box.closed")),
        Measure("box.overdue", "逾期", "过了期限还开着的盒子", Nature.STOCK, unit="只"),
    ),
    kinds=frozenset({"box.opened", "box.shut"}),
    contribution=contribution,
    levels=frozenset({"general"}),
)
COUNTINGS = ("tests.stats.example.COUNTING",)
FOLLOWERS = ("bihuan.stats.services.follow",)
