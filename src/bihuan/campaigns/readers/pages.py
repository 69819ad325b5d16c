"""What a page of the web puts about a document: a box of keys (索引号, 发文字号, 成文日期 …), where one is, buttons."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from bihuan.campaigns.rules import fold, number_of

HEAD: Final = 40  # lines, within which the box stands
LEAST: Final = 2  # keys, for lines to be such a box
LONGEST: Final = 160
_KEY: Final = re.compile(
    r"[\[【]?\s*(?P<key>索\s*引\s*号|(?:主题|体裁|组配|信息|所属)分类|公文种类|(?:发布|发文)(?:机构|机关|单位)|发文字号|"
    r"文\s*号|文件编号|(?:成文|发文|发布|生效|生成|废止|公开)(?:日期|时间)|公开(?:时限|方式|属性)|有\s*效\s*性|效力状态|时\s*效|"
    r"(?:信息|文件)?名\s*称|标\s*题|主\s*题\s*词|关\s*键\s*词|内容概[览述]|文件下载|责任部门|信息来源|重点领域|统一(?:编号|登记号)|"
    r"公文目录)\s*[\]】]?\s*[:：|｜\]】]+"
)
_BEGINS: Final = re.compile(rf"^[\s\-•|｜]*{_KEY.pattern}")
_NUMBER: Final = re.compile(r"(?:字号|文\s*号|编号)$")
_DAY: Final = re.compile(r"(?:成文|发文)(?:日期|时间)$")
_BUTTONS: Final = re.compile(
    r"^\s*(?:(?:您|你)?(?:当前|现在)?(?:的)?(?:所在)?的?(?:位置|当前位置)\s*(?:是)?\s*[:：].*|首页\s*[>＞»-].*|扫一扫.*|"
    r"[【\[]?\s*字[体号]\s*[:：].*|(?:分享到|阅读人次|阅读次数|浏览次数|浏览量|点击数|访问次数)\s*[:：]?.*|"
    r"(?:发表|发布)(?:时间|日期)\s*[:：].*|[【\[]?(?:打印(?:正文|本页)?|关闭(?:窗口)?|收藏|朗读)[】\]]?.{0,8}|"
    r"[•·]?\s*(?:关怀版|无障碍(?:版)?|政务微信|长者助手|登录|注册)\s*)$"
)


def without_page(lines: Sequence[str]) -> list[str]:
    """Return the lines of a document without what its page says about it; its number and day stay, each on a line."""
    end = next((at for at, line in enumerate(lines) if at and _is_heading(line)), len(lines))
    head = min(end, HEAD)
    boxed = [at for at in range(head) if len(lines[at]) <= LONGEST and _BEGINS.match(lines[at])]
    if sum(len(list(_KEY.finditer(lines[at]))) for at in boxed) < LEAST:
        return list(lines)
    kept: list[str] = []
    for at, line in enumerate(lines):
        if at in boxed:
            kept += [said for said in _of_box(line) if said not in kept]
        elif len(line) > LONGEST or not _BUTTONS.match(line):
            kept.append(line)
    return kept


def _is_heading(line: str) -> bool:
    number = number_of(fold(line))
    return number is not None and number.style in {"han", "han)", "chapter", "part"}


def _of_box(line: str) -> Iterator[str]:
    """Yield the number and the day that a line of the box names."""
    keys = list(_KEY.finditer(line))
    ends = [*(one.start() for one in keys), len(line)]
    for one, (_, end) in zip(keys, pairwise(ends), strict=True):
        value = line[one.end() : end].strip(" \t|｜[]【】:：")
        if _NUMBER.search(one["key"]) and re.search(r"\d{4}.+号$", value):
            yield f"发文字号：{value}"
        if _DAY.search(one["key"]) and re.match(r"\d{4}", value):
            yield f"成文日期：{value.split()[0]}"
