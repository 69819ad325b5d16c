"""The pages of a campaign that is being closed: what will be left open, figures that stand still, their corrections."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import Problem, Study, Task
from tests.campaigns.running import Running, live
from tests.campaigns.stage import make_campaign_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings: Any) -> Running:
    settings.BIHUAN_DEMO_DAY = "2018-02-10"
    return live(make_campaign_stage())


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"campaigns:{name}", args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def press(client: Client, name: str, *args: object, **said: object) -> None:
    answer = client.post(reverse(f"campaigns:{name}", args=args), said)
    assert answer.status_code == 303, (name, answer.status_code, answer.content.decode()[:2000])


def test_given_a_campaign_when_it_is_closed_on_the_page_then_what_is_left_is_said_before_and_kept_after(
    run: Running,
) -> None:
    chief, village, key = run.stage.town.client("chief"), run.stage.town.client("village_east"), run.row.pk
    left = Task.objects.filter(campaign=run.row).exclude(state="done").count()

    before = page(chief, "close", key)
    assert reverse("campaigns:handover", args=[key]) in before
    assert f"任务 {left} 件" in page(chief, "handover", key)
    press(chief, "close", key, summary="查了 40 家", seen_version=run.row.version)

    shown = page(chief, "show", key, query="?section=all")
    assert "数字停在那天" in shown
    assert "更正" not in shown
    after = page(chief, "handover", key)
    assert "开始收尾时没有办完、转入日常管理的" in after
    assert f"任务 {left} 件" in after
    assert "没有销号的隐患" in after
    mine = page(village, "handover", key)
    assert "建设办" not in mine
    assert "没有销号的隐患" not in mine
    run.row.refresh_from_db()
    press(chief, "archive", key, seen_version=run.row.version)
    assert ["归档包" in page(one, "show", key) for one in (chief, village)] == [True, False]


def test_given_a_closed_campaign_when_a_record_is_corrected_then_its_page_says_so_with_the_reason_to_the_town(
    run: Running,
) -> None:
    chief, office = run.stage.town.client("chief"), run.stage.town.client("office")
    village, key = run.stage.town.client("village_east"), run.row.pk
    press(chief, "close", key, summary="查了 40 家", seen_version=run.row.version)
    study = Study.objects.get(kind="warning")

    press(office, "take_back", key, "study", study.pk, why="登错了村", seen_version=study.version)

    shown = page(chief, "show", key, query="?section=all")
    assert "这是第 2 版" in shown
    assert "登错了村" in shown
    mine = page(village, "show", key, query="?section=all")
    assert "这是第 2 版" in mine
    assert "登错了村" not in mine


def test_given_a_closed_campaign_when_a_day_is_asked_on_which_it_ran_then_it_speaks_as_it_did_then(
    run: Running,
) -> None:
    chief, key = run.stage.town.client("chief"), run.row.pk
    before = {one: page(chief, one, key, query="?section=all&on=2018-01-20") for one in ("show", "matrix")}
    press(chief, "close", key, summary="查了 40 家", seen_version=run.row.version)

    for name, then in before.items():
        now = page(chief, name, key, query="?section=all&on=2018-01-20")
        assert "推进中" in then
        assert ("未完成" in now, now.count("推进中")) == (False, then.count("推进中")), name
        assert "未完成" in page(chief, name, key, query="?section=all")
    narrowed = page(chief, "show", key, query="?only=under_way")
    assert ("只看未完成（推进中）" in narrowed, "只看推进中" in narrowed) == (True, False)


def test_given_a_frozen_page_when_opened_then_it_asks_no_more_queries_than_one_that_is_counted(
    run: Running, django_assert_max_num_queries: Any
) -> None:
    chief, key = run.stage.town.client("chief"), run.row.pk
    press(chief, "close", key, summary="查了 40 家", seen_version=run.row.version)
    page(chief, "show", key)  # the counts of the frame are kept for a while

    with django_assert_max_num_queries(16):
        page(chief, "show", key, query="?section=all")


def test_given_what_is_left_open_when_each_is_pressed_then_it_opens(run: Running) -> None:
    chief, key = run.stage.town.client("chief"), run.row.pk
    press(chief, "close", key, summary="查了 40 家", seen_version=run.row.version)

    shown = page(chief, "handover", key)

    problem = Problem.objects.get(done_at=None)
    address = reverse("campaigns:record", args=[key, "problem", problem.pk])
    assert address in shown
    assert chief.get(address).status_code == 200
