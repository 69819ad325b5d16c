"""R3.6: an enterprise prints the quarter's statistics, its principal signs, the signed paper comes back."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards.models import SignedTable
from bihuan.trail.models import Event
from tests.hazards.stage import Stage, picture
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
Q1 = "?period=2018q1"


def table_of(stage: Stage) -> str:
    return reverse("hazards:firm_table", args=[stage.firm.id])


def signed(**more: Any) -> dict[str, Any]:
    paper = SimpleUploadedFile("签字.png", picture(77), "image/png")
    return {"signed_by": "鑫达机械厂主要负责人", "new_scan": paper} | more


def test_rule_r3_6_the_table_is_counted_by_the_platform_and_lists_the_majors(enter: Visit, stage: Stage) -> None:
    stage.closed()
    stage.rectifying()
    major = stage.listed()
    stage.confirmed()

    page = enter("boss").get(table_of(stage) + Q1)

    rows = {row.name: (row.found, row.closed, row.rectified, row.counted, row.open) for row in page.context["rows"]}
    assert rows == {
        "一般隐患": (3, 1, 1, 3, 2),
        "重大隐患": (1, 0, 0, 1, 1),
        "未定级": (0, 0, 0, 0, 0),
        "合计": (4, 1, 1, 4, 3),
    }
    assert page.context["rows"][-1].money_yuan == 300
    assert [one["line"].number for one in page.context["majors"]] == [major.number]
    text = page.content.decode()
    assert "2018年4月15日" in text
    assert "主要负责人（签字）" in text
    assert "交签字的表" not in text  # not over yet


def test_rule_r3_6_the_table_waits_until_it_comes_back_signed(enter: Visit, stage: Stage, settings: Any) -> None:
    stage.closed()
    settings.BIHUAN_DEMO_DAY = "2018-04-02"
    boss, desk = enter("boss"), reverse("desk:workbench")
    assert "2018年第一季度事故隐患排查治理统计表" in boss.get(desk).content.decode()
    refused = boss.post(table_of(stage) + Q1, signed(new_scan=""))
    assert refused.status_code == 422
    assert "请附主要负责人签字的统计表" in refused.content.decode()

    sent = boss.post(table_of(stage) + Q1, signed())

    row = SignedTable.objects.get()
    assert (sent.status_code, row.period, row.figures) == (
        303,
        "2018q1",
        {"found": 1, "closed": 1, "open": 0, "overdue": 0},
    )
    event = Event.objects.get(kind="self_report.signed")
    assert (event.evidence, event.enterprise_id) == ([str(row.scan_id)], stage.firm.id)
    assert "2018年第一季度事故隐患排查治理统计表" not in boss.get(desk).content.decode()
    office = enter("office").get(table_of(stage) + Q1).content.decode()
    assert "签字的统计表</a>" in office
    boss.post(table_of(stage) + Q1, signed())
    assert list(SignedTable.objects.order_by("handed_in_at", "id").values_list("is_current", flat=True)) == [
        False,
        True,
    ]


def test_given_a_period_not_known_whole_when_the_desk_opens_then_it_is_not_asked_for(
    enter: Visit, stage: Stage
) -> None:
    assert "统计表" not in enter("boss").get(reverse("desk:workbench")).content.decode()
    assert "之前的隐患不在表内" in enter("boss").get(table_of(stage)).content.decode()


def test_given_strangers_when_they_ask_for_a_table_or_its_paper_then_there_is_none(
    enter: Visit, stage: Stage, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = "2018-04-02"
    enter("boss").post(table_of(stage) + Q1, signed())
    scan = reverse("hazards:table_scan", args=[SignedTable.objects.get().pk])

    def asked(who: str, address: str) -> int:
        answer: Any = enter(who).get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end the file closes, and the database stays open
        return int(answer.status_code)

    seen = {who: asked(who, scan) for who in ("boss", "office", "village_east", "industry")}
    unseen = {asked(who, one) for who in ("village_west", "construction") for one in (scan, table_of(stage))}

    assert seen == dict.fromkeys(seen, 200)
    assert unseen == {404}
    assert enter("industry").post(table_of(stage) + Q1, signed()).status_code in {403, 422}
    assert "请写明代谁办理" in enter("village_east").post(table_of(stage) + Q1, signed()).content.decode()
    enter("village_east").post(table_of(stage) + Q1, signed(acting_for="鑫达机械厂"))
    assert SignedTable.objects.get(is_current=True).acting_for == "鑫达机械厂"


def test_given_one_or_three_majors_when_the_table_is_shown_then_the_queries_are_as_many(
    enter: Visit, stage: Stage
) -> None:
    boss, counts = enter("boss"), []
    stage.listed()
    for more in (0, 2):
        for _ in range(more):
            stage.listed()
        boss.get(table_of(stage))
        with CaptureQueriesContext(connection) as caught:
            boss.get(table_of(stage))
        counts.append(len(caught))

    assert counts[0] == counts[1]
