"""A locked return is in the archive package in every edition that was sent, cell by cell, with its receipt."""

from datetime import date, datetime
from urllib.parse import unquote
from uuid import UUID

from bihuan.campaigns import services as campaigns
from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.services import returns as services
from bihuan.kernel.actor import Actor
from tests.campaigns.running import Running, at, issued
from tests.campaigns.stage import CampaignStage
from tests.campaigns.test_archiving import opened
from tests.campaigns.test_issuing import receive

WHY = "台账还没有接入"


def _seen(return_id: UUID) -> int:
    return Return.objects.get(pk=return_id).version


def _send(return_id: UUID, number: str, office: Actor, now: datetime) -> None:
    view = queries.return_for(office, return_id, today=now.date())
    cells = {slot.address: number for slot in view.still_open} or {next(iter(Return.objects.get().typed)): number}
    said = {"return_id": return_id, "actor": office, "now": now}
    services.type_cells(seen_version=view.version, cells=cells, reason=WHY, **said)
    services.send_return(seen_version=_seen(return_id), remark="核对过", **said)


def _lock(run: Running, return_id: UUID, now: datetime) -> None:
    said = {"return_id": return_id, "actor": run.by("chief", now), "now": now}
    services.check_return(seen_version=_seen(return_id), **said)
    services.lock_return(seen_version=_seen(return_id), **said)


def test_given_a_return_that_was_locked_corrected_and_locked_again_when_archived_then_both_editions_are_there(
    stage: CampaignStage,
) -> None:
    run = issued(stage)
    begun, now = at(12, 21), at(12, 29)
    office = run.by("office", begun)
    form_id = services.adopt_form(code="F1", campaign_id=run.row.pk, to_whom="区安委办", actor=office, now=begun)
    seen, town = ReturnForm.objects.get(pk=form_id).version, stage.town.units["镇"].id
    services.use_form(form_id=form_id, seen_version=seen, unit_ids=[town], actor=office, now=begun)
    period = {"since": date(2017, 12, 22), "until": date(2017, 12, 28)}
    return_id = services.begin_return(form_id=form_id, unit_id=town, actor=office, now=now, **period)
    _send(return_id, "0", office, now)
    _lock(run, return_id, now)
    said = {"return_id": return_id, "actor": office, "now": now}
    chief = said | {"actor": run.by("chief", now)}
    services.correct_return(seen_version=_seen(return_id), reason="漏报一起", **chief)
    _send(return_id, "1", office, now)
    _lock(run, return_id, now)
    services.note_receipt(seen_version=_seen(return_id), receipt="苏安报〔2018〕1号", **said)

    receive(stage, run.row, "东村", "village_east")
    run.row.refresh_from_db()
    campaigns.close_campaign(
        campaign_id=run.row.pk, seen_version=run.row.version, summary="总结", actor=run.by("chief", now), now=now
    )
    run.row.refresh_from_db()
    campaigns.archive_campaign(
        campaign_id=run.row.pk, seen_version=run.row.version, actor=run.by("chief", now), now=now
    )
    found = opened(stage, run.row)

    lines = found.table("returns.csv")
    assert [(one["版次"], one["回执号"], one["锁定文件的 SHA-256"]) for one in lines] == [
        ("1", "", ""),
        ("2", "苏安报〔2018〕1号", Return.objects.get().pack_sha256),
    ]
    first, second = (found.table(one["文件"]) for one in lines)
    typed = [one for one in first if one["怎么来的"].endswith(WHY)]
    again = [one for one in second if one["怎么来的"].endswith(WHY)]
    assert {one["数"] for one in typed} == {"0"}
    assert "1" in {one["数"] for one in again}
    assert [one["项目"] for one in first] == [one["项目"] for one in second]
    assert f'href="{lines[1]["文件"]}"' in unquote(found.text("index.html"))
