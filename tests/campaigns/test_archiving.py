"""A campaign is closed with its figures frozen, archived, and its package proves itself."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage
from tests.campaigns.test_issuing import plan, receive


def closed(stage: CampaignStage) -> Campaign:
    row = stage.issued()
    receive(stage, row, "东村", "village_east")
    plan(stage, row, "东村", "village_east")
    row.refresh_from_db()
    services.close_campaign(
        campaign_id=row.pk, seen_version=row.version, summary="查了 <40> 家", actor=stage.by("chief"), now=stage.now
    )
    row.refresh_from_db()
    return row


def archived(stage: CampaignStage, row: Campaign) -> str:
    digest = services.archive_campaign(
        campaign_id=row.pk, seen_version=row.version, actor=stage.by("chief"), now=stage.now + timedelta(days=3)
    )
    row.refresh_from_db()
    return digest


def test_given_a_closed_campaign_when_looked_at_then_its_figures_are_those_of_its_plan_page(
    stage: CampaignStage,
) -> None:
    row = closed(stage)

    today = stage.now.date()
    page = queries.plan_of(stage.by(), row.pk, on=today, today=today, section=queries.WHOLE)
    assert [one["label"] for one in row.frozen["clauses"]] == [one.label for one in page.clauses]
    assert [one["standing"] for one in row.frozen["clauses"]] == [one.standing for one in page.clauses]
    assert row.frozen["summary"] == "查了 <40> 家"
    assert row.frozen["open_hazards"] == []


def test_given_an_archived_campaign_when_its_package_is_opened_then_every_file_has_the_hash_of_the_manifest(
    stage: CampaignStage,
) -> None:
    row = closed(stage)
    digest = archived(stage, row)

    name, stream = queries.archive_of(stage.by(), row.pk)
    with stream, zipfile.ZipFile(stream) as package:
        content = {one: package.read(one) for one in package.namelist()}
    manifest = json.loads(content["manifest.json"])
    kept = {one: hashlib.sha256(data).hexdigest() for one, data in content.items() if one != "manifest.json"}
    assert name.endswith("-归档.zip")
    assert {one: facts["sha256"] for one, facts in manifest["files"].items()} == kept
    assert hashlib.sha256(content["manifest.json"]).hexdigest() == digest == row.frozen["manifest"]
    assert Event.objects.get(kind="campaign.archived").after == {"manifest": digest}
    assert content["files/plan/粘贴的文字.txt"].decode().startswith("关于开展冬季安全检查")
    assert content["files/sub_plans/000 东村.txt"].decode() == "东村子方案"
    units = list(csv.reader(io.StringIO(content["units.csv"].decode("utf-8-sig"))))
    assert ["东村", "2017-12-20", "village_east", "东村安全领导小组", "村主任", "待审", "2017-12-20"] in units
    assert "查了 &lt;40&gt; 家" in content["index.html"].decode()


def test_given_an_archived_campaign_when_its_package_is_made_again_then_it_is_the_same_bytes(
    stage: CampaignStage,
) -> None:
    row = closed(stage)
    archived(stage, row)

    packages = []
    for _ in range(2):
        with queries.archive_of(stage.by(), row.pk)[1] as stream:
            packages.append(stream.read())

    assert packages[0] == packages[1]


def test_given_a_campaign_that_runs_when_archived_or_packed_then_it_is_refused(stage: CampaignStage) -> None:
    row = stage.issued()

    with pytest.raises(Refusal, match="不能归档"):
        archived(stage, row)
    with pytest.raises(Refusal, match="还没有归档"):
        queries.archive_of(stage.by(), row.pk)


def test_given_the_office_or_a_stranger_when_they_archive_or_take_the_package_then_it_is_refused(
    stage: CampaignStage,
) -> None:
    row = closed(stage)

    with pytest.raises(NotAllowed):
        services.archive_campaign(campaign_id=row.pk, seen_version=row.version, actor=stage.by("office"), now=stage.now)
    archived(stage, row)
    for who in ("system_admin", "village_east", "industry", "leader"):
        with pytest.raises(NotFound):
            queries.archive_of(stage.by(who), row.pk)
