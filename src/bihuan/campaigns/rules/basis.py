"""The documents that a plan rests on: titles in 《》 and numbers, in the paragraphs before its first heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bihuan.campaigns.rules.front import NUMBER
from bihuan.campaigns.rules.text import Line, Place
from bihuan.documents.rules import normalise_doc_no

_TITLED: Final = re.compile(
    r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》\s*(?:\((?P<bracket>[^()]*(?:\([^()]*\)[^()]*)?)\)|"
    r"(?P<loose>[一-龥]{1,8}\s*[〔\[【]\s*\d{4}[^号。,;]{1,10}号))?"
)
_GROUND: Final = re.compile(r"根据|按照|依据|依照|贯彻|落实|遵照|执行|精神|要求|部署|转发|结合|规定")
# The body that stands before a number without 《》: 县安办青安办明电〔2018〕4号.
_SENDER: Final = re.compile(
    r"^[省市州县区镇乡][一-龥]{0,8}?(?:安委会|安委办|安办|政府|办公室|局|委|厅|办)(?=[一-龥]{3,}[〔\[【(])"
)
_RELAYED: Final = re.compile(r"(?:\([^()]*\))?[,、]?(?:转发|转给)")  # a superior's paper that a notice hands on
_NO_GROUND: Final = re.compile(r"表$|台账$|清单$|^(?:通知|方案|意见|条例|办法|规定|计划|预案)$")
_PASSED_ON: Final = re.compile(r"印发给|现印发|现转发|已经[^。]{0,30}(?:同意|通过|批准|审定)")


@dataclass(frozen=True, slots=True)
class Basis:
    """A document named as ground: its title, its number in the usual form or None, and its place."""

    title: str
    number: str | None
    place: Place


def read_basis(
    lines: Sequence[Line], *, own_title: str, own_number: str | None, named: Sequence[int] = ()
) -> list[Basis]:
    """Return the grounds in the opening lines, each once; named: lines that a heading calls grounds."""
    found: dict[tuple[str, str | None], Basis] = {}
    for line in lines:
        if not _GROUND.search(line.folded) and line.index not in named:
            continue
        for one in _in_line(line):
            own = one.title == own_title or (one.number is not None and one.number == own_number)
            if not own:
                found.setdefault((one.title, one.number), one)
    return list(found.values())


def _in_line(line: Line) -> list[Basis]:
    folded = line.folded
    found: list[Basis] = []
    for one in _TITLED.finditer(folded):
        after = re.split("[。《]", folded[one.end() : one.end() + 40])[0]
        before = folded[: one.start()].rstrip()
        own = _PASSED_ON.search(after) or re.search(r"(?:印发|制定)了?$|现将$", before)
        if (own and not _RELAYED.match(after)) or _NO_GROUND.search(one["title"]):
            continue
        number = one["bracket"] or one["loose"] or ""
        title = line.text[one.start("title") : one.end("title")].strip()
        found.append(Basis(title, _number(number), Place(line.index, one.start(), one.end())))
    taken = [one.place for one in found]
    for loose in NUMBER.finditer(folded):
        if not any(place.start <= loose.start() < place.end for place in taken):
            number = re.sub(r"^(?:根据|按照|依据|落实|贯彻|转发|关于|和|及|与)+", "", loose.group())
            number = _SENDER.sub("", number)
            found.append(Basis("", normalise_doc_no(number), Place(line.index, loose.start(), loose.end())))
    return found


def _number(text: str) -> str | None:
    """Return the number in a bracket after a title, with whatever brackets, or None."""
    found = re.search(
        (
            r"[一-龥]{1,14}\s*[〔\[【(〖]\s*\d{4}\s*[〕\]】)〗]\s*第?\s*\d{1,5}\s*号|[A-Z]{1,4}(?:/[A-Z])?\s?[\d.]+[-—]\d{4}|"
            r"[一-龥]{1,14}\d{4}年?第?\d{1,5}号|"
            r"[一-龥]{1,10}第\d{1,5}号"
        ),
        text,
    )
    if found is None:
        return None
    return found.group() if found.group()[0].isascii() else normalise_doc_no(found.group())
