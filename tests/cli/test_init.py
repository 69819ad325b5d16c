"""`bihuan init`: a real town from answers and a workbook, all or nothing."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from bihuan.kernel.roles import Role
from bihuan.orgs import queries
from bihuan.orgs.rules import UnitKind
from bihuan.trail.models import Event

pytestmark = pytest.mark.django_db
ANSWERS: dict[str, Any] = {
    "town": {"code": "320413101000", "name": "金城镇", "county": "金坛区", "city": "常州市", "province": "江苏省"},
    "administrators": {
        "system": {"name": "甲", "account": "xt"},
        "security": {"name": "乙", "account": "aq"},
        "audit": {"name": "丙", "account": "sj"},
    },
}


def _init(tmp_path: Path, answers: dict[str, Any] | None = None, **options: Any) -> str:
    file, out = tmp_path / "answers.json", io.StringIO()
    file.write_text(json.dumps(answers or ANSWERS), encoding="utf-8")
    call_command("init", answers=file, stdout=out, **options)
    return out.getvalue()


def _workbook(tmp_path: Path, **rows: list[list[str]]) -> Path:
    """Fill the offered template. rows: by the sheet's name."""
    file = tmp_path / "town.xlsx"
    call_command("init", template=file, stdout=io.StringIO())
    book = openpyxl.load_workbook(file)
    for name, lines in rows.items():
        for line in lines:
            book[name].append(line)
    book.save(file)
    return file


UNITS = [
    ["村（社区）", "东村村民委员会", "东村", "", "320413101203"],
    ["部门", "经济发展办公室", "经发办", "", ""],
    ["办公室", "安全生产监督管理办公室", "安监办", "", ""],
]
POSTS = [
    ["金城镇", "副镇长", "班子成员", "", "李某", "li", ""],
    ["安监办", "主任", "单位负责人", "安监办主任、安监办", "王某", "wang", ""],
    ["经发办", "工业监管岗", "", "", "李某", "li", ""],
]


def test_given_answers_alone_when_founded_then_the_town_is_empty_but_for_three_administrators(tmp_path: Path) -> None:
    said = _init(tmp_path)

    (town,) = queries.all_towns()
    assert (town.name, town.county_name, town.city_name, town.province_name) == ("金城镇", "金坛区", "常州市", "江苏省")
    assert town.is_demo is False
    for role, account in ((Role.SYSTEM_ADMIN, "xt"), (Role.SECURITY_ADMIN, "aq"), (Role.AUDIT_ADMIN, "sj")):
        (post,) = queries.posts_with_role(town.id, role, on=_today())
        assert post.holder_id is not None
        assert f"账号 {account}\t初始密码 " in said


def _today() -> Any:
    from django.utils import timezone

    return timezone.localdate()


def test_given_the_first_password_when_it_is_used_then_it_opens_and_must_be_changed(tmp_path: Path) -> None:
    said = _init(tmp_path)
    password = said.split("账号 aq\t初始密码 ")[1].split()[0]
    client = Client()

    entered = client.post("/log-in/", {"account": "aq", "password": password})

    assert entered.status_code == 302
    assert client.get("/users/")["Location"] == "/password/"
    assert not any(password in str([e.before, e.after, e.say, e.figures]) for e in Event.objects.all())


def test_given_a_filled_template_when_founded_then_units_posts_people_and_duties_are_there(tmp_path: Path) -> None:
    file = _workbook(
        tmp_path,
        单位=UNITS,
        岗位和人员=POSTS,
        行业分工=[["机械", "经发办", ""]],
        挂钩领导=[["东村", "副镇长"]],
        企业名单=[["恒昌机械厂", "", "", "", "东村", "机械"]],
    )

    said = _init(tmp_path, workbook=file)

    (town,) = queries.all_towns()
    villages = queries.units_below(town.path, [UnitKind.VILLAGE])
    assert [(v.short_name, v.path) for v in villages] == [("东村", f"{town.path}203/")]
    assert queries.lead_departments(town.id, _today())["machinery"].short_name == "经发办"
    assert queries.leaders(town.id, _today()).by_path[f"{town.path}203/"].holder_name == "李某"
    (chief,) = queries.posts_with_role(town.id, Role.SAFETY_CHIEF, on=_today())
    assert chief.holder_name == "王某"
    li = next(ref for ref in queries.people_of_town(town.id) if ref.account == "li")
    assert [post.title for post in queries.posts_held_by(li.id, _today())] == ["副镇长", "工业监管岗"]
    assert "登记企业 1 家" in said
    assert said.count("初始密码 ") == 3 + 2


def test_given_a_bad_row_when_founded_then_every_problem_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    file = _workbook(
        tmp_path, 单位=[*UNITS, ["科", "某科", "", "", ""]], 岗位和人员=[["没有的局", "", "", "", "", "", ""]]
    )

    with pytest.raises(CommandError) as refused:
        _init(tmp_path, workbook=file)

    said = str(refused.value)
    assert "表“单位”第 6 行A 列（类别）“科”" in said
    assert "表“岗位和人员”第 3 行A 列（单位）“没有的局”" in said
    assert "表“岗位和人员”第 3 行B 列（岗位）" in said
    assert (queries.all_towns(), queries.is_anybody_there(), Event.objects.count()) == ([], False, 0)


def test_given_a_bad_enterprise_when_founded_then_nothing_is_written(tmp_path: Path) -> None:
    file = _workbook(tmp_path, 单位=UNITS, 企业名单=[["恒昌机械厂", "", "", "", "没有的村", "机械"]])

    with pytest.raises(CommandError, match="企业名单"):
        _init(tmp_path, workbook=file)

    assert queries.all_towns() == []


def test_given_a_check_when_asked_for_then_nothing_is_written(tmp_path: Path) -> None:
    said = _init(tmp_path, workbook=_workbook(tmp_path, 单位=UNITS, 岗位和人员=POSTS), check=True)

    assert "检查通过" in said
    assert "初始密码" not in said
    assert (queries.all_towns(), Event.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"town": {**ANSWERS["town"], "code": "320413000000"}}, "不是乡镇"),
        ({"town": {**ANSWERS["town"], "code": "32041310"}}, "8 位"),
        ({"town": {**ANSWERS["town"], "name": " "}}, "名称空着"),
        ({"administrators": {**ANSWERS["administrators"], "audit": {"name": "甲", "account": "xt"}}}, "三个人分别担任"),
        ({"administrators": {**ANSWERS["administrators"], "audit": {}}}, "账号和姓名都要填"),
        ({"town": None}, "town 和 administrators"),
    ],
)
def test_given_wrong_answers_when_founded_then_it_says_what_to_do(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        _init(tmp_path, {**ANSWERS, **change})

    assert (queries.all_towns(), Event.objects.count()) == ([], 0)


def test_given_a_town_that_is_there_when_founded_again_then_it_is_refused(tmp_path: Path) -> None:
    _init(tmp_path)

    with pytest.raises(CommandError, match="已经建过"):
        _init(tmp_path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "320413102000"}, "下面已经有“金城镇”"),
        ({"code": "320413102000", "county": "溧阳市"}, "登记为“金坛区”"),
    ],
)
def test_given_a_second_town_whose_names_do_not_agree_when_founded_then_it_says_so_and_writes_nothing(
    tmp_path: Path, change: dict[str, str], words: str
) -> None:
    _init(tmp_path)
    admins = {key: {"name": "丁", "account": f"2{key}"} for key in ANSWERS["administrators"]}

    with pytest.raises(CommandError, match=words):
        _init(tmp_path, {"town": {**ANSWERS["town"], **change}, "administrators": admins})

    assert [town.code for town in queries.all_towns()] == ["320413101000"]


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken"])
def test_given_a_file_that_is_no_workbook_when_founded_then_it_says_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "town.xlsx"
    file.write_bytes(content)

    with pytest.raises(CommandError, match="什么都没有写入"):
        _init(tmp_path, workbook=file)


def test_given_no_terminal_when_nothing_is_answered_then_it_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())

    with pytest.raises(CommandError, match="--answers"):
        call_command("init", stdout=io.StringIO())
