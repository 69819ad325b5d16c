"""What the criteria proposed to whoever decided on a level (L8)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the criteria library proposed to whoever decided, kept beside the decision (L8).

    level: a `Level`, or "" where a person was asked. version: of the words and conditions it was proposed by. item: the
    id of the clause's item, for several may stand under one number.
    """

    level: str
    standard: str
    clause: str
    version: str
    item: str = ""
