"""Write a weekly brief, a circular or a summary from figures: a sentence stands only where the data carry it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bihuan.campaigns.rules.supervision.naming import Extended, extended_ever, extended_in, long_day, span
from bihuan.campaigns.rules.supervision.progress import Piece, Progress, due_words, next_pieces, standing_pieces
from bihuan.campaigns.rules.supervision.states import BulletinKind
from bihuan.campaigns.rules.supervision.text import Block, BlockKind, Figure, Ref, Run, Text, heading_number, used
from bihuan.campaigns.rules.units import Side

LAST_RESORTS: Final = (
    ("criticised", "通报批评", "个单位"),
    ("interviews", "约谈", "次"),
    ("accountable", "追责", "件"),
)
RANGE: Final = "专项行动开始时没有销号的和以后登记的，移送和不成立的不计"
MOST_NAMED: Final = 5  # units named in a sentence; the table has them all


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as it was answered. amount: None where there is none to tell."""

    figure: Figure
    amount: int | None


@dataclass(frozen=True, slots=True)
class UnitSaid:
    """A unit with its own figures, by name. is_rest: what lies in no unit of the group."""

    name: str
    group: str
    figures: Mapping[str, Said]
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """A unit of a circular: what is said of it, as sentences of words and figures; words: of the person who decided."""

    name: str
    sentences: Sequence[Sequence[str | Figure]]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a text is written from. now: figures of the period, by name; before: of the week before, {} where the
    campaign had not begun by its first day; total: of the campaign so far. extended: how its end was moved by then."""

    campaign: str
    doc_number: str
    issuer: str
    starts_on: date
    since: date
    until: date
    now: Mapping[str, Said] = field(default_factory=dict)
    before: Mapping[str, Said] = field(default_factory=dict)
    total: Mapping[str, Said] = field(default_factory=dict)
    units: Sequence[UnitSaid] = ()
    charges: Sequence[Charge] = ()
    progress: Progress | None = None
    extended: Sequence[Extended] = ()
    title: str = ""
    copies: str = ""
    correct_days: int = 0


class _Writer:
    """Puts blocks together and gives each figure that is used its key."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.figures: dict[str, Figure] = {}
        self.headings = self.below = 0

    def ref(self, figure: Figure) -> Ref:
        for key, known in self.figures.items():
            if replace(known, key="") == replace(figure, key=""):
                return Ref(key)
        key = f"f{len(self.figures) + 1}"
        self.figures[key] = replace(figure, key=key)
        return Ref(key)

    def add(self, kind: BlockKind, *parts: str | Figure | Said) -> None:
        self.blocks.append(Block(kind, self.runs(*parts)))

    def runs(self, *parts: str | Figure | Said) -> tuple[Run, ...]:
        found: list[Run] = []
        for part in parts:
            run = part if isinstance(part, str) else self.ref(_figure(part))
            if isinstance(run, str) and found and isinstance(found[-1], str):
                found[-1] += run
            elif run != "":
                found.append(run)
        return tuple(found)

    def heading(self, text: str) -> None:
        self.headings, self.below = self.headings + 1, 0
        self.add(BlockKind.HEADING, heading_number(self.headings) + text)

    def subheading(self, text: str) -> None:
        self.below += 1
        self.add(BlockKind.SUBHEADING, heading_number(self.below, below=True) + text)

    def paragraph(self, *parts: str | Figure | Said) -> None:
        """Add a paragraph; official texts have no blank beside a number."""
        if parts:
            self.add(BlockKind.PARAGRAPH, *(part.strip(" ") if isinstance(part, str) else part for part in parts))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str | Figure | Said]]) -> None:
        cells = [tuple((name,) for name in head), *(tuple(self.runs(cell) for cell in row) for row in rows)]
        self.blocks.append(Block(BlockKind.TABLE, rows=tuple(cells)))

    def done(self, title: str) -> Text:
        keys = used(self.blocks)
        return Text(title, tuple(self.blocks), tuple(self.figures[key] for key in keys))


def _figure(part: Figure | Said) -> Figure:
    return part.figure if isinstance(part, Said) else part


def draft(kind: BulletinKind, sources: Sources) -> Text:
    """Write a bulletin of this kind."""
    writer = _Writer()
    write = {
        BulletinKind.WEEKLY: _weekly,
        BulletinKind.SUMMARY: _summary,
        BulletinKind.CRITICISM: _circular,
        BulletinKind.PRAISE: _circular,
    }[kind]
    title = write(writer, sources) if kind is not BulletinKind.PRAISE else _circular(writer, sources, praise=True)
    _sign(writer, sources)
    return writer.done(sources.title.strip() or title)


def _sign(writer: _Writer, sources: Sources) -> None:
    if sources.issuer:
        writer.add(BlockKind.SIGNATURE, sources.issuer)
    writer.add(BlockKind.SIGNATURE, long_day(sources.until))
    if sources.copies:
        writer.add(BlockKind.ADDRESSEE, f"抄送：{sources.copies}。")


# -- the weekly brief
def _weekly(writer: _Writer, sources: Sources) -> str:
    writer.heading("总体情况")
    _standing(writer, sources)
    if said := extended_in(sources.extended, sources.since):
        writer.paragraph(said)
    writer.heading("本周进展")
    writer.subheading("隐患排查整治")
    _found(writer, sources)
    _checked(writer, sources)
    _by_unit(writer, sources)
    _plan(writer, sources)
    return _work(sources.campaign, f"工作动态（{span(sources.since, sources.until)}）")


def _standing(writer: _Writer, sources: Sources) -> None:
    """How the hazards stand at the end of the day."""
    total, day = sources.total, long_day(sources.until)
    if _none(total, "counted"):
        writer.paragraph(f"截至{day}，全镇登记隐患 ", total["counted"], " 项。")
        return
    writer.paragraph(
        f"截至{day}，全镇登记隐患 ", total["counted"], f" 项（{RANGE}），已整改 ", total["rectified"],
        " 项，整改率 ", total["rate"], "；未销号 ", total["open"], " 项，其中整改逾期 ", total["overdue"], " 项。",
    )  # fmt: skip
    if _none(total, "major"):
        writer.paragraph("登记的重大隐患 ", total["major"], " 项。")
    else:
        writer.paragraph(
            "其中重大隐患 ", total["major"], " 项，已整改 ", total["major_rectified"], " 项，挂牌督办 ",
            total["major_listed"], " 项，整改逾期 ", total["major_overdue"], " 项。",
        )  # fmt: skip
    if _some(total, "ungraded"):
        writer.paragraph("还没有定级、不在一般和重大里的 ", total["ungraded"], " 项。")


def _found(writer: _Writer, sources: Sources) -> None:
    """What was found and closed this week, beside the week before where there was one."""
    now = sources.now
    parts: list[str | Said] = ["本周发现隐患 ", now["found"], " 项", *_last_week(sources, "found")]
    if not _none(now, "found"):
        parts += ["，其中重大隐患 ", now["found_major"], " 项"]
    parts += ["；销号 ", now["closed"], " 项", *_last_week(sources, "closed"), "。"]
    writer.paragraph(*parts)


def _last_week(sources: Sources, name: str) -> list[str | Said]:
    return ["（上周 ", sources.before[name], " 项）"] if _told(sources.before, name) else []


def _checked(writer: _Writer, sources: Sources) -> None:
    """Led inspections, supervision, criticism, interviews: only what happened."""
    now = sources.now
    told: list[list[str | Said]] = [["领导带队检查", now["led_visits"], "次"]] if _some(now, "led_visits") else []
    if _some(now, "rounds"):
        told.append(["开展督查", now["rounds"], "次，其中暗访", now["covert"], "次"])
    if _some(now, "findings_due"):
        told.append(["督查问题到期", now["findings_due"], "个，按期整改", now["findings_done"], "个"])
    told += [[words, now[name], unit] for name, words, unit in LAST_RESORTS if _some(now, name)]
    if told:
        writer.subheading("督导检查")
        writer.paragraph(*_one_sentence(told))
    _papers(writer, sources)


def _one_sentence(told: Sequence[Sequence[str | Said]]) -> list[str | Said]:
    """Return clauses as one sentence."""
    parts: list[str | Said] = []
    for number, clause in enumerate(told):
        parts += ["；" if number else "", *clause]
    return [*parts, "。"]


def _papers(writer: _Writer, sources: Sources) -> None:
    total = sources.total
    if not _some(total, "units"):
        return
    writer.subheading("工作落实")
    parts: list[str | Said] = ["参加单位 ", total["units"], " 个，子方案通过 ", total["plans"], " 份"]
    if _some(total, "tasks"):
        parts += ["；分派任务 ", total["tasks"], " 件，完成 ", total["tasks_done"], " 件"]
    writer.paragraph(*parts, "。")


def _by_unit(writer: _Writer, sources: Sources) -> None:
    """Like beside like: villages in one table, departments in another, each adding up to the town. Both count the same
    hazards, so each table says by what, and no sentence names units of both."""
    told = [one for one in sources.units if _told(one.figures, "counted")]
    if not any(not one.is_rest for one in told):
        return
    writer.heading("各单位情况")
    for group, by in BY.items():
        mine = [one for one in told if one.group == group]
        if not any(not one.is_rest for one in mine):
            continue
        writer.subheading(by.heading)
        _most_overdue(writer, by.words, [one for one in mine if not one.is_rest])
        shown = [one for one in mine if not one.is_rest or _some(one.figures, "counted")]
        rows: list[list[str | Figure | Said]] = [
            [one.name, *(one.figures[column] for column in COLUMNS)] for one in shown
        ]
        if all(_told(sources.total, column) for column in COLUMNS):
            rows.append(["合计", *(sources.total[column] for column in COLUMNS)])
        writer.table(["单位", "登记隐患", "已整改", "整改率", "整改逾期"], rows)


@dataclass(frozen=True, slots=True)
class _By:
    """How units of a group are told. words: begins the sentence on those that are late."""

    heading: str
    words: str


COLUMNS: Final = ("counted", "rectified", "rate", "overdue")
BY: Final = {
    Side.VILLAGE: _By("按村（社区）统计", "按隐患所在的村（社区）统计"),
    Side.DEPARTMENT: _By("按部门统计", "同一批隐患按行业牵头部门统计"),
}


def _most_overdue(writer: _Writer, words: str, units: Sequence[UnitSaid]) -> None:
    overdue = (one for one in units if _some(one.figures, "overdue"))
    late = sorted(overdue, key=lambda one: (-(one.figures["overdue"].amount or 0), one.name))
    if not late:
        writer.paragraph(f"{words}，没有整改逾期的单位。")
        return
    parts: list[str | Said] = [f"{words}，整改逾期的有："]
    for number, one in enumerate(late[:MOST_NAMED]):
        parts += ["、" if number else "", one.name, " ", one.figures["overdue"], " 项"]
    writer.paragraph(*parts, "等。" if len(late) > MOST_NAMED else "。")


def _plan(writer: _Writer, sources: Sources) -> None:
    """What became of the plan, who is late with what, and what comes next."""
    if sources.progress is None:
        return
    overdue = sources.total["overdue"].figure if _some(sources.total, "overdue") else None
    _pieces(writer, standing_pieces(sources.progress, long_day(sources.until)))
    _pieces(writer, next_pieces(sources.progress, overdue))


def _pieces(writer: _Writer, pieces: Iterable[Piece]) -> None:
    for one in pieces:
        if one.heading:
            writer.heading(one.heading)
        writer.paragraph(*one.sentence)
        if one.rows:
            writer.table(one.head, one.rows)


# -- the summary
def _summary(writer: _Writer, sources: Sources) -> str:
    document = f"（{sources.doc_number}）" if sources.doc_number else ""
    writer.heading("基本情况")
    writer.paragraph(
        f"{sources.campaign}{document}自{long_day(sources.starts_on)}开始{extended_ever(sources.extended)}。本总结截至{long_day(sources.until)}。"
    )
    _papers_of_all(writer, sources)
    writer.heading("排查整治情况")
    _standing(writer, sources)
    if _some(sources.total, "found"):
        writer.paragraph("期间发现隐患 ", sources.total["found"], " 项含移送，销号 ", sources.total["closed"], " 次。")
    _whole_supervision(writer, sources)
    _by_unit(writer, sources)
    _plan(writer, sources)
    return _work(sources.campaign, "工作总结")


def _papers_of_all(writer: _Writer, sources: Sources) -> None:
    total = sources.total
    if not _some(total, "units"):
        return
    told: list[list[str | Said]] = [["方案下发到", total["units"], "个单位，子方案通过", total["plans"], "份"]]
    if _some(total, "tasks"):
        told.append(["分派任务", total["tasks"], "件，完成", total["tasks_done"], "件"])
    writer.paragraph(*_one_sentence(told))


def _whole_supervision(writer: _Writer, sources: Sources) -> None:
    total = sources.total
    found = [
        (name, words, unit)
        for name, words, unit in (
            ("led_visits", "领导带队检查", "次"),
            ("rounds", "开展督查", "次"),
            *LAST_RESORTS,
        )
        if _some(total, name)
    ]
    if found:
        writer.heading("督导问效情况")
        writer.paragraph(*_one_sentence([[words, total[name], unit] for name, words, unit in found]))


# -- the circular
def _circular(writer: _Writer, sources: Sources, *, praise: bool = False) -> str:
    document = f"（{sources.doc_number}）" if sources.doc_number else ""
    writer.add(BlockKind.ADDRESSEE, "各村（社区）、各有关部门：")
    writer.paragraph(f"按照{sources.campaign}{document}的要求，现将截至{long_day(sources.until)}的有关情况通报如下。")
    writer.heading("予以表扬的单位" if praise else "存在的问题")
    for one in sources.charges:
        writer.subheading(one.name)
        for sentence in one.sentences:
            writer.paragraph(*sentence, "。")
        if one.words.strip():
            writer.paragraph(one.words.strip())
    if not praise:
        writer.heading("有关要求")
        writer.paragraph(
            f"上述单位要对照存在的问题逐项改正，{due_words(sources.correct_days)}将改正情况书面报镇安委会办公室。"
        )
    about = f"表扬{sources.campaign}先进单位" if praise else f"{sources.campaign}有关问题"
    return f"{sources.issuer}关于{about}的通报"


# -- words
def _told(figures: Mapping[str, Said], name: str) -> bool:
    return name in figures and figures[name].amount is not None


def _some(figures: Mapping[str, Said], name: str) -> bool:
    return _told(figures, name) and bool(figures[name].amount)


def _none(figures: Mapping[str, Said], name: str) -> bool:
    return _told(figures, name) and not figures[name].amount


def _work(name: str, paper: str) -> str:
    """Return the title of a paper on a campaign, without saying 工作 twice."""
    return f"{name.removesuffix('工作')}{paper}"
