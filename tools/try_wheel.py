"""Install the built wheel into an environment of its own, with no Node on the path, and see that it serves.

Usage: .venv/bin/python tools/try_wheel.py dist
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WITHIN = 90  # seconds for the first answer: migrations and reference data on a slow machine


def main() -> int:
    """Look inside the wheel, install it, start it, ask for a page and an asset, stop it."""
    wheel = max(Path(sys.argv[1]).glob("bihuan-*.whl"))
    inside = set(zipfile.ZipFile(wheel).namelist())
    assets = [name for name in inside if "web/static/built/" in name]
    forgotten = sorted(ours() - inside)
    if not assets or forgotten:
        print(f"{wheel.name} carries {len(assets)} assets and lacks {forgotten or 'nothing else'}.")
        return 1
    with tempfile.TemporaryDirectory(prefix="bihuan-wheel-") as folder:
        home = Path(folder)
        venv.create(home / "venv", with_pip=True)
        binaries = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
        pip = [str(binaries / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements/runtime.lock")], check=True)
        subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
        subprocess.run([*pip[:-2], "check"], check=True)
        asset = next(name for name in assets if name.endswith(".css")).partition("web/static/")[2]
        said = _serve(binaries, home, f"/static/{asset}")
    print(f"{wheel.name}: {len(assets)} assets inside, {said}")
    return 0


def ours() -> set[str]:
    """Return every file that the package must bring, code and data."""
    source = ROOT / "src"
    files = (path for path in (source / "bihuan").rglob("*") if path.is_file())
    return {
        path.relative_to(source).as_posix()
        for path in files
        if "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def _serve(binaries: Path, home: Path, asset: str) -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"HOME": str(home), "PATH": str(binaries), "BIHUAN_HOME": str(home)}  # no Node in reach
    command = [str(binaries / "bihuan"), "up", "--port", str(port)]
    with subprocess.Popen(command, cwd=home, env=environment) as server:
        try:
            began = time.monotonic()
            status = _status(f"http://127.0.0.1:{port}/", began + WITHIN)
            took = time.monotonic() - began
            fetched = _status(f"http://127.0.0.1:{port}{asset}", began + WITHIN)
        finally:
            server.terminate()
    if (status, fetched) != (200, 200):
        raise SystemExit(f"The first page answered {status}, the asset {asset} answered {fetched}.")
    return f"first page after {took:.1f} s, assets served"


def _status(url: str, until: float) -> int:
    while True:
        try:
            with urllib.request.urlopen(url) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
