"""Write the generated parts of the documents, between `<!-- generated: NAME -->` and `<!-- end -->`.

Usage: .venv/bin/python tools/docs.py [--check]
With --check nothing is written; the files that are out of date are named and the exit code is 1.
"""

import ast
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "bihuan"
CITED = re.compile(r"\b(L(?:1[0-3]|[1-9])|R\d{1,2}\.\d{1,2}[a-z]?)\b")
BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> int:
    """Bring every generated part up to date, or say which are not."""
    stale = []
    for file in sorted(DOCS.rglob("*.md")):
        old = file.read_text(encoding="utf-8")
        new = filled(old)
        if new != old:
            stale.append(file)
    if "--check" in sys.argv[1:]:
        for file in stale:
            print(f"{file.relative_to(ROOT)} is out of date: run tools/docs.py")
        return 1 if stale else 0
    for file in stale:
        file.write_text(filled(file.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"wrote {file.relative_to(ROOT)}")
    return 0


def filled(text: str) -> str:
    """Return a document with its generated parts made anew."""
    return BLOCK.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}{found[3]}", text)


def cited() -> dict[str, list[str]]:
    """Return every rule number that the code cites, with the files that cite it, in the order of the register."""
    found: dict[str, set[str]] = {}
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix not in {".py", ".html"} or "migrations" in file.parts or "built" in file.parts:
            continue
        for number in CITED.findall(file.read_text(encoding="utf-8")):
            found.setdefault(number, set()).add(file.relative_to(PACKAGE).as_posix())
    return {number: sorted(found[number]) for number in sorted(found, key=_in_order)}


def _in_order(number: str) -> tuple[str, int, int, str]:
    parts = re.fullmatch(r"([LR])(\d+)(?:\.(\d+)([a-z]?))?", number)
    if parts is None:
        raise ValueError(number)
    return parts[1], int(parts[2]), int(parts[3] or 0), parts[4] or ""


def _rules() -> str:
    rows = [f"| {number} | {', '.join(f'`{file}`' for file in files)} |" for number, files in cited().items()]
    return "\n".join(["| No. | cited in |", "|---|---|", *rows]) + "\n"


def _decisions() -> str:
    files = sorted((DOCS / "adr").glob("[0-9]*.md"))
    titles = [(file.name, file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")) for file in files]
    return "".join(f"- [{title}]({name})\n" for name, title in titles)


def _commands() -> str:
    rows = []
    for file in sorted((PACKAGE / "cli" / "management" / "commands").glob("[a-z]*.py")):
        doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        rows.append(f"| `bihuan {file.stem}` | {doc.partition(chr(10))[0]} |")
    return "\n".join(["| command | what it does |", "|---|---|", *rows]) + "\n"


def _loop() -> str:
    """Return the drawing of the life cycle; `hazards.rules` draws it from its table."""
    sys.path.insert(0, str(PACKAGE.parent))
    try:
        from bihuan.hazards.rules import drawing
    except ImportError:
        return ""
    return f"```mermaid\n{drawing.mermaid().strip()}\n```\n"


def _listing() -> str:
    """Return the drawing of a listing order's life cycle."""
    sys.path.insert(0, str(PACKAGE.parent))
    from bihuan.hazards.rules import drawing

    return f"```mermaid\n{drawing.listing_mermaid().strip()}\n```\n"


def _acts() -> str:
    """Return the table of acts."""
    sys.path.insert(0, str(PACKAGE.parent))
    from bihuan.hazards.rules import drawing

    return drawing.table()


def _campaign() -> str:
    from bihuan.campaigns.rules.life import ACT_NAMES, STATE_NAMES, STEPS
    from bihuan.kernel.roles import ROLE_NAMES, Role

    lines = ["| act | from | to | who | rule |", "|---|---|---|---|---|"]
    for step in STEPS:
        before = "、".join(STATE_NAMES[state] for state in step.frm)
        after = STATE_NAMES[step.to] if step.to is not None else "—"
        who = "、".join(ROLE_NAMES[role] for role in Role if role in step.by)
        lines.append(f"| {ACT_NAMES[step.act]} | {before} | {after} | {who} | {step.rule} |")
    return "\n".join(lines) + "\n"


def _event_kinds() -> str:
    sys.path.insert(0, str(PACKAGE.parent))
    from bihuan.hazards.rules.acts import WORDS, Act, event_kind

    rows = [f"| `{event_kind(act)}` | {WORDS[act].title} |" for act in Act]
    return "\n".join(["| kind | act |", "|---|---|", *rows]) + "\n"


def _indicators() -> str:
    """Return the catalogue of indicators with what is measured today; the registry needs the rooms to be loaded."""
    sys.path.insert(0, str(PACKAGE.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    os.environ.setdefault("BIHUAN_HOME", tempfile.gettempdir())
    import django

    django.setup()
    from bihuan.campaigns.queries import known_names, summary
    from bihuan.campaigns.rules.catalogue import CATALOGUE, rooms_of

    known, tally = known_names(), summary()
    said = ", ".join(f"{number} {state}" for state, number in tally.figures.items())
    clauses = ", ".join(f"{number} {state}" for state, number in tally.clauses.items())
    rows = [f"Figures: {said}. Clauses: {clauses}, {tally.partly} in part.", ""]
    rows += ["| key | 指标 | clauses | numerator / denominator | target | source | state |", "|---" * 7 + "|"]
    for one in CATALOGUE:
        waits = ", ".join(f"`{name}`" for name in rooms_of(one.missing(known)))
        terms = " / ".join(f"{term.meaning} ({_names(term.parts)})" for term in one.terms()) or one.why_not
        target = one.target.text + "*" * one.target.own if one.target else ""
        state = f"{one.state(known)} {waits}".strip()
        cells = (f"`{one.key}`", one.title, " ".join(one.clauses), terms, target, one.source, state)
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _names(parts: Iterable[tuple[str, str, int, bool]]) -> str:
    return " ".join(
        ("−" if sign < 0 else "") + name + (f"@{level}" if level else "") + (":before" if before else "")
        for name, level, sign, before in parts
    )


PARTS: dict[str, Callable[[], str]] = {
    "events": _event_kinds,
    "rules": _rules,
    "adr": _decisions,
    "commands": _commands,
    "campaign": _campaign,
    "loop": _loop,
    "listing": _listing,
    "acts": _acts,
    "indicators": _indicators,
}

if __name__ == "__main__":
    sys.exit(main())
