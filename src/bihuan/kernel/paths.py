"""Materialised paths of the unit tree, such as `/32/04/13/101/203/`."""

from typing import Final

TOWN_DEPTH: Final = 4  # /province/city/county/town/ (R10.3)


def path_upper_bound(path: str) -> str:
    """Return the exclusive upper bound of the subtree of `path`: `path <= p < bound`, in binary order.

    '0' is the character after '/', so the bound of `/32/04/` is `/32/040`.
    """
    return path[:-1] + "0"


def is_within(path: str, root: str) -> bool:
    """Tell whether `path` is `root` or lies below it. Both start and end with '/'."""
    return bool(root) and path.startswith(root)


def ancestors(path: str) -> list[str]:
    """Return every path from the topmost unit down to `path` itself: `/32/04/` gives `['/32/', '/32/04/']`."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def town_path(path: str) -> str:
    """Return the path of the town that a path is or lies in, "" for what lies above towns."""
    parts = path.split("/", TOWN_DEPTH + 1)  # what comes before the first "/" is empty
    return "/".join(parts[: TOWN_DEPTH + 1]) + "/" if len(parts) > TOWN_DEPTH + 1 else ""
