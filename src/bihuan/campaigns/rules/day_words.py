"""How plans word days, feasts, hours and spans: the parts of which the patterns of days and deadlines are made."""

import re
from typing import Final

from bihuan.campaigns.rules.words import VERBS

HAN: Final = "一二三四五六七八九十廿"
YEAR: Final = r"(?:(?P<y>\d{4}|[一二三四五六七八九〇零]{4}|今|本|当|明|次|翌|去|同)\s*年度?)"
MONTH: Final = rf"(?P<m>\d{{1,2}}|[{HAN}]{{1,3}}|本)\s*月份?"
DAY: Final = rf"(?:(?P<d>\d{{1,2}}|[{HAN}]{{1,3}})\s*(?:[日号]|(?=\s*(?:至|到|-|~)))|(?P<p>底|末|初|上旬|中旬|下旬))"
DOTTED: Final = r"(?P<iso>\d{4}[-./]\d{1,2}[-./]\d{1,2})"
QUARTER: Final = rf"(?:{YEAR}?(?P<q>第?[一二三四1-4]季度|上半年|下半年)(?:底|末)?)"
NOT_A_FEAST: Final = (
    r"(?!\s*(?:春节|元旦|国庆|中秋|端午|清明|“?五一|“?十一|两会|汛|除夕|元宵))"  # 2025年春节 has no day
)
YEAR_END: Final = (
    rf"(?:{YEAR}(?:年?(?P<ye>底|末|内))?{NOT_A_FEAST}|"
    rf"(?P<bare>(?<![\d半{HAN}两])(?:年底|年末|年内(?!(?:开展|组织|举行|召开)的))))"
)
ACTS: Final = "|".join(one for one in VERBS if len(one) > 1)
FORMS: Final = (DOTTED, rf"{YEAR}?\s*{MONTH}\s*{DAY}?", QUARTER, YEAR_END, r"(?P<d2>\d{1,2})[日号]")
# The same, without groups, to stand inside other patterns.
PLAIN: Final = "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", form) for form in FORMS[:-1]) + ")"
QUARTER_PLAIN: Final = re.sub(r"\?P<\w+>", "?:", QUARTER)
BARE_MONTH: Final = (  # 4—6月, 2024—2026年
    r"(?:(?:(?:\d{4}|[今本明次])\s*年\s*)?(?<!\d)\d{1,2}(?=\s*(?:至|到|-|~)\s*\d{1,2}\s*月)|"
    r"(?<!\d)20\d{2}(?=\s*(?:至|到|-|~)\s*20\d{2}\s*年))"
)
YEAR_PLAIN: Final = r"(?:(?:\d{4}|[今本明次])年)"
HOURS: Final = (
    r"(?:\s*\((?:(?:星期|周|礼拜)[一二三四五六日天]|(?:农历|腊月|正月|除夕|大年)[^()]{0,8})\))?"
    r"(?:\s*\(?(?:早上?|上午|下午|中午|晚上?)?(?:\d{1,2}[::时点](?:\d{2})?|[一二两三四五六七八九十]{1,3}[时点]半?)分?\)?|(?:上午|下午)?下班)?"
)
NOW: Final = (
    r"(?:即日|即刻|现在|当日|本日|(?:本[一-龥]{2,4}|文件)?(?:发文|印发|下发|发布|公布|通知|发出|成文|实施|施行)之日|今日)"
    r"(?:起|开始)?"
)
FESTIVAL: Final = (
    r"(?:(?:春节|元旦|中秋|国庆|“五一”)、)?(?:春节|元旦|元宵节?|清明节?|五一|“五一”|劳动节|端午节?|中秋节?|国庆节?|“?十一”?|重阳节?|"
    r"农历(?:正月|腊月|[一二三四五六七八九十冬]{1,2}月)[初十廿一二三四五六七八九]*|农历[^,。;、]{2,8}?|正月(?:初|十|廿|二十)[一二三四五六七八九十]*|"
    r"腊月[一二三四五六七八九十廿]+|除夕|(?:全国)?“?两会”?|主?汛期?|雨季(?!“?三防)|冬季|入冬|入汛|(?:春季|秋季|新学期)?开学|"
    r"节假日|“?[双两]节”?|(?:(?<![一-龥])节|(?<=[在于人位门局办委所站镇乡村区企校队府])节|放假|秋收|春耕|[上封]冻|收割季节|采暖季|(?:春运|暑运|防火期)(?:开始|启动)?)(?=之?前|以前)|[供采取]暖期|暑期|暑假|寒假|中?高考|中考|“?十[三四五六]五”?末)"
)
FEAST: Final = r"(?:“?(?:五一|十一)”?|春节|元旦|国庆节?|中秋节?|端午节?|清明节?|元宵节?|除夕|劳动节|[双两]节|节假?日?)"
# Days that stand in relation to another: 次月5日, 当日17时, 周五下班, 月底.
OF_ANOTHER: Final = (
    r"(?:(?:当月|次月|下个?月|当周|下周|[次当翌]日|当[天晚]|第二天|(?<!每)周(?=[一二三四五六日末])|当季|次季)"
    r"[\d一二三四五六日天号底末初上下午中晚点时分::班]{0,9}|(?<![\d一二三四五六七八九十本])(?:月[底末]|季度?末))"
)
# Ends when something takes place: 十九大召开前. Before 复工 is a condition.
EVENT: Final = r"[^,。;:、在于]{2,16}?(?:召开|[开闭]幕|来临|到来)"
OFTEN: Final = r"每(?:年度?|月度?|周|星期|季度?|旬|日|天|半年|半月|个?工作日|双月|学期)"
LUNAR: Final = r"(?:农历)?(?:正月|腊月)(?:初|十|廿|二十)?[一二三四五六七八九十]+"
COUNT: Final = r"(?:(?<!\d)\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
RELATIVE: Final = rf"{COUNT}\s*(?:个)?(?:工作日|日|天|小时|周|星期|月|个月|年|学期)(?:之|以)?内"
# Words of time that a stretch may begin with.
WHEN_AT: Final = re.compile(
    rf"(?:在|于|到|至|自|从)?(?:{PLAIN}(?:\s*(?:至|到|-{{1,2}}|~)\s*(?:{PLAIN}|\d{{1,2}}[日号]))?{HOURS}|"
    rf"{FESTIVAL}|{RELATIVE}|{OF_ANOTHER})"
    r"(?:之?前|以前|起|止|后|期间|内)?,?"
)
