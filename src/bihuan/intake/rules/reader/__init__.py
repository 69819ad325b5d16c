"""Read the rows of a found table into items."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bihuan.intake.rules.cells import is_nothing, plain, text_of
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.items import Item
from bihuan.intake.rules.layout import Record
from bihuan.intake.rules.numbering import split
from bihuan.intake.rules.reader.claims import ClaimReader
from bihuan.intake.rules.reader.days import DayReader
from bihuan.intake.rules.reader.facts import FactReader

MOST_PARTS: Final = 50
LONGEST_HAZARD: Final = 2_000  # as hazards.rules.finding takes it
_NO_HAZARD: Final = frozenset(
    [
        "无",
        "无隐患",
        "未发现隐患",
        "未发现问题",
        "无问题",
        "未发现安全隐患",
        "未发现",
        "没有",
        "正常",
        "合格",
        "未发现明显隐患",
        "暂无",
    ]
)


class TableReader(FactReader, DayReader, ClaimReader):
    """Reads records of one table; remembers the enterprise above for rows whose merge was lost."""

    def read(self, record: Record) -> list[Item]:
        """Return the items of a record: one, or one for each hazard in its cell; none when it says "no hazard"."""
        item = Item(sheet=self.name, source_row=record.row + 1, section=record.section)
        self._read_texts(record, item)
        self._read_enterprise(record, item)
        self._read_days(record, item)
        self._read_claims(record, item)
        self._read_answers(record, item)
        self._read_extra(record, item)
        return self._read_hazards(record, item)

    def _read_hazards(self, record: Record, item: Item) -> list[Item]:
        texts = [text_of(self.cell(record, column)) for column in self.chosen.fields.get(Field.DESCRIPTION, ())]
        texts = [text for text in texts if text]
        item.texts[Field.DESCRIPTION] = "\n".join(texts)
        if texts and all(plain(text).strip("。.") in _NO_HAZARD or is_nothing(text) for text in texts):
            return []
        if not texts:
            where = "空着，请填上是什么隐患，或移出这一行"
            self.problem(item, "no_description", Field.DESCRIPTION, where)
            return [item]
        whole = max(texts, key=len)
        if len(whole) > LONGEST_HAZARD:
            self.problem(
                item,
                "cell_too_long",
                Field.DESCRIPTION,
                f"有 {len(whole)} 个字，最多 {LONGEST_HAZARD} 个，请删减，或移出这一行",
            )
            item.values[Field.DESCRIPTION] = whole[:LONGEST_HAZARD]
            return [item]
        return list(self._parts(item, texts))

    def _parts(self, item: Item, texts: list[str]) -> Iterator[Item]:
        nested = False
        parts: list[str] = []
        for text in texts:
            read = split(text)
            nested = nested or read.nested
            parts += read.texts
        if not self.frame.split_cells or len(parts) > MOST_PARTS:
            parts = ["\n".join(texts)]
        if len(parts) == 1:
            item.values[Field.DESCRIPTION] = parts[0]
            yield item
            return
        sentence = f"一格写了 {len(parts)} 条，拆成 {len(parts)} 项" + (
            "（编号里套编号，已逐层拆开）" if nested else ""
        )
        self.doubt(
            item,
            "cell_split",
            Field.DESCRIPTION,
            sentence,
            options=(("split", f"拆成 {len(parts)} 项"), ("whole", "不拆")),
        )
        for place, text in enumerate(parts, start=1):
            yield self._part(item, place, len(parts), text)

    def _part(self, item: Item, place: int, count: int, text: str) -> Item:
        values = dict(item.values)
        values[Field.DESCRIPTION] = text
        measures = split(item.text(Field.MEASURES)[:LONGEST_HAZARD]).texts
        if len(measures) == count:  # one measure for each hazard
            values[Field.MEASURES] = measures[place - 1]
        return replace(item, part=place, parts=count, values=values, problems=list(item.problems))
