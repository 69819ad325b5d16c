"""Orders that no unit of the town would get: why, in words; a person says who does them, never the platform (R9.4)."""

from collections.abc import Sequence
from typing import Final

NOT_SAID: Final = "没有写由谁办"
NOT_ISSUED: Final = "写的单位这次不下发"


def unnamed_words(
    parties: Sequence[str], *, units: Sequence[object], unknown: Sequence[str] = (), superior: Sequence[str] = ()
) -> str:
    """Say why an order means no unit of the town, "" where it means some. parties: as the text names them; unknown,
    superior: those of them that no unit bears, and bodies of the county and above."""
    if units:
        return ""
    if not parties:
        return NOT_SAID
    if unknown:
        return f"“{'、'.join(unknown)}”没有对上单位"
    if superior:
        return f"只写了上级“{'、'.join(superior)}”"
    return f"只写了“{'、'.join(parties)}”"
