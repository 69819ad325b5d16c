"""The deadline that a superior printed in a form: read, offered, and never taken by itself."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.rules.returns.grid import Cell, Grid, Sheet
from bihuan.campaigns.rules.returns.printed import printed_in
from tests.campaigns.returns.stage import ReturnStage

TODAY = date(2018, 1, 15)


def read(*texts: str) -> list[tuple[str, str]]:
    cells = {(row, 1): Cell(text) for row, text in enumerate(texts, start=1)}
    return [(one.words, one.said) for one in printed_in(Grid((Sheet("表", cells),)), today=TODAY)]


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("注：每周五17:00前报送", "每周五17:00前报送", "每周五 17:00 前报到周四的"),
        ("（每周五17：00前报区安委办）", "每周五17:00前报区安委办", "每周五 17:00 前报到周四的"),
        ("说明：1.截至每周四；2.本表每周五 12 时前报送。", "本表每周五12时前报送", "每周五 12:00 前报到周四的"),
        ("统计截至每周四24时，每周五上午9点前报送。", "每周五上午9点前报送", "每周五 09:00 前报到周四的"),
        ("报送时间：次月5日前", "报送时间:次月5日前", "每月 5 日 24:00 前报上个月的"),
        ("每月报送一次，25日前报送", "每月报送一次,25日前报送", "每月 25 日 24:00 前报到前一天的"),
        ("每月5日前报送上月数据", "每月5日前报送上月数据", "每月 5 日 24:00 前报上个月的"),
        ("每日17时前报送当日情况", "每日17时前报送当日情况", "每天 17:00 前报当天的"),
    ],
)
def test_given_a_note_when_read_then_its_words_and_what_they_set_are_told(text: str, words: str, said: str) -> None:
    assert read("工作周报表", text) == [(words, said)]


@pytest.mark.parametrize(
    "text",
    [
        "填报单位：  报送时间：    年    月    日",
        "每周报送一次",
        "每周一次报送",
        "请于本周五前报送",
        "2018年4月30日前报送",
        "每周一至周日的数据报送区安委办",
        "每周五召开例会",
        "及时上报",
        "每周五前统计报送情况",
    ],
)
def test_given_what_sets_no_day_again_and_again_when_read_then_nothing_is_guessed(text: str) -> None:
    assert read("工作周报表", text) == []


def test_given_two_days_when_read_then_both_are_offered_and_one_said_twice_once() -> None:
    found = read("每周五17:00前报送镇安监办", "注：每周五17:00前报送。", "镇安监办每周一9:00前上报区安委办")

    assert [said for _, said in found] == ["每周五 17:00 前报到周四的", "每周一 09:00 前报到周日的"]


@pytest.mark.django_db
def test_given_a_form_with_a_printed_deadline_when_uploaded_then_it_is_asked_and_one_press_sets_it_alone(
    stage: ReturnStage,
) -> None:
    form = stage.upload("villages.xlsx", due="每月25日前", cumulative_from=date(2017, 12, 18))
    office, address = stage.loop.town.client("office"), reverse("campaigns:return_form", args=(form.pk,))
    before = (form.title, form.to_whom, form.cumulative_from)

    asked = shown(office, address)
    unchanged = (form.rhythm, form.deadline["days"])
    office.post(
        reverse("campaigns:use_form", args=(form.pk,)),
        {"mend": "1", "seen_version": form.version, "due": "本表每周五12时前报送"},
    )
    form.refresh_from_db()

    assert "按它定：每周五 12:00 前报到周四的" in asked
    assert unchanged == ("monthly", [25])
    assert (form.rhythm, form.deadline["weekday"], form.deadline["at"]) == ("weekly", 4, "12:00")
    assert (form.title, form.to_whom, form.cumulative_from) == before
    assert "按它定" not in shown(office, address)


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()
