"""What a plan says beside its clauses, as the check page and the plan page show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.campaigns.rules.goals import absolutes_of
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.reported import Duty, duties_of
from bihuan.campaigns.rules.stages import Stage, stages_of


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage on a page. now: it runs on the day looked at."""

    stage: Stage
    now: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """What a plan says beside its clauses, as a page shows it."""

    goals: Sequence[tuple[str, Sequence[str]]]
    duties: Sequence[Duty]
    stages: Sequence[StageLine]
    posts: Sequence[tuple[str, str]]
    group: str

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.goals or self.duties or self.stages or self.posts)


def outline_of(campaign: CampaignView, on: date) -> Outline:
    """Return what a page shows of it as of a day."""
    group = campaign.group or {}
    return Outline(
        goals=[(one["text"], absolutes_of(one["text"])) for one in campaign.goals],
        duties=[one for one in kept_duties(campaign) if not one.dropped],
        stages=[StageLine(one, one.runs_on(on)) for one in stages_of(campaign.phases)],
        posts=[(title, "、".join(named)) for title, named in group.get("posts", {}).items()],
        group=group.get("name") or "领导小组",
    )


def kept_duties(campaign: CampaignView) -> list[Duty]:
    """Return the duties to report of a plan, dropped ones too."""
    return duties_of(campaign.reporting, issued_on=campaign.issued_on)
