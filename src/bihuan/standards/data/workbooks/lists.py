"""A checklist as a workbook: its items with what each rests on, in the words in which papers cite it."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter

from bihuan.standards.data.uploads import BadUpload
from bihuan.standards.data.workbooks.cells import OddCell, Spot, read_tables
from bihuan.standards.data.workbooks.columns import WORD_SHEET, Column, Holds
from bihuan.standards.data.workbooks.reading import Reading, Row
from bihuan.standards.data.workbooks.writing import TEXTS_ONLY, Formats, write_facts, write_table, write_words
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Sector, UnknownCriterion
from bihuan.standards.rules.books import Place
from bihuan.standards.rules.listing import Books, Draft, DraftItem, Source, SourceKind
from bihuan.standards.rules.sectors import EVERY_SECTOR

LIST_SHEET: Final = "检查表"
ITEM_SHEET: Final = "项目"
EVERYWHERE: Final = "通用"
NO_TABLES: Final = "没有“检查表”和“项目”两张表。请下载 Excel 模板，照着填。"
_BASIS: Final = "一行一条：《法规名称》第几条，或《判定标准》（文号）条号；库里没有的照写文件名称和条号"
# fmt: off
FACTS: Final = (
    Column("title", "名称", "这张表叫什么", must=True),
    Column("note", "适用说明", "哪些场所用，哪些不用"),
    Column("sectors", "适用行业", "一行一个，各行业都用的写“通用”；词在“可选的词”表里", holds=Holds.WORDS, must=True),
    Column("features", "安全特征", "填了的，有其中一项的企业才用；一行一个", holds=Holds.WORDS),
)
ITEMS: Final = (
    Column("look_at", "看什么", "几个字，如 安全出口", 22, must=True),
    Column("how", "怎么看", "到现场看哪里、问什么、查什么", 56, must=True),
    Column("basis", "依据", _BASIS, 56, Holds.LINES, must=True),
    Column("key", "项号", "改原来的项目时照留，新加的空着", 8, Holds.NUMBER),
)
# fmt: on


def list_workbook(draft: Draft, books: Books) -> bytes:
    """Return a checklist as .xlsx, with hints; it reads again to the same items."""
    every = draft.sectors == EVERY_SECTOR
    facts = {
        "title": draft.title,
        "note": draft.note,
        "sectors": [EVERYWHERE] if every else [SECTOR_NAMES[one] for one in sorted(draft.sectors)],
        "features": [FEATURE_NAMES[one] for one in sorted(draft.features)],
    }
    rows = [
        {
            "look_at": one.look_at,
            "how": one.how,
            "basis": [cited(source, books) for source in one.sources],
            "key": str(one.key),
        }
        for one in draft.items
        if one.look_at or one.how or one.sources
    ]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXTS_ONLY) as made:
        formats = Formats(made)
        write_facts(made.add_worksheet(LIST_SHEET), FACTS, facts, formats)
        write_table(made.add_worksheet(ITEM_SHEET), ITEMS, rows, formats)
        words = {"行业": [EVERYWHERE, *SECTOR_NAMES.values()], "安全特征": list(FEATURE_NAMES.values())}
        write_words(made.add_worksheet(WORD_SHEET), words, formats)
    return buffer.getvalue()


def cited(source: Source, books: Books) -> str:
    """Return a source as a cell says it: the full title and number, so that it is found again exactly."""
    if source.kind is SourceKind.TYPED:
        return source.ref
    if source.kind is SourceKind.LAW:
        law = books.laws.get(source.ref)
        return f"《{law.title}》{source.article}" if law is not None else source.ref
    item = next((one for one in books.library.criteria if one.id == source.ref), None)
    if item is None:
        return source.ref
    alike = [one for one in books.library.criteria if (one.standard_id, one.clause) == (item.standard_id, item.clause)]
    words = f"：{item.text}" if len(alike) > 1 else ""  # a standard without clause numbers names several by one heading
    return f"{books.library.standard(item.standard_id).cited_as}{item.clause}{words}"


def source_said(text: str, books: Books) -> Source:
    """Return what a line names: an article of a law of ours, a criterion, else the words as typed. Raises OddCell."""
    for standard in books.library.standards:
        if text.startswith(standard.cited_as):
            return Source(SourceKind.CRITERION, _criterion(text.removeprefix(standard.cited_as), standard.id, books))
    for law in books.laws.values():
        if text.startswith(f"《{law.title}》"):
            article = text.removeprefix(f"《{law.title}》").strip()
            if not article:
                raise OddCell(f"“{text[:40]}”没有写第几条。")
            return Source(SourceKind.LAW, law.id, article)
    return Source(SourceKind.TYPED, text.replace("|", "／"))


def _criterion(said: str, standard_id: str, books: Books) -> str:
    """Return the id of a clause, by its number and, where several have it, by its words. Raises OddCell."""
    clause, _, words = said.strip().partition("：")
    for one in books.library.criteria:
        if (one.standard_id, one.clause, one.text) == (standard_id, clause, words):
            return one.id
    try:
        return books.library.criterion(standard_id, clause).id
    except UnknownCriterion as unknown:
        raise OddCell(unknown.say) from None


def read_list(content: bytes, *, before: Draft, books: Books, used: int = 0) -> Draft:
    """Return the draft that a workbook holds, in the place of the text of another. Raises BadUpload with every fault.

    before: the draft that is being written; its origin is kept, and so is an item that is named by its number.
    used: the highest number of earlier versions, which is not given again. Whether the draft can be used is told by
    `draft_faults`.
    """
    tables = read_tables(content)
    if LIST_SHEET not in tables.of or ITEM_SHEET not in tables.of:
        raise BadUpload((NO_TABLES,))
    reading = Reading(tables)
    facts = reading.facts(LIST_SHEET, FACTS, _fact_place)
    reading.table(ITEM_SHEET, ITEMS, needed=True)
    made = Draft(
        title=facts["title"] or "",
        note=facts["note"] or "",
        sectors=_sectors(reading, facts["sectors"] or ()),
        features=frozenset(_named(reading, "features", facts["features"] or (), FEATURE_NAMES)),
        items=_items(reading, before, books, used),
        origin=before.origin,
        instead=before.instead,
    )
    if reading.faults:
        raise BadUpload(reading.told())
    return made


def _fact_place(key: str) -> Place:
    return (LIST_SHEET, key)


def _sectors(reading: Reading, words: Sequence[str]) -> frozenset[Sector]:
    if EVERYWHERE in words:
        return EVERY_SECTOR
    return frozenset(_named(reading, "sectors", words, SECTOR_NAMES))


def _named(reading: Reading, key: str, words: Sequence[str], names: Mapping[Any, str]) -> list[Any]:
    known = {name: code for code, name in names.items()}
    for word in words:
        if word not in known:
            say = f"不认识“{word[:20]}”。请从“{WORD_SHEET}”表里选。"
            reading.fault(_fact_place(key), Spot(LIST_SHEET, 1, 2), say)
    return [known[word] for word in words if word in known]


def _items(reading: Reading, before: Draft, books: Books, used: int) -> tuple[DraftItem, ...]:
    known = {one.key: one for one in before.items}
    taken: set[int] = set()
    following = max([used, *known]) + 1
    items = []
    for place, row in enumerate(reading.rows(ITEM_SHEET)):
        key = row.values.get("key")
        if key not in known or key in taken:
            key, following = following, following + 1
        taken.add(key)
        came_from = known[key].came_from if key in known else ""
        sources = _sources(reading, place, row, books)
        how = " ".join(row.values.get("how", "").split())
        items.append(DraftItem(key, row.values.get("look_at", ""), how, sources, came_from))
    return tuple(items)


def _sources(reading: Reading, place: int, row: Row, books: Books) -> tuple[Source, ...]:
    found = []
    for line in row.values.get("basis", ()):
        try:
            found.append(source_said(line, books))
        except OddCell as odd:
            reading.fault((ITEM_SHEET, place, "basis"), row.spots["basis"], str(odd))
    return tuple(dict.fromkeys(found))
