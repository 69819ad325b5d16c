"""A weekly brief and a summary say what became of the plan: its orders, who is late with what, what comes next."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns.models import Bulletin, Task
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.standing import Group
from bihuan.campaigns.rules.supervision.lines import BulletinView
from bihuan.campaigns.rules.supervision.progress import ClauseSaid, LateUnit, Progress, next_pieces, standing_pieces
from bihuan.campaigns.rules.supervision.text import BlockKind, Figure, Ref
from bihuan.campaigns.services import supervision
from tests.campaigns.supervised import Supervised, make_supervised

ON = date(2018, 1, 5)


def number(name: str, amount: int) -> Figure:
    return Figure("", str(amount), name, "R9.4", "全镇", ON, ON, "plan", name, rows=amount)


def said(pieces: Any) -> list[str]:
    found = []
    for one in pieces:
        found += [one.heading] if one.heading else []
        for row, between in ((one.sentence, ""), *((row, "|") for row in one.rows)):
            found += [between.join(each.text if isinstance(each, Figure) else each for each in row)] if row else []
    return found


def test_given_how_a_plan_stands_when_it_is_told_then_only_what_is_there_is_said() -> None:
    groups = {one: number(one, amount) for one, amount in ((Group.REACHED, 2), (Group.UNDER_WAY, 0), (Group.BEHIND, 1))}
    late = LateUnit(
        "东村", {"late_plans": number("p", 1), "late_tasks": number("t", 0), "late_returns": number("r", 3)}
    )
    behind = ClauseSaid("完成企业排查", ("各村",), date(2017, 12, 31))
    whole = Progress(number("clauses", 3), groups, [behind], [late], ["西村"])
    quiet = Progress(number("clauses", 2), {Group.REACHED: number("reached", 2)})

    assert said(standing_pieces(whole, "1月5日")) == [
        "方案要求落实情况",
        "截至1月5日，方案的要求共3条，其中达标2条，落后1条。",
        "落后的要求如下。",
        "完成企业排查|各村|12月31日",
        "各单位逾期事项",
        "截至1月5日，下列单位有逾期没有报的子方案、没有办完的任务或者没有报的报表。",
        "东村|1|0|3",
        "期间予以通报批评的单位：西村。",
    ]
    (_, steps) = said(next_pieces(whole, number("overdue", 4)))
    for words in ("落后的1条要求", "补报子方案", "整改逾期的4项隐患", "书面报告"):
        assert words in steps
    assert "没有逾期没报的子方案" in said(standing_pieces(quiet, "1月5日"))[-1]
    assert said(next_pieces(quiet, None)) == ["下一步工作", "各单位继续按方案推进各项要求。"]
    assert said(standing_pieces(Progress(number("clauses", 0), {}), "1月5日")) == []


@pytest.fixture
def run(db: None, settings: Any) -> Supervised:
    made = make_supervised()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def brief(run: Supervised, kind: str = "weekly") -> tuple[Bulletin, BulletinView]:
    made = supervision.draft_brief(kind=kind, until=run.now.date(), **run.said("office"))
    return Bulletin.objects.get(pk=made), asking.bulletin_for(run.by("office"), run.row.pk, made)


def table(view: BulletinView, *first: str) -> list[list[str]]:
    head = tuple((cell,) for cell in first)
    tables = [one.rows for one in view.blocks if one.kind is BlockKind.TABLE]
    rows = next(one for one in tables if one[0][: len(head)] == head)
    texts = {key: figure.text for key, figure in view.figures.items()}
    return [["".join(texts[run.key] if isinstance(run, Ref) else run for run in cell) for cell in row] for row in rows]


@pytest.mark.parametrize("kind", ["weekly", "summary"])
def test_given_a_campaign_with_late_units_when_a_brief_is_written_then_it_names_them_and_the_orders_behind(
    run: Supervised, kind: str
) -> None:
    run.issued("西村")

    _, view = brief(run, kind)

    late = {row[0]: row[1:] for row in table(view, "单位", "子方案")[1:]}
    due = Task.objects.filter(campaign=run.row, unit__name="东村", due_on__lt=run.now.date()).count()
    assert set(late) == {"东村", "西村", "经发办", "建设办", "安监办"}  # no sub-plan was handed in
    assert late["东村"] == ["1", str(due), "0"]
    assert due > 0
    assert any("排查" in row[0] for row in table(view, "要求")[1:])
    assert "期间予以通报批评的单位：西村。" in view.lines
    assert "下一步工作" in view.lines


def test_given_the_figures_of_the_plan_when_they_are_opened_then_each_lists_what_it_counts(run: Supervised) -> None:
    one, view = brief(run)
    client = run.town.client("chief")
    mine = {key: figure for key, figure in view.figures.items() if figure.ask == "plan"}

    assert {figure.name for figure in mine.values()} >= {"clauses", "behind", "late_plans", "late_tasks"}
    for key, figure in mine.items():
        answer = client.get(reverse("campaigns:bulletin_figure", args=(run.row.pk, one.pk, key)))
        parts = answer.context["parts"]
        assert "和稿子一致" in answer.content.decode(), figure
        assert len(parts) == int(figure.text), figure
        for href in {href for _, href in parts}:
            assert client.get(href).status_code == 200, href


def test_given_an_issued_brief_when_a_village_opens_its_figures_then_only_its_own_late_things_are_listed(
    run: Supervised,
) -> None:
    one, view = brief(run)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=1, **run.said("chief"))
    village = run.by("village_east")

    for key, figure in view.figures.items():
        if figure.ask == "plan":
            found = asking.figure_for(village, run.row.pk, one.pk, key, today=run.now.date())
            assert found.is_open == (figure.place == "东村"), figure
            assert bool(found.parts) == (figure.place == "东村" and figure.rows > 0)
