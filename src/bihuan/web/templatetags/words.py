"""Words and small parts for templates: dates, deadlines, pills, icons, page links."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bihuan.hazards.rules.states import UNGRADED_NAME
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.stats.rules import NOTHING, rate_text
from bihuan.web import assets
from bihuan.web.htmx import calendar_of
from bihuan.web.links import with_changes
from bihuan.web.words import APPOINTMENTS, before_holiday, day_words, due_chip, moment_words, money_words, period_words

register = template.Library()

RINGS: Final = {
    "reported": "0",
    "confirmed": "1",
    "assigned": "2",
    "rectifying": "3",
    "rectified": "4",
    "awaiting_superior": "5",
    "closed": "9",
    "transferred": "x",
    "invalid": "x",
}
LEVELS: Final = {"major": "重大", "general": "一般"}


def _today(context: Context) -> date | None:
    request = context.get("request")
    now: datetime | None = getattr(request, "now", None)
    return day_of(now) if now else None


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it is read out, without one it is decoration."""
    return _drawn(f"{assets.file_of('frontend/icons.txt')}#{name}", css, label)


@lru_cache(maxsize=1_000, typed=True)  # typed: what is marked safe is drawn apart from the same words unmarked
def _drawn(href: str, css: str, label: str) -> SafeString:
    heard = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}"></use></svg>', f"ti {css}".rstrip(), heard, href)


@register.simple_tag
def built(source: str) -> str:
    """Return the address of a built file."""
    return assets.file_of(source)


@register.simple_tag
def styles(source: str) -> SafeString:
    """Link the style sheets of an entry."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((one,) for one in assets.styles_of(source)))


@register.simple_tag
def assets_warning() -> str:
    """Return the sentence to show while nothing is built."""
    return "" if assets.manifest() else assets.NOT_BUILT


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime | None, empty: str = "—") -> str:
    """Write a day: 12月18日, with the year when it is not this year's."""
    if value is None or value == "":
        return empty
    on = day_of(value) if isinstance(value, datetime) else value
    return day_words(on, today=_today(context))


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None, empty: str = "—") -> str:
    """Write an instant: 12月18日 14:20, with the year when it is not this year's."""
    if not value:
        return empty
    return moment_words(value.astimezone(SHANGHAI), today=_today(context))


@register.simple_tag(takes_context=True)
def period(context: Context, first: date, last: date) -> str:
    """Write a period: 12月18日—3月31日."""
    return period_words(first, last, today=_today(context))


@register.simple_tag(takes_context=True)
def due(context: Context, value: date | datetime | None, name: str = "") -> SafeString:
    """Draw a deadline chip: 剩 3 天, 今天到期, 逾期 2 天, 节前须办; the date comes on hover and in print.

    name: which deadline, "" for rectification.
    """
    today = _today(context)
    if not value or today is None:
        return SafeString("")
    on = day_of(value) if isinstance(value, datetime) else value
    calendar = calendar_of(context["request"])
    is_due = on > today and name not in APPOINTMENTS  # nothing is to be done before an appointment
    chip = due_chip(value, today=today, name=name, before=before_holiday(calendar, on) if is_due else None)
    return format_html('<span class="due {}" title="{}">{}</span>', chip.tone, chip.title, chip.text)


@register.simple_tag
def state(value: str, name: str = "", css: str = "") -> SafeString:
    """Draw a state pill: the ring fills as the hazard goes on."""
    return format_html(
        '<span class="{}">{}</span>', f"st st-{RINGS.get(str(value), '0')} {css}".rstrip(), name or value
    )


@register.simple_tag
def level(value: str | None, unset: str = UNGRADED_NAME) -> SafeString:
    """Draw a level badge: 重大 solid, 一般 outline, not yet decided as plain words."""
    key = str(value or "")
    if key not in LEVELS:
        return format_html('<span class="mu">{}</span>', unset)
    return format_html('<span class="{}">{}</span>', "lv major" if key == "major" else "lv", LEVELS[key])


@register.filter
def money(value: Decimal | float | None) -> str:
    """Write an amount given in 元: 3600 元, 16.8 万元."""
    return money_words(value)


@register.simple_tag(takes_context=True)
def link(context: Context, **changes: Any) -> str:
    """Return this page's address with some filters changed, all others kept; page goes back to the first.

    A value of None or "" removes its filter.
    """
    return with_changes(context["request"], **changes)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Look a key up in a mapping; "" when it is not there."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def percent(part: int, whole: int) -> str:
    """Write a rate: 83.2 %, half up as everywhere (R0.4); "—" over zero (R0.5)."""
    return f"{rate_text(part, whole)}%" if whole else NOTHING
