"""`bihuan determine --town`: a town's own words count for it, and for nobody who did not name it."""

import io
import json
from typing import Any

import pytest

from bihuan.cli import determine
from bihuan.standards.rules.teaching import Target
from bihuan.standards.services.words import add_words
from tests.town import NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db
LINE = {
    "id": 1,
    "found_on": "2018-01-09",
    "enterprise": {"industry": "木质家具", "features": ["木粉尘"]},
    "text": "砂光机吸尘支管亮子盒缺",
}


@pytest.fixture
def town() -> SmallTown:
    town = make_town()
    add_words(
        kind=Target.CONCEPT, target="火花探测", wordings="亮子盒", why="本地", actor=town.actor("office"), now=NOON
    )
    return town


def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    line = json.dumps(LINE).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line + b"\n")))
    assert determine.run(argv) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.parametrize("named", ["示范镇", "320413101000"])
def test_given_a_town_by_name_or_code_when_asked_then_its_own_words_count(
    named: str, town: SmallTown, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, capsys)["level"] == "一般"

    answer = ask(monkeypatch, capsys, "--town", named)

    assert (answer["level"], answer["criterion"]["clause"]) == ("重大", "一(一)9")


def test_given_an_unknown_town_when_asked_then_it_is_said_in_a_sentence(
    town: SmallTown, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        determine.run(["--town", "没有的镇"])
    assert left.value.code == 2

    said = capsys.readouterr().err
    assert "示范镇（320413101000）" in said
