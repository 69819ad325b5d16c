"""What a plan says beside its clauses, as the check page and the plan page show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from bihuan.campaigns.queries import returns
from bihuan.campaigns.rules.goals import absolutes_of
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.reported import Duty, duties_of
from bihuan.campaigns.rules.returns.of_duty import can_be_return
from bihuan.campaigns.rules.stages import Stage, stages_of
from bihuan.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage on a page. now: it runs on the day looked at."""

    stage: Stage
    now: bool


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty to report on a page. form_href: of the return that it has become; start_href: where it becomes one."""

    duty: Duty
    form_href: str = ""
    start_href: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a plan says beside its clauses, as a page shows it."""

    goals: Sequence[tuple[str, Sequence[str]]]
    duties: Sequence[DutyLine]
    stages: Sequence[StageLine]
    posts: Sequence[tuple[str, str]]
    group: str

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.goals or self.duties or self.stages or self.posts)


def outline_of(campaign: CampaignView, on: date, viewer: Actor | None = None) -> Outline:
    """Return what a page shows of it as of a day. viewer: of a page that leads on to the returns that duties became."""
    group = campaign.group or {}
    return Outline(
        goals=[(one["text"], absolutes_of(one["text"])) for one in campaign.goals],
        duties=list(_duties(campaign, viewer)),
        stages=[StageLine(one, one.runs_on(on)) for one in stages_of(campaign.phases)],
        posts=[(title, "、".join(named)) for title, named in group.get("posts", {}).items()],
        group=group.get("name") or "领导小组",
    )


def _duties(campaign: CampaignView, viewer: Actor | None) -> Iterator[DutyLine]:
    duties = kept_duties(campaign)
    periodic = viewer is not None and any(map(can_be_return, duties))
    forms = returns.forms_of_duties(viewer, campaign.id) if viewer is not None and periodic else {}
    state = CampaignState(campaign.state)
    starts_any = viewer is not None and may(viewer, CampaignAct.ASSIGN, state, path=campaign.path)
    for number, duty in enumerate(duties):
        if duty.dropped:
            continue
        form = forms.get(number)
        starts = starts_any and form is None and can_be_return(duty)
        yield DutyLine(
            duty,
            reverse("campaigns:return_form", args=(form,)) if form is not None else "",
            reverse("campaigns:start_return", args=(campaign.id, number)) if starts else "",
        )


def kept_duties(campaign: CampaignView) -> list[Duty]:
    """Return the duties to report of a plan, dropped ones too."""
    return duties_of(campaign.reporting, issued_on=campaign.issued_on)
