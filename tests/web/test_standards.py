"""The criteria library, parameters and the calendar as pages: what is shown, who may set, what is refused."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.standards import queries
from bihuan.standards.rules import calendar_subject, parameter_subject
from bihuan.trail import queries as trail
from tests.town import SmallTown
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
PAGES = [
    reverse("standards:list"),
    reverse("standards:parameters"),
    reverse("standards:parameter", args=["review_days"]),
    reverse("standards:year", args=[2018]),
    reverse("standards:standard", args=["gongmao-2017"]),
    reverse("standards:standard", args=["fire-2025"]),
    reverse("standards:checklists"),
    reverse("standards:checklist", args=["dust"]),
]
ELSEWHERE = [
    reverse("standards:parameter", args=["no_such_thing"]),
    reverse("standards:year", args=[1999]),
    reverse("standards:standard", args=["gongmao-2099"]),
    reverse("standards:checklist", args=["no-such-list"]),
]
SET = reverse("standards:parameter", args=["review_days"])
EDIT = reverse("standards:edit_year", args=[2027])
NEW = {"value": "7", "valid_from": "2018-01-10", "valid_to": "", "source": "示范镇安委会〔2018〕3号"}
NOTICE = {"text": "元旦：1月1日放假。1月3日上班。", "source": "国办发明电〔2026〕9号", "act": "save"}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("key", ["office", "village_east", "superior", "system_admin"])
def test_given_somebody_who_works_here_when_they_read_then_every_page_opens(
    address: str, key: str, visit: Visit
) -> None:
    assert visit(key).get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_given_a_stranger_when_they_come_then_they_must_log_in(address: str) -> None:
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("address", ELSEWHERE)
def test_given_an_address_that_is_not_there_when_opened_then_it_is_answered_with_a_sentence(
    address: str, visit: Visit
) -> None:
    answer = visit("office").get(address)

    assert answer.status_code in {404, 422}
    assert "请" in answer.content.decode()


def test_given_the_day_of_the_plan_when_a_clause_is_looked_up_then_the_version_of_that_day_answers(
    visit: Visit,
) -> None:
    page = visit("office").get(reverse("standards:list"), {"q": "砂光机"}).content.decode()

    assert "一(一)9" in page
    assert "安监总管四〔2017〕129号" in page
    assert "应急管理部令第10号" not in page


def test_given_another_day_when_looked_up_then_its_version_answers(visit: Visit) -> None:
    page = visit("office").get(reverse("standards:list"), {"q": "砂光机", "on": "2024-06-01"}).content.decode()

    assert "应急管理部令第10号" in page
    assert "安监总管四〔2017〕129号" not in page


def test_given_a_sentence_when_looked_up_then_a_hint_is_explained(visit: Visit) -> None:
    query = {"q": "木工砂光机除尘风管没有火花探测装置", "sector": "light_industry"}

    page = visit("inspector").get(reverse("standards:list"), query).content.decode()

    assert "建议按重大隐患核实" in page
    assert "一(一)9" in page
    assert "火花探测" in page.split('class="advice"', 1)[1].split("</section>", 1)[0]
    assert "由人决定" in page


@pytest.mark.parametrize(
    "query",
    [
        {"on": "31.12.2017"},
        {"sector": "space"},
        {"standard": "no"},
        {"page": "99"},
        {"q": "<script>"},
        {"q": "无此条文"},
    ],
)
def test_given_an_odd_query_when_looked_up_then_the_page_still_answers(query: dict[str, str], visit: Visit) -> None:
    answer = visit("office").get(reverse("standards:list"), query, follow=True)

    assert answer.status_code == 200
    assert "<script>&" not in answer.content.decode()


def test_given_any_words_when_looked_up_then_one_query_is_enough(town: SmallTown) -> None:
    queries.library()

    with CaptureQueriesContext(connection) as seen:
        queries.advise("木工砂光机除尘风管没有火花探测装置", date(2018, 1, 10))

    assert len(seen) == 1


@pytest.mark.parametrize("key", ["chief", "system_admin"])
def test_given_who_may_when_a_parameter_is_set_then_it_holds_is_shown_and_leaves_its_event(
    key: str, town: SmallTown, visit: Visit
) -> None:
    client = visit(key)

    answer = client.post(SET, NEW)

    assert answer.status_code == 303
    assert queries.parameter("review_days", town_id=town.town.id, on=date(2018, 1, 10)) == 7
    assert queries.parameter("review_days", town_id=town.town.id, on=date(2018, 1, 9)) == 10
    page = client.get(SET).content.decode()
    assert "示范镇安委会〔2018〕3号" in page
    assert "随软件发布" in page
    events = trail.events_of([parameter_subject(town.town.id, "review_days")])
    assert [(one.kind, one.say) for one in events] == [
        ("parameter.set", "“复查期限（收到申请或期满起）”自2018-01-10起由10天改为7天")
    ]


@pytest.mark.parametrize("key", ["office", "village_east", "security_admin", "leader"])
def test_given_who_may_not_when_they_try_then_nothing_changes(key: str, town: SmallTown, visit: Visit) -> None:
    client = visit(key)

    answers = [client.post(SET, NEW), client.post(EDIT, NOTICE)]

    assert "改为本镇的值" not in client.get(SET).content.decode()
    assert [answer.status_code for answer in answers] == [422, 403]
    assert queries.parameter("review_days", town_id=town.town.id, on=date(2018, 1, 10)) == 10
    assert queries.calendar_year(town.town.id, 2027).provisional


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"value": "九十"}, "要填数字"),
        ({"value": "99"}, "可以填1到60天"),
        ({"value": ""}, "请填写新的值"),
        ({"source": " "}, "请写明依据"),
        ({"valid_from": "昨天"}, "2018-02-14 的样子"),
        ({"valid_from": "2018-01-09"}, "不能早于今天（2018-01-10）"),
        ({"valid_from": "1900-01-01"}, "以前的事已经按当天的数算过"),
        ({"valid_to": "2017-12-31"}, "停用日期早于启用日期"),
    ],
)
def test_given_a_wrong_value_when_set_then_it_is_said_beside_the_field_and_kept(
    changes: dict[str, str], says: str, visit: Visit
) -> None:
    answer = visit("chief").post(SET, NEW | changes)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_given_what_the_law_fixes_when_set_then_it_is_refused(town: SmallTown, visit: Visit) -> None:
    answer = visit("chief").post(reverse("standards:parameter", args=["workers_report_required"]), NEW | {"value": "1"})

    assert answer.status_code == 422
    assert queries.parameter("workers_report_required", town_id=town.town.id, on=date(2018, 2, 1)) == 0


def test_given_a_provisional_year_when_opened_then_it_says_so_and_offers_the_notice(visit: Visit) -> None:
    page = visit("chief").get(reverse("standards:year", args=[2027])).content.decode()

    assert "还没有放假通知" in page
    assert EDIT in page
    assert EDIT not in visit("office").get(reverse("standards:year", args=[2027])).content.decode()


def test_given_a_notice_when_looked_at_then_nothing_is_written_and_when_saved_the_year_is_settled(
    town: SmallTown, visit: Visit
) -> None:
    client = visit("system_admin")

    looked = client.post(EDIT, NOTICE | {"act": "look"})
    still = queries.calendar_year(town.town.id, 2027).provisional
    saved = client.post(EDIT, NOTICE)

    assert "改为上班：2027年1月3日" in looked.content.decode()
    assert still
    assert saved.status_code == 303
    assert not queries.calendar_year(town.town.id, 2027).provisional
    assert queries.work_calendar(town.town.id).is_working_day(date(2027, 1, 3))
    assert not queries.work_calendar(None).is_working_day(date(2027, 1, 3))
    events = trail.events_of([calendar_subject(town.town.id, 2027)])
    assert [one.kind for one in events] == ["calendar.year_set"]
    assert "国办发明电〔2026〕9号" in client.get(reverse("standards:year", args=[2027])).content.decode()


def test_given_a_slip_in_the_notice_when_saved_then_the_line_is_named_and_nothing_is_written(
    town: SmallTown, visit: Visit
) -> None:
    answer = visit("chief").post(EDIT, NOTICE | {"text": "元旦：1月1日放假。\n春节：2月30日放假。"})

    assert answer.status_code == 422
    assert "第2行" in answer.content.decode()
    assert queries.calendar_year(town.town.id, 2027).provisional


def test_given_any_standard_when_its_page_opens_then_its_remark_speaks_to_people(visit: Visit) -> None:
    client = visit("inspector")
    ids = [one.id for one in queries.library().standards]

    pages = {one: client.get(reverse("standards:standard", args=[one])).content.decode() for one in ids}
    remarks = {one: page.partition("来源和疑点</h3>")[2].partition("</div>")[0] for one, page in pages.items()}
    foreign = {one: re.findall(r"README|[a-z]{4,}", re.sub(r"<[^>]+>", "", said)) for one, said in remarks.items()}

    assert "" not in remarks.values()
    assert not any(foreign.values()), foreign


def test_given_a_list_of_fire_when_opened_then_it_says_how_many_elements_suffice_in_which_place(visit: Visit) -> None:
    page = visit("inspector").get(reverse("standards:standard", args=["fire-2017"])).content.decode()
    other = visit("inspector").get(reverse("standards:standard", args=["gongmao-2017"])).content.decode()

    assert "易燃易爆危险品场所满3条（5.3 b)，数7.1.1、7.1.2、7.1.3、7.4.5、7.4.6）" in page
    assert "其他场所满6条（5.3 d)，综合判定要素都数）" in page
    assert "综合判定计数" not in other


def test_given_a_day_that_is_still_to_come_when_looked_up_then_it_is_said_and_no_finding_is_judged_by_it(
    visit: Visit,
) -> None:
    query = {"q": "砂光机吸尘管上没装火花探测报警", "on": "2099-01-01"}

    ahead = visit("office").get(reverse("standards:list"), query).content.decode()
    now = visit("office").get(reverse("standards:list"), query | {"on": "2018-02-14"}).content.decode()

    assert "2099-01-01 还没有到" in ahead
    assert "判定提示" not in ahead
    assert "判定提示" in now
    assert "还没有到" not in now
