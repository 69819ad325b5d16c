"""How a paper's number is written, read and cleaned of bracket noise (R4.8, R4.9, R3.35)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.documents.rules.forms import REFORM
from bihuan.kernel.errors import Refusal


class BadNumber(Refusal):
    """A number cannot be used for a paper."""


DOC_NO: Final = re.compile(r"^（([\u4e00-\u9fa5]{1,6})）([\u4e00-\u9fa5]{2,8})〔(\d{4})〕([1-9]\d*)号$")
_OPEN, _CLOSE = "〔[【［﹝〖", "〕]】］﹞〗"
_SPACES: Final = re.compile(r"[\s\u3000\u200b\ufeff]+")
_YEAR: Final = re.compile(rf"[{re.escape(_OPEN)}(（](\d{{4}})[{re.escape(_CLOSE)})）]")
_PLACE: Final = re.compile(rf"[{re.escape(_OPEN)}(（]([\u4e00-\u9fa5]{{1,6}})[{re.escape(_CLOSE)})）]")
_SERIAL: Final = re.compile(r"〕第?0*([1-9]\d*)号")
_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class DocNo:
    """The parts of a paper's number."""

    organ: str
    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"（{self.organ}）{self.prefix}〔{self.year}〕{self.number}号"


def doc_no(*, organ: str, prefix: str, year: int, number: int) -> str:
    """Return a number as R4.8 writes it. Raises BadNumber when the parts do not fit."""
    written = str(DocNo(organ, prefix, year, number))
    if not DOC_NO.match(written):
        raise BadNumber("documents.bad_number", f"文书编号“{written}”不合格式。请核对机关简称（1至6个汉字）和代字。")
    return written


def read_doc_no(text: str) -> DocNo | None:
    """Read a number of our own form, with bracket noise or without; None when it has another form."""
    found = DOC_NO.match(normalise_doc_no(text))
    if found is None:
        return None
    organ, prefix, year, number = found.groups()
    return DocNo(organ, prefix, int(year), int(number))


def normalise_doc_no(text: str) -> str:
    """Return a document number without bracket noise (R3.35): `苏安电〔2017 ] 5号` gives `苏安电〔2017〕5号`.

    Spaces go; the brackets around the year become 〔〕, those around an organ's short name （）; 第 and leading zeros
    before the serial go. Anything else is left as it is.
    """
    plain = _SPACES.sub("", text).translate(_DIGITS)
    plain = _YEAR.sub(r"〔\1〕", plain, count=1)
    plain = _PLACE.sub(r"（\1）", plain)
    return _SERIAL.sub(r"〕\1号", plain)


def prefix_doubt(number: DocNo, *, on: date) -> str:
    """Return a sentence when a number's prefix does not fit the day it is said to be from, else "" (R4.9)."""
    for head, other in (("应急", "安监"), ("安监", "应急")):
        fits = (on >= REFORM) == (head == "应急")
        if number.prefix.startswith(head) and not fits:
            return f"文号{number}的代字“{head}…”与{on.year}年不符，当时应为“{other}…”。请核对文书日期或文号。"
    return ""
