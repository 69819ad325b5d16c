"""Reads one workbook in a process of its own, so that a broken or hostile file can break nothing but this process.

Run by its path, with the file and the bounds as arguments; writes a pickled answer to standard output. It imports
nothing of ours: starting it costs a tenth of a second. The library behind it may panic, or ask for more memory than
there is, on files with damaged sizes; the parent then says that the file is broken.
"""

import pickle
import sys
from typing import Any

GIGABYTE = 1024**3


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
