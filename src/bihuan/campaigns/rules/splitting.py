"""Where a sentence orders two bodies to do two things: each part is a clause with its own parties and time."""

import re
from typing import Final

from bihuan.campaigns.rules.day_words import WHEN_AT
from bihuan.campaigns.rules.days import Anchor
from bihuan.campaigns.rules.deadlines import deadline
from bihuan.campaigns.rules.how_often import frequency
from bihuan.campaigns.rules.names import Party
from bihuan.campaigns.rules.parties import leading_subjects, subjects
from bihuan.campaigns.rules.text import Place, parts
from bihuan.campaigns.rules.words import BEGINS, STRONG

LONGEST_STAGE: Final = 26  # characters of 4月11日至6月30日为检查阶段，
_POST: Final = re.compile(
    r"(?:负责人|负责同志|领导|领导干部|同志|书记|主任|总监|[镇乡县市区局所站队组校园院厂矿]长|责任人|人员|成员)$"
)
_NUMBERED: Final = re.compile(r"\s*(?:[①-⑳]|\(\d{1,2}\)|\d{1,2}[.、](?!\d))")  # each point is a clause
_OWES: Final = re.compile(r"(?:同时,?|还|也)?(?:要|必须|应当)(?![求点])")  # for those named before
_BANS: Final = re.compile("不准|不得|严禁|禁止")
_MUST: Final = re.compile(rf"{STRONG.pattern}|对(?=[^,。;]{{2,30}}(?:一律|依法|责令|予以))")
_HELPS: Final = re.compile(r"[^,;。]{0,4}(?:配合|协助|协同|参与|参加|支持)")
_FIRMS: Final = re.compile(r"企业|经营|生产|施工|建设方|业主(?!管)|场所|户$|公司|项目部|店$")


def split(folded: str, place: Place) -> list[Place]:
    """Cut a sentence at semicolons where another body is ordered, and at commas where that body has its own time."""
    found = _at_semicolons(folded, place)
    return [part for one in found for part in _at_commas(folded, one)]


def _at_semicolons(folded: str, place: Place) -> list[Place]:
    cuts = parts(folded[place.start : place.end], ";")
    found: list[Place] = []
    names: set[str] = set()
    for start, end in cuts:
        begins = _NUMBERED.match(folded, place.start + start) is not None
        own = {one.name for one in subjects(folded[place.start + start : place.start + end])}
        told = (
            not names
            and (
                _OWES.match(folded, place.start + cuts[0][0])
                or _BANS.search(folded, place.start + cuts[0][0], place.start + cuts[0][1])
            )
            and _told(folded[: place.start + end], place.start + start)
        )
        other = told or (names and any(not any(_same(one, name) for name in names) for one in own))
        if found and (not own or not (other or begins)):
            found[-1] = Place(place.paragraph, found[-1].start, place.start + end)
        else:
            found.append(Place(place.paragraph, place.start + start, place.start + end))
        names |= own
    return found


def _told(folded: str, start: int) -> bool:
    """Tell whether a stretch begins with a body that must do something: 城管部门要整治占道经营."""
    found = leading_subjects(folded, start)
    return bool(found) and _MUST.match(folded, found[-1].end) is not None


def _at_commas(folded: str, place: Place) -> list[Place]:
    text = folded[place.start : place.end]
    stretches = [(start, end, _bodies(text, start, end)) for start, end in parts(text, ",;")]
    begins = [0]
    told: list[Party] = list(stretches[0][2]) if stretches else []
    for at, (start, end, bodies) in enumerate(stretches[1:], 1):
        following = next((one for one, _, named in stretches[at + 1 :] if named), len(text))
        since = _stage_before(text, stretches[:at])  # 4月11日至6月30日为检查阶段，县应急局逐企检查
        start = start if since is None else since
        untold = not told and _orders_alone(text[begins[-1] : start])
        if (told or untold) and bodies and _apart(told, bodies) and _own_times(text, begins[-1], start, following):
            begins.append(start)
            told = []
        told += bodies or ([] if told else leading_subjects(text[:end], start))  # only posts so far
    ends = [*begins[1:], len(text)]
    return [
        Place(place.paragraph, place.start + begin, place.start + end) for begin, end in zip(begins, ends, strict=True)
    ]


def _orders_alone(text: str) -> bool:
    """Tell whether a part orders by itself, for a body named before it: 汛期每周巡查两次，水库管护员必须…"""
    pieces = parts(text, ",;")
    if any(leading_subjects(text[:end], start) for start, end in pieces):
        return False
    return any("每" in text[start:end] and BEGINS.search(text, start, end) is not None for start, end in pieces)


def _stage_before(text: str, before: list[tuple[int, int, list[Party]]]) -> int | None:
    """Return where a stretch begins that is only the days of a stage, which belong to the stretch after it; or None."""
    start, end, bodies = before[-1]
    only = start and not bodies and end - start <= LONGEST_STAGE and WHEN_AT.match(text, start) is not None
    return start if only and _time(text[start:end]) else None


def _bodies(text: str, start: int, end: int) -> list[Party]:
    """Return the bodies that a stretch begins with; posts act for the body before them."""
    return [one for one in leading_subjects(text[:end], start) if not _POST.search(one.name)]


def _apart(told: list[Party], bodies: list[Party]) -> bool:
    return not any(_same(one.name, other.name) for one in told for other in bodies)


def _own_times(text: str, begin: int, start: int, end: int) -> bool:
    """Tell whether two parts do not share one time: both have one, or the second has its own must."""
    before, after = (_time(text[one:other]) for one, other in ((begin, start), (start, end)))
    if not (before or after):
        return False
    first = text[start:end].split(",")[0]
    if _HELPS.search(first):
        return False
    return bool(before and after) or (bool(before) and STRONG.search(first) is not None)


def _time(text: str) -> str | None:
    due = deadline(text, Anchor())
    return due.text if due else frequency(text)


def of_one_kind(one: str, other: str) -> bool:
    """Tell whether two names are both bodies of the administration, or both enterprises; posts are neither."""
    if _POST.search(one) or _POST.search(other):
        return False
    return bool(_FIRMS.search(one)) == bool(_FIRMS.search(other))


def _same(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)
