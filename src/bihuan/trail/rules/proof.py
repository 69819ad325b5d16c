"""What a seal says and what a check of the trail finds."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bihuan.trail.rules.chain import instant_text

SEAL_FORMAT: Final = "bihuan-seal-1"


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come: its last place and the hash there."""

    chain: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class SealFile:
    """An exported seal: the heads of all chains at one instant. previous: the SHA-256 of the file before, or ""."""

    file: str
    sealed_at: str
    previous: str
    heads: tuple[Head, ...]

    @property
    def text(self) -> str:
        """Return the file's text; the same facts give the same bytes, so that a lost file can be written again."""
        whole = {
            "format": SEAL_FORMAT,
            "file": self.file,
            "sealed_at": self.sealed_at,
            "previous": self.previous,
            "heads": [{"chain": head.chain, "seq": head.seq, "hash": head.hash} for head in self.heads],
        }
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    @property
    def sha256(self) -> str:
        """Return the digest of the file: what is printed on the weekly report."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class BadSeal(ValueError):  # noqa: N818 -- reads as what it says
    """A file is no seal of ours."""


def seal_name(number: int, sealed_at: datetime) -> str:
    """Return the file name of a seal; numbers have no gap, so that a missing one shows."""
    return f"seal-{number:06d}-{instant_text(sealed_at)[:19].replace(':', '').replace('-', '')}Z.json"


def make_seal(number: int, heads: Sequence[Head], *, sealed_at: datetime, previous: str) -> SealFile:
    """Return the seal of these heads."""
    ordered = tuple(sorted(heads, key=lambda head: head.chain))
    return SealFile(seal_name(number, sealed_at), instant_text(sealed_at), previous, ordered)


def read_seal(text: str) -> SealFile:
    """Read an exported seal; raises BadSeal for anything else."""
    try:
        whole: Any = json.loads(text)
        if whole["format"] != SEAL_FORMAT:
            raise BadSeal(f"its format is {whole['format']!r}")
        heads = tuple(Head(str(one["chain"]), int(one["seq"]), str(one["hash"])) for one in whole["heads"])
        return SealFile(str(whole["file"]), str(whole["sealed_at"]), str(whole["previous"]), heads)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise BadSeal(f"it cannot be read: {error}") from error


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. where: a chain and place, a file, or a seal. what: one English sentence."""

    where: str
    what: str

    def __str__(self) -> str:
        """Say it on one line."""
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the trail has looked at and found. seals: exported files compared with the chains."""

    chains: int
    events: int
    files: int
    seals: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings
