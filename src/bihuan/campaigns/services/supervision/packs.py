"""Seal the evidence of a case or a circular: papers, events, figures as of the day, and their hashes (R9.12)."""

import hashlib
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import AccountabilityCase, SealedPack
from bihuan.campaigns.queries.supervision.evidence import case_contents, opened
from bihuan.campaigns.readers.packing import packed
from bihuan.campaigns.rules.supervision.life import CASE
from bihuan.campaigns.rules.supervision.packing import Contents, contents_of
from bihuan.campaigns.rules.supervision.states import CaseAct
from bihuan.campaigns.services.supervision.advancing import advance, record
from bihuan.campaigns.services.supervision.cases import case_to
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.ids import new_id
from bihuan.trail import services as trail

CASE_PACK: Final = "case"
SMALL: Final = 20 * 1024 * 1024  # bytes of papers; more is sealed by a job
MOST: Final = 1024 * 1024 * 1024
TASK: Final = "bihuan.campaigns.jobs.seal"


@transaction.atomic
def seal_case(*, campaign_id: UUID, case_id: UUID, seen_version: int, actor: Actor, now: datetime) -> UUID:
    """Seal the evidence of a case as it stands: at once while it is small, else a job does. Returns the pack's id."""
    one = case_to(actor, campaign_id, case_id)
    advance(CASE, one, CaseAct.SEAL, seen_version, campaign=one.campaign, actor=actor)
    contents = case_contents(one, made_by=actor.name, now=now)
    size = sum(paper.size for paper in contents.files)
    if size > MOST:
        raise Refusal("campaigns.pack_too_large", "材料合计超过 1 GB，不能封存在一个包里。请先分件。")
    pack = SealedPack(
        id=new_id(),
        campaign=one.campaign,
        town_id=one.town_id,
        of_kind=CASE_PACK,
        of_id=one.pk,
        on=day_of(now),
        contents=contents.as_json(),
        files_count=len(contents.files),
        asked_at=now,
        asked_by=actor.name,
    )
    if size <= SMALL:
        _seal(pack, one, contents, actor=actor, now=now)
        pack.save(force_insert=True)
        return pack.pk
    pack.save(force_insert=True)
    job = trail.start_job(
        kind="campaigns.seal", title="封存证据", task=TASK, subject_id=pack.pk, kwargs={"pack_id": str(pack.pk)},
        actor=actor, now=now,
    )  # fmt: skip
    SealedPack.objects.filter(pk=pack.pk).update(job_id=job.id)
    return pack.pk


def _seal(pack: SealedPack, one: AccountabilityCase, contents: Contents, *, actor: Actor, now: datetime) -> None:
    made = packed(contents, opened)
    pack.sha256, pack.size, pack.sealed_at = hashlib.sha256(made).hexdigest(), len(made), now
    after = {"case": str(one.pk), "pack": str(pack.pk), "sha256": pack.sha256, "files": pack.files_count}
    say = f"封存一件问责材料的证据 {pack.files_count} 份"
    record(one.campaign, "case_sealed", say, after=after, actor=actor, now=now)


@transaction.atomic
def finish_sealing(*, pack_id: UUID, now: datetime) -> None:
    """Seal a large pack, as a job; what was sealed already stays."""
    pack = SealedPack.objects.select_related("campaign").get(pk=pack_id)
    if pack.sealed_at is not None:
        return
    one = AccountabilityCase.objects.select_related("campaign").get(pk=pack.of_id)
    _seal(pack, one, contents_of(pack.contents), actor=PLATFORM, now=now)
    pack.save(update_fields=["sha256", "size", "sealed_at"])
