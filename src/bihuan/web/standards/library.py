"""Pages of the criteria library: find a clause by day, words and sector; read one standard."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.standards import queries
from bihuan.standards.data.counting import read_procedures
from bihuan.standards.queries.loading import loaded_line_for
from bihuan.standards.rules import (
    FEATURE_NAMES,
    SECTOR_NAMES,
    Criterion,
    Sector,
    Standard,
    Succession,
    UnknownCriterion,
    Wanted,
    is_to_come,
    search,
    successions,
)
from bihuan.standards.rules.determine import Enterprise
from bihuan.standards.rules.loading.counting import counting_says
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Pager, page_number
from bihuan.web.sizes import page_size
from bihuan.web.standards.files import export_links
from bihuan.web.standards.forms import LookUpForm
from bihuan.web.standards.places import places

SENTENCE: Final = 6  # characters from which words are also weighed as a description of a hazard


NOT_YET: Final = "{} 还没有到：下面只是按现在已知的标准列的，那天有效的可能不同，也不按那天判定隐患。"


@require_GET
def criteria(request: StaffRequest) -> HttpResponse:
    """Look criteria up: in force on a day, by words or clause, by sector and standard; weigh a description."""
    today = day_of(request.now)
    words, on, sector_code, standard_id = LookUpForm(request.GET).read(today=today)
    sector = Sector(sector_code) if sector_code in set(Sector) else None
    library = queries.library_for(request.actor)
    in_force = library.in_force(on)
    rows = search(library, Wanted(on, words, sector, standard_id))
    place = Enterprise(sectors=(SECTOR_NAMES[sector],) if sector else ())
    to_come = is_to_come(on, today=today)
    weighs = len(words) >= SENTENCE and not to_come
    advice = queries.advise(words, on, place, path=request.actor.unit_path) if weighs else None
    number, size = page_number(request.GET), page_size(request)
    shown = rows[(number - 1) * size : number * size]
    return page_or_part(
        request,
        "standards/list.html",
        part="standards/_list.html",
        places=places("standards:list", request.actor),
        rows=[_row(item, {one.id: one for one in in_force}) for item in shown],
        advice=advice,
        in_force=in_force,
        sectors=list(SECTOR_NAMES.items()),
        sought=words,
        on=on,
        is_today=on == today,
        not_yet=NOT_YET.format(on.isoformat()) if to_come else "",
        chosen_sector=sector,
        chosen_standard=standard_id,
        pager=Pager(number, size, len(shown), len(rows), unit="条"),
        empty=_empty(words, on),
    )


def _empty(words: str, on: date) -> Empty:
    where = f"{on.year}年{on.month}月{on.day}日有效的标准里"
    if len(words) >= SENTENCE:
        return Empty(f"{where}没有找到相近的条款。这不等于一般隐患，请对照标准原件判断。")
    if words:
        return Empty(f"{where}没有含“{words[:20]}”的条款。换个说法，或去掉行业、标准的限制再找。")
    return Empty(f"{where}没有符合条件的条款。换一个日期、行业或标准再找。")


def _row(item: Criterion, standards: dict[str, Standard]) -> dict[str, Any]:
    return {"item": item, "standard": standards[item.standard_id], "marks": _marks(item), "needs": _needs(item)}


def _marks(item: Criterion) -> list[str]:
    """Return what a person must know before citing an item."""
    marks = (
        (item.open_ended, "只有定义，由人判断"),
        (item.kind == "direct", "直接判定"),
        (item.kind == "comprehensive", "综合判定要素"),
        (bool(item.refers_to), f"转致{item.refers_to}"),
        (item.completeness == "partial", "条文不完整"),
        (item.confidence == "from-memory", "未与原件核对"),
    )
    return [words for holds, words in marks if holds]


def _needs(item: Criterion) -> str:
    return "、".join(sorted(FEATURE_NAMES[feature] for feature in item.features))


@require_GET
def standard(request: StaffRequest, standard_id: str) -> HttpResponse:
    """Show one version of a standard with all its items, whatever the day. Raises NotFound."""
    library = queries.library_for(request.actor)
    try:
        found = library.standard(standard_id)
    except UnknownCriterion as unknown:
        raise NotFound("standards.no_standard", "没有这个标准。请从标准库的列表里选。") from unknown
    known = {one.id: one for one in library.standards}
    items = [_row(item, known) for item in library.criteria if item.standard_id == standard_id]
    groups = [(group, list(rows)) for group, rows in groupby(items, key=lambda row: row["item"].group)]
    local = loaded_line_for(request.actor, found.id) if found.area else None
    procedure = local.loaded.procedure if local else read_procedures().get(found.id)
    return page_or_part(
        request,
        "standards/standard.html",
        places=places("", request.actor),
        standard=found,
        groups=groups,
        count=len(items),
        before=known.get(found.supersedes),
        after=known.get(found.superseded_by) or known.get(found.preferred_successor),
        compare=_compare(found, successions(library)),
        files=export_links(request.actor, found.id),
        local=local,
        counting=counting_says(procedure, [row["item"] for row in items]),
        holds_today=found.holds_on(day_of(request.now)),
        back=reverse("standards:list"),
    )


def _compare(found: Standard, known: Sequence[Succession]) -> str:
    """Return the address that compares a version with the one before it, else with the one after; "" where neither."""
    pairs = [one for one in known if one.later is found] or [one for one in known if one.earlier is found]
    if not pairs:
        return ""
    query = urlencode({"before": pairs[0].before, "after": pairs[0].after, "family": found.sector_word})
    return f"{reverse('standards:compare')}?{query}"
