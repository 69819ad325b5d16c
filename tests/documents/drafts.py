"""One whole paper of each kind, as a room would hand it in."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from bihuan.documents.rules import PaperDraft, PaperKind
from bihuan.kernel.ids import new_id

UNIT: Final = {
    "organ_name": "示范镇安全生产监督管理办公室",
    "unit": "示范镇东村木业有限公司",
    "address": "东村工业路20号",
    "principal": "主要负责人",
    "phone": "0519-80000000",
}
PROBLEMS: Final = [
    {"text": "砂光机除尘风管没有火花探测报警装置", "level": "重大", "deadline": "2018-03-15", "clause": "129号一(一)9"},
    {"text": "灭火器压力不足", "level": "一般", "deadline": "2018-02-20"},
]
OFFICERS: Final = [{"name": "检查员一", "cert_no": "32041300001"}, {"name": "检查员二", "cert_no": "32041300002"}]
LISTING: Final = {
    "organ_name": "示范镇安全生产委员会",
    "unit": UNIT["unit"],
    "listed_on": "2018-01-10",
    "listing_level": "镇级",
    "listing_organ": "示范镇安全生产委员会",
    "supervising_unit": "经济发展办公室",
    "closing_unit": "示范镇安全生产委员会",
    "hazard": "砂光机除尘风管没有火花探测报警装置",
    "criterion": "安监总管四〔2017〕129号一(一)9",
    "demands": "停用砂光机，限期安装火花探测报警装置",
    "deadline": "2018-03-15",
    "unit_person": "主要负责人",
    "supervisor": "工业监管岗",
    "leader": "副镇长",
    "suspended": True,
    "is_main": True,
}
WHOLE: Final[Mapping[PaperKind, Mapping[str, Any]]] = {
    PaperKind.RECTIFICATION_NOTICE: {**UNIT, "found_on": "2018-01-08", "problems": PROBLEMS},
    PaperKind.RECTIFICATION_ORDER: {**UNIT, "problems": PROBLEMS, "officers": OFFICERS},
    PaperKind.HAZARD_NOTICE: {
        **UNIT,
        "organ_name": "东村村民委员会",
        "problems": PROBLEMS[1:],
        "finders": "东村网格员",
    },
    PaperKind.LISTING_NOTICE: LISTING,
    PaperKind.REVIEW_OPINION: {
        **UNIT,
        "earlier": {"title": "责令限期整改指令书", "doc_no": "（金）安监责改〔2018〕1号", "issued_on": "2018-01-10"},
        "reviewed_on": "2018-02-12",
        "items": [{"text": "灭火器压力不足", "opinion": "已更换", "passed": True}],
        "conclusion": "第1项整改合格",
        "officers": OFFICERS,
    },
    PaperKind.DELISTING_NOTICE: {
        "organ_name": "示范镇安全生产委员会",
        "unit": UNIT["unit"],
        "listing_no": "（金）安委督办〔2018〕1号",
        "hazard": "砂光机除尘风管没有火花探测报警装置",
        "delisted_on": "2018-03-20",
    },
    PaperKind.REMINDER_LETTER: {
        "organ_name": "示范镇安全生产委员会办公室",
        "to": "东村村民委员会",
        "hazards": [{"number": "2018-12", "unit": UNIT["unit"], "text": "灭火器压力不足", "days_late": 3}],
    },
}


def draft(kind: PaperKind, *, path: str = "/32/04/13/101/", follows: UUID | None = None, **fields: Any) -> PaperDraft:
    """Return a whole paper about a new hazard; `fields` replace what it prints."""
    return PaperDraft(kind, path, "金", "hazard", new_id(), {**WHOLE[kind], **fields}, follows=follows)
