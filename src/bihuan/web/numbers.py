"""Whole numbers as addresses and forms send them: anything may stand there, and nothing of it breaks a page."""

from typing import Final

LONGEST: Final = 9  # digits; longer ones are no place, row or version, and no database takes them


def whole(text: str, longest: int = LONGEST) -> int | None:
    """Return a number that was sent, None when it is none or has more digits than `longest`.

    Full-width digits, as a Chinese keyboard writes them, are digits; `²` and `①` are to `str.isdigit`, not to `int`.
    """
    return int(text) if text.isdecimal() and len(text) <= longest else None
