"""The names of files in an archive package: for people, and such that every system can unpack them."""

import pytest

from bihuan.campaigns.rules.closing import Table, clause_rows, file_name
from bihuan.campaigns.rules.standing import ENDED_NAMES, Standing


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("files/plan/a:b?.txt", "files/plan/a_b_.txt"),
        ("files/../x. ", "files/_/x"),
        ("files/tasks/0001-1.jpg", "files/tasks/0001-1.jpg"),
    ],
)
def test_given_names_that_no_system_can_unpack_when_packed_then_they_are_mended(path: str, kept: str) -> None:
    assert file_name(path) == kept


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("任务", "任务.csv"),
        ("通报/动态 *", "通报／动态 _.csv"),
        ("长" * 200, "长" * 60 + ".csv"),
    ],
)
def test_given_a_register_when_packed_then_its_file_is_called_by_its_title(title: str, name: str) -> None:
    assert Table("tasks.csv", title, (), ()).name == name


def test_given_a_closed_campaign_when_its_clauses_are_listed_then_each_stands_in_the_word_of_its_page() -> None:
    kept = {"label": "1", "text": "要", "parties": [], "tasks": [0, 0], "figures": []}
    frozen = {"clauses": [{**kept, "standing": str(one)} for one in Standing]}

    said = [row[3] for row in clause_rows(frozen)]

    assert said == [ENDED_NAMES[one] for one in Standing]
    assert "推进中" not in said
