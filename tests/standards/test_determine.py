"""`bihuan determine` answers from the packaged criteria, without settings or database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bihuan.cli import determine

WORDS = "木工砂光机除尘风管没有火花探测装置"


def test_given_words_when_determined_then_the_answer_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert determine.run([WORDS, "--on", "2018-01-20", "--sector", "轻工", "--feature", "粉尘涉爆"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("重大：文中提到“砂光机”")
    assert "\n1. 《工贸行业重大生产安全事故隐患判定标准（2017版）》（安监总管四〔2017〕129号）一(一)9" in said
    assert "   支持：提到“砂光机”" in said
    assert "由检查人员决定" in said


def test_given_ordinary_words_when_determined_then_general_is_said_with_its_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    determine.run(["皮带轮无防护罩", "--on", "2018-01-20"])

    said = capsys.readouterr().out
    assert said.startswith("一般：")
    assert "由检查人员决定" in said


def test_given_json_when_asked_then_machines_can_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    determine.run([WORDS, "--on", "2018-01-20", "--json"])

    answer = json.loads(capsys.readouterr().out)
    assert (answer["on"], answer["level"]) == ("2018-01-20", "重大")
    assert [one["clause"] for one in answer["candidates"]][:1] == ["一(一)9"]


@pytest.mark.parametrize(
    "wrong",
    [["--on", "2018-1-20"], ["--on", "2018-01-20", "--sector", "航天"], ["--on", "2099-01-01"]],
)
def test_given_a_wrong_option_when_determined_then_the_answer_says_what_is_meant(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        determine.run([WORDS, *wrong])

    said = capsys.readouterr().err
    assert "要写成" in said or "不认识" in said or "2099-01-01 还没有到" in said


def test_given_a_sector_in_the_words_of_a_licence_when_determined_then_they_say_what_the_place_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert determine.run(["除尘器没有泄爆片", "--on", "2023-06-20", "--sector", "木质家具"]) == 0

    said = capsys.readouterr()
    assert said.out.startswith("重大")
    assert said.err == ""


def test_given_a_town_and_no_database_when_determined_then_one_sentence_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bihuan.cli.main", "determine", WORDS, "--on", "2018-01-20", "--town", "甲镇"],
        env={**os.environ, "BIHUAN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "读不到数据库" in done.stderr
    assert "Traceback" not in done.stderr


def test_given_a_feature_that_nobody_understands_when_determined_then_it_is_answered_without_and_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert determine.run([WORDS, "--on", "2018-01-20", "--feature", "飞", "--feature", "有砂光机"]) == 0

    told = capsys.readouterr()
    assert told.err.startswith("不认识特征“飞”")
    assert "有砂光机" not in told.err
    assert told.out.startswith("重大")


def test_given_a_broken_setting_when_determined_then_nobody_notices() -> None:
    code = f"""
import sys
from bihuan.cli.main import main
sys.argv = ["bihuan", "determine", {WORDS!r}, "--on", "2018-01-20"]
try:
    main()
except SystemExit:
    sys.exit(9 if "django" in sys.modules else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "BIHUAN_DATABASE": "nonsense://", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()
