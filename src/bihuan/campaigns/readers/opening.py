"""Tell what a file really is, whatever its name says, and read it."""

import re
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from bihuan.campaigns.readers.limits import DEFAULT_LIMITS, Limits, check_length, check_size
from bihuan.campaigns.readers.pdf import read_pdf
from bihuan.campaigns.readers.programs import old_word_as_docx, scan_as_text_pdf
from bihuan.campaigns.readers.text import decode, read_text
from bihuan.campaigns.readers.word import read_docx
from bihuan.campaigns.rules import Line
from bihuan.kernel.errors import Refusal
from bihuan.trail.rules.contents import media_type_of

SUFFIXES: Final = (".docx", ".doc", ".pdf", ".txt")
_HEAD: Final = 4096
_PAGE_OF_WEB: Final = re.compile(r"\s{0,80}<(?:!doctype html|html|head|body|\?xml|meta|p[ >])", re.IGNORECASE)
_PASTED: Final = "粘贴的文字"
_ADVICE: Final = "请上传方案的 .docx、.doc、.pdf 或 .txt，或把文字粘贴进来"


def read_file(path: Path, *, name: str = "", limits: Limits = DEFAULT_LIMITS) -> list[Line]:
    """Return the lines of a plan's file. name: as the person called it. Raises Refusal with what to do now."""
    name = name or path.name
    with path.open("rb") as file:
        head = file.read(_HEAD)
    check_size(path.stat().st_size, name, limits)
    kind = media_type_of(head.ljust(16, b"\0"))
    with tempfile.TemporaryDirectory() as folder:
        lines = _read(path, name, kind, Path(folder), limits)
    if not any(line.bare for line in lines):
        raise Refusal("campaigns.no_text", f"“{name}”里没有文字。{_ADVICE}。")
    return lines


def read_pasted(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[Line]:
    """Return the lines of a text that came without a file. Raises Refusal with what to do now."""
    lines = _read_text(data, _PASTED, limits)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong(_PASTED, "看不出类型的内容")
    if not any(line.bare for line in lines):
        raise Refusal("campaigns.no_text", f"“{_PASTED}”里没有文字。{_ADVICE}。")
    return lines


def _read(path: Path, name: str, kind: str, folder: Path, limits: Limits) -> list[Line]:
    if kind == "application/zip":
        _check_word(path, name)
        return read_docx(path, name, limits)
    if kind == "application/x-ole-storage":
        return _read_old(path, name, folder, limits)
    if kind == "application/pdf":
        return _read_pdf(path, name, folder, limits)
    if kind.startswith("image/"):
        raise _wrong(name, "图片")
    data = path.read_bytes()
    if data.startswith(b"{\\rtf"):
        return read_docx(old_word_as_docx(path, name, folder, limits), name, limits)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong(name, "看不出类型的文件")
    return _read_text(data, name, limits)


def _read_text(data: bytes, name: str, limits: Limits) -> list[Line]:
    text = decode(data, name)
    if _PAGE_OF_WEB.match(text):
        raise _wrong(name, "网页文件")
    check_length(len(text), name, limits)
    return read_text(text)


def _read_pdf(path: Path, name: str, folder: Path, limits: Limits) -> list[Line]:
    try:
        return read_pdf(path, name, limits)
    except Refusal as refusal:
        if refusal.code != "campaigns.scan":
            raise
    return read_pdf(scan_as_text_pdf(path, name, folder, limits), name, limits)


def _read_old(path: Path, name: str, folder: Path, limits: Limits) -> list[Line]:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refusal("campaigns.encrypted", f"“{name}”设了打开密码，读不了。请在 Word 里去掉密码，另存后再上传。")
    if "WordDocument".encode("utf-16-le") not in data:
        raise _wrong(name, "旧版 Excel 或演示文稿")
    return read_docx(old_word_as_docx(path, name, folder, limits), name, limits)


def _check_word(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {entry.filename for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refusal(
            "campaigns.broken_file",
            f"“{name}”打不开，文件可能没下载完或已损坏。请在 Word 里打开，另存为新的 .docx 再上传。",
        ) from error
    if not any(part.startswith("word/") for part in parts):
        what = "Excel 表格" if any(part.startswith("xl/") for part in parts) else "压缩包或其他格式的文件"
        raise _wrong(name, what)


def _wrong(name: str, what: str) -> Refusal:
    return Refusal("campaigns.wrong_type", f"“{name}”是{what}，不能当方案读。{_ADVICE}。")
