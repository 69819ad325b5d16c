"""Seal the trail: the heads of all chains, written down where a forger of the database does not reach."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.ids import new_id
from bihuan.trail.models import ChainHead, Event, Seal
from bihuan.trail.news import News
from bihuan.trail.queries.proof import seal_folder, stored_seals
from bihuan.trail.rules.proof import Head, SealFile, make_seal
from bihuan.trail.services.events import record

SUBJECT: Final = UUID(int=0)


@transaction.atomic
def seal_trail(*, actor: Actor, now: datetime) -> SealFile | None:
    """Seal every chain as it stands and export the seal to `HOME/seals` after the commit; None when there is none.

    From then on nothing before these heads can be rewritten without being found, as long as one exported file (or its
    digest, printed on the weekly report) is kept out of the forger's reach.
    """
    heads = [Head(head.chain, head.seq, head.hash) for head in ChainHead.objects.order_by("chain")]
    if not heads:
        return None
    before = stored_seals()
    previous = list(before.values())[-1].sha256 if before else ""
    seal = make_seal(len(before) + 1, heads, sealed_at=now, previous=previous)
    Seal.objects.bulk_create(
        [
            Seal(id=new_id(), file=seal.file, chain=head.chain, seq=head.seq, hash=head.hash, sealed_at=now)
            for head in seal.heads
        ]
    )
    news = News(
        kind="trail.sealed",
        say=f"封存留痕：{len(heads)} 条链，封存号 {len(before) + 1}",
        subject_type="seal",
        subject_id=SUBJECT,
        town_id=None,
        after={"file": seal.file, "sha256": seal.sha256, "chains": len(heads)},
    )
    record([news], actor=actor, now=now)
    transaction.on_commit(partial(export_seals, seal_folder()))
    return seal


def export_seals(folder: Path) -> list[str]:
    """Write the seals that are recorded but not exported yet (a crash may have come between); return their names.

    Only what the trail itself confirms is written: a changed seal stays missing, and verify_trail says so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    confirmed = {
        str(after.get("sha256")) for after in Event.objects.filter(kind="trail.sealed").values_list("after", flat=True)
    }
    written = []
    for seal in stored_seals().values():
        path = folder / seal.file
        if seal.sha256 in confirmed and not path.exists():
            path.write_text(seal.text, encoding="utf-8", newline="\n")
            path.chmod(0o444)
            written.append(seal.file)
    return written
