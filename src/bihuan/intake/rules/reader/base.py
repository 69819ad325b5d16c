"""What every part of the reader needs: cells of a record, and how doubts and problems are said."""

from collections.abc import Mapping
from typing import Final

from bihuan.intake.rules.cells import Cell, column_letter, is_nothing, text_of
from bihuan.intake.rules.claims import read_yes_no
from bihuan.intake.rules.columns import Chosen
from bihuan.intake.rules.fields import FIELD_NAMES, Field
from bihuan.intake.rules.frame import Frame, SheetFrame, labelled
from bihuan.intake.rules.items import Doubt, Item, Problem
from bihuan.intake.rules.layout import Column, Record, Table

LONGEST_SHORT: Final = 200


class CellReader:
    """Knows one table, its columns, and what its sheet says once; gathers doubts."""

    def __init__(self, *, frame: Frame, sheet: SheetFrame, table: Table, chosen: Chosen) -> None:
        self.frame = frame
        self.sheet = sheet
        self.table = table
        self.chosen = chosen
        self.doubts: list[Doubt] = []
        self.name = table.sheet.name
        self.above: Item | None = None
        self._defaults: dict[str, Mapping[Field, str]] = {}
        self.letters = {which: column_letter(columns[0].index) for which in Field if (columns := chosen.letters(which))}

    def cell(self, record: Record, column: Column) -> Cell:
        """Return a record's cell in a column; None beyond its end."""
        return record.cells[column.index] if column.index < len(record.cells) else None

    def first(self, record: Record, which: Field) -> Cell:
        """Return the first cell of a field that says anything."""
        for column in self.chosen.fields.get(which, ()):
            cell = self.cell(record, column)
            if cell not in (None, ""):
                return cell
        return None

    def joined(self, record: Record, which: Field, between: str = "；") -> str:
        """Return the texts of all columns of a field, each once."""
        columns = self.chosen.fields.get(which)
        if not columns:
            return ""
        if len(columns) == 1:
            return text_of(self.cell(record, columns[0]))
        texts = [text for column in columns if (text := text_of(self.cell(record, column)))]
        return between.join(dict.fromkeys(texts))

    def default(self, item: Item, which: Field) -> str:
        """Return what the lines above the row say of a field: those of its section first, then the sheet's titles."""
        return self.defaults(item.section).get(which, "")

    def defaults(self, section: str) -> Mapping[Field, str]:
        """Return all that the lines above a row say, read once for each section."""
        found = self._defaults.get(section)
        if found is None:
            found = self._defaults[section] = {**self.sheet.defaults, **labelled(section)}
        return found

    def letter(self, which: Field) -> str:
        """Return the letters of a field's column, or ""."""
        return self.letters.get(which, "")

    def say(self, item: Item, which: Field, sentence: str) -> str:
        """Return a sentence with the place of the cell it is about."""
        letter = self.letter(which)
        place = f"第 {item.source_row} 行" + (f" {letter} 列" if letter else "")
        return f"{place}“{FIELD_NAMES[which]}”：{sentence}"

    def problem(self, item: Item, code: str, which: Field, sentence: str) -> None:
        """Note what must be mended before the list is entered."""
        item.problems.append(
            Problem(code, self.say(item, which, sentence), item.source_row, self.letter(which), which.value)
        )

    def doubt(
        self,
        item: Item,
        code: str,
        which: Field,
        sentence: str,
        *,
        chosen: str = "",
        options: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.doubts.append(
            Doubt(
                code=code,
                say=self.say(item, which, sentence),
                sheet=self.name,
                source_row=item.source_row,
                column=self.letter(which),
                field=which.value,
                value=item.texts.get(which, "")[:LONGEST_SHORT],
                chosen=chosen,
                options=options,
            )
        )

    def ticked(self, record: Record, which: Field) -> str:
        """Return the value whose tick column is ticked, or ""."""
        for column in self.chosen.ticks:
            text = text_of(self.cell(record, column)) if column.meaning.field is which else ""
            if not is_nothing(text) and read_yes_no(text) is not False:
                return column.meaning.option
        return ""
