"""`bihuan load_standard` and `bihuan export_standard`: what an operator previews, loads and takes as an example."""

import io
import json
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.kernel.calendar import SHANGHAI
from bihuan.standards import queries
from bihuan.standards.models import LoadedStandard
from bihuan.standards.rules.loading import Area
from bihuan.standards.services import loading
from bihuan.trail import queries as trail
from tests.hazards.stage import DAY, make_stage
from tests.standards.local import COUNTY, STANDARD, TOWN, read, text
from tests.town import SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Any) -> SmallTown:
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return make_stage().town


def said(name: str, *given: str) -> str:
    out = io.StringIO()
    call_command(name, *given, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "仓储.yaml"
    path.write_text(text(), encoding="utf-8")
    return str(path)


def test_given_a_file_when_previewed_then_all_is_said_and_nothing_is_written(town: SmallTown, file: str) -> None:
    told = said("load_standard", file)

    assert told.startswith("新标准：《示范镇仓储场所重大隐患判定标准》（示范镇安委〔2018〕1号），适用于示范镇，2条。")
    assert "新增 一(一) 彩钢板仓库里给电动三轮车充电。" in told
    assert "适用的企业1家（在册1家）" in told
    assert told.endswith("没有写入。\n")
    assert LoadedStandard.objects.count() == 0


def test_given_a_file_when_confirmed_twice_then_it_is_loaded_once_by_the_platform(town: SmallTown, file: str) -> None:
    first = said("load_standard", file, "--confirm", "--why", "镇安委会", "--for", "示范镇")
    again = json.loads(said("load_standard", file, "--confirm", "--json", "--for", "320413101000"))

    assert first.endswith("已装入。\n")
    assert (again["kind"], again["loaded"], again["for"], again["standard"]) == ("same", False, TOWN, STANDARD)
    assert LoadedStandard.objects.values_list("revision", "file_name", "path").get() == (1, "仓储.yaml", TOWN)
    (event,) = trail.events_of([loading.loaded_subject(STANDARD)])
    assert (event.kind, event.reason) == ("standard.loaded", "镇安委会")


def test_given_a_county_when_named_then_the_file_is_for_all_its_towns(town: SmallTown, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text(prefix="320413-"), encoding="utf-8")

    said("load_standard", str(path), "--confirm", "--why", "区安委办", "--for", "320413")

    assert LoadedStandard.objects.get().path == COUNTY
    assert "320413-shop-2018" in {one.id for one in queries.library(TOWN).standards}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--for", "天边镇"], "请用 --for 写明适用范围"),
        (["--for", "金城区"], "编号要以“320413-”开头"),
        (["--confirm"], "请写明依据或者为什么改"),
    ],
)
def test_given_an_odd_order_when_run_then_it_is_refused_and_nothing_is_written(
    given: list[str], says: str, town: SmallTown, file: str
) -> None:
    with pytest.raises(CommandError, match=says):
        said("load_standard", file, *given)

    assert LoadedStandard.objects.count() == 0


def test_given_no_file_or_faults_when_run_then_every_sentence_is_told(town: SmallTown, tmp_path: Path) -> None:
    wrong = tmp_path / "a.yaml"
    wrong.write_text(text(issuer="", effective_on=None), encoding="utf-8")

    with pytest.raises(CommandError, match="打不开文件"):
        said("load_standard", str(tmp_path / "none.yaml"))
    with pytest.raises(CommandError) as refused:
        said("load_standard", str(wrong))

    assert len([line for line in str(refused.value).splitlines() if line.startswith("第")]) == 2
    assert str(refused.value).endswith("什么都没有写入。")


def test_given_several_towns_when_none_is_named_then_the_operator_is_asked_which(town: SmallTown, file: str) -> None:
    make_town(code="320413102000", name="邻镇")

    with pytest.raises(CommandError, match="邻镇（320413102000）"):
        said("load_standard", file)


@pytest.mark.parametrize("code", ["gongmao-2017", "安监总管四〔2017〕129号"])
def test_given_a_packaged_standard_when_exported_for_a_town_then_the_town_can_load_it(
    code: str, town: SmallTown
) -> None:
    plain, own = said("export_standard", code), said("export_standard", code, "--for", "示范镇")

    assert "id: gongmao-2017\n" in plain
    assert len(read(own).criteria) == 59
    assert len(read(said("export_standard")).criteria) == 3


def test_given_a_local_standard_when_exported_then_it_says_the_same_as_what_was_loaded(
    town: SmallTown, file: str
) -> None:
    said("load_standard", file, "--confirm", "--why", "镇安委会")

    assert read(said("export_standard", STANDARD)).digest == read(text()).digest
    with pytest.raises(CommandError, match="没有这个标准"):
        said("export_standard", "gongmao-2099")


def test_given_a_text_that_waits_when_the_operator_approves_it_then_the_superiors_paper_is_asked_for(
    town: SmallTown, file: str
) -> None:
    ref, name = town.town, "320413101-gongmao-2018"
    made = text(id=name, supersedes="gongmao-2017", effective_on=DAY.isoformat())
    given = {"text": made, "area": Area(TOWN, ref.id, ref.name, ref.id), "why": "新标准", "unmatched": True}
    loading.load_standard(**given, actor=town.actor("office"), now=datetime.combine(DAY, time(12), SHANGHAI))

    with pytest.raises(CommandError, match="文号"):
        said("load_standard", "--approve", name)
    with pytest.raises(CommandError, match="没有一条对得上"):
        said("load_standard", "--approve", name, "--paper", "区安委办〔2018〕5号")
    told = said("load_standard", "--approve", name, "--paper", "区安委办〔2018〕5号", "--unmatched")

    assert told.endswith("已凭区安委办〔2018〕5号批准。\n")
    assert not queries.library(TOWN).standard("gongmao-2017").holds_on(DAY)
