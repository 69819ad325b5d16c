"""A campaign is archived: its package holds what whoever sees the town may see, opens without us, and proves itself."""

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign
from bihuan.campaigns.rules.closing import INNER, NOBODYS
from bihuan.campaigns.rules.registers import PaperKind
from bihuan.campaigns.services import supervision
from bihuan.campaigns.services.archiving import SMALL
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.trail import services as trail
from bihuan.trail.models import Event, EvidenceFile
from tests.campaigns.running import Running, at, day, issued, live
from tests.campaigns.stage import CampaignStage
from tests.campaigns.supervised import Supervised
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


@dataclass
class Opened:
    """A package that was taken apart with nothing of ours."""

    content: dict[str, bytes] = field(default_factory=dict)

    def table(self, name: str) -> list[dict[str, str]]:
        """Return a table as a spreadsheet reads it."""
        return list(csv.DictReader(io.StringIO(self.text(name))))

    def text(self, name: str) -> str:
        """Return a file by its name, or by the key that the manifest has of it."""
        return self.content[self.names.get(name, name)].decode("utf-8-sig")

    @property
    def names(self) -> dict[str, str]:
        """The names of files by their keys."""
        files = self.manifest["files"]
        assert isinstance(files, dict)
        return {facts["key"]: name for name, facts in files.items()}

    @property
    def manifest(self) -> dict[str, object]:
        """The manifest."""
        found: dict[str, object] = json.loads(self.content["manifest.json"])
        return found


def opened(stage: CampaignStage, row: Campaign, who: str = "inspector") -> Opened:
    with queries.archive_of(stage.by(who), row.pk)[1] as stream, zipfile.ZipFile(stream) as package:
        return Opened({one: package.read(one) for one in package.namelist()})


def lived(stage: CampaignStage) -> tuple[Running, Opened]:
    """Play seven weeks with supervision, close and archive; return the package."""
    run = live(stage)
    made = Supervised(stage, run.row, now=at(2, 6))
    made.firm = run.firms["东村木业"]
    made.fed_back("东村")
    made.noted(made.held("西村"), "暗访看到的问题")
    made.planned("西村", on=day(2, 20))
    made.issued("东村")
    made.circular("西村", words="没有印发的稿件")
    made.called("东村")
    made.handed_over("东村")
    supervision.exempt(unit_id=made.part("建设办"), reason="刚换了负责人", **made.said("chief"))
    run.row.refresh_from_db()
    now = at(2, 10)
    services.close_campaign(
        campaign_id=run.row.pk, seen_version=run.row.version, summary="总结", actor=run.by("chief", now), now=now
    )
    run.row.refresh_from_db()
    services.archive_campaign(
        campaign_id=run.row.pk, seen_version=run.row.version, actor=run.by("chief", now), now=now + timedelta(days=3)
    )
    run.row.refresh_from_db()
    return run, opened(stage, run.row)


def test_given_an_archived_campaign_when_its_package_is_opened_then_every_file_has_the_hash_of_the_manifest(
    stage: CampaignStage,
) -> None:
    row = closed(stage)
    digest = archived(stage, row)

    name, stream = queries.archive_of(stage.by("inspector"), row.pk)
    whole = stream.read()
    stream.close()
    found = opened(stage, row)
    apart = ("manifest.json", "校验.sha256")
    kept = {one: hashlib.sha256(data).hexdigest() for one, data in found.content.items() if one not in apart}
    assert isinstance(files := found.manifest["files"], dict)
    assert name.endswith("-归档.zip")
    assert {one: facts["sha256"] for one, facts in files.items()} == kept
    assert hashlib.sha256(found.content["manifest.json"]).hexdigest() == digest == row.frozen["manifest"]
    sealed = {"manifest": digest, "package": hashlib.sha256(whole).hexdigest(), "size": len(whole)}
    assert Event.objects.get(kind="campaign.archived").after == sealed | {"inner": row.frozen["inner"]}
    assert found.content["附件/方案原件/方案-1.txt"].decode().startswith("关于开展冬季安全检查")
    assert found.content["附件/子方案/000-1 东村-1.txt"].decode() == "东村子方案"
    east = next(one for one in found.table("units.csv") if one["单位"] == "东村")
    assert (east["签收时间"], east["签收人"], east["机构"]) == (
        "2017-12-20 09:00:00",
        "village_east",
        "东村安全领导小组",
    )
    assert "查了 &lt;40&gt; 家" in found.text("index.html")


def test_given_an_archived_campaign_when_its_rows_change_later_then_the_package_is_the_one_that_was_sealed(
    stage: CampaignStage,
) -> None:
    row = closed(stage)
    archived(stage, row)

    packages = []
    for _ in range(2):
        with queries.archive_of(stage.by(), row.pk)[1] as stream:
            packages.append(stream.read())
        row.tasks.update(title="改了")

    assert packages[0] == packages[1]


def test_given_a_package_when_its_index_is_opened_then_it_leads_to_every_part_and_to_nothing_else(
    stage: CampaignStage,
) -> None:
    _, found = lived(stage)

    index = found.text("index.html")
    addresses = [unquote(one) for one in re.findall(r'href="([^"]+)"', index)]
    assert sorted(addresses) == sorted(set(found.content) - {"00-目录.html", "00-目录.txt"})
    assert next(iter(found.content)) == "00-目录.txt"  # first, for who opens the package without a browser
    listed = found.content["00-目录.txt"].decode("utf-8-sig").splitlines()
    assert "没有销号、转入日常管理的隐患    没有销号、转入日常管理的隐患.csv" in listed
    names = {one.rpartition("    ")[2] for one in listed[2:]}
    assert names == set(found.content) - {"00-目录.txt"}
    english = re.compile(r"[A-Za-z_]{3,}")
    assert {one for one in found.content if english.search(one.rpartition(".")[0])} == {"manifest.json"}
    assert len(found.names) == len(found.content) - 2  # each has its key but manifest and sums, and no two the same
    assert {"clauses.csv", "contents.txt", "index.html", "files/plan/方案-1.txt", "bulletins/001.html"} <= set(
        found.names
    )
    for page in [one for one in found.content if one.endswith(".html")]:
        text = found.content[page].decode()
        assert text.startswith('<!doctype html><html lang="zh-Hans">')
        assert not re.search(r"(?:src|href)=\"(?:https?:|/)", text)
    for table in [one for one in found.content if one.endswith(".csv")]:
        head = found.content[table].decode("utf-8-sig").splitlines()[0]
        assert not re.search(r"[a-z]{2,}", head), (table, head)


def test_given_a_campaign_that_lived_when_archived_then_every_register_is_in_it_with_its_papers(
    stage: CampaignStage,
) -> None:
    run, found = lived(stage)

    rows = {key: len(found.table(key)) for key in found.names if key.endswith(".csv")}
    assert rows | {"clauses.csv": 0, "events.csv": 0, "handover.csv": 0, "units.csv": 0} == {
        "bulletin_units.csv": 1,
        "bulletins.csv": 1,
        "clause_moves.csv": 0,
        "clauses.csv": 0,
        "clause_changes.csv": 0,
        "decisions.csv": 3,
        "documents.csv": 2,
        "editions.csv": 1,
        "events.csv": 0,
        "extensions.csv": 1,
        "findings.csv": 1,
        "handover.csv": 0,
        "interviews.csv": 1,
        "led_visits.csv": 2,
        "meetings.csv": 2,
        "open_hazards.csv": 0,
        "problems.csv": 2,
        "regular_duties.csv": 0,
        "returns.csv": 0,
        "rounds.csv": 1,
        "seats.csv": 3,
        "studies.csv": 3,
        "sub_plans.csv": 4,
        "task_helps.csv": 2,
        "task_moves.csv": rows["task_moves.csv"],
        "task_reports.csv": 2,
        "tasks.csv": run.row.tasks.count(),
        "units.csv": 0,
    }
    assert found.table("extensions.csv")[0]["新结束日期"] == "2018-03-31"
    assert {one["文件"] for one in found.table("documents.csv")} <= set(found.content)
    assert found.table("bulletins.csv")[0]["文件"] in found.content


def test_given_what_is_not_for_everybody_when_archived_then_it_is_nowhere_in_the_package(stage: CampaignStage) -> None:
    _, found = lived(stage)

    everything = "\n".join(data.decode("utf-8", "ignore") for data in found.content.values())
    for words in (
        "暗访看到的问题",
        "没有印发的稿件",
        "重大隐患没有督促整改",
        "问责材料",
        "刚换了负责人",
        "campaign.",
    ):
        assert words not in everything, words
    assert [one["单位"] for one in found.table("rounds.csv")] == ["东村"]


def test_given_who_keeps_the_register_when_they_take_the_package_then_cases_and_covert_rounds_are_in_it(
    stage: CampaignStage,
) -> None:
    run, without = lived(stage)

    for who in ("office", "chief", "chair", "group"):
        assert name_of(stage, run.row, who).endswith("-归档（含问责和暗访）.zip"), who
        found = opened(stage, run.row, who)
        assert [one["事实"] for one in found.table("cases.csv")] == ["重大隐患没有督促整改"]
        assert found.table("cases.csv")[0]["移交材料"] in found.content
        assert sorted(one["单位"] for one in found.table("rounds.csv")) == ["东村", "西村", "西村"]
        assert "暗访看到的问题" in found.text("findings.csv")
        events = found.text("events.csv")
        assert "向镇纪委移交一件问责材料" in events
        for words in ("没有印发的稿件", "刚换了负责人"):  # nobody's
            assert not any(words in data.decode("utf-8", "ignore") for data in found.content.values()), words
    left_out = without.manifest["left_out"]
    assert isinstance(left_out, list)
    assert [one["what"] for one in left_out] == [what for what, _ in INNER + NOBODYS]
    assert all(one["why"] for one in left_out)
    assert "这个包里没有的" in without.text("index.html")
    assert [one["what"] for one in found.manifest["left_out"]] == [what for what, _ in NOBODYS]  # type: ignore[attr-defined]
    kept = run.row.frozen["inner"]
    assert hashlib.sha256(found.content["manifest.json"]).hexdigest() == kept["manifest"]
    for who in ("inspector", "superior"):
        assert "cases.csv" not in opened(stage, run.row, who).names, who


def test_given_an_office_above_the_town_when_it_takes_the_package_then_it_is_the_one_without_the_register(
    stage: CampaignStage,
) -> None:
    """The register is of the town's own keepers (`AccountabilityCase.open_to`), whatever posts somebody holds above."""
    run, _ = lived(stage)

    name, stream = queries.archive_of(replace(stage.by("office"), town_id=None), run.row.pk)
    stream.close()

    assert name.endswith("-归档.zip")


def test_given_a_campaign_archived_before_there_were_two_packages_when_the_office_takes_it_then_it_is_the_one_kept(
    stage: CampaignStage,
) -> None:
    row = closed(stage)
    archived(stage, row)
    frozen = dict(row.frozen or {})
    del frozen["inner"]
    Campaign.objects.filter(pk=row.pk).update(frozen=frozen)

    assert name_of(stage, row, "office").endswith("-归档.zip")


def name_of(stage: CampaignStage, row: Campaign, who: str) -> str:
    name, stream = queries.archive_of(stage.by(who), row.pk)
    stream.close()
    return name


def test_given_a_sub_plan_that_was_returned_and_handed_in_again_when_archived_then_both_editions_are_there(
    stage: CampaignStage,
) -> None:
    run = issued(stage)
    receive(stage, run.row, "东村", "village_east")
    run.set_up("东村", "village_east", at(12, 21))
    run.review("东村", at(12, 22), accepted=False)
    run.set_up("东村", "village_east", at(12, 23))
    run.review("东村", at(12, 24))
    run.row.refresh_from_db()
    services.close_campaign(
        campaign_id=run.row.pk, seen_version=run.row.version, summary="总结", actor=stage.by("chief"), now=at(12, 25)
    )
    run.row.refresh_from_db()
    archived(stage, run.row)

    found = opened(stage, run.row)

    told = [(one["第几次报"], one["办理"], one["理由"]) for one in found.table("sub_plans.csv")]
    assert told == [("1", "报送", ""), ("1", "退回", "没有任务清单"), ("2", "报送", ""), ("2", "通过", "")]
    plans = [name for name in found.content if name.startswith("附件/子方案/")]
    assert [found.content[one] for one in sorted(plans)] == [
        f"village_east {at(12, 21)}".encode(),
        f"village_east {at(12, 23)}".encode(),
    ]


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


def test_given_a_paper_that_the_disk_has_lost_when_archiving_then_it_is_refused_with_the_papers_name(
    stage: CampaignStage,
) -> None:
    row = closed(stage)
    sha256 = EvidenceFile.objects.get(pk=row.file_id).sha256
    place = Path(settings.MEDIA_ROOT) / "original" / sha256[:2] / sha256[2:4] / sha256
    place.rename(place.with_suffix(".away"))

    try:
        with pytest.raises(Refusal, match=r"方案原件.*找不到"):
            archived(stage, row)
    finally:
        place.with_suffix(".away").rename(place)
    row.refresh_from_db()
    assert row.state == "closing"


def test_given_many_papers_when_archived_then_a_job_packs_them_and_doing_it_again_changes_nothing(
    stage: CampaignStage,
) -> None:
    run = issued(stage)
    receive(stage, run.row, "东村", "village_east")
    content = b"x" * (SMALL + 1)
    by = stage.by("office")
    kept = trail.keep_file(
        name="大材料.txt", content=content, kind="document", town_id=run.row.town_id, actor=by, now=stage.now
    )
    services.attach_paper(
        campaign_id=run.row.pk, kind=PaperKind.BASIS, title="大材料", file=kept.id, actor=by, now=stage.now
    )
    run.row.refresh_from_db()
    services.close_campaign(
        campaign_id=run.row.pk,
        seen_version=run.row.version,
        summary="总结",
        actor=stage.by("chief"),
        now=stage.now,
    )
    row = run.row
    row.refresh_from_db()

    assert archived(stage, row) == ""
    assert (row.state, row.job_id is not None) == ("closing", True)
    services.finish_archiving(campaign_id=row.pk, now=stage.now + timedelta(days=3))
    row.refresh_from_db()
    sealed = dict(row.frozen)
    services.finish_archiving(campaign_id=row.pk, now=stage.now + timedelta(days=4))

    row.refresh_from_db()
    assert (row.state, row.frozen) == ("archived", sealed)
    kinds = list(
        Event.objects.filter(kind__startswith="campaign.archiv").order_by("seq").values_list("kind", flat=True)
    )
    assert kinds == ["campaign.archiving", "campaign.archived"]
