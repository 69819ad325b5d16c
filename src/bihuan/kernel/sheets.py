"""Read one workbook in a process of its own, so that a broken or hostile file can break nothing but that process.

This file is run by its path, with the workbook and the bounds as arguments, and writes a pickled answer to standard
output. It imports nothing of ours: starting it costs a tenth of a second. The library behind it may panic, or ask for
more memory than there is, on files with damaged sizes; the room that asked then says that the file is broken.
"""

import io
import pickle
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GIGABYTE = 1024**3


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one reading may take. seconds: of the clock. gigabytes: of memory, where the system can bound it."""

    rows: int
    columns: int
    cells: int
    sheets: int
    seconds: int = 60
    gigabytes: int = 1


OLD = b"\xd0\xcf\x11\xe0"  # how a workbook of the old format begins, or one with a password


class TooSlow(Exception):  # noqa: N818 -- the room that asked turns it into its own refusal
    """The time was over before the workbook was read."""


def read_apart(path: Path, bounds: Bounds) -> tuple[Any, ...]:
    """Return what `main` answers for a workbook, ("broken", "") where the process died over it. Raises TooSlow."""
    limits = (bounds.rows, bounds.columns, bounds.cells, bounds.sheets, bounds.gigabytes)
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(path.resolve()), *map(str, limits)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=bounds.seconds, check=False)  # noqa: S603 -- our own file
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    if done.returncode:
        return ("broken", "")
    answer: tuple[Any, ...] = pickle.loads(done.stdout)  # noqa: S301 -- written by our own process, not by the file
    return answer


def read_content_apart(content: bytes, bounds: Bounds) -> tuple[Any, ...]:
    """Return what `read_apart` answers for a workbook that stands in memory. Raises TooSlow."""
    with tempfile.NamedTemporaryFile(suffix=".xls" if content[:4] == OLD else ".xlsx") as kept:
        kept.write(content)
        kept.flush()
        return read_apart(Path(kept.name), bounds)


def unpacked_size(content: bytes) -> tuple[int, int] | None:
    """Return how many parts an archive has and how many bytes they say to be; None where it is no whole archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return len(parts), sum(part.file_size for part in parts)


def main(path: str, rows: int, columns: int, cells: int, sheets: int, gigabytes: int) -> None:
    """Answer ("ok", sheets), ("locked",), ("broken", text), or ("large", sheet, rows, columns), ("sheets", count)."""
    _bound_memory(gigabytes * GIGABYTE)
    pickle.dump(_read(path, rows, columns, cells, sheets), sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


def _bound_memory(most: int) -> None:
    try:
        import resource  # only where the system has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _read(path: str, rows: int, columns: int, cells: int, sheets: int) -> tuple[Any, ...]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        with load_workbook(path) as book:
            tables = [meta for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
            if len(tables) > sheets:
                return ("sheets", len(tables))
            read: list[tuple[Any, ...]] = []
            for meta in tables:
                if meta.visible is not SheetVisibleEnum.Visible:
                    read.append((meta.name, False, [], []))
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                height, width = sheet.total_height, sheet.total_width
                if height > rows or width > columns or height * width > cells:
                    return ("large", meta.name, height, width)
                merged = [
                    (top, left, bottom, right)
                    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                    if top < height
                ]
                read.append((meta.name, True, sheet.to_python(skip_empty_area=False), merged))
            return ("ok", read)
    except PasswordError:
        return ("locked",)
    except (CalamineError, OSError) as error:
        text = str(error)
        return ("locked",) if "password" in text.lower() or "encrypt" in text.lower() else ("broken", text)


if __name__ == "__main__":
    main(sys.argv[1], *(int(one) for one in sys.argv[2:7]))
