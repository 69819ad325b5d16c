"""An own indicator that is declared a part of another (其中): what can be, what is doubted, and where parts stand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bihuan.campaigns.rules.own import Offer, OwnForm, is_inside, offer_of
from bihuan.campaigns.rules.own_kept import form_of, line_of
from bihuan.campaigns.rules.terms import Kind
from bihuan.kernel.paths import is_within


class OwnLine(NamedTuple):
    """An own indicator of a campaign that counts today. line: by which its parts name it, in every edition."""

    line: str
    key: str
    form: OwnForm


def own_lines(rows: Iterable[tuple[object, str, Mapping[str, Any]]]) -> list[OwnLine]:
    """Return own indicators from their rows: id, key and what is kept of each."""
    return [OwnLine(line_of(own, str(row_id)), key, form_of(own)) for row_id, key, own in rows]


def refused_part(part: OwnForm, whole: OwnForm) -> str:
    """Return why one cannot be a part of another, "" where it can: both are counts, by the same day and unit."""
    if part.kind != Kind.COUNT or whole.kind != Kind.COUNT:
        return f"“其中”只用于计数：“{part.title}”和“{whole.title}”都要是计数。"
    if part.part.period != whole.part.period:
        return f"“{part.title}”和“{whole.title}”要按同一个日期口径，才能一个是另一个的其中一部分。"
    if part.unit != whole.unit:
        return f"“{part.title}”的单位是{part.unit}，“{whole.title}”的是{whole.unit}，要一样才能比。"
    return ""


def doubted_part(part: OwnForm, whole: OwnForm, offers: Sequence[Offer]) -> str:
    """Return the doubt about a part that can count what its whole does not, "" where it lies all within."""
    by_name = {one.name: one for one in offers}
    (name, level), (over, over_level) = offer_of(part.part, offers), offer_of(whole.part, offers)
    lies = name in by_name and over in by_name and is_inside(by_name[name], by_name[over], level, over_level)
    if lies and _is_narrower(part, whole):
        return ""
    return f"“{part.title}”数的不都在“{whole.title}”里，可能比它多。请看是不是选错了。"


def _is_narrower(part: OwnForm, whole: OwnForm) -> bool:
    """Tell whether a part is narrowed to no less than its whole is: place, sectors, source and words."""
    mine, its = part.only, whole.only
    in_place = not its.path or bool(mine.path and is_within(mine.path, its.path))
    in_sectors = not whole.sectors or bool(part.sectors and set(part.sectors) <= set(whole.sectors))
    return in_place and in_sectors and its.source in {"", mine.source} and its.words.strip() in mine.words


def parts_of(line: str, standing: Iterable[OwnLine]) -> list[OwnLine]:
    """Return what is declared a part of an own indicator."""
    return [one for one in standing if one.form.part_of == line]


def wholes_for(line: str, standing: Sequence[OwnLine]) -> list[OwnLine]:
    """Return the counts of which an own indicator can be declared a part: neither itself nor what is a part of it."""
    below = {line} if line else set()
    while more := {one.line for one in standing if one.form.part_of in below} - below:
        below |= more
    return [one for one in standing if one.form.kind == Kind.COUNT and one.line not in below]


def in_order(standing: Sequence[OwnLine]) -> list[tuple[OwnLine, OwnLine | None]]:
    """Return own indicators with the whole of each, parts right after their whole; None for what is no part."""
    by_line = {one.line: one for one in standing}
    found: list[tuple[OwnLine, OwnLine | None]] = []

    def put(one: OwnLine, whole: OwnLine | None) -> None:
        found.append((one, whole))
        for part in parts_of(one.line, standing):
            put(part, one)

    for one in standing:
        if one.form.part_of not in by_line:
            put(one, None)
    return found
