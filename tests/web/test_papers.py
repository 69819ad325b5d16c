"""Pages of papers: the list finds, the page prints every form whole, and only those entitled make one void."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.documents import queries, services
from bihuan.documents.queries import PaperFilter
from bihuan.documents.rules import FIELDS, Paper, PaperKind, missing_fields
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion, Criterion
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.ids import new_id
from bihuan.orgs import services as orgs_services
from tests.documents.drafts import WHOLE, draft
from tests.hazards.stage import Stage
from tests.town import NOON, SmallTown
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db


def issue(town: SmallTown, *kinds: PaperKind, village: str = "东村", **fields: object) -> list[Paper]:
    drafts = [draft(kind, path=town.units[village].path, **fields) for kind in kinds]
    return services.issue_many(drafts, town_id=town.town.id, actor=PLATFORM, now=NOON)


@pytest.mark.parametrize("kind", PaperKind)
def test_given_a_whole_paper_when_shown_then_everything_the_form_must_say_is_printed(
    kind: PaperKind, town: SmallTown, visit: Visit
) -> None:
    paper = issue(town, kind)[0]

    page = visit("office").get(reverse("documents:show", args=[paper.id])).content.decode()

    assert missing_fields(kind, WHOLE[kind]) == []
    assert paper.title in page
    assert paper.doc_no in page
    assert "2018年1月10日" in page  # the day of issue, as papers write days
    for key in FIELDS[kind]:
        value = WHOLE[kind].get(key)
        if isinstance(value, str) and not value.startswith("2018-"):
            assert value in page, key
    for row in WHOLE[kind].get("problems", ()):
        assert row["text"] in page


def test_given_an_order_with_a_major_hazard_when_printed_then_it_counts_and_dates_each_problem(
    town: SmallTown, visit: Visit
) -> None:
    paper = issue(town, PaperKind.RECTIFICATION_ORDER)[0]

    page = visit("office").get(reverse("documents:show", args=[paper.id])).content.decode()

    assert "共 2 项，其中第 1 项为重大事故隐患，计 1 项" in page
    assert "于2018年3月15日前整改完毕" in page
    assert "行政复议" in page
    assert "证号：32041300001" in page


def test_given_fields_with_markup_when_printed_then_they_stay_words(town: SmallTown, visit: Visit) -> None:
    paper = issue(town, PaperKind.HAZARD_NOTICE, unit="<script>alert(1)</script>")[0]

    page = visit("office").get(reverse("documents:show", args=[paper.id])).content.decode()

    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    ("key", "sees"), [("office", 2), ("chief", 2), ("village_east", 1), ("village_west", 1), ("agency", 0)]
)
def test_given_papers_of_two_villages_when_people_look_then_each_sees_their_own(
    key: str, sees: int, town: SmallTown, visit: Visit
) -> None:
    papers = issue(town, PaperKind.HAZARD_NOTICE) + issue(town, PaperKind.HAZARD_NOTICE, village="西村")
    client = visit(key)

    listed = client.get(reverse("documents:list")).content.decode()

    assert sum(paper.doc_no in listed for paper in papers) == sees
    answers = [client.get(reverse("documents:show", args=[paper.id])).status_code for paper in papers]
    assert sorted(answers) == sorted([200] * sees + [404] * (2 - sees))


def test_given_a_paper_when_its_trail_is_asked_for_then_everybody_who_sees_it_sees_who_issued_it(
    town: SmallTown, visit: Visit
) -> None:
    [paper] = issue(town, PaperKind.HAZARD_NOTICE)

    for key in ("chief", "village_east"):
        client = visit(key)
        link = reverse("trail:subject", args=[paper.id])
        assert link in client.get(reverse("documents:show", args=[paper.id])).content.decode()
        assert paper.doc_no in client.get(link).content.decode()


def test_given_many_papers_when_narrowed_then_kind_year_state_and_words_all_count(
    town: SmallTown, visit: Visit
) -> None:
    listing, reminder = issue(town, PaperKind.LISTING_NOTICE, PaperKind.REMINDER_LETTER)
    services.void(paper_id=reminder.id, seen_version=1, reason="重复", actor=PLATFORM, now=NOON)
    viewer = town.actor("office")

    def found(wanted: PaperFilter) -> list[UUID]:
        return [paper.id for paper in queries.listing(viewer, wanted).rows]

    assert found(PaperFilter(kind=PaperKind.LISTING_NOTICE)) == [listing.id]
    assert found(PaperFilter(state=reminder.state)) == [listing.id]
    assert found(PaperFilter(year=2017)) == []
    assert found(PaperFilter(words="(金) 安委督函[2018]")) == [reminder.id]
    assert found(PaperFilter(words="木业")) == [listing.id]
    assert set(found(PaperFilter(words="1"))) == {listing.id, reminder.id}
    assert visit("office").get(reverse("documents:list"), {"q": "没有这个"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_given_more_papers_when_listed_then_the_number_of_queries_stays(
    count: int, town: SmallTown, visit: Visit
) -> None:
    issue(town, *[PaperKind.REMINDER_LETTER] * count)
    viewer = town.actor("office")

    with CaptureQueriesContext(connection) as seen:
        queries.listing(viewer, PaperFilter())
        queries.counts(viewer, PaperFilter())
        queries.years(viewer)

    assert len(seen) == 4


def test_given_the_chief_when_a_paper_is_made_void_then_its_number_stays_and_the_page_says_so(
    town: SmallTown, visit: Visit
) -> None:
    paper = issue(town, PaperKind.REMINDER_LETTER)[0]
    client = visit("chief")

    answer = client.post(reverse("documents:void", args=[paper.id]), {"seen_version": 1, "reason": "对象写错"})

    assert answer.status_code == 303
    page = client.get(reverse("documents:show", args=[paper.id])).content.decode()
    assert "对象写错" in page
    assert "作　废" in page
    assert issue(town, PaperKind.REMINDER_LETTER)[0].number == paper.number + 1


def test_given_no_reason_or_an_old_page_when_made_void_then_it_is_refused_beside_the_field(
    town: SmallTown, visit: Visit
) -> None:
    paper = issue(town, PaperKind.REMINDER_LETTER)[0]
    client, address = visit("chief"), reverse("documents:void", args=[paper.id])

    without = client.post(address, {"seen_version": 1, "reason": " "})
    outdated = client.post(address, {"seen_version": 7, "reason": "对象写错"})

    assert (without.status_code, outdated.status_code) == (422, 422)
    assert "请写明作废的原因" in without.content.decode()
    assert "刷新页面" in outdated.content.decode()
    assert not queries.paper_for(PLATFORM, paper.id).is_void


@pytest.mark.parametrize(("key", "status"), [("office", 422), ("village_east", 422), ("village_west", 404)])
def test_given_somebody_else_when_they_make_it_void_then_they_are_told_who_may(
    key: str, status: int, town: SmallTown, visit: Visit
) -> None:
    paper = issue(town, PaperKind.HAZARD_NOTICE)[0]

    answer = visit(key).post(reverse("documents:void", args=[paper.id]), {"seen_version": 1, "reason": "想作废"})

    assert answer.status_code == status
    assert not queries.paper_for(PLATFORM, paper.id).is_void


def test_given_a_stranger_when_they_come_then_they_must_log_in(town: SmallTown, client: object) -> None:
    from django.test import Client

    paper = issue(town, PaperKind.HAZARD_NOTICE)[0]

    addresses = [reverse("documents:list"), reverse("documents:show", args=[paper.id])]

    assert [Client().get(address).status_code for address in addresses] == [302, 302]


def test_given_nothing_issued_when_the_list_is_opened_then_it_says_what_will_come(
    town: SmallTown, visit: Visit
) -> None:
    page = visit("office").get(reverse("documents:list")).content.decode()

    assert "会列在这里" in page
    assert visit("office").get(reverse("documents:show", args=[new_id()])).status_code == 404


def test_given_a_listing_that_runs_when_its_notice_is_made_void_then_it_is_refused_until_it_is_off_the_list(
    stage: Stage, enter: Visit
) -> None:
    row = stage.listed()
    [notice] = queries.listing(stage.by("chief"), PaperFilter(kind=PaperKind.LISTING_NOTICE)).rows
    chief, address = enter("chief"), reverse("documents:void", args=[notice.id])
    given = {"seen_version": notice.version, "reason": "想作废"}

    page = chief.get(reverse("documents:show", args=[notice.id])).content.decode()
    refused = chief.post(address, given)
    row = stage.do(stage.hand_in(row, who="safety"), Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    row = stage.do(row, Act.ACCEPT_LISTING, "chief", **stage.on_site("chief"))
    stage.do(row, Act.DELIST, "chair", text="验收合格，予以摘牌")
    done = chief.post(address, given)

    assert "挂牌还在督办，通知书不能作废" in page
    assert "作废这份文书" not in page
    assert (refused.status_code, done.status_code) == (422, 303)


@pytest.mark.parametrize("is_order", [True, False])
def test_law_l10_the_order_of_an_open_hazard_is_not_made_void_by_one_person(
    stage: Stage, enter: Visit, *, is_order: bool
) -> None:
    pair = (Companion(stage.by("inspector").name),) if is_order else ()
    row = stage.order(stage.confirmed(), issue_paper=True, is_order=is_order, companions=pair)
    [order] = queries.listing(stage.by("chief"), PaperFilter()).rows
    chief, address = enter("chief"), reverse("documents:void", args=[order.id])
    given = {"seen_version": order.version, "reason": "想作废"}

    page = chief.get(reverse("documents:show", args=[order.id])).content.decode()
    refused = chief.post(address, given)
    asked = stage.do(row, Act.REQUEST_INVALID, "office", text="重复登记")
    stage.do(asked, Act.APPROVE_INVALID, "chief", text="同意")
    done = chief.post(address, given)

    assert "按这份文书整改的隐患还没有办结，文书不能作废" in page
    assert "作废这份文书" not in page
    assert (refused.status_code, done.status_code) == (422, 303)


def test_given_a_listing_when_its_notice_is_read_then_it_names_the_standard_and_prints_no_remark_of_ours(
    stage: Stage, enter: Visit
) -> None:
    clause = Criterion("gongmao-2017", "一(三)1")
    row = stage.report(description="污水池未辨识、无警示标志", category="confined")
    row = stage.do(row, Act.CONFIRM, "office", level="major", criterion=clause, text="污水池")
    row = stage.do(stage.do(row, Act.COUNTERSIGN, "chief"), Act.PROPOSE_LISTING, "office", text="提请挂牌")
    stage.do(row, Act.LIST, "chair", **stage.order_given())
    [notice] = queries.listing(stage.by("chief"), PaperFilter(kind=PaperKind.LISTING_NOTICE)).rows

    page = enter("chief").get(reverse("documents:show", args=[notice.id])).content.decode()
    library = enter("chief").get(reverse("standards:standard", args=["gongmao-2017"])).content.decode()

    assert "《工贸行业重大生产安全事故隐患判定标准（2017版）》（安监总管四〔2017〕129号）一(三)1" in page
    assert "由人判断" not in page
    assert "示范镇安全生产委员会" in page
    assert "条文表述有歧义，由人判断" in library


def test_given_an_order_when_printed_then_it_names_two_officers_and_leaves_lines_for_what_is_not_known(
    stage: Stage, enter: Visit
) -> None:
    inspector = stage.town.users["inspector"]
    orgs_services.set_certificate(user_id=inspector, certificate="苏D041300001", actor=PLATFORM, now=stage.at)
    given = {"is_order": True, "issue_paper": True, "interim": "停用该设备"}

    def printed(who: str, second: str) -> str:
        day = {"deadline": stage.day, "deadline_kind": "same_day", "supervisor_post_id": stage.town.posts["industry"]}
        stage.do(stage.confirmed(), Act.ASSIGN, who, **day, **given, companions=(Companion(second),))
        [order, *_] = queries.listing(stage.by("chief"), PaperFilter(kind=PaperKind.RECTIFICATION_ORDER)).rows
        return " ".join(enter("chief").get(reverse("documents:show", args=[order.id])).content.decode().split())

    first = printed("inspector", "王某")
    second = printed("office", stage.by("inspector").name)

    name, blank = stage.by("inspector").name, '<span class="a4-blank"></span>'
    assert f'<span class="a4-sign">{name}</span> 执法证号：苏D041300001</p>' in first
    assert f'<span class="a4-sign">王某</span> 执法证号：{blank}（手填）</p>' in first
    assert f"执法人员（签名）：{blank} 执法证号：{blank}（手填）</p>" in second
    assert f'<span class="a4-sign">{name}</span> 执法证号：苏D041300001</p>' in second
    assert second.count("执法证号：") == 2
