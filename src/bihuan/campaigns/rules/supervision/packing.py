"""The contents of a sealed pack, and its index as a page that a browser opens without us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A paper in a pack. name: inside the pack; what: what it is for people; file_id: of the evidence file."""

    name: str
    what: str
    file_id: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack holds. facts: of the case; events, figures: rows of texts, their heads first."""

    title: str
    town: str
    on: str
    made_at: str
    made_by: str
    facts: Sequence[tuple[str, str]]
    events: Sequence[Sequence[str]] = ()
    figures: Sequence[Sequence[str]] = ()
    files: Sequence[PackedFile] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept, and as `manifest.json` says it (but for the hashes of the texts)."""
        return {
            "title": self.title,
            "town": self.town,
            "on": self.on,
            "made_at": self.made_at,
            "made_by": self.made_by,
            "facts": [list(one) for one in self.facts],
            "events": [list(one) for one in self.events],
            "figures": [list(one) for one in self.figures],
            "files": [
                {
                    "name": one.name,
                    "what": one.what,
                    "file_id": one.file_id,
                    "sha256": one.sha256,
                    "size": one.size,
                }
                for one in self.files
            ],
        }


def contents_of(kept: Mapping[str, Any]) -> Contents:
    """Return the contents from what is kept."""
    files = tuple(PackedFile(**one) for one in kept["files"])
    return Contents(**{**kept, "facts": [(name, text) for name, text in kept["facts"]], "files": files})


_STYLE: Final = (
    "body{font:15px/1.7 sans-serif;max-width:960px;margin:24px auto;padding:0 16px;color:#222}"
    "table{border-collapse:collapse;width:100%;margin:8px 0 24px}th,td{border:1px solid #bbb;padding:4px 8px;"
    "text-align:left;vertical-align:top;word-break:break-all}th{background:#f3f3f3}code{font-size:12px}"
)


def index_page(one: Contents) -> str:
    """Return the index: facts, events, figures as of the day, and every paper with its hash."""
    files = [["文件", "说明", "大小（字节）", "SHA-256"]]
    rows = [[paper.name, paper.what, str(paper.size), paper.sha256] for paper in one.files]
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(one.title)}</title><style>{_STYLE}</style></head><body><h1>{escape(one.title)}</h1>"
        f"<p>{escape(one.town)}。数据截至 {escape(one.on)}，{escape(one.made_at)} 由{escape(one.made_by)}封存。"
        "每个文件的 SHA-256 也写在 manifest.json 里，用任何工具都能核对。</p>"
        f"<h2>基本情况</h2>{_table([['项目', '内容'], *map(list, one.facts)])}"
        f"<h2>留痕</h2>{_table(one.events)}<h2>当日数据</h2>{_table(one.figures)}"
        f"<h2>材料</h2>{_table([*files, *rows], linked=True)}</body></html>"
    )


def _table(rows: Sequence[Sequence[str]], *, linked: bool = False) -> str:
    if not rows:
        return "<p>没有。</p>"
    head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
    body = "".join(f"<tr>{_cells(row, linked=linked)}</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Sequence[str], *, linked: bool) -> str:
    cells = [f"<td>{escape(cell)}</td>" for cell in row]
    if linked:
        cells[0] = f'<td><a href="{escape(row[0])}">{escape(row[0])}</a></td>'
    return "".join(cells)
