"""The hazards that a figure counts, as of any day: told by the trail, so that the sum of the rows is the figure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.desk import queries as desk
from bihuan.hazards import queries
from bihuan.hazards.rules.states import LEVEL_NAMES, SOURCE_NAMES, STATE_NAMES, Level, Source, State
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.measures import Measure, Nature
from bihuan.stats import queries as stats
from bihuan.stats.rules import Behind, Here, Summand, sectors_read, summands_of
from bihuan.web.hazards.rows import Names, names_for
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.numbers import whole
from bihuan.web.parts import Empty, Pager, page_number
from bihuan.web.sizes import page_size

PAGE: Final = "hazards:counted"
FEN: Final = 100
LONGEST_WORDS: Final = 40
LONGEST_PLACE: Final = 12  # digits of a place in the trail


@require_GET
def counted(request: StaffRequest) -> HttpResponse:
    """Show the rows of a measure, or of a sum of several, at one place or (`seen`) of all that the viewer sees: a stock
    as it stood at the end of a day, a flow of its days."""
    asked = summands_of(request.GET.get("measure", ""), level=request.GET.get("level", ""))
    since, until = _day(request, "since"), _day(request, "until")
    is_counted = bool(asked) and all(stats.proofs().get(one.name) == PAGE for one in asked)
    if not is_counted or until is None or (since or until) > until:
        raise NotFound("hazards.no_figure", "没有找到这个数。请从原来的页面重新打开。")
    measure, today = stats.measures()[asked[0].name], day_of(request.now)
    until = min(until, today)
    upto, known = _place(request), _day(request, "known")
    known = None if known is None or known <= until else min(known, today)
    sectors, but_sectors = (sectors_read(request.GET.get(name, "")) for name in ("sector", "but_sector"))
    but, sources = _several(request, "but"), _several(request, "source")
    here = Here(request.GET.get("path", ""), sectors, but, but_sectors, sources)
    if "seen" in request.GET:
        rows = desk.rows_seen(request.actor, asked, here, since=since or until, until=until, known=known)
    else:
        rows = stats.rows_of_sum(request.actor, asked, here, since=since or until, until=until, upto=upto, known=known)
    words = request.GET.get("words", "").strip()[:LONGEST_WORDS]
    if words:
        said = queries.written_so(words, [here.path])
        rows = [one for one in rows if one.subject_id in said]
    size, number = page_size(request), page_number(request.GET)
    shown = rows[(number - 1) * size : number * size]
    return page_or_part(
        request,
        "hazards/counted.html",
        measure=measure,
        title=_title(asked),
        meaning="；".join([*map(_meaning, asked), *_narrowed(here, words)]),
        total=_amount(sum(one.amount for one in rows), measure),
        several=sum(one.amount > 1 for one in rows) if measure.unit == "次" else 0,
        rows=_rows(request, shown, measure, today),
        since=since or until,
        until=until,
        is_kept=upto is not None,
        known=known,
        is_by_fact=any(stats.measures()[one.name].by_fact for one in asked),
        is_of_days=any(one.is_of_beginning or stats.measures()[one.name].nature is Nature.FLOW for one in asked),
        is_flow=any(stats.measures()[one.name].nature is Nature.FLOW for one in asked),
        pager=Pager(number=number, size=size, shown=len(shown), total=len(rows)),
        empty=Empty("没有一项算在这个数里。"),
    )


def _meaning(one: Summand) -> str:
    ever = "，一直没有变动；后来反弹重开的不在内" if one.still else ""
    return "期初" * one.is_of_beginning + stats.measures()[one.name].meaning + ever


def _narrowed(here: Here, words: str) -> list[str]:
    """Return what an own indicator is narrowed to, in words."""
    sources = [SOURCE_NAMES[Source(one)] for one in here.sources if one in set(Source)]
    return ([f"来源：{'、'.join(sources)}"] if sources else []) + ([f"情况里有“{words}”"] if words else [])


def _several(request: StaffRequest, name: str) -> tuple[str, ...]:
    return tuple(filter(None, request.GET.get(name, "").split(",")))


def _place(request: StaffRequest) -> int | None:
    """Return the last place in the trail that a kept figure knew of."""
    return whole(request.GET.get("upto", ""), LONGEST_PLACE)


def _title(asked: Sequence[Summand]) -> str:
    words = ""
    for one in asked:
        between = "减" if one.sign < 0 else "加" if words else ""
        words += between + "期初" * one.is_of_beginning + _level(one.level) + stats.measures()[one.name].title
    return words


def _day(request: StaffRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _amount(amount: int, measure: Measure) -> str:
    """Return an amount as people say it; money is kept in fen."""
    return f"{Decimal(amount) / FEN:.2f}" if measure.unit == "元" else str(amount)


def _rows(request: StaffRequest, shown: list[Behind], measure: Measure, today: date) -> list[dict[str, Any]]:
    lines = {line.id: line for line in queries.lines_of(request.actor, [one.subject_id for one in shown])}
    names: Names = names_for(request.actor, lines.values(), today=today)
    return [
        {
            "one": one,
            "amount": _amount(one.amount, measure) if one.amount != 1 else "",
            "line": lines.get(one.subject_id),
            "href": reverse("hazards:show", args=(one.subject_id,)) if one.subject_id in lines else "",
            "village": names.places.get(lines[one.subject_id].path, "") if one.subject_id in lines else "",
            "level": _level(one.level),
            "state": STATE_NAMES[State(one.figures["state"])],
        }
        for one in shown
    ]


def _level(text: str) -> str:
    return LEVEL_NAMES[Level(text)] if text in set(Level) else ""
