"""Tell what a file really is, and read it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from bihuan.intake.rules.cells import Sheet
from bihuan.intake.rules.items import Doubt
from bihuan.intake.workbook import excel, text, word
from bihuan.intake.workbook.limits import DEFAULT_LIMITS, Limits, check_size
from bihuan.kernel.errors import Refusal

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class Book:
    """A file as read. kind: "xlsx", "xls", "csv", "docx", "html". notes: what was left out or should be known."""

    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Doubt, ...] = ()


def read_book(path: Path, *, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Book:
    """Read a list's file. name: as the person called it, where `path` is a stored file. Raises Refusal."""
    name = name or path.name
    with path.open("rb") as file:
        kind = look(file, name, limits=limits)
    sheets, notes = _READERS[kind](path, limits)
    if not any(sheet.grid for sheet in sheets):
        raise Refusal("intake.no_cells", f"“{name}”里没有可读的内容。请确认表格在可见的工作表里，再上传。")
    return Book(kind, tuple(sheets), tuple(notes))


def look(file: IO[bytes], name: str, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """Return the kind of a file by what it holds, whatever its name says; it is left at its beginning.

    Raises Refusal for what is no list, locked, empty or too large: quick enough for whoever waits at the form.
    """
    check_size(file.seek(0, os.SEEK_END), limits)
    file.seek(0)
    kind = _kind_of(file, name, file.read(HEAD))
    file.seek(0)
    return kind


def _kind_of(file: IO[bytes], name: str, head: bytes) -> str:
    if head.startswith(ZIP):
        return _archive_kind(file, name)
    if head.startswith(OLE):
        file.seek(0)
        return _ole_kind(file.read(), name)
    if head.startswith(b"%PDF"):
        raise _wrong_type(name, " PDF 文件", "请向交办单位要 Excel 原表，或把表格复制到 Excel 里存为 .xlsx")
    if head.startswith(PICTURES):
        raise _wrong_type(name, "图片", "请向交办单位要 Excel 原表，或照着录入 .xlsx")
    if head.startswith((b"Rar!", b"7z\xbc\xaf")):
        raise _wrong_type(name, "压缩包", "请解压后上传里面的表格")
    if text.looks_like_markup(head):
        return "html"
    if text.is_text(head):
        return "csv"
    raise _wrong_type(name, "看不出类型的文件", "请上传 .xlsx、.xls、.csv，或含表格的 .docx")


def _archive_kind(file: IO[bytes], name: str) -> str:
    parts = excel.archive_names(file, name)
    if any(part.startswith("xl/") for part in parts):
        if "xl/workbook.bin" in parts:
            raise _wrong_type(name, "二进制 Excel（.xlsb）", "请在 Excel 里另存为 .xlsx")
        return "xlsx"
    if any(part.startswith("word/") for part in parts):
        return "docx"
    if "mimetype" in parts and "content.xml" in parts:
        raise _wrong_type(name, "OpenDocument 文件", "请另存为 .xlsx")
    raise _wrong_type(name, "压缩包", "请解压后上传里面的 .xlsx、.xls、.csv 或 .docx")


def _ole_kind(data: bytes, name: str) -> str:
    if _utf16("EncryptedPackage") in data:
        raise Refusal("intake.encrypted", f"“{name}”设了打开密码，读不了。请在 Excel 里去掉密码，另存后再上传。")
    if _utf16("WordDocument") in data:
        raise _wrong_type(name, "旧版 Word 文件（.doc）", "请用 Word 另存为 .docx")
    if _utf16("PowerPoint Document") in data:
        raise _wrong_type(name, "演示文稿", "请上传 Excel 表格")
    return "xls"


def _utf16(stream_name: str) -> bytes:
    return stream_name.encode("utf-16-le")


def _wrong_type(name: str, what: str, advice: str) -> Refusal:
    return Refusal("intake.wrong_type", f"“{name}”是{what}，不能当清单读。{advice}。")


_READERS: Final[dict[str, Callable[[Path, Limits], tuple[list[Sheet], list[Doubt]]]]] = {
    "xlsx": excel.read_xlsx,
    "xls": excel.read_xls,
    "csv": text.read_csv,
    "html": text.read_html,
    "docx": word.read_docx,
}
