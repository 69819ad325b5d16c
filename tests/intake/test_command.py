"""`bihuan intake FILE`: works without settings or database, prints JSON or sentences, writes nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bihuan.cli import intake
from tests.intake.reading import WORKBOOKS

LEDGER = str(WORKBOOKS / "must_pass" / "ledger-superior-list.xlsx")


def test_given_no_database_and_no_settings_when_asked_for_json_then_it_is_printed(tmp_path: Path) -> None:
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "no.such"}

    done = subprocess.run(
        [sys.executable, "-m", "bihuan.cli.main", "intake", LEDGER, "--json", "--today", "2018-02-14"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=env,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    printed = json.loads(done.stdout)
    assert printed.keys() == {"sheets", "rows", "doubts"}
    assert len(printed["rows"]) == 62
    assert list(tmp_path.iterdir()) == []


def test_given_a_file_that_is_no_list_when_asked_then_the_sentence_is_on_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = intake.run([str(WORKBOOKS / "must_fail" / "paper.pdf"), "--json"])

    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert printed.err.startswith("“paper.pdf”是 PDF 文件，不能当清单读。")


def test_given_a_person_at_the_terminal_when_asked_then_it_tells_in_sentences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = intake.run([LEDGER, "--today", "2018-02-14"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert "读到 60 行，62 项隐患；清单所称：" in lines
    assert "  已销号 8，整改中 9，未整改 22，已整改 23" in lines


def test_given_a_year_and_no_splitting_when_asked_then_both_are_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    intake.run([LEDGER, "--json", "--no-split", "--today", "2018-02-14", "--year", "2017"])

    printed = json.loads(capsys.readouterr().out)
    assert len(printed["rows"]) == 60
