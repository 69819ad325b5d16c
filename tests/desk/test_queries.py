"""The desk merges what the rooms say."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from bihuan.desk.queries import FoundPage
from bihuan.desk.queries import merging as queries
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.waiting import Found, Waiting, WaitingList

NOW = datetime(2018, 2, 14, 9, 20, tzinfo=SHANGHAI)
SOMEBODY = Actor(user_id=None, name="安监办主任")


def _waiting(title: str, **facts: object) -> Waiting:
    return Waiting(what="test", title=title, reason="", verb="办", url_name="desk:workbench", **facts)  # type: ignore[arg-type] # -- facts differ by test


def test_given_two_rooms_when_merged_then_an_hour_of_today_comes_first_and_then_the_most_overdue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = _waiting("逾期", due_on=date(2018, 2, 9))
    noon = _waiting("中午", due_at=datetime(2018, 2, 14, 12, 0, tzinfo=SHANGHAI))
    today = _waiting("今天", due_on=date(2018, 2, 14))
    never = _waiting("不限时")
    rooms = (
        lambda viewer, *, now, first_n: WaitingList(rows=(today, never), today=1, later=1),
        lambda viewer, *, now, first_n: WaitingList(rows=(late, noon), late=1, today=1),
    )
    monkeypatch.setattr(queries, "TELLERS", rooms)

    desk = queries.waiting(SOMEBODY, now=NOW, first_n=3)

    assert [row.title for row in desk.rows] == ["中午", "逾期", "今天"]
    assert (desk.late, desk.today, desk.soon, desk.later, desk.total) == (1, 2, 0, 1, 4)


def test_given_blank_words_when_searched_then_no_room_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def find(viewer: Actor, words: str, *, now: datetime, first_n: int) -> list[Found]:
        asked.append(words)
        return [Found("企业", "鑫达机械厂", "东村", "desk:workbench")]

    monkeypatch.setattr(queries, "FINDERS", (find,))

    assert queries.found(SOMEBODY, "  ", now=NOW) == FoundPage()
    assert [one.title for one in queries.found(SOMEBODY, " 鑫达 ", now=NOW).rows] == ["鑫达机械厂"]
    assert asked == ["鑫达"]


def test_given_more_answers_than_a_page_when_searched_then_each_is_on_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"甲": [f"甲{number}" for number in range(5)], "乙": ["乙0"]}

    def finder(room: str) -> Callable[..., list[Found]]:
        def find(viewer: Actor, words: str, *, now: datetime, first_n: int) -> list[Found]:
            return [Found(room, title, "", "desk:workbench") for title in answers[room][:first_n]]

        return find

    monkeypatch.setattr(queries, "FINDERS", (finder("甲"), finder("乙")))

    pages = [queries.found(SOMEBODY, "字", now=NOW, page=number, of_each=2) for number in (1, 2, 3)]

    assert [[one.title for one in page.rows] for page in pages] == [["甲0", "甲1", "乙0"], ["甲2", "甲3"], ["甲4"]]
    assert [page.more for page in pages] == [True, True, False]
