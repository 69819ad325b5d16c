"""One hazard from found to closed, by each of the roads."""

import pytest

from bihuan.hazards.models import Hazard, Listing, Reinspection, Round
from bihuan.hazards.rules.acts import Act
from bihuan.trail.models import Event
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def kinds(hazard: Hazard) -> list[str]:
    return list(Event.objects.filter(subject_id=hazard.pk).order_by("seq").values_list("kind", flat=True))


def test_given_a_general_hazard_when_fixed_and_passed_then_it_is_closed_with_its_trail(stage: Stage) -> None:
    hazard = stage.closed()

    assert (hazard.state, hazard.is_open, hazard.closed_on, hazard.closed_late) == ("closed", False, stage.day, False)
    assert (hazard.number, hazard.version, hazard.round, hazard.money_fen) == ("2018-0001", 6, 1, 30000)
    assert kinds(hazard) == [
        "hazard.report",
        "hazard.confirm",
        "hazard.assign",
        "hazard.accept",
        "hazard.hand_in",
        "hazard.pass",
    ]
    assert Round.objects.get().result == "passed"
    assert Reinspection.objects.get().passed is True


def test_given_a_major_hazard_when_listed_accepted_and_delisted_then_it_may_close(stage: Stage) -> None:
    hazard = stage.delisted()
    assert (hazard.state, hazard.listing_state, hazard.next_act) == ("rectified", "delisted", "pass")

    closed = stage.do(hazard, Act.PASS, "chief", **stage.on_site("chief"))

    listing = Listing.objects.get()
    assert closed.state == "closed"
    assert (listing.state, listing.number, bool(listing.delisting_number)) == ("delisted", listing.number, True)
    assert "督办" in listing.number


def test_given_a_failed_reinspection_when_fixed_again_then_the_round_is_counted_and_proof_kept(stage: Stage) -> None:
    hazard = stage.do(stage.rectified(), Act.FAIL, "office", text="防护罩没有固定")
    assert (hazard.state, hazard.round, hazard.failed_count, hazard.after_photos) == ("rectifying", 2, 1, 0)

    hazard = stage.do(stage.hand_in(hazard), Act.PASS, "office", text="合格")

    assert hazard.state == "closed"
    assert list(Round.objects.order_by("number").values_list("number", "result")) == [(1, "failed"), (2, "passed")]
    assert hazard.files.count() == 2
