"""Read texts, enterprise, yes and no, money and level."""

from functools import cached_property
from typing import Final

from bihuan.documents.rules import normalise_doc_no
from bihuan.intake.rules.cells import column_letter, has_control, is_nothing, text_of
from bihuan.intake.rules.claims import LevelReading, read_level, read_yes_no
from bihuan.intake.rules.fields import MONEY, YES_NO, Field
from bihuan.intake.rules.frame import labelled, looks_like_firm
from bihuan.intake.rules.items import TEXTS, Item
from bihuan.intake.rules.layout import Record
from bihuan.intake.rules.money import read_money
from bihuan.intake.rules.names import looks_like_village, phones_in, tidy_name
from bihuan.intake.rules.reader.base import LONGEST_SHORT, CellReader

LONGEST_TEXT: Final = 5_000
SHOWN: Final = 40
_CARRIED: Final = (Field.VILLAGE, Field.ADDRESS, Field.INDUSTRY, Field.USCC, Field.FOUND_ON, Field.ASSIGNED_ON)
_PLAIN_TEXTS: Final = tuple(
    one for one in TEXTS if one not in {Field.ENTERPRISE_NAME, Field.DESCRIPTION, Field.SOURCE_DOC_NO, Field.PHONE}
)
_PLACES: Final = (Field.ADDRESS, Field.RESP_UNIT)
_NUMBERING: Final = "一二三四五六七八九十、（）()0123456789. "


class FactReader(CellReader):
    """Reads the facts of a row that are no days and no claims."""

    def _read_texts(self, record: Record, item: Item) -> None:
        for which, default in self.defaults(item.section).items():
            if which in _PLAIN_TEXTS and which not in self.chosen.fields:
                item.values[which] = default
        for which in self._text_columns:
            text = self.joined(record, which)
            if text and not is_nothing(text):
                self.keep_text(item, which, text)
        number = self.joined(record, Field.SOURCE_DOC_NO) or self.default(item, Field.SOURCE_DOC_NO)
        if number and not is_nothing(number):
            item.texts[Field.SOURCE_DOC_NO] = number
            item.values[Field.SOURCE_DOC_NO] = normalise_doc_no(number)
        self._read_shared(item)
        self._read_phone(record, item)
        is_title = bool(item.section) and not labelled(item.section)
        if is_title and Field.VILLAGE not in item.values and looks_like_village(item.section):
            item.values[Field.VILLAGE] = item.section.strip(_NUMBERING)

    @cached_property
    def _text_columns(self) -> list[Field]:
        """The fields of plain text that the table has columns for."""
        return [which for which in _PLAIN_TEXTS if which in self.chosen.fields]

    def keep_text(self, item: Item, which: Field, text: str) -> None:
        item.texts[which] = text
        item.values[which] = text
        if len(text) > LONGEST_TEXT:
            self.problem(
                item,
                "cell_too_long",
                which,
                f"有 {len(text)} 个字，最多 {LONGEST_TEXT} 个，请删减后再导入，或移出这一行",
            )

    def _read_shared(self, item: Item) -> None:
        """Part what one column holds of two fields: 安监办/张三."""
        for which, column in self.chosen.also.items():
            if which in TEXTS and which is not Field.PHONE and which not in item.values and column.meaning.field:
                first, slash, second = item.text(column.meaning.field).replace("／", "/").partition("/")
                if slash:
                    item.values[column.meaning.field] = first.strip()
                    item.values[which] = second.strip()

    def _read_phone(self, record: Record, item: Item) -> None:
        text = self.joined(record, Field.PHONE)
        if not text and Field.PHONE in self.chosen.also:
            text = text_of(self.cell(record, self.chosen.also[Field.PHONE]))
        if is_nothing(text):
            return
        item.texts[Field.PHONE] = text
        numbers = phones_in(text[:LONGEST_SHORT])
        item.values[Field.PHONE] = "、".join(numbers) or text
        if not numbers and Field.PHONE in self.chosen.fields:
            self.doubt(item, "phone_unclear", Field.PHONE, f"“{text[:SHOWN]}”不像电话号码，照原样留着")

    def _read_enterprise(self, record: Record, item: Item) -> None:
        name = tidy_name(self.joined(record, Field.ENTERPRISE_NAME))
        if name and not is_nothing(name):
            item.values[Field.ENTERPRISE_NAME] = item.texts[Field.ENTERPRISE_NAME] = name
            self.above = item
            return
        if item.section and not labelled(item.section) and looks_like_firm(item.section):
            item.values[Field.ENTERPRISE_NAME] = item.section.lstrip(_NUMBERING)
            return
        default = self.default(item, Field.ENTERPRISE_NAME)
        if default:
            item.values[Field.ENTERPRISE_NAME] = default
            return
        self._take_from_above(item)

    def _take_from_above(self, item: Item) -> None:
        above = self.above
        if any(item.text(which) for which in _PLACES):
            self.doubt(item, "no_enterprise_but_place", Field.ENTERPRISE_NAME, "没有写企业，按公共场所登记")
            return
        if Field.ENTERPRISE_NAME not in self.chosen.fields:
            self.problem(item, "no_enterprise", Field.ENTERPRISE_NAME, "表里没有企业名称，请填上是哪一家")
            return
        if above is None or above.section != item.section:
            self.problem(item, "no_enterprise", Field.ENTERPRISE_NAME, "空着，请填上是哪一家，或移出这一行")
            return
        name = above.text(Field.ENTERPRISE_NAME)
        item.values[Field.ENTERPRISE_NAME] = name
        for which in _CARRIED:
            if which not in item.values and which in above.values:
                item.values[which] = above.values[which]
        self.doubt(item, "enterprise_from_above", Field.ENTERPRISE_NAME, f"空着，按上面一行算作“{name}”", chosen=name)

    def _read_answers(self, record: Record, item: Item) -> None:
        for which in YES_NO - {Field.CLOSED}:
            text = self.joined(record, which)
            if text:
                item.texts[which] = text
                item.values[which] = read_yes_no(text)
        for which in MONEY:
            self._read_money(record, item, which)
        self._read_level(record, item)

    def _read_money(self, record: Record, item: Item, which: Field) -> None:
        columns = self.chosen.fields.get(which, ())
        cell = self.first(record, which)
        text = text_of(cell)
        if not columns or not text:
            return
        item.texts[which] = text
        reading = read_money(cell, factor=columns[0].meaning.factor)
        if reading.yuan is not None:
            item.values[which] = reading.yuan
        if reading.unclear:
            self.doubt(item, f"{which.value}_unclear", which, f"“{text[:SHOWN]}”看不出是多少钱，原话已留着")

    def _read_level(self, record: Record, item: Item) -> None:
        levels: list[str] = []
        for column in self.chosen.fields.get(Field.LEVEL, ()):
            text = text_of(self.cell(record, column))
            if not text:
                continue
            item.texts.setdefault(Field.LEVEL, text)
            reading = read_level(text, asks_major="是否" in column.name)
            if reading.level:
                levels.append(reading.level)
            elif reading.remark:
                self._doubt_level(item, reading)
        ticked = self.ticked(record, Field.LEVEL)
        if ticked:
            item.texts.setdefault(Field.LEVEL, ticked)
            levels.append(str(read_level(ticked).level))
        item.level = "major" if "major" in levels else next(iter(levels), None)
        if item.level is None and Field.LEVEL not in self.chosen.fields:
            self._level_from_title(item)

    def _doubt_level(self, item: Item, reading: LevelReading) -> None:
        text = reading.remark[:SHOWN]
        if reading.both:
            self.doubt(item, "level_both", Field.LEVEL, f"“{text}”写了“一般”又写了“重大”，级别待定，原话已留着")
        else:
            self.doubt(item, "level_not_legal", Field.LEVEL, f"“{text}”不是法定级别，只作备注，级别待定")

    def _level_from_title(self, item: Item) -> None:
        if self.sheet.is_major_list or item.text(Field.LISTING_LEVEL):
            item.level = "major"
            self.doubt(
                item, "level_from_title", Field.LEVEL, "表里没有级别一栏，按标题或挂牌级别算作重大", chosen="major"
            )

    def _read_extra(self, record: Record, item: Item) -> None:
        for column in self.chosen.extra:
            text = text_of(self.cell(record, column))
            if text:
                item.extra[column.name or f"{column_letter(column.index)} 列"] = text[:LONGEST_TEXT]
        if any(has_control(cell) for cell in record.cells):
            self.doubt(item, "control_characters", Field.DESCRIPTION, "有看不见的控制字符，已去掉")
