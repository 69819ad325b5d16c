"""What a list says of status, level and closing: claims, kept beside the hazard (R3.33, L13)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bihuan.intake.rules.cells import Cell, is_nothing, plain, text_of


class Claim(StrEnum):
    """What the list claims of a row."""

    OPEN = "claimed_open"
    IN_PROGRESS = "claimed_in_progress"
    RECTIFIED = "claimed_rectified"
    CLOSED = "claimed_closed"


CLAIM_NAMES: Final[dict[Claim, str]] = {
    Claim.OPEN: "声称未整改",
    Claim.IN_PROGRESS: "声称整改中",
    Claim.RECTIFIED: "声称已整改",
    Claim.CLOSED: "声称已销号",
}

_TICKS: Final = frozenset("√✓✔☑v是y有对1○●■") | {"yes", "ok", "已", "true", "完", "完成"}
_CROSSES: Final = frozenset("×✗✘xX否n无未0❌☒") | {"no", "没有", "false", "不是", "未"}
_PERCENT: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_SHARE: Final = re.compile(r"(?<!\d)(\d{1,3})/(\d{1,3})(?!\d)")
_NOT: Final = re.compile(
    r"(未|没有?|尚未|无法|不|待|暂未|还没|拒不|拒绝).{0,4}?(整改|完成|到位|落实|销号|开始|启动|处理|改正|消除|治理|闭环|动工|合格)|^待|未动|逾期未"
)
_GOING: Final = re.compile(
    r"整改中|正在|预计|拟于|将于|基本|部分|进行中|推进|进展|已制定|制定方案|已启动|启动|已安排|已联系|已采购|采购中|施工中|落实中|处理中|办理中"
    r"|治理中|改造中|陆续|逐步|序时|按计划|已报|已购|准备|计划|抓紧|剩余|大部分|初步|跟踪|督促|已下发|已通知|责令"
)
_NOT_CLOSED: Final = re.compile(r"^(未|没有?|尚未|待|暂未)(?!.*整改).{0,6}?(销号|闭环|销案|办结|验收|复查)")
_CLOSED: Final = re.compile(r"销号|闭环|销案|办结|结案|归档|摘牌|清零")
_SAYS_CLOSED: Final = re.compile(rf"{_CLOSED.pattern}|(验收|复查|复核|核查)已?(合格|通过)|通过(验收|复查|复核|核查)")
_CLOSING_YES: Final = re.compile(r"(是|有|对|已|√|✓|✔|☑|y|yes|true|1|已?完成)([,，;；。(].*)?")
_CLOSING_NO: Final = re.compile(
    r"(未|没有?|待|无法|不|等|拟|将|申请|准备|正在|可以?|同意后).{0,6}?"
    r"(销号|闭环|销案|办结|结案|归档|摘牌|清零|验收|复查|复核|核查|合格|通过)|(销号|闭环|办结|验收|复查|复核|核查)中"
)
_DONE: Final = re.compile(
    r"已整改|整改完|完成|到位|已改|改好|已落实|已处理|已修|修好|已更换|已拆|已清|已消除|消除|合格|通过|落实|已关停|已关闭|已取缔"
    r"|已补|已安装|已设置|已配|已治理|已搬|整改好|符合|达标|已"
)
_PIECES: Final = re.compile(r"[，,；;。\n]|但|其余|另")
LONGEST_READ: Final = 300
_WHOLE: Final = 100.0
_GENERAL: Final = re.compile(r"^一般")
_MAJOR: Final = re.compile(r"^重大|^特别重大|^特大")
_DENIED_GRADE: Final = re.compile(r"(非|不属于?|不是|不构成|未达到?|无)(重大|一般)")
_YES_AND_NO: Final = re.compile(r"是[/、()]*否[)]?")
_YES_WORDS: Final = re.compile(r"^(是|已|√|✓|✔|☑|y|yes|有|true)")
_NO_WORDS: Final = re.compile(r"^(否|未|无|没|不|×|✗|✘|x|n|no|false|-|—|/)")


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status claim. unclear: the words are unknown; the claim is then open, which asks for the most proof."""

    claim: Claim | None
    unclear: bool = False


def read_status(cell: Cell) -> StatusReading:
    """Read the cell of a status column; empty is claimed open (R3.33)."""
    if isinstance(cell, bool):
        return StatusReading(Claim.RECTIFIED if cell else Claim.OPEN)
    if isinstance(cell, int | float):
        return StatusReading(_by_share(float(cell) * _WHOLE if cell <= 1 else float(cell)))
    return _read_words(plain(text_of(cell)[:LONGEST_READ]))


@lru_cache(maxsize=20_000)
def _read_words(text: str) -> StatusReading:
    if text in _TICKS:
        return StatusReading(Claim.RECTIFIED)
    if is_nothing(text) or text in _CROSSES:
        return StatusReading(Claim.OPEN)
    share = _share_in(text)
    if share is not None:
        return StatusReading(_by_share(share))
    pieces = [piece for piece in _PIECES.split(text) if piece]
    if len(pieces) > 1:  # 已整改，未销号: what is not closed may still be rectified
        pieces = [piece for piece in pieces if not _NOT_CLOSED.search(piece)] or pieces
    claims = [claim for piece in pieces if (claim := _read_piece(piece)) is not None]
    if not claims:
        return StatusReading(Claim.OPEN, unclear=True)
    return StatusReading(_together(claims))


def _share_in(text: str) -> float | None:
    percent = _PERCENT.search(text)
    if percent:
        return float(percent.group(1))
    share = _SHARE.fullmatch(text)
    if share and int(share.group(2)):
        return int(share.group(1)) / int(share.group(2)) * _WHOLE
    return None


def _by_share(percent: float) -> Claim:
    if percent <= 0:
        return Claim.OPEN
    return Claim.RECTIFIED if percent >= _WHOLE else Claim.IN_PROGRESS


def _read_piece(piece: str) -> Claim | None:
    piece = piece.strip()
    if _NOT.search(piece):
        return Claim.RECTIFIED if _done_but_not_closed(piece) else Claim.OPEN
    if _GOING.search(piece):
        return Claim.IN_PROGRESS
    if _CLOSED.search(piece):
        return Claim.CLOSED
    if _DONE.search(piece) or piece[:1] in {"√", "✓", "✔", "☑"}:
        return Claim.RECTIFIED
    return None


def _done_but_not_closed(piece: str) -> bool:
    """Tell whether a piece says 已整改未销号, or 已整改待复查."""
    match = _NOT.search(piece)
    return match is not None and _DONE.search(piece[: match.start()]) is not None


def _together(claims: list[Claim]) -> Claim:
    """Several pieces: all done is done, a part undone is in progress; 已整改，未销号 stays rectified."""
    kinds = set(claims)
    if kinds <= {Claim.RECTIFIED, Claim.CLOSED}:
        return Claim.CLOSED if Claim.CLOSED in kinds else Claim.RECTIFIED
    return claims[0] if len(kinds) == 1 else Claim.IN_PROGRESS


@lru_cache(maxsize=5_000)
def read_closed(text: str) -> bool | None:
    """Read the cell of a closing column; None when it speaks of something else: 已整改 is another claim."""
    folded = plain(text)
    if not folded:
        return None
    if is_nothing(folded) or folded in _CROSSES or _CLOSING_NO.search(folded):
        return False
    if _SAYS_CLOSED.search(folded) or folded in _TICKS or _CLOSING_YES.fullmatch(folded):
        return True
    return False if _NO_WORDS.match(folded) else None


@dataclass(frozen=True, slots=True)
class LevelReading:
    """A level claim: "general", "major" or None; remark keeps any other word (R3.1: only two grades are legal).

    both: the cell names both grades, 一般/重大.
    """

    level: str | None
    remark: str = ""
    both: bool = False


@lru_cache(maxsize=5_000)
def read_level(text: str, *, asks_major: bool = False) -> LevelReading:
    """Read the cell of a level column. asks_major: the column asks yes or no, 是否重大隐患."""
    folded = plain(text)
    if is_nothing(folded) and not (asks_major and folded):
        return LevelReading(None)
    if _names_both(folded, asks_major=asks_major):
        return LevelReading(None, text.strip(), both=True)
    if asks_major:
        return LevelReading("major" if _YES_WORDS.match(folded) or _MAJOR.match(folded) else "general")
    if _MAJOR.match(folded):
        return LevelReading("major")
    if _GENERAL.match(folded):
        return LevelReading("general")
    return LevelReading(None, text.strip())


def _names_both(folded: str, *, asks_major: bool) -> bool:
    """Tell whether a cell names both grades, or yes and no, and denies neither."""
    claimed = _DENIED_GRADE.sub("", folded)
    is_major = "重大" in claimed or (asks_major and _YES_WORDS.match(folded) is not None)
    is_general = "一般" in claimed or (asks_major and _YES_AND_NO.fullmatch(folded) is not None)
    return is_major and is_general


@lru_cache(maxsize=5_000)
def read_yes_no(text: str) -> bool | None:
    """Read the cell of a yes-no column; None when it says neither."""
    folded = plain(text)
    if not folded:
        return None
    if _NO_WORDS.match(folded):
        return False
    if _YES_WORDS.match(folded) or folded in _TICKS:
        return True
    return None


def day_refused(claimed: Collection[date], asked: date | None) -> str:
    """Return why a deadline is not that of the superior's list, or "" (R3.33). claimed: what its lists say of it."""
    if asked in claimed:
        return ""
    other = "上级另有文件的，写明文号并附文件（拍照或扫描件）。"
    if not claimed:
        return f"上级清单没有写这一项的期限。请改选“限期”；{other}"
    said = "、".join(f"{day.year}年{day.month}月{day.day}日" for day in sorted(claimed))
    return f"上级清单写的期限是 {said}，和填的不一样。请照清单填；{other}"
