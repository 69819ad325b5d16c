"""Bodies and people named by what they do: 使用液化气的餐饮单位必须…, 从事庆典服务的单位或个人，不得…."""

import re
from typing import Final

from bihuan.campaigns.rules.names import Party, parties_in
from bihuan.campaigns.rules.otherwise import CAUSED
from bihuan.campaigns.rules.words import STRONG

_DESCRIBED: Final = re.compile(
    rf"(?!{CAUSED})(?!.*由)[一-龥()“”]{{2,22}}(?:企业|单位|部门|机构|场所|人员|经营户|业户|商户|学校|幼儿园|医院|"
    rf"门店|工地|镇|乡|村)(?P<more>、[一-龥]{{2,8}})?"
)
# 从事庆典、婚庆等服务的单位或个人
WHOEVER: Final = re.compile(
    r"(?:非法|违法|违规|擅自)?(?:从事|生产|经营|储存|销售|运输|使用)[^,。;]{2,24}的(?:单位|企业|个人|人员|场所)"
    r"(?:(?:、|[和或]者?)(?:个人|单位|人员|组织|企业))*"
)


def described(folded: str, start: int, end: int) -> list[Party]:
    """Return a body named by what it does, when a modal word follows: 使用液化气的餐饮单位必须…"""
    name = folded[start:end].strip()
    modal = end + 1 if folded[end] == "," and WHOEVER.fullmatch(name) else end
    known = WHOEVER.fullmatch(name) or _DESCRIBED.fullmatch(name)
    if STRONG.match(folded, modal) is None or known is None or "各" in name[1:]:
        return []
    begin = folded.index(name, start)
    more = known.groupdict().get("more") or ""  # 未使用校车的学校、幼儿园要…
    stop = begin + len(name) - len(more)
    others = parties_in(folded, stop + 1, stop + len(more)) if more and "的" in folded[begin:stop] else []
    return [Party(folded[begin:stop], begin, stop), *others] if others or not more else []
