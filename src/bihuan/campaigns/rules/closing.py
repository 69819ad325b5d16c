"""The parts of a campaign's package that are read without us: tables, pages, and the index that opens all (R9.15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final
from urllib.parse import quote

from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.standing import Standing, name_of
from bihuan.campaigns.rules.supervision.text import Block, BlockKind, Cell, Figure, Ref
from bihuan.kernel.calendar import SHANGHAI

CLAUSE_HEAD: Final = ("编号", "要求", "责任单位", "状态", "指标", "数", "分子", "分母", "任务完成", "任务总数")
# What a package leaves out, and why. INNER: left out of the one for everybody who sees the town whole.
INNER: Final = (
    ("问责登记和它的留痕", "涉及个人，只有安监办和签发的领导可以看；他们取到的归档包里有。"),
    ("没有反馈的暗访和它发现的问题", "还没有告知被查单位；安监办和签发的领导取到的归档包里有。"),
)
NOBODYS: Final = (
    ("没有印发的动态和通报稿", "没有印发，不作数。"),
    ("免予通报的决定", "没有公开过，留在平台的留痕里。"),
)
FOLDERS: Final[Mapping[str, str]] = {
    "plan": "方案原件",
    "documents": "依据文件和延期文件",
    "sub_plans": "子方案",
    "tasks": "任务的佐证",
    "helps": "配合单位的佐证",
    "meetings": "会议材料",
    "decisions": "议定事项的材料",
    "problems": "重点问题的材料",
    "led_visits": "带队检查的材料",
    "studies": "学习培训的材料",
    "rounds": "督查材料",
    "findings": "督查问题的材料",
    "bulletin_units": "申辩和改正的材料",
    "interviews": "约谈记录",
    "cases": "问责材料",
}
SHOWN_INLINE: Final = 200  # rows of a clause table on the index
CONTENTS: Final = "00-目录.txt"  # first in the package, for who opens it without a browser
INDEX: Final = "00-目录.html"
SUMS: Final = "校验.sha256"  # of every file, for sha256sum -c
PAPERS: Final = "附件"
PAGES: Final = "动态总结和通报"
RETURNS: Final = "报表"
LONGEST_PART: Final = 60  # characters
STYLE: Final = (
    "body{font-family:serif;max-width:60em;margin:2em auto;padding:0 1em;line-height:1.7}"
    "table{border-collapse:collapse;width:100%;font-size:14px}"
    "td,th{border:1px solid #999;padding:4px 8px;text-align:left;vertical-align:top}th{white-space:nowrap}"
)
_UNSAFE: Final = frozenset('\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Table:
    """A register as a table. key: what programs know its file by; title: what it is, for people; said: the name of its
    file where that is not its title."""

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    said: str = ""

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.said or f"{part_of(self.title)}.csv"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the package. key: what programs know its file by."""

    key: str
    name: str
    title: str
    content: str


def moment(at: datetime | None) -> str:
    """Return a moment as the tables write it, in the time of China; "" for none."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def file_name(path: str) -> str:
    """Return a path in the package under a name that every system can unpack."""
    kept = "".join("_" if sign in _UNSAFE or ord(sign) < ord(" ") else sign for sign in path)
    return "/".join(part.strip(". ") or "_" for part in kept.split("/"))


def part_of(title: str) -> str:
    """Return a title as a part of a path, not too long for any system."""
    return file_name(title.replace("/", "／"))[:LONGEST_PART].strip(". ")


def clause_rows(frozen: Mapping[str, Any]) -> list[list[object]]:
    """Return the clauses of a closed campaign as a table, a row for each figure; each stands as the page says it."""
    rows: list[list[object]] = []
    for one in frozen["clauses"]:
        head = [one["label"], one["text"], "、".join(one["parties"]), name_of(Standing(one["standing"]), is_over=True)]
        tail = [one["tasks"][1], one["tasks"][0]]
        for figure in one["figures"] or [{"title": "", "text": "", "numerator": None, "denominator": None}]:
            amounts = [figure["title"], figure["text"], figure["numerator"], figure["denominator"]]
            rows.append([*head, *amounts, *tail])
    return rows


def index_page(
    campaign: CampaignView,
    frozen: Mapping[str, Any],
    tables: Sequence[Table],
    pages: Sequence[Page],
    files: Mapping[str, Sequence[tuple[str, str]]],
    *,
    left_out: Sequence[tuple[str, str]] = (),
    linked: str = "",
) -> str:
    """Return the page with which a package begins; it needs nothing but a browser, and opens every other part.

    files: by folder, the name and what it is. left_out: what is not in it, and why. linked: the campaign beside it.
    """
    outer = [(one.name, f"{one.title}（{len(one.rows)} 行）") for one in tables if "/" not in one.name]
    inner = [(one.name, f"{one.title}（{len(one.rows)} 行）") for one in tables if "/" in one.name]
    parts = [
        _facts(campaign, frozen, linked),
        f"<h2>登记和台账（表格，用 Excel 或 WPS 打开）</h2>{_links(outer)}",
    ]
    if inner:
        parts.append(f"<h2>报表的各版</h2>{_links(inner)}")
    if pages:
        parts.append(f"<h2>动态、总结和通报</h2>{_links([(one.name, one.title) for one in pages])}")
    parts += [f"<h2>{FOLDERS[folder]}</h2>{_links(files[folder])}" for folder in FOLDERS if files.get(folder)]
    parts.append(f"<h2>要求和指标</h2>{_table(CLAUSE_HEAD, clause_rows(frozen)[:SHOWN_INLINE])}")
    if left_out:
        parts.append(f"<h2>这个包里没有的</h2>{_table(('内容', '为什么'), left_out)}")
    parts.append(
        '<h2>核对</h2><p>每个文件的校验值（SHA-256）在 <a href="manifest.json">manifest.json</a> 里，'
        f'办法也写在里面；<a href="{quote(SUMS)}">{SUMS}</a> 供 sha256sum -c 一次核对全部文件。'
        "清单自己的校验值记在平台的留痕里。</p>"
    )
    return _document(campaign.title, "".join(parts))


def _facts(campaign: CampaignView, frozen: Mapping[str, Any], linked: str) -> str:
    named: dict[str, int] = {}
    for key, count in frozen["counts"].items():
        name = name_of(Standing(key), is_over=True)
        named[name] = named.get(name, 0) + count
    counts = "，".join(f"{name} {count} 条" for name, count in named.items())
    moved = f"（原定 {campaign.first_ends_on}）" if campaign.first_ends_on != campaign.ends_on else ""
    basis = "；".join(f"{one.get('title') or ''}{one.get('number') or ''}" for one in campaign.basis)
    left = len(frozen.get("handover", ()))
    facts = [
        ("发文", f"{campaign.issuing_body} {campaign.doc_number}".strip()),
        ("起止", f"{campaign.starts_on} 至 {campaign.ends_on}{moved}"),
        ("依据", basis),
        ("合并登记", f"与“{linked}”合并登记，各按自己的起止日期统计；那边登记的在那边的归档包里" if linked else ""),
        ("总结", str(frozen["summary"])),
        ("数字", f"截至 {frozen['on']}。要求 {len(frozen['clauses'])} 条：{counts}"),
        (
            "移交",
            f"没有销号的隐患 {len(frozen['open_hazards'])} 项、没有办完的事 {left} 件，转入日常管理",
        ),
    ]
    rows = "".join(f"<tr><th>{name}</th><td>{escape(text)}</td></tr>" for name, text in facts if text)
    return f"<table>{rows}</table>"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><tr>{top}</tr>{body}</table>"


def _links(files: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<li><a href="{quote(name)}">{escape(what)}</a></li>' for name, what in files)
    return f"<ul>{rows}</ul>"


def _document(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>"
    )


_TAGS: Final = {
    BlockKind.HEADING: "h2",
    BlockKind.SUBHEADING: "h3",
    BlockKind.ADDRESSEE: "p",
    BlockKind.PARAGRAPH: "p",
    BlockKind.SIGNATURE: "p",
}


def contents_list(
    title: str,
    tables: Sequence[Table],
    pages: Sequence[tuple[str, str]],
    files: Mapping[str, Sequence[tuple[str, str]]],
) -> bytes:
    """Return what lies in the package, file by file in Chinese, as a text that opens with a double click.

    pages: issued bulletins, by name and title. files: papers by folder, by name and what each is.
    """
    rows = [
        (INDEX, "目录页：用浏览器打开，从这里点开每一份"),
        *((one.name, one.title) for one in tables),
        *pages,
    ]
    rows += [one for kept in files.values() for one in kept]
    rows.append(("manifest.json", "每个文件的校验值，核对有没有改动用"))
    rows.append((SUMS, "同样的校验值，用 sha256sum -c 一次核对全部文件"))
    lines = [f"{title}：归档包里有什么", "", *(f"{what}    {name}" for name, what in rows)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def bulletin_page(
    title: str, blocks: Sequence[Block], figures: Mapping[str, Figure], typed: Sequence[Mapping[str, Any]]
) -> str:
    """Return a bulletin as a page, its figures as they were written, and what each of them means."""

    def words(cell: Cell) -> str:
        return "".join(figures[run.key].text if isinstance(run, Ref) else run for run in cell)

    body = []
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            head, *rows = [[words(cell) for cell in row] for row in block.rows] or [[]]
            body.append(_table(head, rows))
        else:
            tag = _TAGS[block.kind]
            body.append(f"<{tag}>{escape(words(block.runs))}</{tag}>")
    said = [[one.text, one.meaning, one.place, one.since, one.until] for one in figures.values()]
    if said:
        body.append(f"<h2>文中的数</h2>{_table(('数', '含义', '范围', '从', '到'), said)}")
    if typed:
        rows_typed = [[one["number"], one["why"], one["by"]] for one in typed]
        body.append(f"<h2>手写的数</h2>{_table(('数', '理由', '谁写的'), rows_typed)}")
    return _document(title, "".join(body))
