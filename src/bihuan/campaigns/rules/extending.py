"""What an extension must have: a document with a number, a later end, a reason; a far day is doubted (R9.14)."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

_NUMBER: Final = re.compile(
    r"[一-龥]{1,20}[〔\[【(〖](?:19|20)\d{2}[〕\]】)〗]第?\d{1,5}号|[一-龥]{1,20}(?:19|20)\d{2}年?第?\d{1,5}号|[一-龥]{1,20}第\d{1,5}号"
)
FAR_SAY: Final = (
    "{0.year}年{0.month}月{0.day}日比延期前的 {1:%Y-%m-%d} 晚了一年以上，请核对文件。"
    "写错了请改；文件上确是这一天的，勾选“日期没有写错”再提交。"
)
FAR: Final = timedelta(days=366)  # a slip of a digit makes years
Lack = tuple[str, str, str]  # code, field, sentence


def looks_like_number(text: str) -> bool:
    """Tell whether this is a number as documents have it: 示安委〔2018〕3号, 示安委[2018]3号, 第3号令 is none."""
    return _NUMBER.fullmatch("".join(unicodedata.normalize("NFKC", text).split())) is not None


def is_far(old_on: date, new_on: date) -> bool:
    """Tell whether a new end is so much later that it may be a slip of the pen."""
    return new_on - old_on > FAR


def extension_lacks(doc_number: str, *, reason: str, old_on: date, new_on: date, is_sure: bool) -> Lack | None:
    """Tell what an extension lacks, None where it may be written. old_on: the end before it."""
    checks = (
        (not doc_number.strip(), "no_document", "doc_number", "延期要有文件：请写文号。"),
        (
            not looks_like_number(doc_number),
            "odd_number",
            "doc_number",
            f"“{doc_number.strip()}”不像文号。请照文件上的写，例如“示安委〔2018〕3号”。",
        ),
        (not reason.strip(), "no_reason", "reason", "请写理由。"),
        (new_on <= old_on, "not_later", "ends_on", f"新的结束日期要晚于延期前的 {old_on:%Y-%m-%d}。"),
        (
            is_far(old_on, new_on) and not is_sure,
            "far_end",
            "ends_on",
            FAR_SAY.format(new_on, old_on),
        ),
    )
    return next(((code, field, say) for bad, code, field, say in checks if bad), None)
