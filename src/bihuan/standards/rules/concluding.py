"""Why a clause that is met does not decide by itself: the same for the words of a finding and for guided questions."""

from datetime import date
from typing import Final

from bihuan.standards.rules.criteria import NEAREST_LAW, Criterion, Standard

FIRE: Final = "消防"
MISSING: Final = "missing"  # the completeness of a clause whose text is not held
PARTIAL: Final = "partial"  # of one whose text is held in part
WAS_NO_LIST: Final = "当时没有名为重大隐患的清单，这是最接近的法定停用情形，是否按重大办由人决定"
SUSPECTED_WHY: Final = "重大火灾隐患由消防救援机构判定，镇级记为疑似重大火灾隐患并移送"


def why_person(item: Criterion, standard: Standard, *, on: date) -> str:
    """Return why a person decides on a clause that is met, "" where the clause decides; fire is told by is_fire."""
    checks = (
        (item.completeness == MISSING, f"该条（{item.group}）的条文没有还原，须对照标准原件判定"),
        (item.open_ended, "该条只有概括定义，须由人判断"),
        (bool(item.refers_to), f"该条转致{item.refers_to}，须指明具体条款"),
        (standard.role == NEAREST_LAW, WAS_NO_LIST),
        (not standard.is_preferred_on(on), "已有新标准施行，新标准没有还原到相同的条款，依据哪一个须由人判断"),
    )
    return next((say for holds, say in checks if holds), "")


def is_fire(standard: Standard) -> bool:
    """Tell whether what meets a standard is only suspected, because the fire authority determines."""
    return standard.sector_word == FIRE


def caveat(item: Criterion) -> str:
    """Return what is to be looked at before a clause that decides is used, "" where nothing is."""
    return "该条条文只还原了一部分，使用前须对照标准原件" if item.completeness == PARTIAL else ""


def why_screened(standard: Standard) -> str:
    """Return why the items of an older version only hint while a version holds whose clauses are not held."""
    return f"发现当日施行的{standard.cited_as}条文没有还原，旧版要素只作筛查，不能据以下结论，须对照原件判定"
