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
