"""What waits for who signs, and what no longer waits because it can no longer be done (R9.1a, R9.10, R9.11)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Bulletin, Campaign
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.registers import Chair, NewDecision
from bihuan.campaigns.services import supervision
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.trail.models import Event
from tests.campaigns.supervised import Supervised, at, make_supervised

pytestmark = pytest.mark.django_db
SIGNING = {"chief", "chair"}


@pytest.fixture
def run(db: None) -> Supervised:
    """A campaign that was issued, on 5 January 2018."""
    return make_supervised()


def _waits(run: Supervised, what: str) -> set[str]:
    """Return for whom of the town this waits."""
    found = set()
    for who in run.town.users:
        lists = [ask(run.by(who), now=run.now) for ask in (asking.waiting_for, queries.waiting_for)]
        if any(row.what == what for one in lists for row in one.rows):
            found.add(who)
    return found


def test_given_a_plan_when_it_is_read_and_checked_then_it_waits_for_the_office_and_then_for_who_signs(
    run: Supervised,
) -> None:
    row = run.stage.read_text()
    read = [_waits(run, what) for what in ("campaign.check", "campaign.issue")]
    row = run.stage.accepted(row)
    checked = [_waits(run, what) for what in ("campaign.check", "campaign.issue")]
    run.stage.issued(row)

    assert read == [{"office", "chief"}, set()]
    assert checked == [set(), SIGNING]
    assert _waits(run, "campaign.issue") == set()


def test_given_rounds_planned_when_looked_at_then_the_group_sees_each_and_holds_it_by_its_post(run: Supervised) -> None:
    soon, far = run.planned("东村"), run.planned("西村", method="open", on=run.now.date() + timedelta(days=20))

    waits = asking.waiting_for(run.by("group"), now=run.now).rows
    assert [(one.title, one.reason) for one in waits if one.what == "supervision.hold"] == [
        ("督查东村", "暗访：重大隐患督办，到了计划的日期"),
        ("督查西村", f"明察：重大隐患督办，计划{far.planned_on.month}月{far.planned_on.day}日"),
    ]
    assert _waits(run, "supervision.hold") == {"office", "chief", "group"}
    supervision.hold_round(
        round_id=soon.pk, seen_version=1, held_on=run.now.date(), facts={"leader": "督查组组长"}, **run.said("group")
    )
    assert [one.title for one in asking.waiting_for(run.by("group"), now=run.now).rows] == ["督查西村"]


def test_given_a_circular_when_a_unit_has_replied_then_who_signs_decides_and_then_issues(run: Supervised) -> None:
    one = run.asked("东村")
    asked = [_waits(run, what) for what in ("bulletins.reply", "bulletins.hear", "bulletins.issue")]
    run.about(supervision.reply, one, "东村", "village_east", reason="已经整改")
    replied = [_waits(run, what) for what in ("bulletins.reply", "bulletins.hear", "bulletins.issue")]
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason="理由不足")
    heard = [_waits(run, what) for what in ("bulletins.reply", "bulletins.hear", "bulletins.issue")]
    one = run.again(one)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))

    assert asked == [{"village_east"}, set(), set()]
    assert replied == [set(), SIGNING, set()]
    assert heard == [set(), set(), SIGNING]
    assert _waits(run, "bulletins.issue") == set()
    assert _waits(run, "bulletins.correct") == {"village_east"}


def test_given_the_last_day_for_replies_when_it_is_over_then_nobody_is_asked_to_reply_any_more(run: Supervised) -> None:
    one = run.asked("东村", "西村")
    assert _waits(run, "bulletins.reply") == {"village_east", "village_west"}

    run.now += timedelta(days=(one.reply_by - run.now.date()).days)
    last_day = _waits(run, "bulletins.reply"), _waits(run, "bulletins.issue")
    run.now += timedelta(days=1)

    assert last_day == ({"village_east", "village_west"}, set())
    assert (_waits(run, "bulletins.reply"), _waits(run, "bulletins.issue")) == (set(), SIGNING)
    with pytest.raises(Refusal, match="已过"):
        run.about(supervision.reply, one, "东村", "village_east", reason="晚了")


def test_given_a_brief_when_drafted_then_it_waits_for_who_signs_until_it_is_issued(run: Supervised) -> None:
    made = supervision.draft_brief(kind="weekly", until=run.now.date(), **run.said("office"))
    assert _waits(run, "bulletins.issue") == SIGNING

    one = Bulletin.objects.get(pk=made)
    supervision.issue_bulletin(bulletin_id=made, seen_version=one.version, **run.said("chief"))

    assert _waits(run, "bulletins.issue") == set()


def test_given_a_campaign_when_its_last_day_is_over_then_it_waits_to_be_closed_and_then_archived(
    run: Supervised,
) -> None:
    part = run.stage.part(run.row, "东村")
    services.receive(
        campaign_id=run.row.pk, unit_id=part.pk, seen_version=part.version, actor=run.by("village_east"), now=run.now
    )
    run.now = at(1, 31)
    last_day = _waits(run, "campaign.close")
    run.now = at(2, 1)
    over = _waits(run, "campaign.close")
    row = Campaign.objects.get(pk=run.row.pk)
    services.close_campaign(seen_version=row.version, summary="办完了", **run.said("chief"))
    closed = [_waits(run, what) for what in ("campaign.close", "campaign.archive")]
    row.refresh_from_db()
    services.archive_campaign(seen_version=row.version, **run.said("chief"))

    assert (last_day, over, closed) == (set(), SIGNING, [set(), SIGNING])
    assert _waits(run, "campaign.archive") == set()


def test_given_a_decision_when_its_day_is_over_then_it_waits_for_its_unit_and_for_who_leads(run: Supervised) -> None:
    facts = {"title": "调度会", "host": "镇长"}
    decided = [NewDecision("查漏电", run.part("东村"), run.now.date() + timedelta(days=1))]
    services.register_meeting(
        on=run.now.date(), facts=facts, chair=Chair.OTHER, decisions=decided, **run.said("office")
    )
    before = [_waits(run, what) for what in ("campaign.decision", "campaign.decision_late")]
    run.now += timedelta(days=2)

    assert before == [{"village_east"}, set()]
    assert _waits(run, "campaign.decision") == {"village_east"}
    assert _waits(run, "campaign.decision_late") == {"chair", "leader"}


# -- 约谈
def test_given_a_notice_when_the_unit_signs_for_it_then_it_no_longer_waits_and_the_office_knows(
    run: Supervised,
) -> None:
    one = run.called("东村", days=3)
    called = [_waits(run, what) for what in ("interviews.attend", "interviews.hold")]
    supervision.receive_interview(interview_id=one.pk, seen_version=one.version, **run.said("village_east"))

    assert called == [{"village_east"}, {"office", "chief"}]
    assert [_waits(run, what) for what in ("interviews.attend", "interviews.hold")] == [set(), {"office", "chief"}]
    line = asking.interview_for(run.by("office"), run.row.pk, one.pk)
    assert (line.received_at, bool(line.received_by), line.state) == (run.now, True, "noticed")
    assert Event.objects.filter(kind="campaign.interview_received").count() == 1
    with pytest.raises(Refusal, match="签收过"):
        supervision.receive_interview(interview_id=one.pk, seen_version=2, **run.said("village_east"))


def test_given_a_notice_when_another_unit_signs_for_it_then_it_is_refused_and_nothing_is_written(
    run: Supervised,
) -> None:
    one = run.called("东村")

    with pytest.raises(NotAllowed):
        supervision.receive_interview(interview_id=one.pk, seen_version=one.version, **run.said("inspector"))

    assert run.again(one).received_at is None
    assert not Event.objects.filter(kind="campaign.interview_received").exists()


def test_given_a_notice_when_the_day_of_the_talk_is_over_then_it_waits_only_for_the_office(run: Supervised) -> None:
    run.called("东村", days=1)
    run.now += timedelta(days=1)
    on_the_day = _waits(run, "interviews.attend")
    run.now += timedelta(days=1)

    assert on_the_day == {"village_east"}
    assert (_waits(run, "interviews.attend"), _waits(run, "interviews.hold")) == (set(), {"office", "chief"})


def test_given_a_notice_on_screen_when_signed_for_then_the_page_says_who_did(run: Supervised, settings: Any) -> None:
    settings.BIHUAN_DEMO_DAY = run.now.date().isoformat()
    one = run.called("东村", days=3)
    address = reverse("campaigns:interview", args=(run.row.pk, one.pk))
    village: Client = run.town.client("village_east")

    assert "签收通知" in village.get(address).content.decode()
    assert "签收通知" not in run.town.client("office").get(address).content.decode()
    assert village.post(address, {"deed": "receive", "about": "", "seen_version": one.version}).status_code == 303
    assert "还没有签收" not in village.get(address).content.decode()
    assert "签收通知" not in village.get(address).content.decode()


def test_given_much_that_waits_when_asked_then_the_number_of_queries_is_the_same(run: Supervised) -> None:
    def asked(who: str) -> int:
        viewer = run.by(who)
        with CaptureQueriesContext(connection) as seen:
            asking.waiting_for(viewer, now=run.now)
            queries.waiting_for(viewer, now=run.now)
        return len(seen)

    people = ("chair", "chief", "office", "village_east")
    few = [asked(who) for who in people]
    run.asked("东村", "西村")
    run.called("东村")
    supervision.draft_brief(kind="weekly", until=run.now.date(), **run.said("office"))
    run.stage.accepted(run.stage.read_text())
    run.stage.issued()

    assert [asked(who) for who in people] == few
    assert max(few) <= 11, few
    assert date(2018, 1, 5) == run.now.date()


def test_given_who_only_administers_when_their_unit_has_work_then_none_of_it_waits_for_them(run: Supervised) -> None:
    """R10.13: administrators see no business, though their post is in the safety office."""
    waiting = {who: queries.waiting_for(run.by(who), now=run.now).rows for who in ("office", "system_admin")}

    assert run.by("system_admin").own_units == run.by("office").own_units
    assert waiting["office"] != ()
    assert waiting["system_admin"] == ()
