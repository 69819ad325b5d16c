"""Read a workbook under limits, in a process of its own: type, size, rows, time; nothing in it is run."""

from typing import Any, Final

from bihuan.kernel.errors import Refusal
from bihuan.kernel.sheets import OLD, Bounds, TooSlow, read_content_apart, unpacked_size

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 20 * MEGABYTE
MOST_UNPACKED: Final = 200 * MEGABYTE
MOST_PARTS: Final = 2_000
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 100
MOST_SHEETS: Final = 30
BOUNDS: Final = Bounds(MOST_ROWS, MOST_COLUMNS, MOST_ROWS * MOST_COLUMNS, MOST_SHEETS)
_ZIP: Final = b"PK\x03\x04"


class UnreadableWorkbook(Refusal):
    """The file cannot be read as tables; the sentence says what to do."""

    def __init__(self, code: str, say: str) -> None:
        super().__init__(f"orgs.{code}", say, field="file")


def read_workbook(content: bytes, bounds: Bounds = BOUNDS) -> dict[str, list[list[Any]]]:
    """Return the cells of every visible sheet, by its name, from the first cell on. Raises UnreadableWorkbook."""
    _must_be_safe(content)
    try:
        answer = read_content_apart(content, bounds)
    except TooSlow:
        say = f"文件读了 {bounds.seconds} 秒还没读完，已停下。请删去图片和无关的表再用。"
        raise UnreadableWorkbook("too_slow", say) from None
    if answer[0] != "ok":
        raise _unreadable(answer, bounds)
    return {name: rows for name, is_visible, rows, _ in answer[1] if is_visible}


def _must_be_safe(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        size, most = len(content) // MEGABYTE, MOST_BYTES // MEGABYTE
        raise UnreadableWorkbook("too_large", f"文件有 {size} MB，最大 {most} MB。请删去图片再用。")
    if content[:4] == _ZIP:
        _must_unpack_small(content)
    elif content[:4] != OLD:
        raise UnreadableWorkbook("not_excel", "这不是 Excel 文件。请用模板填写，存成 .xlsx。")


def _must_unpack_small(content: bytes) -> None:
    found = unpacked_size(content)
    if found is None:
        raise UnreadableWorkbook("broken", "文件不完整，打不开。请重新保存后再用。")
    if found[0] > MOST_PARTS or found[1] > MOST_UNPACKED:
        raise UnreadableWorkbook("bomb", "文件解开后太大，不像是单位和人员的表。请用模板重新填写。")


def _unreadable(answer: tuple[Any, ...], bounds: Bounds) -> UnreadableWorkbook:
    """Return the refusal of a workbook that was not read."""
    if answer[0] == "locked":
        return UnreadableWorkbook("encrypted", "文件加了密码，读不出来。请去掉密码另存后再用。")
    if answer[0] == "sheets":
        say = f"有 {answer[1]} 张表，最多 {bounds.sheets} 张。请用模板重新填写。"
        return UnreadableWorkbook("too_many_sheets", say)
    if answer[0] == "large":
        say = f"表“{answer[1]}”有 {answer[2]} 行、{answer[3]} 列，太大了。请删去空白的行列再用。"
        return UnreadableWorkbook("too_many_cells", say)
    say = "文件打不开，可能没有存完整，或者不是 Excel 表格。请用 Excel 打开另存为 .xlsx 后再用。"
    return UnreadableWorkbook("broken", say)
