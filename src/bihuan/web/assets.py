"""Where the built assets are: Vite's manifest, read once."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static

BUILT: Final = Path(__file__).resolve().parent / "static" / "built"
NOT_BUILT: Final = "页面样式还没有生成：请在项目目录里运行 make assets，再刷新。"


def _read() -> dict[str, Any]:
    try:
        text = (BUILT / "manifest.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    entries: dict[str, Any] = json.loads(text)
    return entries


_read_once = cache(_read)
_address = cache(static)  # a name has its content's digest in it


def manifest() -> dict[str, Any]:
    """Return Vite's manifest; empty when nothing was built. Read anew on every call while debugging."""
    return _read() if settings.DEBUG else _read_once()


def file_of(source: str) -> str:
    """Return the address of the file built from `source`, or "" when it is not built."""
    entry = manifest().get(source)
    return _address(f"built/{entry['file']}") if entry else ""


def styles_of(source: str) -> list[str]:
    """Return the addresses of the style sheets that belong to an entry."""
    entry = manifest().get(source)
    return [_address(f"built/{name}") for name in entry.get("css", [])] if entry else []
