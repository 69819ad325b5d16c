"""`bihuan determine` for machines: JSON lines in, one answer a line out, in the same order."""

import codecs
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Any, Final

from bihuan.cli.clock import today_here
from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules import TO_COME, is_to_come
from bihuan.standards.rules.determine import FAILURES, Case, Decider, Enterprise, Judge, as_plain

logger = logging.getLogger(__name__)
_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")
_UTF16: Final = re.compile(rb"\xff\xfe.\x00|\xfe\xff\x00.", re.DOTALL)  # its mark, and a first letter
_HALF: Final = re.compile("[\ud800-\udfff]")
MOST_BYTES: Final = 4_000_000  # of one line
MOST_TOLD: Final = 20  # numbers of bad lines that are told at the end


class BadLine(ValueError):  # noqa: N818 -- the line is bad, not the program
    """A line that cannot be judged, with the sentence for whoever wrote it. key: the id, where it could be read."""

    def __init__(self, say: str, key: object = None) -> None:
        super().__init__(say)
        self.key: Final = key


def answer_lines(lines: Iterable[bytes], out: IO[str], judge: Judge | None = None) -> int:
    """Answer every line that is not blank; a bad one gets an answer that says what is wrong with it.

    judge: of a town, with its own words; None for the packaged words alone. Returns 0, or 1 where a line could not be
    judged; then the log says which.
    """
    judge = judge or read_judge()
    bad = []
    for number, line in enumerate(_as_utf8(lines), start=1):
        if line.removeprefix(codecs.BOM_UTF8).strip():
            answer = _answer(judge, line, number)
            bad += [number] if "error" in answer else []
            out.write(_written(answer) + "\n")
            out.flush()
    if bad:
        told = "、".join(map(str, bad[:MOST_TOLD])) + ("等" if len(bad) > MOST_TOLD else "")
        logger.error("%d行没能判定（第%s行），原因写在各行的 error 里。", len(bad), told)
    return 1 if bad else 0


def _as_utf8(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines as they are; those of a file in UTF-16, as Windows saves them, in UTF-8."""
    following = iter(lines)
    first = next(following, b"")
    if not _UTF16.match(first):
        yield first
        yield from following
        return
    whole = first + b"".join(following)
    try:
        text = whole.decode("utf-16")
    except UnicodeDecodeError:
        yield from whole.split(b"\n")  # each is answered as what it is: no UTF-8
        return
    yield from (line.encode("utf-8", "surrogatepass") for line in text.split("\n"))


def _written(answer: Mapping[str, Any]) -> str:
    """Return an answer as a line; escaped whole where an id holds half a character, which no encoding can write."""
    line = json.dumps(answer, ensure_ascii=False)
    return json.dumps(answer) if _HALF.search(line) else line


def _answer(judge: Judge, line: bytes, number: int) -> Mapping[str, Any]:
    key: object = None
    try:
        key, case = _case(line, number)
        return as_plain(judge.determine(case), key)
    except BadLine as bad:
        return _open(bad.key, str(bad))
    except FAILURES:  # one line must not lose the answers of all after it
        logger.exception("line %d could not be judged", number)
        return _open(key, f"第{number}行没能判定：程序出错，请由人判断；出错的经过已写到标准错误。")


def _open(key: object, say: str) -> Mapping[str, Any]:
    """Return the answer for a line that is not judged."""
    return {
        "id": key,
        "level": "待定",
        "decided_by": Decider.PERSON.value,
        "criterion": None,
        "confidence": 0.0,
        "candidates": [],
        "reason": say,
        "error": say,
    }


def _case(line: bytes, number: int) -> tuple[object, Case]:
    given = _read(line, number)
    key = given.get("id")
    text = given.get("text")
    if not isinstance(text, str):
        what = "没有隐患描述" if text is None else "的隐患描述不是文字"
        raise BadLine(f"第{number}行{what}：text 应为一段文字。", key)
    if given.get("found_on") in (None, ""):
        raise BadLine(f"第{number}行没有发现日期：标准按发现当日有效的版本，found_on 要写成 2018-01-09 的样子。", key)
    day = _day(given["found_on"])
    if day is None:
        raise BadLine(f"第{number}行的发现日期不对：found_on 要写成 2018-01-09 的样子。", key)
    if is_to_come(day, today=today_here()):
        raise BadLine(f"第{number}行的发现日期不对：{TO_COME.format(day.isoformat())}", key)
    return key, Case(text, day, _enterprise(given.get("enterprise")))


def _read(line: bytes, number: int) -> Mapping[str, Any]:
    if len(line) > MOST_BYTES:
        raise BadLine(f"第{number}行太长（超过{MOST_BYTES // 1_000_000}MB），请分条提交。")
    try:
        given = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BadLine(f"第{number}行不是 UTF-8 编码，请转换后再提交。") from None
    except (ValueError, RecursionError):
        raise BadLine(f"第{number}行不是完整的 JSON，请检查引号和括号。") from None
    if not isinstance(given, dict):
        raise BadLine(f"第{number}行应为一个 JSON 对象，含 id、found_on、enterprise、text。")
    return given


def _no_number(name: str) -> object:
    """Refuse NaN and Infinity: they are no JSON, and an answer that repeats them is none either."""
    raise ValueError(name)


def _day(given: object) -> date | None:
    found = _DAY.fullmatch(given.strip()) if isinstance(given, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _enterprise(given: object) -> Enterprise:
    """Take what was given of an enterprise; what is missing or of another kind is not known."""
    if isinstance(given, str):
        return Enterprise(industry=given)
    if isinstance(given, list):
        return Enterprise(sectors=tuple(_words(given)))
    if not isinstance(given, dict):
        return Enterprise()
    industry = given.get("industry")
    return Enterprise(
        industry if isinstance(industry, str) else "",
        tuple(_words(given.get("sectors"))),
        tuple(_words(given.get("features"))),
    )


def _words(given: object) -> Iterator[str]:
    many: Sequence[object] = given if isinstance(given, list) else [given]
    yield from (one for one in many if isinstance(one, str) and one.strip())
