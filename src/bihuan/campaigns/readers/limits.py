"""How large a plan's file may be, and the check that a packed one is no bomb (design, section 11)."""

import zipfile
from dataclasses import dataclass
from typing import Final

from bihuan.kernel.errors import Refusal

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read. file_bytes, unpacked_bytes: bytes; ratio: unpacked to packed, above ratio_from bytes.

    pages: of a .pdf. cells: of all tables. characters: of the whole text. seconds: of a program that helps.
    """

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 40 * MEGABYTE
    entries: int = 4_000
    pages: int = 400
    cells: int = 50_000
    characters: int = 300_000
    seconds: int = 120


DEFAULT_LIMITS: Final = Limits()


def size_words(size: int) -> str:
    """Return a size as people read it."""
    return f"{size / MEGABYTE:.0f} MB" if size >= MEGABYTE else f"{max(1, size // 1024)} KB"


def check_size(size: int, name: str, limits: Limits) -> None:
    """Refuse an empty or too large file. size: bytes."""
    if size == 0:
        raise Refusal("campaigns.empty_file", f"“{name}”是空的（0 字节）。请重新导出或另存后再上传。")
    if size > limits.file_bytes:
        raise Refusal(
            "campaigns.file_too_large",
            f"“{name}”有 {size_words(size)}，最多 {size_words(limits.file_bytes)}。"
            "请删去图片，或只留方案正文和附件再上传。",
        )


def check_archive(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse an archive that would unpack to too much by its directory; testzip then shows whether that lies."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    tight = unpacked > limits.ratio_from and unpacked / packed > limits.ratio
    if len(entries) > limits.entries or unpacked > limits.unpacked_bytes or tight:
        raise Refusal(
            "campaigns.zip_bomb", f"“{name}”解压后异常地大，没有读取。请在 Word 里打开，另存为新的 .docx 再上传。"
        )


def check_length(characters: int, name: str, limits: Limits) -> None:
    """Refuse a text that no plan has."""
    if characters > limits.characters:
        raise Refusal(
            "campaigns.too_long",
            f"“{name}”的文字太长，最多 {limits.characters // 10_000} 万字。请只留方案正文和附件再上传。",
        )
