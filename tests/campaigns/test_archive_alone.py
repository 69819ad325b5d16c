"""An archive package is checked and read with nothing of ours: sha256sum, a spreadsheet's rules, the page beside it."""

import csv
import html
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns import queries
from tests.campaigns.running import Running
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.campaigns.test_archiving import lived

BOM = b"\xef\xbb\xbf"
Told = tuple[str, str, str]  # text, numerator, denominator


@pytest.fixture
def unpacked(db: None, tmp_path: Path) -> tuple[CampaignStage, Running, Path]:
    """A package of a campaign that lived, unpacked as a person does it."""
    stage = make_campaign_stage()
    run, _ = lived(stage)
    with queries.archive_of(stage.by("inspector"), run.row.pk)[1] as stream, zipfile.ZipFile(stream) as package:
        package.extractall(tmp_path)
    return stage, run, tmp_path


def _on_page(text: str) -> dict[str, list[Told]]:
    """Return the figures that a plan page prints, by the label of their order."""
    found: dict[str, list[Told]] = {}
    for piece in re.split(r'<div class="cl (?!clh)', text)[1:]:
        label = re.search(r' id="([^"]+)"', piece)
        assert label is not None
        figures = re.findall(r'<span class="fig n [a-z]+"><b>([^<]+)</b>(.*?)</span><p', piece, re.DOTALL)
        amounts = [(said, re.findall(r">(?:看这 )?(\d+)", rest)) for said, rest in figures]
        found[html.unescape(label[1])] = [
            (said, told[0] if told else said, told[1] if len(told) > 1 else "") for said, told in amounts
        ]
    return found


def test_given_a_package_when_unpacked_then_hashes_tables_and_numbers_hold_without_the_platform(
    unpacked: tuple[CampaignStage, Running, Path], settings: Any
) -> None:
    stage, run, folder = unpacked
    files = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    sums = dict(line.split("  ", 1)[::-1] for line in (folder / "校验.sha256").read_text("utf-8").splitlines())
    program = shutil.which("sha256sum")
    assert program is not None
    index = (folder / "00-目录.html").read_text("utf-8")
    checked = subprocess.run([program, "-c", "校验.sha256"], cwd=folder, capture_output=True, text=True, check=False)
    (folder / "任务.csv").write_bytes((folder / "任务.csv").read_bytes() + b" ")
    touched = subprocess.run([program, "-c", "校验.sha256"], cwd=folder, capture_output=True, text=True, check=False)

    assert set(sums) | {"校验.sha256"} == files
    assert (checked.returncode, touched.returncode) == (0, 1)
    assert re.search("方案原件：[^<]+（文本文件，[0-9]+ KB）", index)
    tables = [folder / one for one in sorted(files) if one.endswith(".csv")]
    for table in tables:
        content = table.read_bytes()
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert content.startswith(BOM), table
        assert len({len(row) for row in rows if row != [" "]}) == 1, table
        assert not any(cell[:1] in "=+@\t" for row in rows for cell in row if cell), table

    settings.BIHUAN_DEMO_DAY = "2018-02-15"
    page = stage.town.client("chief").get(reverse("campaigns:show", args=(run.row.pk,)) + "?section=all")
    shown = _on_page(page.content.decode())
    kept: dict[str, list[Told]] = {label: [] for label in shown}
    with (folder / "要求和指标（收尾时的数）.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    for line in lines:
        if line["分子"]:
            kept[line["编号"]].append((line["数"], line["分子"], line["分母"]))
    assert sum(map(len, kept.values())) > 0
    assert kept == shown
    pieces = re.split(r'<div class="cl (?!clh)', page.content.decode())[1:]
    found = [re.search(r' id="([^"]+)">.*?class="mk [a-z]+">.*?</svg>([^<]+)<', one, re.DOTALL) for one in pieces]
    standing = {html.unescape(one[1]): one[2] for one in found if one}
    assert {line["编号"]: line["状态"] for line in lines} == standing
