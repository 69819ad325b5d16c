"""Several acts on one page, each with its own small form: shown where the table lets this person do it now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse

from bihuan.campaigns.rules.supervision.life import Table, may
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail.rules.files import FileKind
from bihuan.web.evidence import Gathered, gather
from bihuan.web.htmx import StaffRequest, refuse_into
from bihuan.web.numbers import whole
from bihuan.web.slots import Slot, slots_of

PAPERS: Final = {"papers": FileKind.DOCUMENT}
NOTHING: Final = forms.Form


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on a page. key: names it in the request. call: the service; it is given seen_version, the form's values,
    files where `papers` says so, actor and now. about: "" of the thing itself, or the id of a part of it."""

    key: str
    title: str
    verb: str
    call: Callable[..., object]
    form: Callable[..., forms.Form] = NOTHING
    done: str = "已办。"
    papers: str = ""
    about: str = ""
    version: int = 0
    given: dict[str, Any] = field(default_factory=dict)
    main: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A deed as the page shows it."""

    deed: Deed
    form: forms.Form
    slots: Sequence[Slot]
    about: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request: the deeds to show, and whether one was done. status: 422 where one was refused."""

    shown: Sequence[Shown]
    done: bool = False
    status: int = 200

    def of(self, about: str = "") -> list[Shown]:
        """Return those of the thing itself, or of one part of it."""
        return [one for one in self.shown if one.about == about]


def allowed(request: StaffRequest, table: Table, act: Any, state: str, *, path: str, unit_id: UUID | None) -> bool:
    """Tell whether the table lets this person do this now."""
    return may(table, request.actor, act, state, path=path, unit_id=unit_id)


def answer(request: StaffRequest, deeds: Sequence[Deed], *, town_id: UUID) -> Answered:
    """Do the deed that was pressed, if any, and return all as the page shows them."""
    key, about = request.POST.get("deed", ""), request.POST.get("about", "")
    shown: list[Shown] = []
    status = 422 if request.method == "POST" else 200
    for deed in deeds:
        pressed = request.method == "POST" and (deed.key, deed.about) == (key, about)
        named = {"auto_id": f"{deed.key}{deed.about}-%s"}
        form = deed.form(request.POST if pressed else None, **named)
        takes = pressed and bool(deed.papers)
        gathered = gather(request, PAPERS, town_id=town_id) if takes else Gathered()
        if pressed and form.is_valid() and not any(gathered.problems.values()) and _done(request, deed, form, gathered):
            messages.success(request, deed.done)
            return Answered(shown, done=True)
        slots = slots_of(gathered, {"papers": deed.papers}, PAPERS) if deed.papers else []
        shown.append(Shown(deed, form, slots, deed.about))
    return Answered(shown, status=status)


def _done(request: StaffRequest, deed: Deed, form: forms.Form, gathered: Gathered) -> bool:
    say: Any = getattr(form, "told", None)
    told = {**deed.given, **(say() if say else form.cleaned_data)}
    if deed.papers:
        told["files"] = [one.id for one in gathered.files.get("papers", ())]
    try:
        deed.call(seen_version=_seen(request), actor=request.actor, now=request.now, **told)
    except NotFound:
        raise
    except Refusal as refusal:
        refuse_into(form, refusal)
        return False
    return True


def _seen(request: StaffRequest) -> int:
    return whole(request.POST.get("seen_version", "")) or 0


def download(name: str, content: bytes, media_type: str) -> HttpResponse:
    """Return bytes as a file to keep."""
    response = HttpResponse(content, content_type=media_type)
    quoted = "".join(f"%{byte:02X}" for byte in name.encode())
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quoted}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
