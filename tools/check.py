"""Run what `make check` promises: format, lint, import contracts, types, migrations, and the tests of the code base.

Usage: .venv/bin/python tools/check.py [--no-tests]
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = ["src", "tests", "tools"]
CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", *CODE]),
    ("lint", [str(BIN / "ruff"), "check", "--quiet", *CODE]),
    ("import contracts", [str(BIN / "lint-imports")]),
    ("types", [str(BIN / "mypy")]),
    ("migrations", [sys.executable, "-m", "bihuan.cli.main", "makemigrations", "--check", "--dry-run"]),
)
HOUSE_TESTS = [
    sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q",
    *(str(file.relative_to(ROOT)) for file in sorted((ROOT / "tests").glob("test_*.py"))),
]  # fmt: skip


def main() -> int:
    """Run every check; show the output of those that fail."""
    checks = list(CHECKS)
    if "--no-tests" not in sys.argv[1:]:
        checks.append(("architecture, documents, templates", HOUSE_TESTS))
    failed = 0
    with tempfile.TemporaryDirectory(prefix="bihuan-check-") as home:
        paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {
            "BIHUAN_TESTING": "1",
            "BIHUAN_HOME": home,
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
            "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
        }
        for name, command in checks:
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            print(f"{'ok' if done.returncode == 0 else 'FAILED':<7} {name}", flush=True)
            if done.returncode:
                failed += 1
                print(done.stdout + done.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
