"""Who fills a form in: 填报单位, 填报日期 and 填表人, which every form asks and the platform knows."""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final


@dataclass(frozen=True, slots=True)
class Signed:
    """Who filled a return in, and who checked it. on: the day of sending; None and "" while that is still to come."""

    unit: str = ""
    on: date | None = None
    by: str = ""
    checked_by: str = ""


UNSIGNED: Final = Signed()
_SEAL: Final = r"(?:[（(](?:盖章|公章|章)[)）])?"
_WORDS: Final = (
    ("unit", rf"(?:填报|填表|报送|上报|报表|编报)单位(?:名称)?{_SEAL}"),
    ("on", r"(?:填报|填表|报送|上报|报表|制表)(?:日期|时间)"),
    ("by", r"(?:填报|填表|制表)人(?:员)?(?:[（(]签[字名][)）])?"),
    ("checked_by", r"(?:审核|复核)人(?:员)?(?:[（(]签[字名][)）])?"),
)
_NEXT: Final = "(?:填|报送|报表|上报|制表|编报|审核|复核|单位|负责|联系|电话|经办|分管|主管|签)"
# After the label nothing but blanks, lines to write on, or 年月日 without numbers.
_LABELS: Final = tuple(
    (name, re.compile(rf"({words}\s*[:：])([\s_＿—]*(?:年[\s_＿]*月[\s_＿]*日)?)(?=\s*$|[\s_＿]*{_NEXT})"))
    for name, words in _WORDS
)


def signed_text(text: str, signed: Signed) -> str:
    """Return a line of a form with what is known written after its labels; what already stands there stays."""
    said = {
        "unit": signed.unit,
        "on": f"{signed.on.year}年{signed.on.month}月{signed.on.day}日" if signed.on is not None else "",
        "by": signed.by,
        "checked_by": signed.checked_by,
    }
    for name, label in _LABELS:
        if said[name]:
            text = label.sub(partial(_written, value=said[name]), text)
    return text


def _written(found: re.Match[str], *, value: str) -> str:
    after = found.string[found.end() :].strip()
    return f"{found[1]}{value}{'　　' if after else ''}"
