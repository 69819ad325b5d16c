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
from bihuan.trail.rules.proof import BadSeal, Finding, Head, SealFile, Verdict, make_seal, read_seal

__all__ = [
    "GENESIS",
    "PLATFORM_CHAIN",
    "BadSeal",
    "Claim",
    "EventLine",
    "FileKind",
    "Finding",
    "Head",
    "JobLine",
    "NoticeLine",
    "Page",
    "Place",
    "SealFile",
    "StoredFile",
    "Telling",
    "Upload",
    "Verdict",
    "canonical",
    "chained_hash",
    "instant_text",
    "make_seal",
    "pair_doubts",
    "plain_json",
    "read_seal",
    "town_chain",
    "unit_chain",
]
