"""Typed readers of environment variables; a bad value stops the start and is named in the message."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(RuntimeError):  # noqa: N818 -- a setting is bad; the program is not
    """A setting has a value that cannot be used."""


def text(name: str, default: str = "") -> str:
    """Read a text setting; `NAME_FILE` may point at a file that holds it (for secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE={file!r} cannot be read: {error.strerror}") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Read a yes/no setting: 1, true, yes, on or 0, false, no, off."""
    raw = os.environ.get(name)
    if raw is None or not raw.strip():
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name}={raw!r} is neither yes nor no; use 1 or 0")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Read a whole number, at least `least`."""
    raw = os.environ.get(name)
    if raw is None or not raw.strip():
        return default
    if not raw.strip().isdigit() or int(raw) < least:
        raise BadSetting(f"{name}={raw!r} is not a whole number of at least {least}")
    return int(raw)


def words(name: str, default: str = "") -> list[str]:
    """Read a list of words separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(name: str, default: Path) -> dict[str, object]:
    """Read `sqlite:///path`, a bare path, or `postgresql://user:password@host:port/name` into Django's form."""
    raw = text(name)
    if not raw:
        return {"ENGINE": "bihuan.config.sqlite", "NAME": str(default)}
    parts = urlsplit(raw)
    if parts.scheme in {"", "sqlite"}:
        return {"ENGINE": "bihuan.config.sqlite", "NAME": raw.removeprefix("sqlite:///")}
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"{name} begins with {parts.scheme!r}; use sqlite:///… or postgresql://…")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
