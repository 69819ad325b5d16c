"""Check the trail: every chain recomputed, every head, seal and evidence file compared (design, section 4)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from bihuan.kernel.calendar import day_of
from bihuan.trail import rows, vault
from bihuan.trail.models import ChainHead, Event, EvidenceFile, Seal
from bihuan.trail.rules import canonical, chained_hash, instant_text
from bihuan.trail.rules.chain import GENESIS
from bihuan.trail.rules.proof import BadSeal, Finding, Head, SealFile, Verdict, read_seal

CHUNK: Final = 2_000
READ: Final = 1024 * 1024
UNREADABLE: Final = (ValueError, TypeError, AttributeError, OverflowError)


def verify(*, since: SealFile | None = None, seals: Iterable[SealFile] = (), with_files: bool = True) -> Verdict:
    """Check the trail and say exactly what is wrong.

    Recomputes every chain (order, gaps, hashes, legal days), compares it with its head, with every seal in the database
    and exported, and with the seals handed in (kept elsewhere, out of a forger's reach); compares evidence on disk with
    what was recorded. since: trust what this seal covers and look only at what came after.
    """
    return _Check(since, [*exported_seals_or_findings(), *seals], with_files=with_files).run()


def seal_folder() -> Path:
    """Return where seals are exported to."""
    return Path(settings.HOME) / "seals"


def exported_seals_or_findings() -> list[SealFile | Finding]:
    """Return the exported seals, in their order; a finding for each file that is no seal."""
    found: list[SealFile | Finding] = []
    for path in sorted(seal_folder().glob("seal-*.json")):
        try:
            seal = read_seal(path.read_text(encoding="utf-8"))
        except (BadSeal, UnicodeDecodeError) as error:
            found.append(Finding(path.name, f"the exported seal was changed: {error}."))
            continue
        if seal.file != path.name or seal.text != path.read_text(encoding="utf-8"):
            found.append(Finding(path.name, "the exported seal was changed."))
        found.append(seal)
    return found


def stored_seals() -> dict[str, SealFile]:
    """Return the seals as the database has them, by file name, each with the digest of the one before."""
    heads: dict[str, list[Head]] = defaultdict(list)
    instants: dict[str, str] = {}
    for row in Seal.objects.order_by("file", "chain"):
        heads[row.file].append(Head(row.chain, row.seq, row.hash))
        instants[row.file] = instant_text(row.sealed_at)
    seals: dict[str, SealFile] = {}
    previous = ""
    for file, sealed in heads.items():
        seals[file] = SealFile(file, instants[file], previous, tuple(sealed))
        previous = seals[file].sha256
    return seals


class _Check:
    """One run over the trail; gathers findings as it goes."""

    def __init__(self, since: SealFile | None, seals: Iterable[SealFile | Finding], *, with_files: bool) -> None:
        self.findings: list[Finding] = []
        self.start = {head.chain: head for head in since.heads} if since else {}
        self.whole = since is None
        self.with_files = with_files
        self.events = self.files = 0
        self.exported = {seal.file: seal for seal in seals if isinstance(seal, SealFile)}
        self.findings += [one for one in seals if isinstance(one, Finding)]
        self.stored = stored_seals()
        self.sealed: dict[str, dict[int, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        self.recorded_seals: dict[str, str] = {}

    def run(self) -> Verdict:
        for seal in [*self.stored.values(), *self.exported.values()]:
            for head in seal.heads:
                self.sealed[head.chain][head.seq].append((head.hash, seal.file))
        heads = {head.chain: head for head in ChainHead.objects.all()}
        chains = sorted({*heads, *self.sealed, *self.start, *Event.objects.values_list("chain", flat=True).distinct()})
        for chain in chains:
            self._chain(chain, heads.get(chain))
        self._seals()
        if self.with_files and self.whole:
            self._rows_without_events()
        return Verdict(len(chains), self.events, self.files, len(self.exported), tuple(dict.fromkeys(self.findings)))

    def _find(self, where: str, what: str) -> None:
        self.findings.append(Finding(where, what))

    def _chain(self, chain: str, head: ChainHead | None) -> None:
        start = self.start.get(chain, Head(chain, 0, GENESIS))
        seq, previous = start.seq, start.hash
        wanted = self.sealed[chain]
        self._compare_seals(chain, seq, previous, wanted)
        kept: list[dict[str, Any]] = []
        for event in self._events(chain, seq):
            self.events += 1
            if event["seq"] != seq + 1:
                self._find(f"{chain}#{seq + 1}", f"is missing: #{seq} is followed by #{event['seq']}.")
            seq, previous = event["seq"], self._event(chain, event, previous)
            self._compare_seals(chain, seq, previous, wanted)
            kept = self._remember(event, kept)
        self._evidence(kept)
        self._head(chain, head, seq, previous)
        for lost, seals in sorted(wanted.items()):
            if lost > start.seq:
                self._find(f"{chain}#{lost}", f"was sealed in {seals[0][1]} and is gone.")

    def _events(self, chain: str, after: int) -> Iterator[dict[str, Any]]:
        columns = (*rows.HASHED, "prev_hash", "hash", "day")
        events = Event.objects.filter(chain=chain, seq__gt=after).order_by("seq").values(*columns)
        last = after
        try:
            for event in events.iterator(chunk_size=CHUNK):
                last = event["seq"]
                yield event
        except UNREADABLE as error:
            self._find(f"{chain}#{last + 1}", f"or an event soon after it cannot be read any more: {error}.")

    def _event(self, chain: str, event: Mapping[str, Any], previous: str) -> str:
        where = f"{chain}#{event['seq']}"
        if event["prev_hash"] != previous:
            self._find(where, "does not follow the event before it: the hash it names is another.")
        try:
            expected = chained_hash(event["prev_hash"], canonical({name: event[name] for name in rows.HASHED}))
        except UNREADABLE as error:
            self._find(where, f"cannot be read any more: {error}.")
            return str(event["hash"])
        if expected != event["hash"]:
            self._find(where, f"was changed after it was recorded ({event['kind']}: {event['say']}).")
        if event["day"] != day_of(event["at"]):
            self._find(where, f"is counted on {event['day']}, but happened on {day_of(event['at'])}.")
        return str(event["hash"])

    def _compare_seals(self, chain: str, seq: int, found: str, wanted: dict[int, list[tuple[str, str]]]) -> None:
        for sealed, file in wanted.pop(seq, ()):
            if sealed != found:
                self._find(f"{chain}#{seq}", f"is not what was sealed in {file}: the chain was rewritten.")

    def _head(self, chain: str, head: ChainHead | None, seq: int, previous: str) -> None:
        if head is None:
            self._find(chain, f"has {seq} events but no head any more.")
        elif head.seq > seq:
            self._find(chain, f"ends at #{seq}, but its head says #{head.seq}: the last events are gone.")
        elif (head.seq, head.hash) != (seq, previous):
            self._find(chain, f"ends at #{seq}, but its head (#{head.seq}) says something else.")

    def _remember(self, event: dict[str, Any], kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if event["kind"] == "trail.sealed":
            self.recorded_seals[str(event["after"].get("file"))] = str(event["after"].get("sha256"))
        if event["kind"] == "file.kept" and self.with_files:
            kept.append(event)
            if len(kept) >= CHUNK:
                self._evidence(kept)
                return []
        return kept

    def _evidence(self, kept: list[dict[str, Any]]) -> None:
        found = EvidenceFile.objects.in_bulk([event["subject_id"] for event in kept])
        for event in kept:
            self.files += 1
            self._file(event, found.get(event["subject_id"]))

    def _file(self, event: Mapping[str, Any], row: EvidenceFile | None) -> None:
        where = f"file {event['subject_id']} ({event['after'].get('name')})"
        recorded = str(event["after"].get("sha256"))
        if row is None:
            self._find(where, f"was recorded at {event['chain']}#{event['seq']}, but its row is gone.")
        elif (row.sha256, row.uploader_id, row.uploaded_at) != (recorded, event["actor_id"], event["at"]):
            self._find(where, f"its row is not what was recorded at {event['chain']}#{event['seq']}.")
        content = vault.place_of(recorded, vault.ORIGINAL)
        if not content.is_file():
            self._find(where, f"its content {recorded[:12]}… is gone from the disk.")
        elif _sha256(content) != recorded:
            self._find(where, f"its content on the disk was changed; it is not {recorded[:12]}… any more.")

    def _rows_without_events(self) -> None:
        rows_now = EvidenceFile.objects.count()
        recorded = Event.objects.filter(kind="file.kept").values("subject_id")
        if rows_now == self.files:
            return
        for row in EvidenceFile.objects.exclude(pk__in=recorded).order_by("id")[:100]:
            self._find(f"file {row.pk} ({row.name})", "has a row, but was never recorded.")

    def _seals(self) -> None:
        for file, digest in self.recorded_seals.items():
            for name, seals in (("in the database", self.stored), ("exported", self.exported)):
                seal = seals.get(file)
                if seal is None:
                    self._find(file, f"was sealed, but is not there any more ({name}).")
                elif seal.sha256 != digest:
                    self._find(file, f"is not what was sealed ({name}).")
        if self.whole:
            for file in sorted({*self.stored, *self.exported} - set(self.recorded_seals)):
                self._find(file, "is a seal that was never recorded.")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while part := content.read(READ):
            digest.update(part)
    return digest.hexdigest()
