"""The command `bihuan`: runs a management command; `-` and `_` in its name mean the same."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `bihuan COMMAND …`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    argv = list(sys.argv)
    if len(argv) > 1:
        argv[1] = argv[1].replace("-", "_")
    execute_from_command_line(argv)


if __name__ == "__main__":
    main()
