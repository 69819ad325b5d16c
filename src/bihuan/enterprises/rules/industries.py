"""Industries of GB/T 4754: sections and two-digit divisions, by edition (R10.4). Names are [from memory] in R10.4."""

from typing import Final

from bihuan.enterprises.rules.sizes import SizeGroup

EDITIONS: Final = ("2017", "2011")  # 2011: the edition that the accident rules of 2016 name
CURRENT_EDITION: Final = EDITIONS[0]

SECTIONS: Final = {
    "A": "农、林、牧、渔业", "B": "采矿业", "C": "制造业", "D": "电力、热力、燃气及水生产和供应业", "E": "建筑业",
    "F": "批发和零售业", "G": "交通运输、仓储和邮政业", "H": "住宿和餐饮业", "I": "信息传输、软件和信息技术服务业",
    "J": "金融业", "K": "房地产业", "L": "租赁和商务服务业", "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业", "O": "居民服务、修理和其他服务业", "P": "教育", "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业", "S": "公共管理、社会保障和社会组织", "T": "国际组织",
}  # fmt: skip

_SHARED: Final = {
    "01": "农业", "02": "林业", "03": "畜牧业", "04": "渔业", "05": "农、林、牧、渔专业及辅助性活动",
    "06": "煤炭开采和洗选业", "07": "石油和天然气开采业", "08": "黑色金属矿采选业", "09": "有色金属矿采选业",
    "10": "非金属矿采选业", "11": "开采专业及辅助性活动", "12": "其他采矿业",
    "13": "农副食品加工业", "14": "食品制造业", "15": "酒、饮料和精制茶制造业", "16": "烟草制品业", "17": "纺织业",
    "18": "纺织服装、服饰业", "19": "皮革、毛皮、羽毛及其制品和制鞋业", "20": "木材加工和木、竹、藤、棕、草制品业",
    "21": "家具制造业", "22": "造纸和纸制品业", "23": "印刷和记录媒介复制业", "24": "文教、工美、体育和娱乐用品制造业",
    "25": "石油、煤炭及其他燃料加工业", "26": "化学原料和化学制品制造业", "27": "医药制造业", "28": "化学纤维制造业",
    "29": "橡胶和塑料制品业", "30": "非金属矿物制品业", "31": "黑色金属冶炼和压延加工业",
    "32": "有色金属冶炼和压延加工业", "33": "金属制品业", "34": "通用设备制造业", "35": "专用设备制造业",
    "36": "汽车制造业", "37": "铁路、船舶、航空航天和其他运输设备制造业", "38": "电气机械和器材制造业",
    "39": "计算机、通信和其他电子设备制造业", "40": "仪器仪表制造业", "41": "其他制造业",
    "42": "废弃资源综合利用业", "43": "金属制品、机械和设备修理业",
    "44": "电力、热力生产和供应业", "45": "燃气生产和供应业", "46": "水的生产和供应业",
    "47": "房屋建筑业", "48": "土木工程建筑业", "49": "建筑安装业", "50": "建筑装饰、装修和其他建筑业",
    "51": "批发业", "52": "零售业", "53": "铁路运输业", "54": "道路运输业", "55": "水上运输业", "56": "航空运输业",
    "57": "管道运输业", "60": "邮政业", "61": "住宿业", "62": "餐饮业", "63": "电信、广播电视和卫星传输服务",
    "64": "互联网和相关服务", "65": "软件和信息技术服务业", "66": "货币金融服务", "67": "资本市场服务", "68": "保险业",
    "69": "其他金融业", "70": "房地产业", "71": "租赁业", "72": "商务服务业", "73": "研究和试验发展",
    "74": "专业技术服务业", "75": "科技推广和应用服务业", "76": "水利管理业", "77": "生态保护和环境治理业",
    "78": "公共设施管理业",
}  # fmt: skip
_LATER: Final = (
    "居民服务业", "机动车、电子产品和日用产品修理业", "其他服务业", "教育", "卫生", "社会工作", "新闻和出版业",
    "广播、电视、电影和录音制作业", "文化艺术业", "体育", "娱乐业", "中国共产党机关", "国家机构",
    "人民政协、民主党派", "社会保障", "群众团体、社会团体和其他成员组织", "基层群众自治组织", "国际组织",
)  # fmt: skip

DIVISIONS: Final = {
    "2017": _SHARED
    | {"58": "多式联运和运输代理业", "59": "装卸搬运和仓储业", "79": "土地管理业"}
    | {str(80 + at): name for at, name in enumerate(_LATER)},
    "2011": _SHARED
    | {"58": "装卸搬运和运输代理业", "59": "仓储业"}
    | {str(79 + at): name for at, name in enumerate(_LATER)},
}
_LAST: Final = {  # last division of each section
    "2017": {"A": 5, "B": 12, "C": 43, "D": 46, "E": 50, "F": 52, "G": 60, "H": 62, "I": 65, "J": 69, "K": 70, "L": 72,
             "M": 75, "N": 79, "O": 82, "P": 83, "Q": 85, "R": 90, "S": 96, "T": 97},
    "2011": {"A": 5, "B": 12, "C": 43, "D": 46, "E": 50, "F": 52, "G": 60, "H": 62, "I": 65, "J": 69, "K": 70, "L": 72,
             "M": 75, "N": 78, "O": 81, "P": 82, "Q": 84, "R": 89, "S": 95, "T": 96},
}  # fmt: skip


def clean_industry(text: str) -> str:
    """Return the digits of an industry code: "C2110", "2110" and " 21.10 " are all 2110."""
    return "".join(one for one in text if one.isdigit())


def industry_problem(code: str, *, edition: str = CURRENT_EDITION) -> str:
    """Return "" for a code of two to four digits whose division exists in the edition, else the sentence for people."""
    if not code:
        return ""
    if edition not in DIVISIONS:
        return f"没有 {edition} 版的国民经济行业分类，请填 2017 或 2011。"
    if not 2 <= len(code) <= 4:
        return f"行业代码应为 2 到 4 位数字，现在是 {len(code)} 位。请按 GB/T 4754 填大类、中类或小类代码。"
    if code[:2] not in DIVISIONS[edition]:
        return f"GB/T 4754-{edition} 里没有以 {code[:2]} 开头的行业大类，请核对行业代码。"
    return ""


def section_of(code: str, *, edition: str = CURRENT_EDITION) -> str:
    """Return the letter of the section that a code belongs to, "" when unknown."""
    if industry_problem(code, edition=edition) or not code:
        return ""
    division = int(code[:2])
    return next(letter for letter, last in _LAST[edition].items() if division <= last)


def industry_name(code: str, *, edition: str = CURRENT_EDITION) -> str:
    """Return the name of the division of a code, "" when unknown."""
    return DIVISIONS.get(edition, {}).get(code[:2], "")


def size_group_of(code: str, *, edition: str = CURRENT_EDITION) -> SizeGroup | None:
    """Return the group whose limits of size apply (R10.6), None where the rule book has no row.

    Railways (53) and post (60) have rows of their own in the notice that the rule book leaves out;
    loading and carrying (591 in 2017, 58 in 2011) counts as transport.
    """
    section = section_of(code, edition=edition)
    by_section = {
        "A": SizeGroup.FARMING, "B": SizeGroup.INDUSTRY, "C": SizeGroup.INDUSTRY, "D": SizeGroup.INDUSTRY,
        "E": SizeGroup.BUILDING, "H": SizeGroup.HOSPITALITY,
    }  # fmt: skip
    by_division = {
        "51": SizeGroup.WHOLESALE, "52": SizeGroup.RETAIL, "54": SizeGroup.TRANSPORT, "55": SizeGroup.TRANSPORT,
        "56": SizeGroup.TRANSPORT, "57": SizeGroup.TRANSPORT, "58": SizeGroup.TRANSPORT, "59": SizeGroup.STORAGE,
    }  # fmt: skip
    if edition == CURRENT_EDITION and code.startswith("591"):
        return SizeGroup.TRANSPORT
    return by_section.get(section) or by_division.get(code[:2])
