"""Compile requirements/*.lock from requirements/*.in: one file for all platforms and Pythons, hashes, no addresses.

Usage: .venv/bin/python tools/lock.py [--upgrade]
uv asks the index named by UV_DEFAULT_INDEX, or the public one; the lock files themselves name none.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("build", "runtime", "assets", "dev")  # dev last: it keeps to what runtime and build have chosen
OPTIONS = [
    "--quiet", "--universal", "--python-version=3.11", "--generate-hashes", "--strip-extras",
    "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate",
    "-c", "requirements/constraints.in",
]  # fmt: skip


def main() -> int:
    """Compile each file."""
    for name in NAMES:
        command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *sys.argv[1:]]
        if name == "dev":
            command += ["-c", "requirements/runtime.lock", "-c", "requirements/build.lock"]
        command += [f"requirements/{name}.in", "-o", f"requirements/{name}.lock"]
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"requirements/{name}.lock")
    return 0


if __name__ == "__main__":
    sys.exit(main())
