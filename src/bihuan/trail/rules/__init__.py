"""What the trail decides: plain values and functions, no Django, no files, no clock."""

from bihuan.trail.rules.chain import (
    GENESIS,
    PLATFORM_CHAIN,
    canonical,
    chained_hash,
    instant_text,
    plain_json,
    town_chain,
    unit_chain,
)
from bihuan.trail.rules.doubts import pair_doubts
from bihuan.trail.rules.files import Claim, FileKind, Place, StoredFile, Upload
from bihuan.trail.rules.lines import EventLine, JobLine, NoticeLine, Page, Telling

__all__ = [
    "GENESIS",
    "PLATFORM_CHAIN",
    "Claim",
    "EventLine",
    "FileKind",
    "JobLine",
    "NoticeLine",
    "Page",
    "Place",
    "StoredFile",
    "Telling",
    "Upload",
    "canonical",
    "chained_hash",
    "instant_text",
    "pair_doubts",
    "plain_json",
    "town_chain",
    "unit_chain",
]
