"""Measure and write docs/benchmarks.md.

Usage: .venv/bin/python -m tools.bench [--sizes 10000 100000 1000000] [--rounds 30] [--viewers county] [--dry]
A million hazards take up to two hours to make and are kept in bench-results/; without --sizes they are measured only if
they are there already.
"""

import argparse
import contextlib
from pathlib import Path

from tests.servers import Running, serve
from tests.source import ROOT

from tools import writers
from tools.bench import acts, determining, lists, plans, report, rollups, screens, towns
from tools.bench.measure import Line, at_once, in_turns
from tools.bench.viewers import OFFICE, VIEWERS, Viewer, client_of, pages_of

ALWAYS, IF_KEPT = (10_000, 100_000), 1_000_000
CLIENTS = 8
DEVICES = len(screens.PAGES) * (CLIENTS + 1)


def main() -> None:
    """Make or find the towns, serve all of them at once, ask in turns, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = [*ALWAYS, *([IF_KEPT] if towns.is_kept(IF_KEPT) else [])]
    parser.add_argument("--sizes", type=int, nargs="+", default=default)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--viewers", nargs="+", help="measure only pages, as these viewers, and print them")
    parser.add_argument("--dry", action="store_true", help="print the tables, write nothing")
    chosen = parser.parse_args()
    homes = {size: towns.town_of(size) for size in chosen.sizes}
    lines = _pages(homes, chosen.rounds, chosen.viewers)
    if chosen.viewers:
        print(report.pages(lines), report.growth(lines), sep="\n")
        return
    smallest = min(homes)
    parts = [
        report.made({size: towns.made_in(size) for size in homes}),
        report.pages(lines),
        report.growth(lines),
        report.taken(lists.measure(smallest)),
        report.rates(acts.measure(smallest)),
        report.rollups(rollups.measure(smallest)),
        report.determined(determining.measure()),
        report.waits(writers.measure()),
    ]
    if chosen.dry:
        print("\n".join(parts))
    else:
        report.write(ROOT / "docs" / "benchmarks.md", parts)


def _pages(homes: dict[int, Path], rounds: int, wanted: list[str] | None) -> list[Line]:
    plan_pages = {size: plans.pages_of(home) for size, home in homes.items()}
    forms = {size: plans.with_return(home) for size, home in homes.items()}
    codes = {size: screens.codes_of(home, DEVICES) for size, home in homes.items()}
    with contextlib.ExitStack() as stack:
        counting = {"BIHUAN_COUNT_QUERIES": "1"}
        served = {size: stack.enter_context(serve(home, extra=counting)) for size, home in homes.items()}
        lines: list[Line] = []
        for viewer in VIEWERS if wanted is None else [one for one in VIEWERS if one.name in wanted]:
            lines += _one_viewer(served, viewer, rounds, _plan_pages(plan_pages, forms, viewer))
        if wanted is None or screens.VIEWER in wanted:
            lines += screens.measure(served, codes, clients=CLIENTS, rounds=rounds)
        return lines


def _plan_pages(pages: dict[int, dict[str, str]], forms: dict[int, str], viewer: Viewer) -> dict[int, dict[str, str]]:
    """Return the pages of the campaign that a viewer may open; the town's weekly return is its own office's."""
    if viewer.account not in plans.SEE_PLANS:
        return {}
    own = {"weekly return, filled": "/campaigns/returns/{}/"} if viewer.account == OFFICE else {}
    return {
        size: found | {name: address.format(forms[size]) for name, address in own.items()}
        for size, found in pages.items()
    }


def _one_viewer(
    served: dict[int, Running], viewer: Viewer, rounds: int, plan_pages: dict[int, dict[str, str]]
) -> list[Line]:
    clients = {size: client_of(running, viewer) for size, running in served.items()}
    paths = {size: pages_of(client, viewer) | plan_pages.get(size, {}) for size, client in clients.items()}
    by_page = {page: {size: paths[size][page] for size in paths} for page in next(iter(paths.values()))}
    lines = in_turns(clients, by_page, viewer=viewer.name, rounds=rounds)
    for size, running in served.items():
        many = [client_of(running, viewer) for _ in range(CLIENTS)]
        lines += at_once(many, paths[size], size=size, viewer=viewer.name, rounds=max(rounds // 4, 5))
        for client in many:
            client.close()
    for client in clients.values():
        client.close()
    return lines


if __name__ == "__main__":
    main()
