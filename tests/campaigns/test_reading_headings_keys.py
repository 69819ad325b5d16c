"""Who answers, in brackets at the end of a heading, holds for the orders below it; goals keep their days."""

from typing import Any, Final

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan

SIGNED: Final = ("安顺县人民政府", "2024年3月5日")


def _read(*lines: str) -> dict[str, Any]:
    return read_plan(read_text("\n".join(["安顺县专项整治工作方案", *lines, *SIGNED]))).as_json()


@pytest.mark.parametrize(
    ("heading", "parties", "roles", "day"),
    [
        (
            "2.1 “三合一”场所整治(责任单位：消防所、各社区；完成时间：6月20日)",
            "消防所 各社区",
            "lead lead",
            "2024-06-20",
        ),
        (
            "2.2 居民小区整治（牵头：综治办；配合：物业服务企业、派出所）",
            "综治办 物业服务企业 派出所",
            "lead support support",
            None,
        ),
    ],
)
def test_given_keys_in_brackets_at_a_headings_end_when_read_then_orders_below_have_their_parties_and_day(
    heading: str, parties: str, roles: str, day: str | None
) -> None:
    (clause,) = _read("二、主要任务", heading, "清理楼道堆物，打通消防车通道。")["clauses"]

    assert (clause["parties"], clause["party_roles"], clause["deadline"]) == (parties.split(), roles.split(), day)


def test_given_results_by_years_under_general_demands_when_read_then_they_are_goals() -> None:
    said = _read(
        "一、总体要求", "到2024年底基本消除存量；2025年有效遏制增量；2026年底前形成动态清零的常态化机制。", "二、任务"
    )

    assert [one["id"] for one in said["goals"]] == ["一-1"]


def test_given_a_long_stretch_before_a_figure_when_a_goal_is_read_then_its_absolute_begins_with_it() -> None:
    said = _read("一、工作目标", "规模以上企业双重预防体系建成率达到95%以上。", "二、任务")

    assert said["goals"][0]["absolutes"] == ["规模以上企业双重预防体系建成率达到95%以上"]


def _answer(said: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(" ".join(one["parties"]), one["deadline"]) for one in said["clauses"]]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            "（一）清理违规搭建，整治通道。责任单位：县应急局（牵头），县住建局（配合）、各乡镇（街道）。完成时限：11月底前。",
            [("县应急局 县住建局 各乡镇（街道）", "2024-11-30")],
        ),
        (
            "（一）整治|清理违规搭建。|责任部门：镇应急办、派出所。|时间：2024年3月—11月。",
            [("镇应急办 派出所", "2024-11-30")],
        ),
        (
            "1.排查老旧管网，更换软管。|牵头单位：县住建局|配合单位：各乡镇|完成时限：6月底前",
            [("县住建局 各乡镇", "2024-06-30")],
        ),
        ("（一）开展危化品整治|牵头单位：县应急局|完成时限：6月底前", [("县应急局", "2024-06-30")]),
        (
            "（一）危化品|责任单位：县应急局|1.全面排查。对重大危险源逐一评估。|2.开展督查。",
            [("县应急局", None), ("县应急局", None)],
        ),
        ("1.清理违规搭建，整治消防通道。|——责任单位：县应急局、县住建局", [("县应急局 县住建局", None)]),
        ("（一）各乡镇要成立专班。|责任单位：各乡镇、县应急局|完成时限：3月底", [("各乡镇 县应急局", "2024-03-31")]),
        ("（一）整治（县应急局牵头，县住建局配合）。清理违规搭建，整治通道。", [("县应急局 县住建局", None)]),
        ("（一）消防（镇应急办、派出所负责）。对“九小场所”逐户检查。", [("镇应急办 派出所", None)]),
        ("（一）强化宣传。（由县委宣传部牵头，各乡镇配合）", [("县委宣传部 各乡镇", None)]),
        ("（一）强化宣传教育，4月底前完成。县委宣传部负责。", [("县委宣传部", "2024-04-30")]),
        (
            "1.清理违规搭建。（县应急局、县住建局等按职责分工负责，各乡镇负责落实。以下均需各乡镇落实，不再列出）",
            [("县应急局 县住建局 各乡镇", None)],
        ),
    ],
)
def test_given_who_answers_in_any_bracket_or_line_when_read_then_the_orders_have_them_and_their_day(
    lines: str, wanted: list[tuple[str, str | None]]
) -> None:
    assert _answer(_read("一、主要任务", *lines.split("|"))) == wanted


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("县级领导每月、乡镇领导每半月、村干部每周到包保企业检查一次。", "县级领导 乡镇领导 村干部"),
        ("县安委会成员单位负责组织县属企业的培训、各乡镇负责组织其他企业的培训。", "县安委会成员单位 各乡镇"),
        ("打通“生命通道”，划设消防车通道标线。", ""),
    ],
)
def test_given_bodies_with_their_own_rhythm_or_a_sentence_without_any_when_read_then_the_names_are_clean(
    sentence: str, parties: str
) -> None:
    (clause,) = _read("一、主要任务", f"1.{sentence}", "2.各村要自查。")["clauses"][:1]

    assert " ".join(clause["parties"]) == parties


def test_given_a_yearly_duty_in_two_months_when_read_then_it_has_no_one_day() -> None:
    (clause,) = _read("一、主要任务", "（一）整治。每年3月、9月集中开展宣传。")["clauses"]

    assert (clause["deadline"], clause["frequency"]) == (None, "每年")
