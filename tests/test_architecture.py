"""The arrows of the map, and what is never done (docs/architecture.md); a new arrow is a decision."""

import ast
import re
from typing import Final

import pytest

from tests.source import DOORS, PACKAGE, ROOT, Import, Source, calls, dotted, imports, rooms, sources, unguarded

GROUND: Final = frozenset({"documents", "standards", "orgs"})
EVERYWHERE: Final = frozenset({"trail", "kernel"})
ARROWS: Final[dict[str, frozenset[str]]] = {
    "kernel": frozenset(),
    "trail": frozenset(),
    "standards": frozenset(),
    "orgs": frozenset(),
    "documents": frozenset({"orgs"}),
    "enterprises": frozenset({"standards", "orgs"}),
    "hazards": GROUND | {"enterprises"},
    "intake": GROUND | {"hazards", "enterprises"},
    "stats": frozenset({"orgs", "standards"}),
    "campaigns": GROUND | {"enterprises", "hazards", "stats"},
    "desk": GROUND | {"enterprises", "hazards", "intake", "stats", "campaigns"},
    "web": GROUND | {"enterprises", "hazards", "intake", "stats", "campaigns", "desk"},
    "cli": GROUND | {"enterprises", "hazards", "intake", "stats", "campaigns", "desk"},
}
# What a room shows to others: its decisions, answers, acts and measures; trail also its base classes and values.
PUBLIC: Final = frozenset({"rules", "queries", "services", "measures"})
ALSO_PUBLIC: Final[dict[str, frozenset[str]]] = {
    "standards": frozenset({"data"}),  # read before Django by `bihuan determine`
    "trail": frozenset({"scoped", "bulk", "news", "fields", "packages", "replay", "startup"}),
    "intake": frozenset({"workbook", "rows"}),  # `bihuan intake FILE` reads without writing
    "campaigns": frozenset({"readers"}),  # and so does `bihuan read_plan FILE`
}
LIMIT: Final = 400  # lines of a file
TABLES: Final = {"tests/intake/make_workbooks.py"}  # rows of workbooks, one after the other

POSIX_MODULES: Final = frozenset(
    "crypt fcntl grp nis ossaudiodev posix pty pwd resource spwd syslog termios tty readline".split()
)
POSIX_NAMES: Final = frozenset(
    "os.chown os.chroot os.fork os.forkpty os.getegid os.geteuid os.getgid os.getgroups os.getloadavg os.getpgid "
    "os.getuid os.killpg os.lchown os.mkfifo os.nice os.posix_fadvise os.sched_getaffinity os.setpgid os.setsid "
    "os.setuid os.sync os.uname os.wait signal.SIGALRM signal.SIGCHLD signal.SIGHUP signal.SIGKILL signal.SIGPIPE "
    "signal.SIGQUIT signal.SIGUSR1 signal.SIGUSR2 signal.alarm signal.pause signal.setitimer signal.sigwait "
    "time.tzset".split()
)
CLOCKS: Final = frozenset(
    "now localdate localtime today utcnow time.time timezone.now timezone.localdate timezone.localtime datetime.now"
    " datetime.today datetime.utcnow date.today datetime.datetime.now datetime.date.today".split()
)
PLACES: Final = frozenset({"latitude", "longitude"})  # the only floats; never money, never area
TABLE_WORDS: Final = frozenset({"filter", "exclude", "annotate", "aggregate", "bulk_create", "select_related"})


def _ours() -> list[Source]:
    return [source for source in sources() if not source.is_migration]


def _between_rooms() -> list[Import]:
    return [one for one in imports() if one.room and one.room != one.source.room and one.source.room]


def _at(source: Source, node: ast.AST) -> str:
    return f"{source.shown}:{getattr(node, 'lineno', '?')}"


def test_given_the_map_when_rooms_are_listed_then_every_room_is_on_it() -> None:
    assert rooms() - {"config"} - set(ARROWS) == frozenset()


def test_given_two_rooms_when_one_imports_the_other_then_the_map_has_that_arrow() -> None:
    stray = [
        str(one)
        for one in _between_rooms()
        if one.source.room != "config" and one.room not in ARROWS[one.source.room] | EVERYWHERE
    ]

    assert stray == []


def test_given_the_fuse_box_when_rooms_import_then_none_imports_config() -> None:
    assert [str(one) for one in _between_rooms() if one.room == "config"] == []


def test_given_a_room_when_others_import_it_then_only_what_it_shows() -> None:
    hidden = [
        str(one)
        for one in _between_rooms()
        if one.room not in {"kernel", "config"}
        and one.source.room not in {"config"}
        and one.room not in DOORS | {"desk"}
        and [*one.target.split("."), ""][2] not in PUBLIC | ALSO_PUBLIC.get(one.room, frozenset())
    ]

    assert hidden == []


def test_given_models_when_imported_then_only_by_their_own_room() -> None:
    tables = [str(one) for one in _between_rooms() if "models" in one.target.split(".")]

    assert tables == []


def test_given_any_system_when_code_is_loaded_then_no_posix_only_module_stands_in_the_way() -> None:
    found = []
    for source in sources():
        for node in unguarded(source.tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{_at(source, node)} {name}" for name in names if name.split(".")[0] in POSIX_MODULES]
            if isinstance(node, ast.Attribute) and dotted(node) in POSIX_NAMES:
                found.append(f"{_at(source, node)} {dotted(node)}")

    assert found == []


def test_given_the_clock_when_below_a_door_then_nobody_reads_it() -> None:
    readers = [
        f"{_at(source, node)} {name}"
        for source in _ours()
        if source.room not in DOORS | {"config"}
        for name, node in calls(source.tree)
        if name in CLOCKS and not (name.endswith("localtime") and node.args)
    ]
    stamped = [
        f"{_at(source, node)} {keyword.arg}"
        for source in _ours()
        for _, node in calls(source.tree)
        for keyword in node.keywords
        if keyword.arg in {"auto_now", "auto_now_add"}
    ]

    assert readers + stamped == []


def test_given_an_error_when_caught_then_it_is_named() -> None:
    broad = [
        _at(source, node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & {dotted(part) for part in ast.walk(node.type)})
    ]

    assert broad == []


def test_given_a_door_when_it_wants_rows_then_it_asks_a_room() -> None:
    reaching = [
        f"{_at(source, node)} .{node.attr}"
        for source in _ours()
        if source.room in DOORS | {"desk"}
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and (node.attr == "objects" or node.attr in TABLE_WORDS)
        and dotted(node.value) not in {"register", "template.Library", "re"}
    ]
    tables = [
        f"{_at(source, node)} {name}"
        for source in _ours()
        for name, node in calls(source.tree)
        if name.split(".")[-1] in {"get_user_model", "get_model"} and source.room != "orgs"
    ]

    assert reaching + tables == []


def test_given_business_when_something_happens_then_no_database_signal_carries_it() -> None:
    signals = [
        _at(source, node)
        for source in _ours()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals"
    ]

    assert signals == []


def test_given_a_column_when_declared_then_no_float_and_no_generic_key() -> None:
    wrong = [
        f"{_at(source, node)} {target} {name}"
        for source in _ours()
        for target, name, node in _columns(source)
        if name in {"GenericForeignKey", "GenericRelation"} or (name == "FloatField" and target not in PLACES)
    ]

    assert wrong == []


def _columns(source: Source) -> list[tuple[str, str, ast.AST]]:
    return [
        (dotted(node.targets[0]), dotted(node.value.func).split(".")[-1], node)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
    ]


@pytest.mark.parametrize("folder", ["src", "tests", "tools"])
def test_given_a_file_when_it_grows_beyond_the_limit_then_it_becomes_a_package(folder: str) -> None:
    long = {
        file.relative_to(ROOT).as_posix(): lines
        for file in (ROOT / folder).rglob("*.py")
        if "migrations" not in file.parts
        and file.relative_to(ROOT).as_posix() not in TABLES
        and (lines := len(file.read_text(encoding="utf-8").splitlines())) > LIMIT
    }

    assert long == {}


def test_given_a_file_name_when_it_says_nothing_then_it_is_refused() -> None:
    nameless = [
        source.shown
        for source in sources()
        if source.path.stem in {"utils", "helpers", "common", "managers", "misc", "tools"}
    ]

    assert nameless == []


def test_given_a_silenced_warning_when_read_then_it_names_its_code_and_its_reason() -> None:
    bare = []
    for source in sources():
        for number, line in enumerate(source.path.read_text(encoding="utf-8").splitlines(), start=1):
            comment = re.search(r"#\s*(noqa|type: ignore)(.*)$", line)
            if comment and not re.match(r"(: ?[A-Z0-9, ]+|\[[a-z, -]+\]) +(-- |# )\S", comment[2]):
                bare.append(f"{source.shown}:{number} {comment[0]}")

    assert bare == []


def test_given_a_to_do_when_left_in_the_code_then_it_is_an_issue_instead() -> None:
    left = [
        f"{source.shown}:{number}"
        for source in sources()
        for number, line in enumerate(source.path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"#.*\b(TODO|FIXME|XXX)\b", line)
    ]

    assert left == []


def test_given_a_migration_when_made_then_it_has_a_name() -> None:
    nameless = [source.shown for source in sources() if re.search(r"\d{4}_(auto|alter)_", source.path.name)]

    assert nameless == []


def test_given_a_test_when_named_then_it_says_given_when_then() -> None:
    odd = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = node.name if isinstance(node, ast.FunctionDef) else ""
            if name.startswith("test_") and not re.fullmatch(
                r"test_(given_.+_when_.+_then|law_l\d+|rule_r\d+_\d+)_.+", name
            ):
                odd.append(f"{file.relative_to(ROOT)}::{name}")

    assert odd == []


def test_given_the_package_when_listed_then_only_rooms_lie_in_it() -> None:
    stray = sorted(path.name for path in PACKAGE.iterdir() if path.is_file() and path.suffix != ".py")

    assert stray == []


def test_given_a_folder_with_code_when_packed_then_it_is_a_package() -> None:
    folders = {source.path.parent for source in sources()}

    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
