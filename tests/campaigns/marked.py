"""Plans marked by hand: takes the marks off, and makes the plan as a file and its gold (marked/README.md).

Usage: python -m tests.campaigns.marked   (from the root; writes plans/ and gold/ that are missing or out of date)
"""

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from docx import Document

HERE: Final = Path(__file__).resolve().parent
MARKED: Final = HERE / "marked"
PLANS: Final = HERE / "plans"
GOLD: Final = HERE / "gold"
_MARK: Final = re.compile(
    r"\{(?:h(?P<level>\d)\|(?P<number>[^|}]*)\||c\|(?P<parties>[^|]*)\|(?P<keys>[^|]*)\||g\|)(?P<text>[^}]*)\}"
)
PAGE_WIDTH: Final = 28  # characters of a line of an A4 page
_HALF: Final = str.maketrans("，：；（）", ",:;()")
_WIDE_DIGITS: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_KEYS: Final = {"d": "deadline", "t": "deadline_text", "f": "frequency", "o": "deliverable"}


@dataclass
class Marked:
    """One plan: its head, its paragraphs without marks, and what the marks say."""

    head: dict[str, Any]
    paragraphs: list[str | list[str]] = field(default_factory=list)
    headings: list[dict[str, Any]] = field(default_factory=list)
    clauses: list[dict[str, Any]] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    path: list[tuple[int, str]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """Where the plan itself lies."""
        return PLANS / self.head["file"]

    def gold(self) -> dict[str, Any]:
        """Return what the reader should find."""
        head = self.head
        start, end, start_text, end_text = head["period"]
        issued = head["issue_date"]
        return {
            "file": head["file"],
            "title": head["title"],
            "doc_number": head["doc_number"],
            "issuing_body": head["issuing_body"],
            "issue_date": str(issued) if issued else None,
            "basis": [{"title": title, "number": number} for title, number in head["basis"]],
            "period": {"start": _day(start), "end": _day(end), "start_text": start_text, "end_text": end_text},
            "goals": self.goals,
            "headings": self.headings,
            "clauses": self.clauses,
            "reporting": [{"what": what, "to": to, "when": when} for what, to, when in head["reporting"]],
            "leading_group": head["group"],
        }


def _day(value: object) -> str | None:
    return str(value) if value else None


def read_marked(path: Path) -> Marked:
    """Read one marked plan."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    plan = Marked(yaml.safe_load(head))
    for line in body.rstrip("\n").split("\n"):
        plain = _MARK.sub(lambda found: _take(plan, found), line)
        plan.paragraphs.append(plain.split("¦")[1:] if plain.startswith("¦") else plain)
    return plan


def _take(plan: Marked, found: re.Match[str]) -> str:
    text = found["text"]
    if found["level"]:
        level = int(found["level"])
        plan.path = [one for one in plan.path if one[0] < level] + [(level, found["number"])]
        plan.headings.append({"level": level, "number": found["number"], "text": text})
        return _numbered(found["number"], text)
    if found["parties"] is None:
        plan.goals.append(text)
        return text
    names = found["parties"]
    clause: dict[str, Any] = {
        "section": "".join(number for _, number in plan.path),
        "text": text,
        "parties": _names(names.lstrip("~")),
        "parties_implied": names.startswith("~"),
        **dict.fromkeys(_KEYS.values()),
    }
    for pair in filter(None, found["keys"].split(";")):
        key, _, value = pair.partition("=")
        clause[_KEYS[key]] = value
    plan.clauses.append(clause)
    return text


def _names(text: str) -> list[str]:
    """Split a list of names; 各县（市、区） is one, and so is what a mark writes with a small stroke (市､县级部门)."""
    return [
        name.replace("､", "、")
        for name in re.split(r"、(?![^（〔]*[）〕])(?!(?:储存|经营|使用|运输)企业)", text)
        if name
    ]


def _numbered(number: str, text: str) -> str:
    if not number:
        return text
    if number[-1:] in "）)、.．，条章要是段" or number in "①②③④⑤⑥⑦⑧⑨":
        return number + text
    if re.fullmatch(r"\d+(\.\d+)+", number):
        return f"{number} {text}"
    return f"{number}．{text}" if number.isdigit() else f"{number}、{text}"


def write_plan(plan: Marked) -> None:
    """Write the plan as its file; .pdf needs Chromium, and is only made when it is missing."""
    if plan.head.get("keep"):
        return
    if plan.file.suffix == ".docx":
        _write_docx(plan)
    elif plan.file.suffix == ".pdf":
        _write_pdf(plan)
    else:
        plan.file.write_bytes(as_text(plan))


def as_text(plan: Marked) -> bytes:
    """Return a plan as its .txt file, dirty as its head asks."""
    dirty = plan.head.get("dirty", [])
    lines = [_line(one) for one in plan.paragraphs]
    if "wrap" in dirty:
        lines = [part for at, line in enumerate(lines) for part in _wrapped(line, at)]
    text = "\n".join(lines) + "\n"
    if "half" in dirty:
        text = text.translate(_HALF)
    if "digits" in dirty:
        text = text.translate(_WIDE_DIGITS)
    if "oneline" in dirty:
        text = "\u3000\u3000" + text.replace("\n", "\n\n\u3000\u3000")
    return text.encode("gb18030" if "gb18030" in dirty else "utf-8")


def _wrapped(line: str, at: int) -> list[str]:
    """Break a line as a page does, with a page's number in each sixth paragraph."""
    cut = [line[start : start + PAGE_WIDTH] for start in range(0, len(line), PAGE_WIDTH)] or [""]
    return [*cut[:1], f"— {at // 6} —", *cut[1:]] if at and at % 6 == 0 else cut


def _line(paragraph: str | list[str]) -> str:
    return paragraph if isinstance(paragraph, str) else "\t".join(paragraph)


def _write_docx(plan: Marked) -> None:
    made = Document()
    rows: list[list[str]] = []
    for paragraph in [*plan.paragraphs, ""]:
        if isinstance(paragraph, list):
            rows.append(paragraph)
            continue
        if rows:
            table = made.add_table(rows=len(rows), cols=len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            rows = []
        if paragraph:
            made.add_paragraph(paragraph)
    made.save(str(plan.file))


def _write_pdf(plan: Marked) -> None:
    from playwright.sync_api import sync_playwright  # only where a .pdf is made anew

    lines = "".join(f"<p>{_line(one)}</p>" for one in plan.paragraphs)
    page_css = "body{font:16pt/1.8 serif} p{margin:0;text-indent:2em}"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(f"<!doctype html><meta charset=utf-8><style>{page_css}</style>{lines}")
        page.pdf(path=str(plan.file), format="A4")
        browser.close()


def main() -> None:
    """Make every plan and its gold."""
    for path in sorted(MARKED.glob("*.plan")):
        plan = read_marked(path)
        if plan.file.suffix == ".txt" or not plan.file.exists():
            write_plan(plan)
        text = json.dumps(plan.gold(), ensure_ascii=False, indent=1) + "\n"
        (GOLD / f"{path.stem}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
