"""Days of supervision on pages: a talk in a holiday, an appointment's chip, weekly briefs of the same days."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from bihuan.campaigns.models import Interview
from bihuan.campaigns.services import supervision
from bihuan.standards import services as standards
from tests.campaigns.supervised import Supervised, make_supervised
from tests.web.test_campaigns import page, press


@pytest.fixture
def run(db: None, settings: Any) -> Supervised:
    """A campaign; the doors' clock stands on 5 January."""
    standards.load_reference_data()
    made = make_supervised()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def test_given_a_talk_in_a_holiday_when_called_then_it_is_doubted_until_the_person_means_it(run: Supervised) -> None:
    office = run.town.client("office")
    said = {"unit": str(run.part("东村")), "who": "村主任", "convener": "安监办", "reason": "逾期"}
    call = reverse("campaigns:call", args=(run.row.pk,))

    refused = office.post(call, said | {"meets_at": "2018-02-20T09:00"})

    assert refused.status_code == 422
    assert "2月20日放假。请改在上班时间" in refused.content.decode()
    assert "放假时也约谈" in refused.content.decode()
    assert not Interview.objects.exists()
    assert "放假时也约谈" not in office.get(call).content.decode()
    assert office.post(call, said | {"meets_at": "2018-02-20T09:00", "in_holiday": "on"}).status_code == 303
    assert office.post(call, said | {"meets_at": "2018-02-12T09:00"}).status_code == 303
    assert Interview.objects.count() == 2


def test_given_a_talk_in_a_holiday_when_it_is_near_then_its_chip_counts_days_and_asks_nothing_before_it(
    run: Supervised, settings: Any
) -> None:
    press(
        run.town.client("office"), "call", run.row.pk, unit=run.part("东村"), who="村主任", convener="安监办",
        reason="逾期", meets_at="2018-02-20T09:00", in_holiday="on",
    )  # fmt: skip
    settings.BIHUAN_DEMO_DAY = "2018-02-14"

    desk = run.town.client("village_east").get(reverse("desk:workbench")).content.decode()

    assert "约谈剩 6 天" in desk
    assert "约谈节前须办" not in desk


def test_given_two_weekly_briefs_of_the_same_days_when_opened_then_each_says_so(run: Supervised) -> None:
    made = [
        supervision.draft_brief(kind="weekly", until=until, **run.said("office"))
        for until in (date(2018, 1, 3), date(2018, 1, 5))
    ]
    office = run.town.client("office")

    for one, other in zip(made, ("12月30日—1月5日", "12月28日—1月3日"), strict=True):
        assert f"和另一份草稿（{other}）有 5 天是同一天" in page(office, "bulletin", run.row.pk, one).replace(
            "2017年", ""
        )


def test_given_a_brief_of_days_that_are_over_when_opened_then_it_says_of_what_day_it_knows_as_returns_do(
    run: Supervised,
) -> None:
    past, now = (
        supervision.draft_brief(kind="weekly", until=until, **run.said("office"))
        for until in (date(2018, 1, 3), run.now.date())
    )
    office = run.town.client("office")
    known = "按2018年1月3日当日所知：以后才补登、更正的不算在内；同样几天的报表按报送时所知"

    assert known in page(office, "bulletin", run.row.pk, past)
    assert known in _words(office.get(reverse("campaigns:bulletin_annex", args=(run.row.pk, past))))
    assert "当日所知" not in page(office, "bulletin", run.row.pk, now)


def _words(response: Any) -> str:
    document = Document(BytesIO(b"".join(response) if response.streaming else response.content))
    return "".join(one.text for one in document.paragraphs)
