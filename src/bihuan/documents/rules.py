"""What documents decides: kinds of papers, dated prefixes, and how a number is written (R4.8-R4.10, R3.35)."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from bihuan.kernel.errors import Refusal
from bihuan.kernel.in_force import Dated, in_force


class PaperKind(StrEnum):
    """The papers of the loop."""

    RECTIFICATION_NOTICE = "rectification_notice"
    RECTIFICATION_ORDER = "rectification_order"
    HAZARD_NOTICE = "hazard_notice"
    LISTING_NOTICE = "listing_notice"
    REVIEW_OPINION = "review_opinion"
    DELISTING_NOTICE = "delisting_notice"
    REMINDER_LETTER = "reminder_letter"


class PaperState(StrEnum):
    """A paper is in force or void; its number stays with it (R4.10)."""

    ISSUED = "issued"
    VOID = "void"


PAPER_STATE_NAMES: Final[dict[PaperState, str]] = {PaperState.ISSUED: "已发出", PaperState.VOID: "作废"}


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper: its title and the characters in its number by day.

    case: one of the papers of a case, which share one serial (R4.8). version: of the template, kept with each paper.
    """

    title: str
    prefixes: tuple[Dated[str], ...]
    case: bool = False
    version: str = "2018-1"


_REFORM: Final = date(2019, 1, 1)


def _reformed(rest: str) -> tuple[Dated[str], ...]:
    """Return 安监… before and 应急… after the institutional reform (R4.9; the day is [from memory])."""
    return (
        Dated(f"安监{rest}", valid_to=date(2018, 12, 31), source="R4.9 机构改革前"),
        Dated(f"应急{rest}", valid_from=_REFORM, source="R4.9 机构改革后"),
    )


def _always(prefix: str) -> tuple[Dated[str], ...]:
    return (Dated(prefix, source="系统建议的代字"),)


# A table is read by column, so the formatter leaves it alone.
# fmt: off
FORMS: Final[Mapping[PaperKind, Form]] = MappingProxyType({
    PaperKind.RECTIFICATION_NOTICE: Form("整改通知书",         _reformed("整改"), case=True),
    PaperKind.RECTIFICATION_ORDER:  Form("责令限期整改指令书", _reformed("责改"), case=True),
    PaperKind.REVIEW_OPINION:       Form("整改复查意见书",     _reformed("复查"), case=True),
    PaperKind.HAZARD_NOTICE:        Form("隐患告知单",         _always("隐患告知")),
    PaperKind.LISTING_NOTICE:       Form("挂牌督办通知书",     _always("安委督办")),
    PaperKind.DELISTING_NOTICE:     Form("摘牌通知书",         _always("安委摘牌")),
    PaperKind.REMINDER_LETTER:      Form("督办函",             _always("安委督函")),
})
# fmt: on
PAPER_NAMES: Final[dict[PaperKind, str]] = {kind: form.title for kind, form in FORMS.items()}


class BadNumber(Refusal):
    """A number cannot be used for a paper."""


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A paper to be issued. fields: what the form prints, JSON-ready.

    organ: the organ's short name in numbers, such as 金. number, year: given when the serial of the case is already
    taken. follows: the earlier paper of the same case, whose serial is shared. approver: who signed it off.
    """

    kind: PaperKind
    path: str
    organ: str
    subject_type: str
    subject_id: UUID
    fields: Mapping[str, Any]
    sector: str = ""
    enterprise_id: UUID | None = None
    number: int | None = None
    year: int | None = None
    follows: UUID | None = None
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it was issued."""

    id: UUID
    town_id: UUID
    path: str
    kind: PaperKind
    state: PaperState
    doc_no: str
    organ: str
    year: int
    number: int
    subject_type: str
    subject_id: UUID
    fields: Mapping[str, Any] = field(repr=False)
    template_version: str = ""
    content_hash: str = ""
    issued_on: date = date.min
    issued_at: datetime | None = None
    issued_by: str = ""
    approver: str = ""
    void_reason: str = ""
    version: int = 1

    @property
    def title(self) -> str:
        """The form's title."""
        return FORMS[self.kind].title

    @property
    def is_void(self) -> bool:
        """Whether the paper was made void."""
        return self.state is PaperState.VOID


def prefix_on(kind: PaperKind, day: date) -> str:
    """Return a kind's prefix by the day of issue (R4.9)."""
    return in_force(FORMS[kind].prefixes, on=day)


def series_of(kind: PaperKind, *, organ: str, prefix: str) -> str:
    """Return the name of the gapless series that a paper draws from (R4.10)."""
    return f"case:{organ}" if FORMS[kind].case else f"paper:{organ}:{prefix}"


# ---- numbers ----
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
        fits = (on >= _REFORM) == (head == "应急")
        if number.prefix.startswith(head) and not fits:
            return f"文号{number}的代字“{head}…”与{on.year}年不符，当时应为“{other}…”。请核对文书日期或文号。"
    return ""


def content_hash(*, kind: PaperKind, number: str, template_version: str, fields: Mapping[str, Any]) -> str:
    """Return the SHA-256 over everything a paper prints (R10.8)."""
    body = {"kind": kind.value, "doc_no": number, "template": template_version, "fields": fields}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
