"""Show that every pinned dependency comes as a wheel for Windows, both kinds of macOS and Linux.

Usage: .venv/bin/python tools/portability.py [--python 3.11 3.12 3.13] [--lock runtime …]
pip downloads, with hashes, what the lock file names for each platform, into a folder that is removed again. pip reads
markers with the machine's own eyes, so they are resolved here first, for the platform asked about.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
PLATFORMS: dict[str, tuple[list[str], dict[str, str]]] = {
    "Windows x86-64": (
        ["win_amd64"],
        {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
    ),
    "macOS arm64": (
        [f"macosx_{major}_0_arm64" for major in (14, 13, 12, 11)],
        {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin", "platform_machine": "arm64"},
    ),
    "macOS x86-64": (
        [*(f"macosx_{major}_0_x86_64" for major in (14, 13, 12, 11)), "macosx_10_15_x86_64", "macosx_10_13_x86_64",
         "macosx_10_12_x86_64", "macosx_10_9_x86_64"],
        {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin", "platform_machine": "x86_64"},
    ),
    "Linux x86-64": (
        ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_5_x86_64"],
        {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
    ),
}  # fmt: skip


def main() -> int:
    """Try every platform with every Python; print a table; fail if anything is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", nargs="+", default=["3.11", "3.12", "3.13"])
    parser.add_argument("--lock", nargs="+", default=["runtime", "assets"])
    chosen = parser.parse_args()
    failed = 0
    for platform, (tags, facts) in PLATFORMS.items():
        for python in chosen.python:
            for lock in chosen.lock:
                problem = _problem(ROOT / f"requirements/{lock}.lock", tags, facts, python)
                print(
                    f"{'ok' if not problem else 'MISSING':<8} {platform:<15} Python {python}  {lock}.lock", flush=True
                )
                failed += bool(problem)
                if problem:
                    print(problem)
    return 1 if failed else 0


def _problem(lock: Path, tags: list[str], facts: dict[str, str], python: str) -> str:
    environment = facts | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    with tempfile.TemporaryDirectory(prefix="bihuan-wheels-") as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("".join(pinned_for(lock.read_text(encoding="utf-8"), environment)), encoding="utf-8")
        version = python.replace(".", "")
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--require-hashes", "--only-binary=:all:", "--implementation=cp", f"--python-version={version}",
            f"--abi=cp{version}", "--abi=abi3", "--abi=none", *(f"--platform={tag}" for tag in tags),
            "--dest", folder, "--requirement", str(file),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def pinned_for(lock: str, environment: dict[str, str]) -> list[str]:
    """Return the blocks of a lock file (a pin and its hashes) that count on a platform, without their markers."""
    blocks: list[str] = []
    for line in lock.splitlines(keepends=True):
        if line[:1].isspace():
            blocks[-1] += line
        elif line.strip() and not line.startswith("#"):
            blocks.append(line)
    kept = []
    for block in blocks:
        pin, _, hashes = block.partition("\\\n")
        name, _, marker = pin.partition(";")
        if not marker.strip() or Marker(marker.strip()).evaluate(environment):
            kept.append(f"{name.strip()} \\\n{hashes}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
