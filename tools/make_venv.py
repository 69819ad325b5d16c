"""Make the virtual environment on a bare machine; runs on the system's Python, standard library only.

Usage: python3 tools/make_venv.py .venv
Debian ships Python without `ensurepip`; then pip is borrowed from the system, or `python3-venv` is installed as root.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HELP = (
    "This Python cannot make a virtual environment: it has neither ensurepip nor pip.\n"
    "On Debian or Ubuntu:  sudo apt-get install python3-venv\n"
    "Then run make again."
)


def main() -> int:
    """Make the environment named on the command line, with pip in it."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- this file is run by whatever Python the machine has
        print(f"Bihuan needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    target = Path(sys.argv[1])
    if importlib.util.find_spec("ensurepip") is not None:
        venv.create(target, with_pip=True)
        return 0
    if importlib.util.find_spec("pip") is not None:
        venv.create(target, with_pip=False)
        return subprocess.call([sys.executable, "-m", "pip", "-q", "--python", str(target), "install", "pip"])
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing python3-venv from Debian's packages, which this Python needs.")
        subprocess.call(["apt-get", "update", "-qq"])
        subprocess.check_call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-venv"])
        return subprocess.call([sys.executable, "-m", "venv", str(target)])
    print(HELP)
    return 1


if __name__ == "__main__":
    sys.exit(main())
