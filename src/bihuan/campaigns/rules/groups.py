"""The leading group: its name and who holds which post in it, from prose, lists and tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from bihuan.campaigns.rules.names import is_list
from bihuan.campaigns.rules.numbering import number_of
from bihuan.campaigns.rules.text import Line, Place, parts
from bihuan.campaigns.rules.words import STRONG

ONE_PERSON: Final = 20  # characters: 镇党委副书记、镇长
POSTS: Final = (
    "第一组长",
    "常务副组长",
    "副组长",
    "组长",
    "副总指挥",
    "总指挥",
    "副指挥长",
    "指挥长",
    "召集人",
    "成员",
    "办公室主任",
    "办公室副主任",
    "联络员",
)
_POST: Final = "|".join(POSTS)
_NAME: Final = re.compile(
    r"(?:成立|设立|组建|建立)(?:了)?(?:以[^。]*?的)?(?P<name>[^,。;:以由]{2,40}?(?:领导小组|"
    r"工作领导小组|指挥部|工作专班|专班|工作组|协调小组|委员会))(?=[,。;:(]|$|组成|办公室|"
    r",|统筹|负责)"
)
_OF: Final = re.compile(r"的(?P<name>[一-龥“”]{2,30}?(?:领导小组|指挥部|工作专班|专班|工作组))")
_HOLDS: Final = re.compile(
    rf"^(?:由|以)?(?P<who>[^,;。:]+?)(?:任|担任|兼任|为)(?:领导小组|专班|指挥部)?(?P<post>{_POST})"
)
# 由镇长任组长、分管副镇长任副组长: the mark stands between two who each hold a post.
_AFTER_POST: Final = re.compile(
    rf"(?<=副组长|任组长|指挥长|总指挥|召集人)、(?=[^、,;。:]+(?:任|担任|兼任|为)(?:{_POST}))"
)
_BY: Final = re.compile(
    r"^(?P<post>成员|组长|副组长|总指挥|副总指挥)(?:单位)?(?:由|为|包括|有)(?P<who>[^;。]+?)(?:兼任|"
    r"组成|担任|等)?(?:的[^,。;]*)?[,。;]?$"
)
_LINE: Final = re.compile(
    rf"\s*(?P<post>{'|'.join((chr(92) + 's*').join(one) for one in POSTS)})(?:单位)?\s*[::]\s*(?P<who>[^。]+)"
)
# 孔 梦 is one name; 孔梦 镇党委书记、镇长 is one person with two offices.
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_NEXT_POST: Final = re.compile(rf"[,;]\s*(?=(?:{_POST})(?:单位)?\s*[::])")
_OTHERS_FOUND: Final = re.compile(
    r"^(?:各[^,。;]{1,20}?(?:要|应当?|也要|须|务)|各?[^,。;]{0,6}(?:企业|公司|煤矿|学校))[^,。;]{0,12}(?:成立|建立|组建)"
)  # groups of their own
_PLAIN_NAMES: Final = frozenset(("工作专班", "专班", "工作组"))
HEADS: Final = frozenset(("组长", "指挥长", "总指挥", "第一组长"))
_KEPT: Final = "\x00"  # stands for the mark between two offices of one person
# 县委常委、常务副县长 is one person; 党委书记、镇长 are two.
_TWO_OFFICES: Final = re.compile(
    r"^([一-龥]*(?:常委|委员|副书记))、([一-龥]{0,6}?(?:[省市县区镇乡]长|主任|部长))(?=$|和|及|以及|[、,;])"
)
# 副主任、局长张某同志: the first office has no name of its own.
_ONE_NAME: Final = re.compile(
    r"([一-龥]*(?:常委|委员|书记|成员|主任|[省市县区镇乡局]长|指挥长))、([一-龥]{0,10}(?:[省市县区镇乡局]长|指挥长|主任|部长|书记)"
    r"[一-龥]{2,3}(?:同志)?)(?=$|[、,;])"
)
_SPACED_NAME: Final = re.compile(r"(?<![一-龥])([一-龥])\s+([一-龥])(?![一-龥])")
_NAMED: Final = re.compile(
    r"(?P<name>[一-龥]{2,3})[ \t]+(?P<post>[一-龥()、]{2,40}(?:记|长|任|员|席|席|人|师|理))(?=$|"
    r"[ \t])"
)
_PERSON: Final = re.compile(r"^\s*[一-龥]{1,3}\s*[一-龥]{1,2}\s*\([一-龥()、]{2,30}\)\s*$")  # 杨志明（派出所所长）
_MORE: Final = re.compile(r"^\s*[一-龥]{1,3}(?:\s+[一-龥]{1,3})?\s+[一-龥()、]{2,40}$|^\s{2,}[^。;:]{2,60}$")
# 县公安局、县交通运输局主要负责人: the last word is for all.
_SHARED_POST: Final = re.compile(
    r"(?<=.)(?:(?:党政)?(?:主要|分管|有关)?(?:负责人|负责同志|领导)|副?(?:局长|主任|所长|站长|科长|书记|校长|经理))$"
)
_BODY_ONLY: Final = re.compile(
    r"(?:局|办|(?<![政常])委|所|站|政府|中心|部|队|部门|乡镇|镇|乡|街道|单位|学校|(?:中心|党|技)校|幼儿园|[中小]学|医院|卫生院|法院|检察院|企业|公司|村|社区|园区|科室|公路段|[工商协员委合]会|妇联|银行|办公室|岗)$"
)
_HAS_SECRETARY: Final = re.compile(r"(?:镇|乡|街道|村|社区|校|园区|支部|公司|企业|单位|委)$")
# …、派出所等单位主要负责人
_AND_OTHERS: Final = re.compile(
    r"等(?:有关|相关)?(?:单位|部门|站所)(?=(?:主要|分管|有关|党政)?(?:负责人|负责同志|领导))"
)
_IN_TABLE: Final = re.compile(r"职务|小组职务|组内职务|工作职务|担任职务|岗位")


@dataclass(slots=True)
class Group:
    """A leading group: name, posts with their holders as named, places."""

    name: str | None = None
    posts: dict[str, list[str]] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)

    def add(self, post: str, who: str, place: Place, *, whole: bool = False) -> None:
        """Add those named for a post; whole: one person, with all the offices named."""
        names = [who.strip()] if whole else [one.strip(" 、,。;") for one in _holders(who)]
        kept = self.posts.setdefault(re.sub(r"\s", "", post), [])
        kept += [name for name in names if name and name not in kept]
        if place not in self.places:
            self.places.append(place)


def _holders(who: str) -> list[str]:
    """Split a list of holders; two offices of one person (镇党委书记、镇长) cannot be told apart and are split too."""
    plain = re.sub(r"(?:等)?(?:为|组成|兼任)?$", "", re.sub(r"^\s*(?:由|以)\s*", "", who.strip()))
    plain = _AND_OTHERS.sub("", plain)
    plain = _SPACED_NAME.sub(r"\1\2", plain)
    plain = _BRACKETED.sub(lambda found: re.sub(r"[、,;\s]", _KEPT, found.group()), plain)
    plain = _NAMED.sub(lambda found: f"{found['post'].replace('、', _KEPT)}（{found['name']}）", plain)
    for offices in (_TWO_OFFICES, _ONE_NAME):
        plain = offices.sub(lambda found: f"{found[1]}{_KEPT}{found[2]}", plain)
    plain = re.sub(r"^[^、,;]*?(?:领导小组|指挥部|专班)由(?=[^、,;])", "", plain)  # 镇领导小组由镇长任组长
    names = re.split(r"[、,;\s]+|(?<=[局办委部所站长任记人员门镇乡位])(?:和|及|以及)", plain)
    return [one.replace(_KEPT, "、") for one in reversed(list(_with_posts(reversed(names))))]


def _with_posts(names: Iterable[str]) -> Iterator[str]:
    """Give each body the post that the next holder of a post names: 县公安局、县工商局副局长."""
    shared = ""
    for one in names:
        post = _SHARED_POST.search(one)
        shared = post.group() if post else shared
        fits = not shared.endswith("书记") or _HAS_SECRETARY.search(one)
        yield one + shared if shared and fits and _BODY_ONLY.search(one) else one


def read_group(lines: Sequence[Line], sentences: Sequence[tuple[Place, str]]) -> Group | None:
    """Return the first leading group that the document sets up, or None."""
    group = Group()
    for place, folded in sentences:
        _from_sentence(group, place, folded)
    _from_list(group, lines)
    _from_tables(group, lines)
    if group.name in _PLAIN_NAMES and not group.posts:
        return None  # 成立工作专班: any body may
    return group if group.name or group.posts else None


def _from_list(group: Group, lines: Sequence[Line]) -> None:
    """Read 组长：… 副组长：… and the lines below each that name more."""
    post = ""
    own: set[str] = set()  # a head named again is that of the next, lower group
    for line in lines:
        marks = list(_segments(line)) if line.cell is None else []
        head = re.sub(r"\s", "", marks[0]["post"]) if marks else ""
        if head in HEADS and head in own and len(own) > 1:
            return
        for found in marks:
            post = re.sub(r"\s", "", found["post"])
            own.add(post)
            group.add(post, found["who"], Place(line.index, found.start(), found.end()))
        if marks:
            continue
        if post and _names_more(line):
            group.add(post, line.folded, Place(line.index, 0, len(line.text)))
        elif line.bare:
            post = ""


def _segments(line: Line) -> Iterator[re.Match[str]]:
    """Yield the posts that a line names, one after the other: 组长：甲，副组长：乙，成员：丙."""
    cuts = [0, *(mark.end() for mark in _NEXT_POST.finditer(line.folded)), len(line.folded)]
    first = _LINE.match(line.folded)
    if first is None:
        return
    for start, end in pairwise(cuts):
        found = _LINE.match(line.folded[:end].rstrip(",; "), start)
        if found:
            yield found


def _names_more(line: Line) -> bool:
    more = (
        _MORE.match(line.folded) is not None
        or _PERSON.match(line.folded) is not None
        or (bool(line.bare) and is_list(line.folded))
    )
    return more and number_of(line.folded) is None


def _from_sentence(group: Group, place: Place, folded: str) -> None:
    if not re.search(rf"领导小组|指挥部|专班|工作组|{_POST}", folded) or _OTHERS_FOUND.match(folded):
        return
    named = _NAME.search(folded) or (_OF.search(folded) if re.search(r"成立|设立|组建", folded) else None)
    if named and group.name is None:
        group.name = re.sub(r"^.*的", "", named["name"])
        group.places.append(place)
    for start, end in parts(_AFTER_POST.sub(",", folded), ",;。:"):
        stretch = re.sub(r"^[^,]*?(?:成立|设立|建立)(?=以|由)", "", folded[start:end].rstrip(",;。:").strip())
        _from_stretch(group, stretch, place)


def _from_stretch(group: Group, stretch: str, place: Place) -> None:
    held = _HOLDS.match(stretch) or _BY.match(stretch)
    if held and len(held["who"]) <= 200 and not STRONG.search(held["who"]):
        group.add(held["post"], held["who"], place)


def _from_tables(group: Group, lines: Sequence[Line]) -> None:
    rows: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        if line.cell:
            rows.setdefault((line.cell.table, line.cell.row), []).append(line)
    for cells in rows.values():
        post = re.sub(r"\s", "", cells[0].folded)
        if post in POSTS and len(cells) > 1:
            who = next((cell for cell in reversed(cells[1:]) if cell.bare), None)
            if who:
                one = post != "成员" and len(who.bare) <= ONE_PERSON
                group.add(post, who.folded, Place(who.index, 0, len(who.text)), whole=one)
