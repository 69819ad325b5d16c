"""Read a criteria file that somebody uploads: YAML or JSON, under limits, without anything that could run or swell.

The file is read event by event into plain lists, texts and tables. References (`&`, `*`), tags (`!`), a second document
and a key named twice are refused, each with its line. Texts stay as they are written: a clause `1.10` is no number.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import yaml

from bihuan.kernel.errors import Refusal
from bihuan.standards.data import criterion_of, standard_of
from bihuan.standards.rules.books import Fault, Place
from bihuan.standards.rules.determine import parse
from bihuan.standards.rules.loading import Around, Loaded, upload_problems
from bihuan.standards.rules.loading.counting import NUMBER, PROCEDURE, procedure_of

MOST_BYTES: Final = 512 * 1024
MOST_DEPTH: Final = 8
MOST_NODES: Final = 40_000
MOST_TOLD: Final = 60  # faults are told at once; nobody mends more of them in one go
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final[Mapping[str, object]] = {"": None, "~": None, "null": None, "true": True, "false": False}
UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no database keeps all of these
_COUNTS: Final = "official_counts"  # the section whose figures are numbers


class BadUpload(Refusal):
    """A file cannot be loaded as it is. problems: everything that is wrong with it, a sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("standards.bad_upload", problems[0], field="file")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it is written. lines: the line (from 1) of each place in it, or an ordinal that `names` names.

    names: the cell of each ordinal, for a workbook. faults: what could not be read, found before the book is checked.
    spoken: turns a sentence about the book into the words of the file.
    """

    book: Mapping[str, Any]
    lines: Mapping[Place, int]
    names: Mapping[int, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    spoken: Callable[[str], str] = str

    def line(self, fault: Fault) -> int:
        """Return the line of a fault, or of what it is a part of; 0 where it is about the whole file."""
        where = fault.where
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines[where] if where else 0

    def told(self, faults: Sequence[Fault]) -> tuple[str, ...]:
        """Say faults with their lines, in the order of the file, at most MOST_TOLD of them."""
        found = sorted(((self.line(one), self.spoken(one.say)) for one in faults), key=lambda one: one[0])
        told = [f"{self.names.get(line, f'第{line}行')}，{say}" if line else say for line, say in found[:MOST_TOLD]]
        more = [f"还有{len(found) - MOST_TOLD}处，改完这些再看。"] if len(found) > MOST_TOLD else []
        return (*told, *more)


def decoded(content: bytes) -> str:
    """Return the text of a file, as UTF-8 or as Windows writes Chinese. Raises BadUpload."""
    if len(content) > MOST_BYTES:
        raise BadUpload((_too_large(len(content)),))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadUpload(("文件不是文本。请上传 .yaml 或 .json 文件，用记事本另存为 UTF-8 编码再传。",))


def _too_large(size: int) -> str:
    return f"文件有{size // 1024 + 1}千字节，最大{MOST_BYTES // 1024}千字节。请分成几个标准上传。"


def read_upload(file: str | Written, *, area: str, around: Around) -> Loaded:
    """Return the standard that a file holds, for an area. Raises BadUpload with everything that is wrong with it.

    file: its text, or what was read of a workbook.
    """
    written = read_text(file) if isinstance(file, str) else file
    odd = {one.where for one in written.faults}
    found = [*written.faults, *(one for one in upload_problems(written.book, around) if one.where not in odd)]
    if found:
        raise BadUpload(written.told(found))
    return loaded_of(written.book, area=area)


def loaded_of(book: Mapping[str, Any], *, area: str) -> Loaded:
    """Return the standard of a sound book."""
    items = book["criteria"]
    standard = standard_of(book)
    return Loaded(
        standard=replace(standard, area=area),
        criteria=tuple(criterion_of(standard.id, item) for item in items),
        conditions={one["id"]: tuple(map(parse, one["conditions"])) for one in items if one.get("conditions")},
        asks={one["id"]: tuple(one["ask"]) for one in items if one.get("ask")},
        failing_counts=book.get("failing_counts", True),
        procedure=procedure_of(book),
        digest=digest_of(book),
    )


def digest_of(book: Mapping[str, Any]) -> str:
    """Return the hash of what a book says, however it is written."""
    return hashlib.sha256(json.dumps(book, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read_text(text: str) -> Written:
    """Return a file as plain data with the line of each place. Raises BadUpload."""
    if len(text.encode()) > MOST_BYTES:
        raise BadUpload((_too_large(len(text.encode())),))
    if text.lstrip().startswith("{"):
        text = text.replace("\t", " ")  # JSON may be indented with tabs, and has none inside its texts
    building = _Building()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            building.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"第{mark.line + 1}行：" if mark is not None else ""
        say = "读不懂。多半是缩进没对齐、冒号后面没空一格，或者引号、括号不成对。请对照模板检查这一行和上一行。"
        raise BadUpload((f"{where}{say}",)) from None
    except yaml.YAMLError:
        raise BadUpload(("文件里有不能显示的字符。请用记事本另存为 UTF-8 编码的文本再传。",)) from None
    if not isinstance(building.root, dict):
        raise BadUpload(("文件里没有内容，或者不是“名称: 内容”的写法。请下载模板，照着填。",))
    return Written(building.root, building.lines)


@dataclass(slots=True)
class _Open:
    """A list or table that is being filled. key: the one whose value comes next."""

    holds: Any
    place: Place
    key: str | None = None


@dataclass(slots=True)
class _Building:
    """What has been read so far."""

    root: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0

    def take(self, event: Any) -> None:
        """Take the next event in. Raises BadUpload."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise BadUpload((f"第{line}行：一个文件里只能有一个标准，不要用“---”分成几份。",))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, line)

    def _node(self, event: Any, line: int) -> None:
        _refuse_tricks(event, line)
        self.nodes += 1
        if self.nodes > MOST_NODES or len(self.open) > MOST_DEPTH:
            raise BadUpload((f"第{line}行：文件的内容太多或层数太深，不是判定标准的写法。请下载模板，照着填。",))
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.holds, dict) and top.key is None:
            self._key(top, event, line)
            return
        place = self._place(top)
        self.lines.setdefault(place, line)
        value = _value(event, place)
        self._put(top, value)
        if isinstance(value, dict | list):
            self.open.append(_Open(value, place))

    def _key(self, top: _Open, event: Any, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise BadUpload((f"第{line}行：冒号前面要写名称，不能是一列或一组内容。请对照模板改。",))
        if event.value in top.holds:
            raise BadUpload((f"第{line}行：“{event.value[:32]}”在同一处写了两次。请留下一个。",))
        top.key = event.value
        self.lines[*top.place, event.value] = line

    @staticmethod
    def _place(top: _Open | None) -> Place:
        if top is None:
            return ()
        return (*top.place, top.key if top.key is not None else len(top.holds))

    def _put(self, top: _Open | None, value: Any) -> None:
        if top is None:
            self.root = value
        elif isinstance(top.holds, dict):
            top.holds[top.key], top.key = value, None
        else:
            top.holds.append(value)


def _refuse_tricks(event: Any, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise BadUpload(
            (f"第{line}行：不能用 & 和 * 引用别处的内容。请把内容写全；文字里要用这两个符号的，加上引号。",)
        )
    if isinstance(event, yaml.ScalarEvent) and UNSEEN.search(event.value):
        raise BadUpload((f"第{line}行：有不能显示的字符。请删去再传。",))
    if event.tag not in {None, "!"}:
        raise BadUpload((f"第{line}行：不能用“!”开头的标签。请删去；文字里要用的，加上引号。",))


def _value(event: Any, place: Place) -> Any:
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    text: str = event.value
    if not event.implicit[0] or not place:
        return text
    is_count = place[0] == _COUNTS or (place[0], place[-1]) == (PROCEDURE, NUMBER)
    if is_count and text.isascii() and text.isdigit() and len(text) <= 6:
        return int(text)
    return _WORDS.get(text.lower(), text)
