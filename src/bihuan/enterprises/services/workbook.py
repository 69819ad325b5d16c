"""Read a workbook of enterprises under limits, in a process of its own: size, rows, time; nothing in it is run."""

from typing import Any, Final

from bihuan.enterprises.rules.sheet import MOST_ROWS, Sheet, read_sheet
from bihuan.kernel.errors import Refusal
from bihuan.kernel.sheets import OLD, Bounds, TooSlow, read_content_apart, unpacked_size

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 20 * MEGABYTE
MOST_UNPACKED: Final = 300 * MEGABYTE
MOST_PARTS: Final = 2_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 2_000_000
MOST_SHEETS: Final = 30
BOUNDS: Final = Bounds(MOST_ROWS * 2, MOST_COLUMNS, MOST_CELLS, MOST_SHEETS)
_ZIP: Final = b"PK\x03\x04"


class UnreadableWorkbook(Refusal):
    """The file cannot be read as a table; the sentence says what to do."""

    def __init__(self, code: str, say: str) -> None:
        super().__init__(f"enterprises.{code}", say, field="file")


def read_workbook(content: bytes, bounds: Bounds = BOUNDS) -> Sheet:
    """Read the first visible sheet that has our header. Raises UnreadableWorkbook."""
    _must_be_safe(content)
    try:
        answer = read_content_apart(content, bounds)
    except TooSlow:
        say = f"文件读了 {bounds.seconds} 秒还没读完，已停下。请删去图片和无关的表，另存后再上传。"
        raise UnreadableWorkbook("too_slow", say) from None
    if answer[0] != "ok":
        raise _unreadable(answer, bounds)
    sheets = [read_sheet(rows) for _, is_visible, rows, _ in answer[1] if is_visible]
    return next((sheet for sheet in sheets if sheet.letters), sheets[0] if sheets else read_sheet([]))


def _must_be_safe(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        size, most = len(content) // MEGABYTE, MOST_BYTES // MEGABYTE
        say = f"文件有 {size} MB，最大 {most} MB。请删去图片，或者分成几个文件。"
        raise UnreadableWorkbook("too_large", say)
    if content[:4] == _ZIP:
        _must_unpack_small(content)
    elif content[:4] != OLD:
        say = "这不是 Excel 文件。请上传 .xlsx 或 .xls，最好用页面上的模板填写。"
        raise UnreadableWorkbook("not_excel", say)


def _must_unpack_small(content: bytes) -> None:
    found = unpacked_size(content)
    if found is None:
        raise UnreadableWorkbook("broken", "文件不完整，打不开。请重新保存后再上传。")
    if found[0] > MOST_PARTS or found[1] > MOST_UNPACKED:
        say = "文件解开后太大，不像是企业名单。请只留企业名单这一张表，另存后再上传。"
        raise UnreadableWorkbook("bomb", say)


def _unreadable(answer: tuple[Any, ...], bounds: Bounds) -> UnreadableWorkbook:
    """Return the refusal of a workbook that was not read."""
    if answer[0] == "locked":
        return UnreadableWorkbook("encrypted", "文件加了密码，读不出来。请去掉密码另存后再上传。")
    if answer[0] == "sheets":
        say = f"有 {answer[1]} 张表，最多 {bounds.sheets} 张。请只留企业名单这一张表，另存后再上传。"
        return UnreadableWorkbook("too_many_sheets", say)
    if answer[0] == "large":
        say = f"表“{answer[1]}”有 {answer[2]} 行、{answer[3]} 列，太大了。请删去空白的行列，另存后再上传。"
        return UnreadableWorkbook("too_many_cells", say)
    say = "文件打不开，可能没有存完整，或者不是 Excel 表格。请用 Excel 打开另存为 .xlsx 后再上传。"
    return UnreadableWorkbook("broken", say)
