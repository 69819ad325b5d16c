from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from bihuan.trail.startup import UnsafeDatabase, check_database, network_system, problems, system_check
from tests.trail.lifting import triggers_lifted

pytestmark = pytest.mark.django_db

SAFE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"


def sentences(path: Path, *, mode: str | None = "IMMEDIATE", init_command: str = SAFE) -> list[str]:
    options: dict[str, Any] = {"init_command": init_command}
    if mode:
        options["transaction_mode"] = mode
    handler = ConnectionHandler(
        {"default": {"ENGINE": "bihuan.config.sqlite", "NAME": str(path / "t.sqlite3"), "OPTIONS": options}}
    )
    with closing(handler["default"]):
        return list(problems(handler["default"], serving=False))


def test_given_our_own_settings_when_checked_then_nothing_is_wrong(tmp_path: Path) -> None:
    assert sentences(tmp_path) == []


@pytest.mark.parametrize(
    ("unsafe", "named"),
    [
        ("PRAGMA journal_mode=DELETE", "journal_mode is delete"),
        ("PRAGMA journal_mode=MEMORY", "journal_mode is memory"),
        ("PRAGMA synchronous=NORMAL", "synchronous is 1"),
        ("PRAGMA synchronous=OFF", "synchronous is 0"),
        ("PRAGMA foreign_keys=OFF", "foreign_keys is 0"),
        ("PRAGMA recursive_triggers=OFF", "recursive_triggers is 0"),
    ],
)
def test_given_an_unsafe_pragma_when_checked_then_one_sentence_names_it_and_what_to_set(
    tmp_path: Path, unsafe: str, named: str
) -> None:
    found = sentences(tmp_path, init_command=f"{SAFE}; {unsafe}")

    assert len(found) == 1
    assert named in found[0]
    assert f"set PRAGMA {named.split()[0]}=" in found[0]


@pytest.mark.parametrize("mode", ["DEFERRED", None])
def test_given_deferred_transactions_when_checked_then_they_are_refused(tmp_path: Path, mode: str | None) -> None:
    found = sentences(tmp_path, mode=mode)

    assert len(found) == 1
    assert "transaction_mode is DEFERRED" in found[0]


def test_given_mounts_when_asked_then_the_longest_one_decides(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("dev / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0\ndev /srv/local ext4 rw 0 0\n", encoding="utf-8")

    asked = [network_system(Path(path), mounts) for path in ("/a/b", "/srv/b", "/srv/local/b", "/srvb")]

    assert asked == ["", "nfs4", "", ""]
    assert network_system(Path("/a"), tmp_path / "none") == ""


def test_given_a_migrated_database_when_started_then_it_may_serve() -> None:
    check_database()

    assert system_check(databases=["default"]) == []


def test_given_lost_triggers_when_started_then_it_is_refused() -> None:
    with triggers_lifted(connection), pytest.raises(UnsafeDatabase, match="triggers of trail_event, "):
        check_database()

    check_database()
