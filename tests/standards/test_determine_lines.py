"""`bihuan determine` reads JSON lines and answers each in order, the bad ones too."""

import io
import json
import os
import subprocess
import sys
import time
from datetime import date
from typing import Any

import pytest

from bihuan.cli import determine, determine_lines
from bihuan.standards.rules.determine import Case, Judge, Verdict

GOOD = {
    "id": "a-1",
    "found_on": "2018-01-09",
    "enterprise": {"industry": "木质家具制造", "sectors": ["工贸", "粉尘涉爆"], "features": ["木粉尘", "有砂光机"]},
    "text": "砂光机吸尘管上没装火花探测报警",
}


def ask(*lines: bytes) -> list[dict[str, Any]]:
    out = io.StringIO()
    status = determine_lines.answer_lines(lines, out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert status == any("error" in one for one in answers)
    return answers


def as_line(**changed: object) -> bytes:
    return json.dumps({**GOOD, **changed}, ensure_ascii=False).encode()


def test_given_a_case_when_asked_then_the_answer_has_the_agreed_shape() -> None:
    answer = ask(as_line())[0]

    assert set(answer) == {"id", "level", "decided_by", "criterion", "confidence", "candidates", "reason"}
    assert answer["criterion"] == {
        "standard": "gongmao-2017",
        "document_number": "安监总管四〔2017〕129号",
        "clause": "一(一)9",
    }
    assert 0 <= answer["confidence"] <= 1
    assert set(answer["candidates"][0]) == {"standard", "clause", "score", "for", "against"}
    assert len(answer["candidates"]) <= 3


def test_given_many_lines_when_asked_then_the_answers_come_in_the_same_order() -> None:
    answers = ask(as_line(id=3), b"\n", as_line(id="x"), as_line(id=None))

    assert [one["id"] for one in answers] == [3, "x", None]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"not json", "JSON"),
        (b'["list"]', "JSON 对象"),
        (b"\xff\xfe", "UTF-8"),
        (as_line(text=None), "text"),
        (as_line(found_on="2018-02-30"), "found_on"),
        (as_line(found_on=20180109), "found_on"),
        (as_line(found_on="2099-01-01"), "还没有到"),
        (json.dumps({"id": 1, "text": "x"}).encode(), "没有发现日期"),
        (as_line(text=["砂光机"]), "不是文字"),
        (b"[" * 100_000, "JSON"),
        (as_line().replace(b"{", b'{"id": NaN, ', 1), "JSON"),
    ],
    ids=[
        "words",
        "list",
        "bytes",
        "no text",
        "no such day",
        "number",
        "to come",
        "no day",
        "list of words",
        "deep",
        "NaN",
    ],
)
def test_given_a_bad_line_when_asked_then_its_answer_says_what_is_wrong_and_the_next_is_answered(
    line: bytes, says: str
) -> None:
    bad, good = ask(line, as_line())

    assert says in bad["error"]
    assert good["level"] == "重大"


@pytest.mark.parametrize(
    "enterprise",
    [None, "木质家具制造", 7, {}, {"sectors": "粉尘涉爆", "features": None}, {"industry": 3, "sectors": [None, 1]}],
)
def test_given_an_enterprise_in_any_shape_when_asked_then_it_is_answered(enterprise: object) -> None:
    answer = ask(as_line(enterprise=enterprise))[0]

    assert answer["level"] == "重大"
    assert "error" not in answer


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_given_a_file_as_windows_saves_it_when_asked_then_every_line_is_answered(encoding: str, ends: bytes) -> None:
    saved = (as_line() + ends + as_line(id=2) + ends).decode().encode(encoding)

    answers = ask(*io.BytesIO(saved))

    assert [(one["id"], one["level"]) for one in answers] == [("a-1", "重大"), (2, "重大")]


def test_given_only_a_mark_of_its_encoding_when_asked_then_there_is_nothing_to_answer() -> None:
    assert ask(b"\xef\xbb\xbf\r\n") == []


def test_given_a_bad_line_among_others_when_asked_then_the_exit_code_and_the_log_tell_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ask(as_line(), b"not json", as_line())

    assert "1行没能判定（第2行）" in caplog.text


def test_given_a_list_for_an_enterprise_when_asked_then_its_words_are_read() -> None:
    assert ask(as_line(enterprise=["石材加工"]))[0]["level"] == "一般"


def test_given_days_as_people_write_them_when_asked_then_they_are_read() -> None:
    answers = ask(as_line(found_on="2018/1/9"), as_line(found_on="2018年1月9日"), as_line(found_on="2018-01-09T08:00"))

    assert [one["criterion"]["standard"] for one in answers] == ["gongmao-2017"] * 3


@pytest.mark.parametrize("day", ["2018-01-0999", "2018-01-09号", "x2018-01-09"])
def test_given_more_than_a_day_when_asked_then_it_is_not_taken_for_one(day: str) -> None:
    assert "发现日期不对" in ask(as_line(found_on=day))[0]["error"]


def test_given_half_a_character_in_an_id_when_asked_then_it_comes_back_in_what_any_pipe_takes() -> None:
    out = io.StringIO()

    determine_lines.answer_lines([b'{"id": "\\ud800", "found_on": "2018-01-09", "text": "x"}', as_line()], out)

    lines = out.getvalue().encode("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["\ud800", "a-1"]


def test_given_a_terminal_of_another_encoding_when_asked_then_the_lines_are_utf_8() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "bihuan.cli.main", "determine"],
        input=as_line(),
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "gbk", "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
    )

    assert json.loads(answer.stdout.decode("utf-8"))["level"] == "重大"


def test_given_a_text_of_a_megabyte_when_asked_then_it_is_answered_soon() -> None:
    began = time.perf_counter()

    answer = ask(as_line(text="砂光机吸尘管上没装火花探测。" + "地面有水" * 250_000))[0]

    assert answer["level"] == "重大"
    assert time.perf_counter() - began < 5


def test_given_the_command_when_started_then_django_is_not_and_it_answers_within_a_second() -> None:
    code = """
import sys
from bihuan.cli.main import main
sys.argv = ["bihuan", "determine"]
try:
    main()
except SystemExit:
    sys.exit(9 if "django" in sys.modules else 0)
"""
    environment = {**os.environ, "BIHUAN_DATABASE": "nonsense://", "PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run(
        [sys.executable, "-c", code], input=as_line(), env=environment, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["level"] == "重大"


def test_given_a_line_over_which_the_judge_fails_when_asked_then_it_is_left_to_a_person_and_the_next_is_answered(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    judge = Judge.determine

    def failing(self: Judge, case: Case) -> Verdict:
        if "坏" in case.text:
            raise OverflowError
        return judge(self, case)

    monkeypatch.setattr(Judge, "determine", failing)

    failed, good = ask(as_line(id=7, text="坏"), as_line())

    assert (failed["id"], failed["level"], failed["criterion"]) == (7, "待定", None)
    assert "第1行没能判定" in failed["error"]
    assert "OverflowError" in caplog.text
    assert good["level"] == "重大"


def test_given_features_in_peoples_words_when_asked_by_option_then_they_are_taken_as_in_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = ["砂光机吸尘管上没装火花探测报警", "--on", "2018-01-09", "--sector", "工贸", "--json"]

    done = determine.run([*given, "--feature", "木粉尘", "--feature", "有砂光机"])

    assert done == 0
    assert json.loads(capsys.readouterr().out)["criterion"]["clause"] == "一(一)9"


def test_given_a_reader_that_stops_when_answers_go_on_then_it_ends_quietly() -> None:
    command, pipe = [sys.executable, "-m", "bihuan.cli.main", "determine"], subprocess.PIPE
    where = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=where) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        run.stdin.write(b"\n".join([as_line()] * 3) + b"\n")
        run.stdin.close()
        told = run.stderr.read()

    assert (run.returncode, told) == (0, b"")


@pytest.mark.parametrize(
    ("changed", "decided_by"),
    [
        ({}, "town"),
        ({"text": "车间地面脏"}, "town"),
        (
            {
                "text": "KTV只有一个安全出口",
                "found_on": "2020-05-06",
                "enterprise": {"industry": "KTV", "sectors": ["消防"]},
            },
            "fire_authority",
        ),
        (
            {"text": "叉车刹车失灵还在开", "found_on": "2018-02-14", "enterprise": {"sectors": ["特种设备"]}},
            "person",
        ),
        ({"text": "哈哈哈哈"}, "person"),
    ],
    ids=["major", "general", "fire", "law of 2014", "not understood"],
)
def test_given_an_answer_when_machines_read_it_then_it_says_who_determines(
    changed: dict[str, object], decided_by: str
) -> None:
    answer = ask(as_line(**changed))[0]

    assert answer["decided_by"] == decided_by
    assert (answer["level"] == "待定") == (changed.get("text") == "哈哈哈哈")


def test_given_tomorrow_by_this_clock_when_asked_then_another_machines_day_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(determine_lines, "today_here", lambda: date(2030, 3, 1))

    near, far = (json.loads(line) for line in _answered("2030-03-02", "2030-03-03"))

    assert "error" not in near
    assert "2030-03-03 还没有到" in far["error"]
    assert (far["level"], far["criterion"], far["candidates"]) == ("待定", None, [])


def _answered(*days: str) -> list[str]:
    out = io.StringIO()
    determine_lines.answer_lines([as_line(found_on=day) for day in days], out)
    return out.getvalue().splitlines()


def test_given_a_clock_that_is_behind_when_asked_then_the_days_of_the_packaged_lists_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(determine_lines, "today_here", lambda: date(1970, 1, 1))

    (answer,) = ask(as_line(found_on="2026-10-15"))

    assert "error" not in answer
