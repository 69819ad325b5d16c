"""Read .xlsx and .xls with calamine; the archive is checked before, so that nothing is unpacked blindly."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any, Final

from bihuan.intake.rules.cells import Grid, Merge, Sheet
from bihuan.intake.rules.items import Doubt
from bihuan.intake.workbook.hidden import Hidden, doubts_of, part_names
from bihuan.intake.workbook.limits import CHUNK, Limits, check_archive
from bihuan.kernel.errors import Refusal
from bihuan.kernel.sheets import Bounds, TooSlow, read_apart

# A far cell that holds something; one that carries only a style is common and harmless.
_FAR_CELL: Final = re.compile(rb'<(?:\w+:)?c r="(?:[A-Z]{3}\d+|[A-Z]{1,2}\d{6,7})"[^>]*[^/>]>')
_CELL_PLACE: Final = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >/]")
_ERROR: Final = re.compile(r"^#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_SHEET_PART: Final = re.compile(r"^xl/worksheets/[^/]+\.xml$")
_ENTITY: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
OVERLAP: Final = 256


def archive_names(file: IO[bytes], name: str) -> set[str]:
    """Return the names of an archive's parts."""
    try:
        with zipfile.ZipFile(file) as archive:
            return {entry.filename for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(name) from error


def read_xlsx(path: Path, limits: Limits) -> tuple[list[Sheet], list[Doubt]]:
    """Read a workbook of the new format, .xlsm too (its macros stay unread)."""
    notes: list[Doubt] = []
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive, limits)
            formulas, hidden = _look_through(archive, limits, path.name)
            if any(entry.filename.endswith("vbaProject.bin") for entry in archive.infolist()):
                notes.append(Doubt("macros", "文件里有宏。只读了单元格，宏没有运行，也没有保存。"))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _broken(path.name) from error
    if formulas:
        notes.append(Doubt("formulas", "表里有公式。只读了上次保存时算好的结果，没有重新计算，请核对。"))
    sheets, more = _read(path, limits)
    unseen = [doubt for sheet in sheets if sheet.name in hidden for doubt in doubts_of(sheet, hidden[sheet.name])]
    return sheets, notes + more + unseen


def read_xls(path: Path, limits: Limits) -> tuple[list[Sheet], list[Doubt]]:
    """Read a workbook of the old format."""
    sheets, notes = _read(path, limits)
    if b"V\x00B\x00A\x00" in path.read_bytes():
        notes.insert(0, Doubt("macros", "文件里有宏。只读了单元格，宏没有运行，也没有保存。"))
    return sheets, notes


def _look_through(archive: zipfile.ZipFile, limits: Limits, name: str) -> tuple[bool, dict[str, Hidden]]:
    """Read every part once: its real size, cells far outside, entities; tell of formulas, and what sheets hide."""
    formulas = False
    hidden: dict[str, Hidden] = {}
    left = limits.unpacked_bytes
    for entry in archive.infolist():
        is_sheet = _SHEET_PART.match(entry.filename) is not None
        tail = b""
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise Refusal(
                        "intake.zip_bomb", f"“{name}”解压后异常地大，没有读取。请在 Excel 里另存为新的 .xlsx 再上传。"
                    )
                if is_sheet:
                    window = tail + chunk
                    formulas = formulas or _FORMULA.search(window) is not None
                    _check_window(window, limits)
                    hidden.setdefault(entry.filename, Hidden()).look(window, columns=limits.columns)
                    tail = window[-OVERLAP:]
    names = part_names(archive)
    return formulas, {names[part]: found for part, found in hidden.items() if part in names}


def _check_window(window: bytes, limits: Limits) -> None:
    if _ENTITY.search(window):
        raise Refusal(
            "intake.broken_file", "文件里有不该出现的外部引用，没有读取。请在 Excel 里另存为新的 .xlsx 再上传。"
        )
    for match in _FAR_CELL.finditer(window):
        place = _CELL_PLACE.search(match.group())
        if place and (int(place.group(2)) > limits.rows or len(place.group(1)) == 3):
            raise _too_large(place.group(1).decode() + place.group(2).decode(), limits)


def _too_large(where: str, limits: Limits) -> Refusal:
    return Refusal(
        "intake.too_many_cells",
        f"表格太大：{where} 还有内容，一张表最多 {limits.rows} 行、{limits.columns} 列。"
        "请删去多余的行列，或分成几个文件。",
    )


def _broken(name: str) -> Refusal:
    return Refusal(
        "intake.broken_file", f"“{name}”打不开，文件可能没下载完或已损坏。请在 Excel 里打开，另存为新的 .xlsx 再上传。"
    )


def _read(path: Path, limits: Limits) -> tuple[list[Sheet], list[Doubt]]:
    """Let a process of its own read the workbook, within time and memory; what kills it shows a broken file."""
    bounds = Bounds(limits.rows, limits.columns, limits.cells, limits.sheets, limits.seconds, limits.gigabytes)
    try:
        answer = read_apart(path, bounds)
    except TooSlow as error:
        raise Refusal(
            "intake.too_slow",
            f"“{path.name}”读了 {limits.seconds} 秒还没读完，已停下。请删去图片和无关的工作表再上传。",
        ) from error
    if answer[0] == "ok":
        return _sheets(answer[1])
    raise _refusal(answer, path.name, limits)


def _refusal(answer: tuple[Any, ...], name: str, limits: Limits) -> Refusal:
    if answer[0] == "locked":
        return Refusal("intake.encrypted", f"“{name}”设了打开密码，读不了。请在 Excel 里去掉密码，另存后再上传。")
    if answer[0] == "sheets":
        return Refusal(
            "intake.too_many_sheets", f"有 {answer[1]} 张工作表，最多 {limits.sheets} 张。请只留下清单所在的表。"
        )
    if answer[0] == "large":
        return _too_large(f"工作表“{answer[1]}”有 {answer[2]} 行 {answer[3]} 列，", limits)
    return _broken(name)


def _sheets(read: list[tuple[str, bool, Grid, list[Merge]]]) -> tuple[list[Sheet], list[Doubt]]:
    sheets: list[Sheet] = []
    notes: list[Doubt] = []
    for name, is_visible, grid, merged in read:
        if not is_visible:
            say = f"工作表“{name}”是隐藏的，没有读取。要读它，请先取消隐藏再上传。"
            notes.append(Doubt("hidden_sheet", say, sheet=name))
            continue
        sheet = Sheet(name, grid, tuple(merged))
        sheets.append(sheet)
        notes += _errors_in(sheet)
    return sheets, notes


def _errors_in(sheet: Sheet) -> list[Doubt]:
    for row, cells in enumerate(sheet.grid, start=1):
        for cell in cells:
            if isinstance(cell, str) and cell.startswith("#") and _ERROR.match(cell):
                say = f"工作表“{sheet.name}”第 {row} 行有算错的公式“{cell}”，照原样留着，请核对。"
                return [Doubt("formula_error", say, sheet=sheet.name, source_row=row, value=cell)]
    return []
