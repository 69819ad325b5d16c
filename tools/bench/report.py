"""What was measured, as tables in docs/benchmarks.md."""

import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tools.bench.acts import Rate
from tools.bench.determining import Determined
from tools.bench.lists import Taken
from tools.bench.measure import Line
from tools.bench.rollups import Cost
from tools.writers import Waits

BLOCK = re.compile(r"(<!-- measured -->\n).*?(<!-- end of measured -->)", re.DOTALL)


def write(file: Path, parts: Sequence[str]) -> None:
    """Put the tables into their place."""
    head = f"`make bench`, {datetime.now(UTC):%Y-%m-%d}, {_machine()}.\n"
    body = "\n".join([head, *parts])
    text = file.read_text(encoding="utf-8")
    file.write_text(BLOCK.sub(lambda found: f"{found[1]}{body}\n{found[2]}", text), encoding="utf-8")


def made(seconds: Mapping[int, int]) -> str:
    """Return how long the towns took to make, through the product's own services."""
    rows = [f"| {size:,} | {took:,} | {1000 * took / size:.1f} |" for size, took in sorted(seconds.items())]
    head = ["| hazards | seconds | ms each |", "|--:|--:|--:|"]
    return "\n".join(["### Towns made (`bihuan demo_town --scale`)", "", *head, *rows, ""])


def waits(found: Waits) -> str:
    """Return how long many writers at once waited for their commits on SQLite."""
    head = ["| writers | acts | p50 ms | p95 ms | worst ms | acts/s | refused |", "|--:|--:|--:|--:|--:|--:|--:|"]
    row = (
        f"| {found.writers} | {found.acts:,} | {found.p50:.0f} | {found.p95:.0f} | {found.worst:.0f}"
        f" | {found.per_second:.0f} | {len(found.refused)} |"
    )
    return "\n".join(["### Many writers at once", "", *head, row, ""])


def pages(lines: Sequence[Line]) -> str:
    """Return the table of pages."""
    rows = [
        f"| {line.viewer} | {line.page} | {line.size:,} | {line.clients} | {line.p50:.0f} | {line.p95:.0f}"
        f" | {line.kilobytes:.0f} | {line.queries} |"
        for line in sorted(lines, key=lambda line: (line.viewer, line.page, line.clients, line.size))
    ]
    head = [
        "| viewer | page | hazards | clients | p50 ms | p95 ms | kB | queries |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    return "\n".join(["### Pages over HTTP", "", *head, *rows, ""])


def growth(lines: Sequence[Line]) -> str:
    """Return how the median of one client grows from the smallest to the largest size."""
    smallest, largest = min(line.size for line in lines), max(line.size for line in lines)
    if smallest == largest:
        return ""
    found = {(line.viewer, line.page, line.size): line.p50 for line in lines if line.clients == 1}
    rows = [
        f"| {viewer} | {page} | {p50:.1f} | {found[viewer, page, largest]:.1f}"
        f" | {found[viewer, page, largest] / p50:.2f} |"
        for (viewer, page, size), p50 in sorted(found.items())
        if size == smallest and (viewer, page, largest) in found
    ]
    head = [f"| viewer | page | p50 ms at {smallest:,} | at {largest:,} | ratio |", "|---|---|--:|--:|--:|"]
    return "\n".join(["### Growth, asked in turns", "", *head, *rows, ""])


def rates(found: Sequence[Rate]) -> str:
    """Return the table of acts per second."""
    rows = [
        f"| {rate.clients} | {rate.product:.0f} | {rate.bare:.0f} | {100 * rate.product / rate.bare:.0f} % |"
        for rate in found
    ]
    written = ", ".join(f"{table} {count}" for table, count in found[0].written.items()) if found else ""
    head = ["| clients | acts/s | bare view, same rows/s | share |", "|--:|--:|--:|--:|"]
    return "\n".join(
        ["### Acts over HTTP (confirm a finding)", "", *head, *rows, "", f"Rows of one act: {written}.", ""]
    )


def rollups(found: Cost) -> str:
    """Return what roll-ups cost an act."""
    head = ["| act, p50 ms | without the cube | share of the cube |", "|--:|--:|--:|"]
    row = f"| {found.counted:.1f} | {found.uncounted:.1f} | {100 * found.share:.0f} % |"
    return "\n".join(["### What roll-ups cost an act (confirm a finding, one client)", "", *head, row, ""])


def taken(found: Taken) -> str:
    """Return the table of a superior's list."""
    head = "| rows | keep s | understand s | commit s | read bare s | write bare s | ratio |"
    row = (
        f"| {found.size:,} | {found.keep:.1f} | {found.understand:.1f} | {found.commit:.1f} | {found.read:.2f}"
        f" | {found.written:.2f} | {found.ratio:.1f}× |"
    )
    written = ", ".join(f"{table} {count:,}" for table, count in found.tables.items())
    lines = ["### A superior's list, end to end", "", head, "|--:|--:|--:|--:|--:|--:|--:|", row, ""]
    return "\n".join([*lines, f"Rows written: {written}.", ""])


def determined(found: Determined) -> str:
    """Return what a suggested level costs."""
    head = "| cases | answers/s, one core | p95 ms | ten times the criteria | start s | MB |"
    row = (
        f"| {found.cases:,} | {found.per_second:,.0f} | {found.p95_ms:.1f}"
        f" | {found.tenfold:.1f}× | {found.start_s:.2f} | {found.megabytes:.0f} |"
    )
    return "\n".join(["### Suggested levels (`bihuan determine`)", "", head, "|--:|--:|--:|--:|--:|--:|", row, ""])


def _machine() -> str:
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        found = re.search(r"model name\s*: (.*)", cpuinfo.read_text(encoding="utf-8"))
        model = f", {found[1].strip()}" if found else ""
    return f"Python {platform.python_version()}, {platform.system()}{model}"
