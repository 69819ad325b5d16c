"""Figures that stand still: what is kept of a plan page when its campaign is closed, and the page from what is kept."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, Final

from bihuan.campaigns.rules.lines import ClauseLine, FigureLine, PlanView, RowsLink, Short, TaskCount
from bihuan.campaigns.rules.standing import Standing, with_tasks
from bihuan.campaigns.rules.terms import Indicator, Term, Where

Kept = Mapping[str, Any]
LATE: Final = (Standing.BEHIND, Standing.DUE_TODAY)
_FIELDS: Final = frozenset(one.name for one in fields(FigureLine))
_SILENT: Final[Kept] = {"unit": "", "target": "", "own_target": False, "why": "", "source": ""}  # of early packages


def kept_of(view: PlanView) -> dict[str, Any]:
    """Return what is kept of a plan page that shows all its clauses."""
    return {
        "measured": view.measured,
        "units": view.units,
        "set_up": view.set_up,
        "plans": view.plans,
        "counts": {str(standing): count for standing, count in sorted(view.counts.items())},
        "clauses": [_kept_clause(line) for line in view.clauses],
    }


def _kept_clause(line: ClauseLine) -> dict[str, Any]:
    return {
        "label": line.label,
        "text": line.text,
        "parties": list(line.parties),
        "not_by_data": line.not_by_data,
        "standing": str(line.standing),
        "tasks": [line.tasks.total, line.tasks.done, line.tasks.late],
        "figures": [asdict(one) for one in line.figures],
    }


def figures_from(kept: Kept) -> tuple[FigureLine, ...]:
    """Return the figures of a clause from what was kept of it."""
    return tuple(_figure({**_SILENT, "standing": kept["standing"], **one}) for one in kept["figures"])


def _figure(kept: Kept) -> FigureLine:
    said = {name: value for name, value in kept.items() if name in _FIELDS}
    return FigureLine(
        **said
        | {
            "standing": Standing(kept["standing"]),
            "waits": tuple(kept["waits"]),
            "meanings": tuple(kept["meanings"]),
            "numerator_rows": tuple(RowsLink(**one) for one in kept.get("numerator_rows", ())),
            "denominator_rows": tuple(RowsLink(**one) for one in kept.get("denominator_rows", ())),
            "trend": tuple(kept.get("trend", ())),
            "shorts": tuple(_short(one) for one in kept.get("shorts", ())),
        }
    )


def _short(kept: Kept) -> Short:
    path, *more = kept["where"]
    parts: list[Any] = [tuple(one) if isinstance(one, list) else one for one in more]  # what was kept has lists
    return Short(kept["name"], kept["amount"], Where(path, *parts))


def as_counted(indicator: Indicator, meanings: Sequence[str]) -> Indicator:
    """Return an indicator as it was counted when a figure was kept. meanings: what its terms were said to mean then.

    Before campaigns counted in their own range, nothing was taken away of what had been over when they began.
    """
    if not meanings or tuple(meanings) == tuple(term.meaning for term in indicator.terms()):
        return indicator
    return of_all_time(indicator)


def of_all_time(indicator: Indicator) -> Indicator:
    """Return an indicator without what is taken away of before its period."""
    return replace(indicator, numerator=_whole(indicator.numerator), denominator=_whole(indicator.denominator))


def _whole(term: Term | None) -> Term | None:
    return term and replace(term, parts=tuple(one for one in term.parts if not one.still))


def tasks_from(kept: Kept) -> TaskCount:
    """Return how many tasks a clause had."""
    return TaskCount(*kept["tasks"])


def most_behind(clauses: Sequence[ClauseLine], chapter: Callable[[str], str], *, otherwise: str) -> str:
    """Return the chapter in which most is behind, or else that with most figures; the first of several."""
    late, told = Counter[str](), Counter[str]()
    for line in clauses:
        late[chapter(line.section)] += line.standing in LATE
        told[chapter(line.section)] += any(one.numerator is not None for one in line.figures)
    return max(late, key=lambda name: (late[name], told[name]), default=otherwise)


def corrected(old: Kept, new: Kept, is_own: Callable[[str], bool]) -> tuple[dict[str, Any], list[list[str]]]:
    """Return what is kept after a correction, and what changed: clause, figure, text before, text after.

    is_own: whether a figure, by its key, counts the campaign's own registers. Only these are corrected; the others
    stand as they were at the hour of closing, whatever has happened since.
    """
    fresh = {one["label"]: one for one in new["clauses"]}
    clauses, changed = [], []
    for one in old["clauses"]:
        now = {figure["key"]: figure for figure in fresh.get(one["label"], one)["figures"]}
        figures = [now.get(figure["key"], figure) if is_own(figure["key"]) else figure for figure in one["figures"]]
        moved = [pair for pair in zip(one["figures"], figures, strict=True) if pair[0]["text"] != pair[1]["text"]]
        changed += [[one["label"], before["title"], before["text"], after["text"]] for before, after in moved]
        standing = _standing(figures, one) if moved else one["standing"]
        clauses.append({**one, "figures": figures, "standing": standing})
    counts = Counter(one["standing"] for one in clauses)
    return {**old, "clauses": clauses, "counts": dict(sorted(counts.items()))}, changed


def _standing(figures: Sequence[Kept], clause: Kept) -> str:
    """Return how a clause stands by its figures as corrected and its tasks as they were."""
    tasks = tasks_from(clause)
    found = [Standing(one["standing"]) for one in figures]
    return str(with_tasks(found, total=tasks.total, done=tasks.done, late=tasks.late))
