"""`bihuan read_plan`: a plan in, the promised JSON out, before Django is started."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from bihuan.cli import read_plan
from tests.source import ROOT

PLAN: Final = ROOT / "tests/campaigns/plans/plan-jincheng-2017.docx"
KEYS: Final = set(
    "title doc_number issuing_body issue_date basis period goals headings clauses reporting leading_group".split()
)
CLAUSE: Final = set("id section text gist parties parties_implied deadline deadline_text deliverable frequency".split())


def test_given_a_plan_when_asked_for_json_then_it_has_every_promised_key(capsys: pytest.CaptureFixture[str]) -> None:
    code = read_plan.run([str(PLAN), "--json"])

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(said) >= KEYS
    assert all(set(clause) >= CLAUSE for clause in said["clauses"])
    assert said["basis"][0]["number"] == "苏安电〔2017〕5号"
    assert said["period"] == {
        "start": None, "end": None, "start_text": "现在起", "end_text": "3月底", "place": said["period"]["place"],
    }  # fmt: skip


def _typed(data: bytes) -> io.TextIOWrapper:
    """Return standard input as a terminal gives it: bytes, which nobody has promised to be UTF-8."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")


@pytest.mark.parametrize("command", ["read_plan", "read-plan"])
def test_given_the_command_in_either_spelling_when_run_then_django_is_never_loaded(command: str) -> None:
    code = (
        "import sys; sys.argv = ['bihuan', sys.argv[1], sys.argv[2]]\n"
        "from bihuan.cli import main\n"
        "try:\n    main.main()\nexcept SystemExit as end:\n    print(end.code, 'django' in sys.modules)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, command, str(PLAN)],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "0 False"
    assert done.stdout.startswith("标题：金城镇集中开展除隐患防事故保安全专项行动工作实施方案\n")


def test_given_pasted_text_when_read_from_standard_input_then_it_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys, "stdin", _typed("某镇防汛工作方案\n一、工作措施\n各村要于2021年6月1日前备足沙袋。\n".encode())
    )

    read_plan.run(["-", "--json"])

    clause = json.loads(capsys.readouterr().out)["clauses"][0]
    assert (clause["parties"], clause["deadline"], clause["section"]) == (["各村"], "2021-06-01", "一")


def test_given_no_such_file_when_asked_then_one_sentence_and_code_two(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code = read_plan.run([str(tmp_path / "没有.docx")])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err == f"没有找到文件“{tmp_path / '没有.docx'}”。请核对路径。\n"


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (b"\xff\x81\x20\xff", "编码认不出来"),
        (b"", "没有文字"),
        (b"\x00\x01" * 40, "看不出类型"),
        (("各村要检查。" * 60_000).encode(), "文字太长"),
        ("<html><body><p>各村要检查。</p></body></html>".encode(), "网页文件"),
    ],
)
def test_given_what_is_no_text_on_standard_input_when_read_then_one_sentence_and_code_two(
    data: bytes, say: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", _typed(data))

    code = read_plan.run(["-"])

    captured = capsys.readouterr()
    assert (code, captured.out, captured.err.count("\n")) == (2, "", 1)
    assert say in captured.err


def test_given_pasted_text_in_the_old_chinese_encoding_when_read_then_it_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", _typed("某镇方案\n一、任务\n各村要排查。\n".encode("gb18030")))

    assert read_plan.run(["-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["clauses"][0]["parties"] == ["各村"]
