"""A backup taken under load restores and verifies; a bad archive changes nothing."""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from bihuan.trail.archive import BadArchive, unpack, writing
from tests.migrated import migrated_file

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys, django; django.setup()
from datetime import UTC, datetime
from pathlib import Path
from django.db import transaction
from bihuan.trail.services import keep_file, record
from tests.trail.people import ONE, TOWN
from tests.trail.pictures import photo
from tests.trail.test_record import FULL
stop, number = Path(sys.argv[1]), 0
while not stop.exists():
    number += 1
    with transaction.atomic():
        record([FULL] * 5, actor=ONE, now=datetime.now(UTC))
    keep_file(name="x.jpg", content=photo(number, size=(64, 48)), town_id=TOWN, actor=ONE, now=datetime.now(UTC))
    if number == 5:
        print("busy", flush=True)
"""


def empty_database(home: Path) -> str:
    """Return the address of a new, empty database."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{home / 'bihuan.sqlite3'}"
    name = f"test_{home.name}"
    given = connection.settings_dict
    with psycopg.connect(
        host=given["HOST"], port=given["PORT"], user=given["USER"], password=given["PASSWORD"], dbname="postgres"
    ) as server:
        server.autocommit = True
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    return f"postgresql://{given['USER']}@{given['HOST']}:{given['PORT']}/{name}"


class Installation:
    """A HOME and a database of its own (of the kind that the tests run on), driven by the command line."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir()
        self.environment = os.environ | {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "BIHUAN_HOME": str(home),
            "BIHUAN_DATABASE": empty_database(home),
            "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
        }

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "bihuan.cli.main", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def writer(self, stop: Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", WRITER, str(stop)], env=self.environment, stdout=subprocess.PIPE, text=True
        )


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Installation]:
    """Be an installation in which somebody writes all the time."""
    installation = Installation(tmp_path / "home")
    (installation.home / "secret.key").write_text("k", encoding="ascii")
    migrated_file(installation.home)  # a slow test, and so on SQLite
    stop = tmp_path / "stop"
    with installation.writer(stop) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "busy\n"
        yield installation
        stop.touch()
        assert writer.wait(60) == 0


@pytest.mark.slow
def test_given_a_busy_town_when_backed_up_then_the_backup_restores_elsewhere_and_the_trail_holds(
    busy: Installation, tmp_path: Path
) -> None:
    archive = tmp_path / "backup.tar.gz"
    sealed = busy.run("seal_trail")
    backed_up = busy.run("backup", str(archive))
    again = busy.run("backup", str(archive))
    elsewhere = Installation(tmp_path / "elsewhere")

    restored = elsewhere.run("restore", str(archive))

    assert (sealed.returncode, backed_up.returncode, backed_up.stderr) == (0, 0, "")
    assert (again.returncode, "already there" in again.stderr) == (1, True)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "The trail holds" in restored.stdout
    assert (elsewhere.home / "secret.key").read_text(encoding="ascii") == "k"
    assert [path.name for path in (elsewhere.home / "seals").iterdir()] == [
        path.name for path in (busy.home / "seals").iterdir()
    ]
    refused = elsewhere.run("restore", str(archive))
    assert (refused.returncode, "say --replace" in refused.stderr) == (1, True)
    replaced = elsewhere.run("restore", str(archive), "--replace")
    assert replaced.returncode == 0
    assert (elsewhere.home / "files.before-restore-1").is_dir()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a small archive that is well made."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("one", encoding="utf-8")
    (tmp_path / "in" / ".part-b").write_text("half", encoding="utf-8")
    target = tmp_path / "backup.tar"
    with writing(target, {"vendor": "sqlite"}) as made:
        made.add_tree(tmp_path / "in", "files")
    return target


def test_given_an_archive_when_unpacked_then_its_facts_and_files_are_there_and_halves_are_not(
    archive: Path, tmp_path: Path
) -> None:
    manifest = unpack(archive, tmp_path / "out")

    assert (manifest["vendor"], list(manifest["members"])) == ("sqlite", ["files/a"])
    assert (tmp_path / "out" / "files" / "a").read_text(encoding="utf-8") == "one"


def test_given_an_archive_when_it_was_cut_off_or_changed_then_it_is_refused(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    cut, changed, foreign = tmp_path / "cut.tar", tmp_path / "changed.tar", tmp_path / "foreign.tar"
    cut.write_bytes(whole[:700])
    changed.write_bytes(whole.replace(b"one", b"two"))
    foreign.write_bytes(b"no archive at all")

    with pytest.raises(BadArchive, match=r"cannot be read|manifest is missing"):
        unpack(cut, tmp_path / "1")
    with pytest.raises(BadArchive, match="files/a was changed"):
        unpack(changed, tmp_path / "2")
    with pytest.raises(BadArchive, match="cannot be read"):
        unpack(foreign, tmp_path / "3")


@pytest.mark.parametrize("name", ["../out", "/etc/x", "a/../../b", "a\\b"])
def test_given_an_archive_that_reaches_outside_when_unpacked_then_it_is_refused(tmp_path: Path, name: str) -> None:
    source = tmp_path / "bad.tar"
    with tarfile.open(source, "w") as tar:
        info = tarfile.TarInfo(name)
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
        manifest = json.dumps({"format": "bihuan-backup-1", "members": {}}).encode()
        last = tarfile.TarInfo("manifest.json")
        last.size = len(manifest)
        tar.addfile(last, io.BytesIO(manifest))

    with pytest.raises(BadArchive, match="no backup of ours"):
        unpack(source, tmp_path / "out")


def test_given_a_failure_when_an_archive_is_written_then_no_half_one_is_left(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing(tmp_path / "backup.tar", {}) as made:
        made.add(tmp_path / "nowhere", "x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    ["backup x.tar", "verify_trail", "seal_trail", "tick", "rebuild_stats", "work --once", "load_reference_data"],
)
@pytest.mark.parametrize("is_there", [False, True])
def test_given_no_database_of_ours_when_a_command_needs_one_then_it_is_refused_with_one_sentence(
    command: str,
    is_there: bool,  # noqa: FBT001 -- a test parameter
    tmp_path: Path,
) -> None:
    file = tmp_path / "home" / "bihuan.sqlite3"
    if is_there:
        file.parent.mkdir()
        file.touch()
    settings = {
        "PYTHONPATH": str(ROOT / "src"),
        "BIHUAN_HOME": str(file.parent),
        "BIHUAN_DATABASE": f"sqlite:///{file}",
    }

    done = subprocess.run(
        [sys.executable, "-m", "bihuan.cli.main", *command.split()],
        env=os.environ | settings,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    says = f"The database {file} has no tables of ours." if is_there else f"There is no database at {file}."
    begin = "Begin with `bihuan up` or `bihuan init`, or set BIHUAN_HOME to where the product runs."
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"CommandError: {says} {begin}\n")
    assert [one.name for one in tmp_path.iterdir()] == (["home"] if is_there else [])
