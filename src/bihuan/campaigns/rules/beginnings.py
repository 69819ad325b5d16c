"""Where a stretch of text begins after words of time and joints: 专项行动期间，同时，3月底前."""

import re
from typing import Final

from bihuan.campaigns.rules.days import WHEN_AT

_TIME: Final = (
    r"(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?(?:之?前|起|至)?|(?:\d{4}|今|"
    r"本|明)年(?:底|末|内)?前?|每(?:[半一两三\d]{1,2}个?)?(?:年|月|周|日|天|季度?|小时|旬)(?:\d{1,2}[月日号]|[一二三四五六日底末初])*(?:下班)?(?:之?前)?|"
    r"(?:\d{1,3}|[一二两三四五六七八九十]+)个?(?:工作)?(?:日|天|小时|个月)(?:之)?内|"
    r"(?=[^,。]{0,14}期间)(?![^,。]{0,6}(?:干部|人员|单位|企业|部门|[局办所站队校])[^,。]{2,6}期间)[^,。要应须必将把]{0,8}期间|[^,。要应须必将把]{0,8}阶段(?=,)|用[^,。;]{1,8}时间|视[^,。;]{1,8},)"
)
_LEAD: Final = re.compile(
    rf"(?:【[^】]*】|[和及、](?=\d{{1,2}}月\d{{1,2}}日前)|(?:注|备注|说明):|{_TIME},?|[一二三四五六七八九十\d]{{1,3}}[时点]半?前,?|上午|下午|晚上|同时,?|此外,?|其中,?|另外,?|并且?|由|请(?!医|专家|专业|有资质|第三方|技术|律师)|牵头并(?=会同|联合)|临灾时|灾后|灾前|(?:下一?步|下一?阶段|今后|现阶段|近期|当前|因此),?|继续(?!教育)|特别是|尤其是|要求(?=各)|希望?(?=各)|望(?=各)|"
    rf"对此,|[一二三四五六七八九十]{{1,2}}(?:是|"
    rf"要)|原则上|必要时,?|(?:施工|作业|检修|检维修|动火|停工|停产|开工|卸货|装卸|收割|巡查|检查|采收|赶集|放学|上学|开市|闭市|降雨|下雨|暴雨)时,?|(?<!,)每[名位](?=[一-龥]{{0,6}}(?:领导|干部|成员|委员|网格员|民警))|首先,?|其次,?|最后,?|凡是?)"
)


def skip_lead(folded: str, start: int) -> int:
    """Return where a stretch begins after words of time and joints: 专项行动期间，同时，3月底前."""
    while start < len(folded):
        if folded[start].isspace():
            start += 1
            continue
        lead = WHEN_AT.match(folded, start) or _LEAD.match(folded, start)
        if lead is None or lead.end() == start:
            break
        start = lead.end()
    return start
