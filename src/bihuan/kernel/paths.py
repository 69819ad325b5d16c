"""Materialised paths of the unit tree, such as `/32/04/13/101/203/`."""


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
