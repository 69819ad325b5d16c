"""The unified social credit code, and what stands in for it (R10.1, R10.2)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from stdnum.cn import uscc as gb32100

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O Z S V
LENGTH: Final = 18
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"


class Verdict(StrEnum):
    """What the check of a code found; only `doubtful` may be kept, and only when a person confirms it."""

    EMPTY = "empty"
    VALID = "valid"
    DOUBTFUL = "doubtful"  # well formed, but the check character disagrees; some early codes are so (R10.2)
    WRONG_LENGTH = "wrong_length"
    WRONG_CHARACTERS = "wrong_characters"
    CITIZEN_ID = "citizen_id"  # never kept as a key (R10.2, R10.9)


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """A code as it should be written, the verdict, and the sentence for people ("" when valid or empty)."""

    code: str
    verdict: Verdict
    say: str = ""

    @property
    def is_refused(self) -> bool:
        """Tell whether no confirmation can help."""
        return self.verdict in {Verdict.WRONG_LENGTH, Verdict.WRONG_CHARACTERS, Verdict.CITIZEN_ID}


def clean_code(text: str) -> str:
    """Return the code in half-width capitals without spaces and hyphens."""
    return re.sub(r"[\s\-]", "", text.translate(_FULL_WIDTH)).upper()


def check_character(body: str) -> str:
    """Return the 18th character for the first 17 (R10.1). Raises ValueError for a character outside the alphabet."""
    return str(gb32100.calc_check_digit(body))


def check_code(text: str) -> CodeCheck:
    """Check a unified social credit code as a person typed or pasted it."""
    code = clean_code(text)
    if not code:
        return CodeCheck("", Verdict.EMPTY)
    if len(code) == LENGTH and looks_like_citizen_id(code) and not _check_agrees(code):
        return CodeCheck(
            "",
            Verdict.CITIZEN_ID,
            "这像是身份证号码，不能当作企业代码。没有统一社会信用代码的，请留空，系统会给临时编号。",
        )
    if len(code) != LENGTH:
        say = f"统一社会信用代码应为 18 位，现在是 {len(code)} 位。请对照营业执照重新抄一遍。"
        return CodeCheck(code, Verdict.WRONG_LENGTH, say)
    strange = sorted({one for one in code if one not in ALPHABET})
    if strange:
        say = (
            f"统一社会信用代码里有“{'、'.join(strange)}”，代码只用数字和大写字母，且没有 I、O、Z、S、V。"
            "请对照营业执照改正（常见：把 0 写成 O，把 1 写成 I）。"
        )
        return CodeCheck(code, Verdict.WRONG_CHARACTERS, say)
    if not _check_agrees(code):
        say = (
            "统一社会信用代码的校验位对不上，可能抄错了一位。请对照营业执照核对；"
            "确实如此的，勾选“已核对营业执照”后可以保存。"
        )
        return CodeCheck(code, Verdict.DOUBTFUL, say)
    return CodeCheck(code, Verdict.VALID)


def looks_like_citizen_id(code: str) -> bool:
    """Tell whether 18 characters carry a real birth date and the check digit of a citizen's ID number."""
    if not re.fullmatch(r"\d{17}[\dX]", code):
        return False
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code, _ID_WEIGHTS, strict=False))
    return born.year >= 1900 and _ID_CHECKS[total % 11] == code[-1]


def _check_agrees(code: str) -> bool:
    return all(one in ALPHABET for one in code) and check_character(code[:-1]) == code[-1]
