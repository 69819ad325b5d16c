"""`bihuan up` as an operator meets it: started, interrupted, refused."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bihuan.stats.rules import SHAPE
from tests.first import folder_of_run, made_first
from tests.servers import bihuan, copied, environment, free_port, serve

pytestmark = pytest.mark.slow
POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="sends signals as a terminal does")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of an empty town, ready to serve; copy it, since all workers of a run share it."""
    folder = folder_of_run() or tmp_path_factory.mktemp("run")
    return made_first(folder, "prepared", lambda home: bihuan(home, "up", "--prepare-only"))


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """Return a home of the test's own."""
    return copied(prepared, tmp_path / "home")


def _below(parent: int) -> list[int]:
    """Return the processes that a process has started."""
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True).stdout
    return [int(pid) for pid in listing.split()]


def _jobs(parent: int) -> list[int]:
    """Return the job workers below a process."""
    listing = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(parent)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in listing.splitlines() if " bihuan.cli.main work" in line]


def _wait_for(condition: object, within: float = 60) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_given_an_empty_home_when_prepared_then_the_key_is_its_owners_alone(prepared: Path, home: Path) -> None:
    key = home / "secret.key"

    first = (prepared / "secret.key").read_text(encoding="ascii")
    bihuan(home, "up", "--prepare-only")

    assert len(first) >= 50
    assert key.read_text(encoding="ascii") == first
    assert sys.platform == "win32" or key.stat().st_mode & 0o077 == 0


@POSIX_ONLY
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_given_a_serving_product_when_its_terminal_interrupts_then_all_of_it_goes_at_once(
    home: Path, sent: signal.Signals
) -> None:
    command = [sys.executable, "-m", "bihuan.cli.main", "up", "--port", str(free_port()), "--workers", "2"]
    with (home / "log").open("ab") as log:
        started = subprocess.Popen(command, env=environment(home), stdout=log, stderr=log, start_new_session=True)
    assert _wait_for(lambda: _jobs(started.pid)), (home / "log").read_text()
    time.sleep(1)  # let the web processes come up, too: interrupted earlier, they would prove nothing

    os.killpg(started.pid, sent)
    code = started.wait(60)

    assert code == 0
    assert _wait_for(lambda: subprocess.run(["pgrep", "-g", str(started.pid)], capture_output=True).returncode == 1)
    assert "Killing" not in (home / "log").read_text()


@POSIX_ONLY
def test_given_a_killed_job_worker_when_the_product_goes_on_then_another_takes_its_place(home: Path) -> None:
    with serve(home) as running:
        assert _wait_for(lambda: _jobs(running.process.pid))
        before = _jobs(running.process.pid)

        os.kill(before[0], signal.SIGKILL)

        assert _wait_for(lambda: _jobs(running.process.pid) not in ([], before))
    assert "starting it again" in (home / "log").read_text()


@POSIX_ONLY
def test_given_the_product_killed_the_hard_way_when_a_moment_has_passed_then_nothing_of_it_is_left(home: Path) -> None:
    with serve(home) as running:
        assert _wait_for(lambda: _jobs(running.process.pid))
        below = _below(running.process.pid)

        running.process.kill()
        running.process.wait()

        assert len(below) >= 2
        assert _wait_for(lambda: not [pid for pid in below if Path(f"/proc/{pid}").exists()])


def test_given_a_taken_port_when_started_then_the_sentence_says_which_and_what_to_do(home: Path) -> None:
    with serve(home) as running:
        port = running.url.rsplit(":", 1)[1]

        with pytest.raises(AssertionError, match=f"port {port}: .* Try --port 8001"):
            bihuan(home, "up", "--port", port)


def test_given_no_secret_key_when_served_without_up_then_it_is_refused(home: Path) -> None:
    (home / "secret.key").unlink()
    command = [sys.executable, "-c", "import bihuan.config.wsgi"]

    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "There is no secret key. Start once with `bihuan up`" in done.stderr


def test_given_a_prepared_home_when_served_then_what_was_loaded_is_never_walked_for_garbage(home: Path) -> None:
    code = "import gc, bihuan.config.wsgi; print(gc.get_freeze_count(), gc.get_threshold()[0])"

    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(home), capture_output=True, text=True, check=True
    )

    frozen, lot = map(int, done.stdout.split())
    assert frozen > 100_000
    assert lot == 20_000


def test_given_no_words_when_asked_for_help_then_every_command_is_listed_without_django(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "bihuan.cli.main", "--help"]

    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert "  up " in done.stdout
    assert "django" not in done.stderr


def test_given_a_half_made_demo_town_when_started_then_it_is_refused_and_not_served(home: Path) -> None:
    (home / "demo.unfinished").touch()

    with pytest.raises(AssertionError, match=r"was not finished\. It holds invented data only: remove the folder"):
        bihuan(home, "up", "--prepare-only", "--demo")


def test_given_a_cube_made_by_older_code_when_prepared_then_it_is_made_anew_once(home: Path) -> None:
    database = home / "bihuan.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE stats_cubemade SET made = made - 1")
    connection.close()

    said = [bihuan(home, "up", "--prepare-only") for _ in range(2)]

    with sqlite3.connect(database) as connection:
        (made,) = connection.execute("SELECT made FROM stats_cubemade").fetchone()
    connection.close()
    assert made == SHAPE
    assert "Added up the statistics anew" not in said[1]
