"""Install what the tests need from Debian's packages, where that is possible; say plainly what is left out elsewhere.

Usage: python tools/system_packages.py
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Install what is missing; never fail, since the tests themselves skip what the machine cannot do."""
    missing = wanted()
    if not missing:
        return 0
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        for package, lost in missing.items():
            print(f"NOT INSTALLED {package}: {lost}. Installing it needs root on Debian or Ubuntu.")
        return 0
    print(f"Installing from Debian's packages: {' '.join(missing)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    done = subprocess.run(install, env=environment, check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    if done.returncode:
        for package, lost in wanted().items():
            print(f"NOT INSTALLED {package}: {lost}. apt-get did not bring it.")
    return 0


def wanted() -> dict[str, str]:
    """Return the packages that are missing, each with what is lost without it."""
    found: dict[str, str] = {}
    if not any(shutil.which(name) for name in BROWSERS):
        found["chromium"] = "the browser tests are skipped"
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not shutil.which("initdb"):
        found["postgresql"] = "the tests run on SQLite only"
    if not _has_chinese_font():
        found["fonts-noto-cjk"] = "screenshots of the browser tests show boxes instead of Chinese"
    return found


def _has_chinese_font() -> bool:
    if sys.platform != "linux":
        return True
    listing = shutil.which("fc-list")
    if listing is None:
        return any(Path("/usr/share/fonts").rglob("*CJK*"))
    return bool(subprocess.run([listing, ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
