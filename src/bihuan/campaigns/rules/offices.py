"""An office that begins a stretch of text acts in it whatever the verb: 县住建局逐标段过筛子, 镇财政所足额拨付经费.

Only where no known verb or modal word tells it: lists of verbs never end, offices have names of a few kinds.
"""

import re
from typing import Final

from bihuan.campaigns.rules.names import Party, parties_in

LONGEST_LIST: Final = 60
_OFFICE: Final = re.compile(
    r"(?:各|省|市|州|县|区|旗|镇|乡|街道|村)[一-龥()]{0,14}(?:局|办|(?<!常)委|厅|政府|[大支中总分]队|所|站|中心|公司|院|指挥部|专班|"
    r"办公室|办事处|管委会|工会|党工委|工委|管理处|理事会|镇|乡|村|街道|社区|村\(社区\)|乡镇\(街道\)|部门|成员单位)|"
    r"(?:派出|财政|司法|国土|自然资源|林业|农技|水利|工商|市监|市场监管|供电)[所站]|[一-龥]{2,6}[大中支]队|"
    r"(?:各|全体|县|镇|乡|村|包|驻|企业|单位)[一-龥“”()]{0,10}(?:干部|书记|网格员|负责人|安全员|班组长|工作队)|"
    r"各[一-龥]{0,8}(?:企业|公司|学校|医院|项目部)|(?:物业|燃气|供水|供电|公交|客运)(?:服务)?(?:公司|企业)|"
    r"[一-龥]{0,4}(?:充装|加油|加气|客运)站|(?:村|居)(?:民)?委(?:员)?会|行政村|自然村|村民小组|家长|监护人|班主任|护林员|收派员"
)
_ONLY_KINDS: Final = frozenset(
    ("乡镇", "镇街", "县区", "市县", "村镇")
)  # 乡镇管船机构: what follows may be more of the name
_LAST: Final = frozenset("业校记员人长物局办委厅府队所站心司院部班室处会镇乡村道区门位)")  # what such names end in
# After the name: that which makes it part of another name, or no doer.
_GOES_ON: Final = re.compile(
    r"[一-龥]{2}了(?!解)|[^,。;]{0,8}的(?!$)|附近|预计|预测|认为|介绍|表示|指出|\d{4}年|[的、和及与等之()\[\]〔〕《》:;,。.]|[一二三四五六七八九十\d]|(?:负责|责任|工作|联系|值班|从业|执法|专业)?人|会(?!同)|[长员户家居渡渠船桥内外中上下前后间处科股室庭组]|主要|分管|领导|民警|"
    r"干部|副|常务|党组|政委|公会|公室|主任|书记|大楼|门口|办公|备案|审批|审核|同意|批准|有关|相关|成员|网站|职责|职能|责任|名义|系统|平台|电话|邮箱|党|班子|"
    r"辖区|辖内|周边|道路|所属|所辖|下属|区域|范围|范畴|境内|驻地|会议|文件|印章|意见|要求|方案|制度|名单|情况|安全|消防|企业|"
    r"单位|部门|现有|共有|现辖|位于|已经|已于|曾|发生|荣获|食堂|宿舍|校园|教室|门前|车间|厂房|仓库|设备|职工|员工|从业|车辆|驾驶|产品|项目|工地|用电|用火|生产|经营|主体|动态|是|为|作为|在内|以上|以下|以外|自行车|网格|专家|学校|居民|群众|农户|房屋"
)

# Who sits in a group is not told to act.
_SEATED: Final = re.compile(r"(?:任|为|担任)[^,。;]{0,8}?(?:组长|总?指挥|成员|组员|召集人)")


def office_at(folded: str, start: int, known: list[Party]) -> list[Party]:
    """Return the offices that a stretch begins with, where what follows is no more of their name.

    known: who was found already; kept, unless an office only begins like it (县市场 of 县市场监管局).
    """
    if known and (len(known) > 1 or known[0].start != start or _OFFICE.fullmatch(known[0].name)):
        return known
    if _SEATED.search(folded, start):
        return known
    for at in range(min(len(folded) - 2, start + LONGEST_LIST), start + 1, -1):
        if folded[at - 1] not in _LAST or folded.startswith("在地", at) or (known and at <= known[0].end):
            continue
        names = parties_in(folded, start, at)
        if names and all(_OFFICE.fullmatch(one.name) and one.name not in _ONLY_KINDS for one in names):
            return known if _GOES_ON.match(folded, at) else names
    return known
