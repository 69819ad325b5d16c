"""Acts on many hazards at once: all or none, and who would be refused is said before anything is written."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bihuan.hazards import queries, services
from bihuan.hazards.queries.lists import HazardLine
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.filters import COUNT_LIMIT, Filters
from bihuan.hazards.services import Item
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal, Rejected
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.web.frame import address
from bihuan.web.hazards import filters as asked
from bihuan.web.hazards.choices import issues_papers
from bihuan.web.hazards.fields import Choices
from bihuan.web.hazards.forms import ActForm
from bihuan.web.hazards.papers import print_orders
from bihuan.web.hazards.rows import COLUMNS
from bihuan.web.hazards.sheet import as_sheet
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.intake.gate import identity
from bihuan.web.numbers import whole

SAFE: Final = (Act.REMIND, Act.REASSIGN)
MOST: Final = 2_000  # hazards in one transaction: some seconds, during which other writers wait
SHOWN: Final = 100  # of them named on the page


@require_POST
def bulk(request: StaffRequest) -> HttpResponseBase:
    """Show what a plural act would do, or do it after `confirm`; more than fit in one transaction are refused whole."""
    back = _back(request)
    if request.POST.get("act") == "export" and request.POST.get("all"):
        lines = queries.export_lines(request.actor, _filters_behind(request), today=day_of(request.now))
        return _sheet(request, lines)
    picked, total = _picked(request)
    if not picked or total > MOST:
        messages.warning(request, _not_these(total))
        return go(request, back)
    if request.POST.get("act") == "export":
        return _sheet(request, queries.lines_of(request.actor, list(picked)))
    if request.POST.get("act") == "papers":
        return print_orders(request, list(picked), back)
    wanted = next((act for act in SAFE if act.value == request.POST.get("act")), None)
    if wanted is None:
        raise Refusal("hazards.not_bulk", "复查、销号等要逐项办理。成批只能催办、改派、打印和导出。")
    return _do(request, wanted, picked, back)


def _not_these(total: int) -> str:
    if not total:
        return "还没有选。请在左边勾选要办的，再按一次。"
    said = asked.counted(total, COUNT_LIMIT)
    return f"选了 {said} 项，一次最多办 {MOST} 项，所以一项也没有办。请用筛选分成几批，再一批一批办。"


def _sheet(request: StaffRequest, lines: Iterable[HazardLine]) -> HttpResponseBase:
    return as_sheet(request, lines, [one for one in COLUMNS if one.shown], today=day_of(request.now))


def _do(request: StaffRequest, wanted: Act, picked: dict[UUID, int], back: str) -> HttpResponse:
    confirmed = "confirm" in request.POST
    form = ActForm(wanted, _choices(request, wanted), request.POST if confirmed else None, initial={"seen_version": 0})
    form.fields.pop("seen_version")
    given = form.given({}) if confirmed and form.is_valid() else None
    items = [Item(one, given, version) if given else Item(one, seen_version=version) for one, version in picked.items()]
    if given is not None:
        try:
            done = services.advance_many(items, act=wanted, actor=request.actor, now=request.now)
        except Rejected as rejected:
            return _page(request, wanted, form, picked, _by_id(rejected), back, status=422)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, f"{len(done)} 项都已办“{WORDS[wanted].title}”。")
            return go(request, back)
    refused = {} if confirmed else _unfit(request, items, wanted)
    return _page(request, wanted, form, picked, refused, back, status=422 if confirmed else 200)


def _unfit(request: StaffRequest, items: Sequence[Item], wanted: Act) -> dict[UUID, str]:
    """Return who would be refused whatever the form says: what the form still asks for is no refusal yet."""
    refused = services.refusals(items, act=wanted, actor=request.actor, now=request.now)
    return {} if wanted is Act.REASSIGN and set(refused.values()) == {"请选定新的监管责任人或监管单位。"} else refused


def _by_id(rejected: Rejected) -> dict[UUID, str]:
    return {one: say for one, say in rejected.refused.items() if isinstance(one, UUID)}


def _page(
    request: StaffRequest,
    wanted: Act,
    form: ActForm,
    picked: dict[UUID, int],
    refused: dict[UUID, str],
    back: str,
    *,
    status: int,
) -> HttpResponse:
    lines = queries.lines_of(request.actor, list(picked))
    context: dict[str, Any] = {
        "act": wanted.value,
        "words": WORDS[wanted],
        "form": form,
        "back": back,
        "refused": [(line, refused[line.id]) for line in lines if line.id in refused],
        "fit": [(f"{line.id}:{picked[line.id]}", line) for line in lines if line.id not in refused],
        "shown": SHOWN,
        "picked": [f"{one}:{version}" for one, version in picked.items()],
        "count": len(picked),
    }
    return page_or_part(request, "hazards/bulk.html", status=status, **context)


def _picked(request: StaffRequest) -> tuple[dict[UUID, int], int]:
    """Read the picked rows with the version each person saw, and how many were meant.

    `all` means every row of the list behind `back`, on all its pages.
    """
    if request.POST.get("all"):
        filters, today = _filters_behind(request), day_of(request.now)
        listed = queries.listing(request.actor, filters, today=today, size=MOST)
        return {line.id: line.version for line in listed.lines}, listed.total
    picked: dict[UUID, int] = {}
    for text in request.POST.getlist("ids"):
        one, _, version = text.partition(":")
        key, seen = identity(one), whole(version)
        if key is not None and seen is not None:
            picked[key] = seen
    return picked, len(picked)


def _filters_behind(request: StaffRequest) -> Filters:
    return asked.read(QueryDict(_back(request).partition("?")[2]))


def _back(request: StaffRequest) -> str:
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else address("hazards:list")


def _choices(request: StaffRequest, wanted: Act) -> Choices:
    town_id = request.actor.town_id
    if wanted is not Act.REASSIGN or town_id is None:
        return Choices(issues_papers=issues_papers(request.actor))
    posts = orgs.posts_with_role(town_id, Role.DEPARTMENT, on=day_of(request.now))
    return Choices(supervisors=[(str(one.id), f"{one.unit.short_name} {one.title}") for one in posts])
