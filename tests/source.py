"""The code base as data, for the tests that test it: files, imports, calls, and what guards them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "src" / "bihuan"
DOORS: Final = frozenset({"web", "cli"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file of ours. module: dotted name; room: the first name under `bihuan`, "" for the package itself."""

    path: Path
    module: str
    room: str
    tree: ast.Module

    @property
    def shown(self) -> str:
        """Return the path as people write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def is_migration(self) -> bool:
        """Tell whether this is a migration, which has habits of its own."""
        return "migrations" in self.path.parts


@dataclass(frozen=True, slots=True)
class Import:
    """One import of one of our modules by another."""

    source: Source
    line: int
    target: str

    @property
    def room(self) -> str:
        """Return the room that is imported from."""
        return [*self.target.split("."), ""][1]

    def __str__(self) -> str:
        """Name the place and the target."""
        return f"{self.source.shown}:{self.line} imports {self.target}"


@cache
def sources() -> tuple[Source, ...]:
    """Return every Python file of the package, parsed once."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        names = parts[:-1] if parts[-1] == "__init__" else parts
        room = parts[0] if len(parts) > 1 else ""
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        found.append(Source(path, ".".join(("bihuan", *names)), room, tree))
    return tuple(found)


@cache
def rooms() -> frozenset[str]:
    """Return the rooms that have code."""
    return frozenset(source.room for source in sources() if source.room)


@cache
def modules() -> frozenset[str]:
    """Return the dotted names of all our modules."""
    return frozenset(source.module for source in sources())


@cache
def imports() -> tuple[Import, ...]:
    """Return every import of ours by ours; `from a import b` counts as a.b where that is a module."""
    found = []
    for source in sources():
        for node in ast.walk(source.tree):
            for target in _targets(node):
                if target == "bihuan" or target.startswith("bihuan."):
                    found.append(Import(source, getattr(node, "lineno", 0), target))
    return tuple(found)


def _targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        return [name if name in modules() else node.module for name in whole]
    return []


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with its dotted name, such as ("timezone.now", node); "" where the callee has no plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a chain of plain names, with "…" for anything in front that is not one."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value) or '…'}.{node.attr}"
    return ""


def unguarded(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes that run on every system: not inside `if sys.platform …`, `if os.name …`, `hasattr`, or `try`."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Try) and any(_names_import_error(handler) for handler in node.handlers):
            continue
        if isinstance(node, (ast.If, ast.IfExp)) and _asks_for_the_system(node.test):
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def _names_import_error(handler: ast.ExceptHandler) -> bool:
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else set()
    return bool(names & {"ImportError", "ModuleNotFoundError"})


def _asks_for_the_system(test: ast.AST) -> bool:
    asked = {dotted(node) for node in ast.walk(test)}
    return bool(asked & {"sys.platform", "os.name", "hasattr", "TYPE_CHECKING"})


def strings(tree: ast.AST) -> Iterator[str]:
    """Yield every string of a file; the fixed parts of an f-string are joined by "*"."""
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside.update(node.values)
            parts = [str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values]
            yield "".join(parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inside:
            yield node.value
