"""What an address asks for: a choice, a day, a row. What is not there is said in a sentence, never passed over."""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest

from bihuan.kernel.errors import NotFound
from bihuan.web.intake.gate import identity

SHOWN: Final = 20  # characters of what was asked for


def choice_of(request: HttpRequest, name: str, known: Collection[str], default: str = "") -> str:
    """Return what an address chooses, the default where it says nothing. Raises NotFound for anything not known."""
    text = request.GET.get(name, "")
    if not text:
        return default
    if text not in known:
        raise unknown(text)
    return text


def day_of_address(request: HttpRequest, name: str = "on") -> date | None:
    """Return the day that an address says, None where it says none. Raises NotFound for what is no day."""
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise unknown(text) from None


def row_of_address(request: HttpRequest, name: str) -> UUID | None:
    """Return the id that an address says, None where it says none. Raises NotFound for what is no id."""
    text = request.GET.get(name, "")
    found = identity(text)
    if text and found is None:
        raise unknown(text)
    return found


def unknown(text: str) -> NotFound:
    """Return the answer to an address that asks for what is not there."""
    say = f"没有“{text[:SHOWN]}”，网址可能写错了，或者是旧的。请回到上一页，从页面上重新选。"
    return NotFound("web.no_such_choice", say)
