"""How large a file may be, and the check that an archive is no bomb."""

import zipfile
from dataclasses import dataclass
from typing import Final

from bihuan.kernel.errors import Refusal

MEGABYTE: Final = 1024 * 1024
CHUNK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read. file_bytes, unpacked_bytes: bytes. ratio: unpacked to packed, above `ratio_from` bytes.

    rows, columns: of one sheet, as used. cells: of one sheet, rows × columns. sheets: of one file. seconds, gigabytes:
    of the process that reads a workbook.
    """

    file_bytes: int = 30 * MEGABYTE
    unpacked_bytes: int = 600 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 40 * MEGABYTE
    entries: int = 2_000
    rows: int = 200_000
    columns: int = 300
    cells: int = 6_000_000
    sheets: int = 60
    seconds: int = 60
    gigabytes: int = 4


DEFAULT_LIMITS: Final = Limits()


def size_words(size: int) -> str:
    """Return a size as people read it."""
    return f"{size / MEGABYTE:.0f} MB" if size >= MEGABYTE else f"{max(1, size // 1024)} KB"


def check_size(size: int, limits: Limits) -> None:
    """Refuse an empty or too large file. size: bytes."""
    if size == 0:
        raise Refusal("intake.empty_file", "文件是空的（0 字节）。请重新导出或另存后再上传。")
    if size > limits.file_bytes:
        raise Refusal(
            "intake.file_too_large",
            f"文件有 {size_words(size)}，最多 {size_words(limits.file_bytes)}。"
            "请删去图片和无关的工作表，或分成几个文件再上传。",
        )


def check_archive(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse an archive that would unpack to too much, by what its directory says and by what it really holds.

    Every entry is read once to its end, so that a directory that lies is found (its sizes and checksums must hold).
    """
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise _bomb(f"里面有 {len(entries)} 个部件，最多 {limits.entries} 个")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > limits.unpacked_bytes:
        raise _bomb(f"解开后有 {size_words(unpacked)}，最多 {size_words(limits.unpacked_bytes)}")
    if unpacked > limits.ratio_from and unpacked / packed > limits.ratio:
        raise _bomb(f"解开后是原来的 {unpacked // packed} 倍，不像正常的表格")


def _bomb(why: str) -> Refusal:
    return Refusal(
        "intake.zip_bomb", f"这个文件解压后异常地大：{why}。没有读取。请在 Excel 里打开，另存为新的 .xlsx 再上传。"
    )
