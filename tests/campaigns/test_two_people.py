"""Who accuses neither answers for the accused, nor weighs the reply, nor signs; who acts for a unit shows its paper."""

import pytest

from bihuan.campaigns.models import Bulletin
from bihuan.campaigns.queries.supervision.todos import waiting_for
from bihuan.campaigns.services import supervision
from bihuan.kernel.errors import Refusal
from bihuan.orgs.models import Holding
from tests.campaigns.supervised import Supervised, make_supervised

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None) -> Supervised:
    return make_supervised()


def by_chief(run: Supervised) -> Bulletin:
    """Return a criticism of 东村 that the chief drafted, being heard."""
    made = supervision.draft_circular(kind="criticism", units={run.part("东村"): "重视不够"}, **run.said("chief"))
    supervision.ask_units(bulletin_id=made, seen_version=1, **run.said("chief"))
    return Bulletin.objects.get(pk=made)


def nobody_there(run: Supervised) -> None:
    """Leave the posts of 东村 vacant."""
    Holding.objects.filter(post__unit__short_name="东村").delete()


def test_given_a_drafter_when_the_reply_is_weighed_or_the_paper_signed_then_somebody_else_does_it(
    run: Supervised,
) -> None:
    one = by_chief(run)
    run.about(supervision.reply, one, "东村", "village_east", reason="子方案寄丢了")

    with pytest.raises(Refusal, match="另一位负责人"):
        run.about(supervision.hear, one, "东村", "chief", stays=True, reason="没有佐证")
    run.about(supervision.hear, one, "东村", "chair", stays=True, reason="没有佐证")
    one = run.again(one)
    with pytest.raises(Refusal, match="另一位负责人"):
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chief"))
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **run.said("chair"))

    assert run.again(one).issued_by == run.by("chair").name


def test_given_a_drafter_when_speaking_for_the_accused_then_it_is_refused_even_with_a_paper(run: Supervised) -> None:
    one = by_chief(run)
    nobody_there(run)

    with pytest.raises(Refusal, match="不能替被通报的单位说话"):
        run.about(supervision.reply, one, "东村", "chief", reason="没有意见", files=[run.paper("chief")])


def test_given_a_unit_on_the_platform_when_a_colleague_speaks_for_it_then_it_is_asked_itself(run: Supervised) -> None:
    one = by_chief(run)

    with pytest.raises(Refusal, match="在平台上，不能代办"):
        run.about(supervision.reply, one, "东村", "office", reason="没有意见", files=[run.paper("office")])


def test_given_a_unit_that_nobody_can_log_in_for_when_spoken_for_then_its_paper_is_asked_and_the_event_says_so(
    run: Supervised,
) -> None:
    one = by_chief(run)
    nobody_there(run)
    with pytest.raises(Refusal, match="签字或盖章"):
        run.about(supervision.reply, one, "东村", "office", reason="没有意见")

    run.about(supervision.reply, one, "东村", "office", reason="没有意见", files=[run.paper("office")])

    assert run.named(one).reply_files


def test_given_a_correction_that_a_colleague_reported_when_confirmed_then_it_takes_another(run: Supervised) -> None:
    one = run.issued()
    nobody_there(run)
    run.about(supervision.answer_circular, one, "东村", "chief", reason="已报方案", files=[run.paper("chief")])

    with pytest.raises(Refusal, match="请换一位同事确认"):
        run.about(supervision.review_correction, one, "东村", "chief", accepted=True)
    run.about(supervision.review_correction, one, "东村", "office", accepted=True)

    assert run.again(one).state == "corrected"


def test_given_a_reply_to_weigh_when_people_look_at_their_desks_then_only_the_other_signer_is_asked(
    run: Supervised,
) -> None:
    one = by_chief(run)
    run.about(supervision.reply, one, "东村", "village_east", reason="子方案寄丢了")

    asked = {
        who: [row.what for row in waiting_for(run.by(who), now=run.now).rows if row.subject_id == one.pk]
        for who in ("chief", "chair")
    }

    assert asked == {"chief": [], "chair": ["bulletins.hear"]}
