"""The real product in processes of its own, for browser tests, kill tests and load tests."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.source import ROOT

WITHIN: Final = 60  # seconds for a first answer
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True, slots=True)
class Running:
    """A served product: where it answers, where its database and files lie, and its process."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def run(self, *words: str) -> str:
        """Run `bihuan …` against the same database; return what it printed."""
        return bihuan(self.home, *words)


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a product of its own: its home, nothing of ours but the way to the code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BIHUAN_", "DJANGO_", "PYTEST"))}
    return kept | {"BIHUAN_HOME": str(home), "HOME": str(home), "PYTHONPATH": str(ROOT / "src"), **(extra or {})}


def bihuan(home: Path, *words: str, extra: Mapping[str, str] | None = None) -> str:
    """Run a command to its end; fail with what it said if it fails."""
    command = [sys.executable, "-m", "bihuan.cli.main", *words]
    done = subprocess.run(command, env=environment(home, extra), cwd=home, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"bihuan {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def serve(home: Path, *words: str, extra: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Serve from `home` on a free port until the block ends; what it logs is kept in `home`/log."""
    port = free_port()
    command = [sys.executable, "-m", "bihuan.cli.main", "up", "--port", str(port), "--workers", "1", *words]
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(command, env=environment(home, extra), cwd=home, stdout=log, stderr=log)
        try:
            _await(f"http://127.0.0.1:{port}/", process, home)
            yield Running(f"http://127.0.0.1:{port}", home, process)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def copied(home: Path, to: Path) -> Path:
    """Copy a prepared product (nobody serves from it) to a new place."""
    return Path(shutil.copytree(home, to, dirs_exist_ok=True))


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_browser() -> str | None:
    """Return the path of an installed Chromium, None if there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _await(url: str, process: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + WITHIN
    while True:
        try:
            with urllib.request.urlopen(url):
                return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the server did not answer:\n{(home / 'log').read_text()[-3000:]}") from None
            time.sleep(0.1)
