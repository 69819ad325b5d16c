"""What waits for whom: who fills, who mends, who checks, who locks; and nothing that this person cannot do."""

from datetime import date

import pytest

from bihuan.campaigns.models import ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.services import returns as services
from bihuan.desk import queries as desk
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted, begun

pytestmark = pytest.mark.django_db


def todo(stage: ReturnStage, who: str) -> dict[str, int]:
    """Return how much of what waits for somebody."""
    return dict(queries.waiting_for(stage.loop.by(who), now=stage.loop.at).by_what)


def test_given_a_return_when_it_goes_its_way_then_it_waits_for_whoever_is_next(stage: ReturnStage) -> None:
    adopted(stage, "东村")
    form = ReturnForm.objects.get()
    assert (todo(stage, "village_east"), todo(stage, "office")) == ({}, {})

    stage.on(date(2018, 1, 18))
    assert todo(stage, "village_east") == {"returns.to_fill": 1}
    stage.on(FRIDAY)
    row = stage.sent(stage.begin(form, *FIRST, unit="东村", who="village_east"), "village_east")
    assert (todo(stage, "village_east"), todo(stage, "office")) == ({}, {"returns.to_check": 1})
    stage.do("send_back", row, reason="人次没填对")
    assert (todo(stage, "village_east"), todo(stage, "office")) == ({"returns.to_mend": 1}, {})
    stage.do("check_return", stage.do("send_return", row, "village_east"))
    assert (todo(stage, "village_east"), todo(stage, "office")) == ({}, {"returns.to_lock": 1})
    stage.do("lock_return", row)
    assert (todo(stage, "village_east"), todo(stage, "office"), todo(stage, "chief")) == ({}, {}, {})
    stage.do("correct_return", row, "chief", reason="漏报一项")
    assert todo(stage, "village_east") == {"returns.to_mend": 1}
    assert todo(stage, "village_west") == {}


def test_given_who_sent_a_return_when_it_waits_to_be_checked_then_it_waits_for_another(stage: ReturnStage) -> None:
    stage.sent(begun(stage, "镇", "office"), "office", "各单位下午补报")

    assert "returns.to_check" not in todo(stage, "office")
    assert todo(stage, "chief")["returns.to_check"] == 1


def test_given_a_return_that_nobody_checked_for_months_when_listed_then_it_still_waits(stage: ReturnStage) -> None:
    row = stage.sent(begun(stage), "village_east")
    stage.on(date(2018, 6, 1))
    office = stage.loop.by("office")

    assert todo(stage, "office")["returns.to_check"] == 1
    assert row.pk in {line.return_id for line in queries.owed_for(office, now=stage.loop.at)}
    stage.do("lock_return", stage.do("check_return", row))
    assert row.pk not in {line.return_id for line in queries.owed_for(office, now=stage.loop.at)}


def test_given_a_check_that_waits_when_told_then_it_does_not_run_out_with_the_hour_of_sending(
    stage: ReturnStage,
) -> None:
    stage.sent(begun(stage), "village_east")
    stage.on(FRIDAY, 18)

    [one] = [
        one
        for one in queries.waiting_for(stage.loop.by("office"), now=stage.loop.at).rows
        if one.what == "returns.to_check"
    ]

    assert (one.due_at, one.verb, one.reason) == (None, "审核", "01-19 09:00报送，等您审核")


def test_given_a_special_return_of_tonight_when_older_ones_are_overdue_then_it_stands_first_and_is_not_begun(
    stage: ReturnStage,
) -> None:
    adopted(stage, "东村")
    office = stage.loop.by("office")
    stage.on(date(2018, 2, 5))
    form = stage.use(stage.upload("villages.xlsx", rhythm="special"), "东村")
    tonight = stage.loop.at.replace(hour=21)
    services.ask_special(
        form_id=form.pk, unit_ids=[stage.unit("东村")], since=stage.loop.day, until=stage.loop.day, due_at=tonight,
        actor=office, now=stage.loop.at,
    )  # fmt: skip

    found = queries.waiting_for(stage.loop.by("village_east"), now=stage.loop.at)
    merged = desk.waiting(stage.loop.by("village_east"), now=stage.loop.at)

    assert (found.late, found.today) == (3, 1)
    assert found.rows[0].due_at == merged.rows[0].due_at == tonight
    assert "还没有填" in found.rows[0].reason or "次日" in found.rows[0].reason
    assert "已开始填" not in found.rows[0].reason


def test_given_a_village_when_its_returns_are_listed_then_it_reports_to_the_town_and_the_town_above(
    stage: ReturnStage,
) -> None:
    form = adopted(stage, "镇", "东村")
    ReturnForm.objects.filter(pk=form.pk).update(to_whom="区安委办")

    lines = queries.owed_for(stage.loop.by("office"), now=stage.loop.at)

    assert {line.unit_name: line.to_whom for line in lines} == {"示范镇": "区安委办", "东村": "镇安监办"}
    stage.on(FRIDAY)
    row = stage.begin(form, *FIRST, unit="东村", who="village_east")
    assert stage.see(row, "village_east").to_whom == "镇安监办"
