"""Run a command with a PostgreSQL server of its own: temporary folder, free port, nothing left behind.

Usage: python tools/postgres_for_tests.py -- COMMAND …
The command gets BIHUAN_DATABASE. PostgreSQL refuses to run as root, so as root it runs as the user `postgres`.
Exit code: the command's; 69 when there is no PostgreSQL on this machine (said on standard error).
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NOT_AVAILABLE = 69
MEMORY, ENOUGH = Path("/dev/shm"), 2 * 1024**3  # bytes; there a commit that waits for the disk does not wait


def main() -> int:
    """Start the server, run the command, stop the server."""
    command = sys.argv[sys.argv.index("--") + 1 :]
    binaries = find_binaries()
    if binaries is None:
        print("PostgreSQL is not installed: the tests on PostgreSQL are skipped.", file=sys.stderr)
        return NOT_AVAILABLE
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that a stopped run leaves no server behind
    with server(binaries) as url:
        return subprocess.run(command, env=os.environ | {"BIHUAN_DATABASE": url}, check=False).returncode


def find_binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Yield the address of a running server; stop it and remove its folder afterwards, whatever happens."""
    memory = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else None
    home = Path(tempfile.mkdtemp(prefix="bihuan-postgres-", dir=memory))
    data, port = home / "data", _free_port()
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    if user:
        shutil.chown(home, user)

    def run(*words: str) -> None:
        log = subprocess.DEVNULL
        subprocess.run([str(word) for word in words], check=True, user=user, cwd=home, stdout=log, stdin=log)

    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c max_connections=200"
        " -c shared_buffers=128MB -c checkpoint_timeout=1h"
        " -c jit=off"  # of tables that were never analysed it expects too much, and compiles what runs once
    )  # otherwise as in service: the product refuses a server that may lose what it has acknowledged
    try:
        locale = ("--locale=C.UTF-8", "--encoding=UTF8")
        run(str(binaries / "initdb"), "-D", str(data), "-U", "bihuan", "-A", "trust", "-N", *locale)
        run(str(binaries / "pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-w", "-o", options, "start")
        try:
            yield f"postgresql://bihuan@127.0.0.1:{port}/postgres"
        finally:
            run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
