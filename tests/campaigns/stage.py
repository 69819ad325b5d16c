"""A stage for campaigns: a small town, a plan taken in and read, and short ways to go on with it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, CampaignUnit, Clause
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI
from tests.town import SmallTown, make_town

PLANS = Path(__file__).parent / "plans"
NOW = datetime(2017, 12, 20, 9, 0, tzinfo=SHANGHAI)
EVERYBODY = ("东村", "西村", "经发办", "建设办", "安监办")
SHORT = """关于开展冬季安全检查的通知
各村、各有关部门：
为加强冬季安全，现将有关事项通知如下。检查自2017年12月20日起至2018年1月31日止。
一、工作任务
（一）各村要在12月31日前完成企业排查，建立隐患清单。
（二）经发办要对重大事故隐患一律实施挂牌督办，切实加强宣传教育。
（三）各有关部门要开展一次安全生产警示教育。
示范镇人民政府
2017年12月20日
"""


@dataclass
class CampaignStage:
    """Where the tests of campaigns play."""

    town: SmallTown
    now: datetime = NOW

    def by(self, who: str = "office") -> Actor:
        """Return a person of the town as an actor."""
        return self.town.actor(who, self.now.date())

    def read(self, name: str = "plan-jincheng-2017.docx") -> Campaign:
        """Upload one of the marked plans and read it, as the worker does."""
        content = (PLANS / name).read_bytes()
        return self._understood(services.start_campaign(name=name, content=content, actor=self.by(), now=self.now))

    def read_text(self, text: str = SHORT) -> Campaign:
        """Paste a plan and read it."""
        return self._understood(services.start_from_text(text=text, actor=self.by(), now=self.now))

    def _understood(self, campaign_id: UUID) -> Campaign:
        services.understand_plan(campaign_id=campaign_id, now=self.now)
        return Campaign.objects.get(pk=campaign_id)

    def accepted(self, row: Campaign) -> Campaign:
        """Accept every clause as it was read."""
        services.accept_clauses(campaign_id=row.pk, seen_version=row.version, actor=self.by(), now=self.now)
        row.refresh_from_db()
        return row

    def issued(
        self, row: Campaign | None = None, *, units: tuple[str, ...] = ("东村", "西村", "经发办", "建设办", "安监办")
    ) -> Campaign:
        """Return a campaign that was issued to these units."""
        row = self.accepted(row or self.read_text())
        ids = [self.town.units[one].id for one in units]
        told = queries.issue_told(self.by("chief"), row.pk, units=ids, with_tasks=True, now=self.now)
        services.issue_campaign(
            campaign_id=row.pk,
            seen_version=row.version,
            units=ids,
            office_takes=len(told.unnamed),
            actor=self.by("chief"),
            now=self.now,
        )
        row.refresh_from_db()
        return row

    def part(self, row: Campaign, unit: str) -> CampaignUnit:
        """Return a unit's part in a campaign."""
        return CampaignUnit.objects.get(campaign=row, unit_id=self.town.units[unit].id)

    def clause(self, row: Campaign, words: str) -> Clause:
        """Return the clause that says this."""
        return row.clauses.in_text().get(text__contains=words)


def make_campaign_stage() -> CampaignStage:
    """Return a stage on a town of its own."""
    return CampaignStage(make_town())
