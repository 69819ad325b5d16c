"""Around the loop: same-kind tasks, self-reports, saved views, repeats, followers, keys."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from bihuan.documents import queries as documents
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.enterprises.services.belonging import Move
from bihuan.hazards import queries, services
from bihuan.hazards.models import Hazard, SameKindReply, SameKindTask, SelfReport
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Criterion, Given
from bihuan.hazards.rules.reopening import FoundAgain
from bihuan.hazards.rules.states import PlaceKind, Source
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal, Rejected
from bihuan.standards import services as standards
from bihuan.standards.rules import DayKind, SpecialDay
from bihuan.trail.models import Event
from tests.hazards.refusing import refused
from tests.hazards.stage import CLAUSE, Stage

pytestmark = pytest.mark.django_db


def test_rule_r3_21_a_superiors_item_asks_every_village_and_the_lead_department_of_its_sector(stage: Stage) -> None:
    hazard = stage.superior_item()

    task = SameKindTask.objects.get()
    asked = {stage.town.units[name].id for name in ("东村", "西村", "经发办")}
    assert (task.hazard_id, set(task.asked), task.sector) == (hazard.pk, asked, "machinery")


def test_rule_r3_21_a_department_that_is_asked_sees_it_on_its_workbench_and_answers(stage: Stage) -> None:
    hazard, office = stage.superior_item(), stage.by("office")
    task = SameKindTask.objects.get()
    reply = services.Reply(unit_id=stage.town.units["经发办"].id, checked=6, found=1, fixed=1)

    def waits(who: str) -> list[object]:
        return [
            row.subject_id
            for row in queries.waiting_for(stage.by(who), now=stage.at).rows
            if row.what == "same_kind.reply"
        ]

    assert (waits("industry"), waits("construction")) == ([task.pk], [])
    services.reply_same_kind(task_id=task.pk, reply=reply, actor=stage.by("industry"), now=stage.at)

    assert waits("industry") == []
    assert Hazard.objects.get(pk=hazard.pk).same_kind_replies == 1
    answers = queries.same_kind_for(office, task.pk, today=stage.day).replies
    assert {one.unit.short_name: one.checked for one in answers} == {"东村": None, "西村": None, "经发办": 6}


def test_rule_r3_21_items_of_several_sectors_ask_each_its_own_department(stage: Stage) -> None:
    town = stage.town
    open_air = {"enterprise_id": None, "place_kind": PlaceKind.PUBLIC_PLACE, "place_name": "桥头工地"}
    news = [
        stage.finding(source=Source.SUPERIOR),
        stage.finding(source=Source.SUPERIOR, **open_air, path=town.units["东村"].path, sector="construction"),
        stage.finding(source=Source.SUPERIOR, **open_air, path=town.units["东村"].path, sector="fishing"),
    ]

    services.report_many(news, actor=stage.by("office"), now=stage.at)

    villages = {town.units[name].id for name in ("东村", "西村")}
    asked = {task.sector: set(task.asked) - villages for task in SameKindTask.objects.all()}
    departments = {"machinery": {town.units["经发办"].id}, "construction": {town.units["建设办"].id}, "fishing": set()}
    assert asked == departments


def test_given_a_task_when_a_village_answers_then_the_sums_and_the_gate_move(stage: Stage) -> None:
    hazard = stage.superior_item()
    task = SameKindTask.objects.get()
    west = stage.town.units["西村"].id
    reply = services.Reply(unit_id=west, checked=3, found=2, fixed=1)

    services.reply_same_kind(task_id=task.pk, reply=reply, actor=stage.by("village_west"), now=stage.at)
    services.reply_same_kind(
        task_id=task.pk,
        reply=services.Reply(unit_id=west, checked=4, found=2, fixed=2, seen=_answers(task)),
        actor=stage.by("village_west"),
        now=stage.at,
    )

    view = queries.same_kind_for(stage.by("office"), task.pk, today=stage.day)
    assert (view.line.asked, view.line.replied, view.line.checked, view.line.fixed) == (3, 1, 4, 2)
    assert Hazard.objects.get(pk=hazard.pk).same_kind_replies == 1
    with pytest.raises(Refusal, match="只能答复本单位的"):
        services.reply_same_kind(task_id=task.pk, reply=reply, actor=stage.by("village_east"), now=stage.at)
    assert queries.same_kind_tasks(stage.by("village_east"), today=stage.day).total == 1


def test_given_two_offices_of_one_unit_when_both_answer_then_the_second_is_told_of_the_first_and_replaces_nothing(
    stage: Stage,
) -> None:
    stage.superior_item()
    task = SameKindTask.objects.get()
    west = stage.town.units["西村"].id
    first = services.Reply(unit_id=west, checked=3, found=2, fixed=1)
    second = services.Reply(unit_id=west, checked=5, found=0, fixed=0)

    services.reply_same_kind(task_id=task.pk, reply=first, actor=stage.by("village_west"), now=stage.at)
    with pytest.raises(Refusal, match="西村已经由village_west答复：查了 3 家，查出 2 项，已整改 1 项。没有改动它"):
        services.reply_same_kind(task_id=task.pk, reply=second, actor=stage.by("village_west"), now=stage.at)

    task.refresh_from_db()
    assert (task.replies_count, task.checked, task.found, task.fixed) == (1, 3, 2, 1)
    assert SameKindReply.objects.count() == 1


def _answers(task: SameKindTask) -> frozenset[UUID]:
    """Return the answers that stand on the task's page."""
    return frozenset(SameKindReply.objects.filter(task=task, is_current=True).values_list("pk", flat=True))


@pytest.mark.parametrize("many", [10_000, 10**25])
def test_given_a_number_nobody_counts_when_a_door_hands_it_over_then_the_service_refuses(
    stage: Stage, many: int
) -> None:
    hazard, west = stage.superior_item(), stage.town.units["西村"].id
    task = SameKindTask.objects.get(hazard_id=hazard.pk)
    reply = services.Reply(unit_id=west, checked=many, found=0, fixed=0)
    month = {"enterprise_id": stage.firm.id, "month": date(2017, 12, 1), "now": stage.at, "actor": stage.by("boss")}

    with pytest.raises(Refusal, match="数字最大填 9999"):
        services.reply_same_kind(task_id=task.pk, reply=reply, actor=stage.by("village_west"), now=stage.at)
    with pytest.raises(Refusal, match="数字最大填 9999"):
        services.report_month(**month, checks=many, is_zero=True)
    with pytest.raises(Refusal, match="花费最多填 1 亿元"):
        stage.hand_in(stage.rectifying(), money_fen=many * 10**8)

    assert SelfReport.objects.count() == 0


def test_given_a_village_on_the_platform_when_the_office_answers_for_it_then_it_is_sent_to_the_village(
    stage: Stage,
) -> None:
    hazard, west = stage.superior_item(), stage.town.units["西村"].id
    task = SameKindTask.objects.get(hazard_id=hazard.pk)
    paper = tuple(one.evidence_id for one in stage.paper("office"))
    reply = services.Reply(unit_id=west, checked=2, found=0, fixed=0, acting_for="西村村主任", papers=paper)
    answer = {"task_id": task.pk, "actor": stage.by("office"), "now": stage.at}

    with pytest.raises(Refusal, match=r"不能代为答复。请由西村村主任.*登录后自己答复"):
        services.reply_same_kind(reply=reply, **answer)
    stage.vacate("village_west")
    for lacking in (replace(reply, papers=()), replace(reply, acting_for=" ")):
        with pytest.raises(Refusal, match="请写明代谁，并附上对方签字或盖章的纸质凭据"):
            services.reply_same_kind(reply=lacking, **answer)
    assert Hazard.objects.get(pk=hazard.pk).same_kind_replies == 0
    services.reply_same_kind(reply=reply, **answer)

    assert Hazard.objects.get(pk=hazard.pk).same_kind_replies == 1
    event = Event.objects.get(kind="same_kind.replied")
    assert (event.acting_for, event.evidence) == ("西村村主任", [str(one) for one in paper])


def test_given_an_accident_notice_when_typed_in_then_alike_enterprises_are_proposed(stage: Stage) -> None:
    task = services.NewTask(
        town_id=stage.town.town.id,
        title="某镇冲床断手事故",
        sector="machinery",
        units=(stage.town.units["东村"].id,),
    )

    task_id = services.open_same_kind(task=task, actor=stage.by("office"), now=stage.at)

    assert [one.firm.id for one in queries.alike_for(stage.by("office"), task_id)] == [stage.firm.id]
    with pytest.raises(Refusal, match="安监办布置"):
        services.open_same_kind(task=task, actor=stage.by("village_east"), now=stage.at)


def test_given_a_month_when_reported_zero_and_again_then_the_later_stands(stage: Stage) -> None:
    month = date(2017, 12, 1)
    facts = {"enterprise_id": stage.firm.id, "month": month, "now": stage.at}

    services.report_month(**facts, checks=4, is_zero=True, actor=stage.by("boss"))
    services.report_month(**facts, checks=5, found=1, fixed=1, actor=stage.by("boss"))

    assert SelfReport.objects.count() == 2
    assert [(one.found, one.is_zero) for one in queries.reported_in(stage.by("office"), month).lines] == [(1, False)]
    with pytest.raises(Refusal, match="零报告"):
        services.report_month(**facts, checks=4, found=1, is_zero=True, actor=stage.by("boss"))
    with pytest.raises(Refusal, match="代谁办理"):
        services.report_month(**facts, checks=4, is_zero=True, actor=stage.by("village_east"))
    acting = facts | {"acting_for": "鑫达机械厂", "actor": stage.by("village_east")}
    with pytest.raises(Refusal, match="请附企业签字或盖章的凭据"):
        services.report_month(**acting, checks=4, is_zero=True)
    with pytest.raises(NotFound):
        services.report_month(**facts, checks=4, is_zero=True, actor=stage.by("village_west"))
    with pytest.raises(NotAllowed):
        services.report_month(**facts, checks=4, is_zero=True, actor=stage.by("industry"))


def test_given_a_view_when_saved_twice_and_dropped_then_only_the_owner_had_it(stage: Stage) -> None:
    office = stage.by("office")
    services.save_view(name="节前必清", address="tab=open", actor=office, now=stage.at)
    kept = services.save_view(name="节前必清", address="tab=all", actor=office, now=stage.at)

    assert [(one.name, one.address) for one in queries.saved_views(office)] == [("节前必清", "tab=all")]
    assert queries.saved_views(stage.by("chief")) == []
    with pytest.raises(NotFound):
        services.drop_view(view_id=kept, actor=stage.by("chief"))
    services.drop_view(view_id=kept, actor=office)
    assert queries.saved_views(office) == []


def test_given_a_closed_hazard_when_found_again_then_reopening_is_proposed_within_the_window(stage: Stage) -> None:
    hazard = stage.closed()
    where = {"enterprise_id": stage.firm.id, "part": "冲压车间", "category": hazard.category}

    again = queries.found_before(stage.by("office"), **where, today=stage.day)
    stage.later(100)
    late = queries.found_before(stage.by("office"), **where, today=stage.day)

    assert [one.proposal for one in again] == [FoundAgain.REOPEN]
    assert [one.proposal for one in late] == [FoundAgain.REPEAT]


def test_given_a_moved_enterprise_when_followed_then_its_hazards_move_and_say_so(stage: Stage) -> None:
    hazard = stage.assigned()
    west = stage.town.units["西村"].path

    enterprises.move_many(
        moves=[Move(stage.firm.id, stage.firm.version, path=west)],
        reason="搬迁",
        actor=stage.by("office"),
        now=stage.at,
    )

    moved = Hazard.objects.get(pk=hazard.pk)
    event = Event.objects.get(kind="hazard.relocated")
    assert (moved.path, moved.state, moved.version) == (west, "assigned", hazard.version + 1)
    assert (event.path, event.figures["path_from"], event.actor_name) == (west, hazard.path, "系统")


def test_given_a_renamed_enterprise_when_followed_then_hazards_take_the_name_and_papers_keep_theirs(
    stage: Stage,
) -> None:
    closed, ordered = stage.closed(), stage.order(stage.confirmed(), issue_paper=True)
    entry = Entry(name="示范镇鑫达精工厂", path=stage.firm.path, lead_sector="machinery")

    enterprises.change(
        enterprise_id=stage.firm.id,
        entry=entry,
        seen_version=stage.firm.version,
        actor=stage.by("office"),
        now=stage.at,
    )

    renamed = Hazard.objects.get(pk=ordered.pk)
    assert (renamed.place_name, renamed.party_name) == ("鑫达精工厂", "鑫达精工厂")
    assert (renamed.state, renamed.version) == ("assigned", ordered.version + 1)
    assert Hazard.objects.get(pk=closed.pk).place_name == "鑫达精工厂"
    told = Event.objects.filter(kind="hazard.place_renamed").order_by("seq")
    assert [(one.subject_id, one.before, one.after) for one in told] == [
        (one.pk, {"place_name": "鑫达机械厂"}, {"place_name": "鑫达精工厂"}) for one in (closed, ordered)
    ]
    paper = queries.hazard_for(stage.by("office"), ordered.pk, now=stage.at).papers[0]
    assert "鑫达机械厂" in str(documents.paper_for(stage.by("office"), paper.id).fields)


def test_given_facts_of_an_enterprise_but_not_its_name_when_changed_then_its_hazards_say_nothing(stage: Stage) -> None:
    hazard = stage.assigned()
    entry = Entry(name=stage.firm.name, path=stage.firm.path, lead_sector="machinery", address="工业路1号")

    enterprises.change(
        enterprise_id=stage.firm.id,
        entry=entry,
        seen_version=stage.firm.version,
        actor=stage.by("office"),
        now=stage.at,
    )

    assert not Event.objects.filter(kind="hazard.place_renamed").exists()
    assert Hazard.objects.get(pk=hazard.pk).version == hazard.version


def test_given_a_key_when_it_arrives_twice_then_the_first_answer_comes_back(stage: Stage) -> None:
    hazard, key = stage.report(), uuid4()
    act = {"hazard_id": hazard.pk, "act": Act.CONFIRM, "given": Given(level="general"), "key": key, "now": stage.at}

    first = services.advance(**act, actor=stage.by("office"))
    second = services.advance(**act, actor=stage.by("office"))

    assert first == second
    assert Event.objects.filter(kind="hazard.confirm").count() == 1
    with pytest.raises(NotFound):
        services.advance(**act, actor=stage.by("chief"))


def test_given_a_device_id_when_it_arrives_twice_then_one_hazard_is_there(stage: Stage) -> None:
    new = stage.finding(id=uuid4())

    first = services.report(new=new, actor=stage.by("inspector"), now=stage.at)
    second = services.report(new=new, actor=stage.by("inspector"), now=stage.at)

    assert (first, Hazard.objects.count()) == (second, 1)
    with pytest.raises(NotFound):
        services.report(new=new, actor=stage.by("office"), now=stage.at)


def test_given_bad_findings_when_reported_together_then_each_is_named_and_none_is_written(stage: Stage) -> None:
    with pytest.raises(Rejected) as refused:
        services.report_many(
            [stage.finding(), stage.finding(description=" "), stage.finding(enterprise_id=uuid4())],
            actor=stage.by("inspector"),
            now=stage.at,
        )

    assert refused.value.refused == {1: "请写明隐患情况。", 2: "请选定本镇的企业。"}
    assert Hazard.objects.count() == 0


def test_given_a_new_holiday_when_followed_then_clocks_of_working_days_move(stage: Stage) -> None:
    reported, ordered = stage.report(), stage.assigned()
    assert reported.clock_on == date(2018, 1, 18)

    standards.import_holidays(
        year=2018,
        days=[SpecialDay(date(2018, 1, 16), DayKind.HOLIDAY, "临时停工")],
        source="镇政府通知",
        town_id=stage.town.town.id,
        actor=stage.by("system_admin"),
        now=stage.at,
    )

    moved = Hazard.objects.get(pk=reported.pk)
    assert (moved.clock_on, moved.version) == (date(2018, 1, 19), reported.version)
    assert Hazard.objects.get(pk=ordered.pk).clock_on == ordered.deadline


def test_given_a_criterion_when_named_then_its_words_and_version_come_from_the_library(stage: Stage) -> None:
    hazard = stage.report()
    wrong = {"level": "major", "text": "铝粉", "criterion": Criterion("gongmao-2017", "九(九)9")}
    too_new = wrong | {"criterion": Criterion("gongmao-2023", CLAUSE.clause)}

    refused(stage, hazard, Act.CONFIRM, "office", "没有“九\\(九\\)9”这一条", **wrong)
    refused(stage, hazard, Act.CONFIRM, "office", "。", **too_new)
    row = stage.do(hazard, Act.CONFIRM, "office", **(wrong | {"criterion": Criterion("gongmao-2017", CLAUSE.clause)}))

    assert (row.criterion_version, row.criterion_text[:6]) == ("安监总管四〔2017〕129号", "干式除尘系统")


def test_given_an_overdue_hazard_when_pressed_then_only_the_steps_it_climbed_are_taken(stage: Stage) -> None:
    hazard = stage.rectifying(days=4)
    refused(stage, hazard, Act.REMIND, "office", "没有逾期", escalation=3)
    stage.later(9)

    refused(stage, hazard, Act.REMIND, "office", "还没有到这一档", escalation=6)
    pressed = stage.do(hazard, Act.REMIND, "office", escalation=3, issue_paper=True, text="请三日内整改")

    view = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at)
    assert (pressed.escalation, pressed.reminders, view.papers[0].title) == (3, 1, "督办函")


@pytest.mark.parametrize("who", ["village_east", "industry", "inspector"])
def test_rule_r3_20_steps_and_letters_are_the_offices_and_others_only_remind(stage: Stage, who: str) -> None:
    hazard = stage.rectifying(days=4)
    stage.later(19)
    before = hazard.reminders

    refused(stage, hazard, Act.REMIND, who, "由安委会及其办公室办理", escalation=6)
    refused(stage, hazard, Act.REMIND, who, "由安委会及其办公室办理", issue_paper=True, text="请三日内整改")
    reminded = stage.do(hazard, Act.REMIND, who, escalation=1, text="请抓紧")

    assert (reminded.escalation, reminded.reminders) == (1, before + 1)


def test_given_a_letter_asked_for_when_nothing_is_late_or_one_was_sent_today_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.rectifying(days=4)

    refused(stage, hazard, Act.REMIND, "office", "没有逾期，不出督办函", issue_paper=True, text="请抓紧")
    stage.later(9)
    stage.do(hazard, Act.REMIND, "office", issue_paper=True, text="请三日内整改")
    refused(stage, hazard, Act.REMIND, "office", "今天已经催办过，督办函不重复出", issue_paper=True, text="再催")
    stage.do(hazard, Act.REMIND, "office", text="电话再催一次")

    papers = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at).papers
    shown = documents.paper_for(stage.by("office"), papers[0].id)
    assert [one.title for one in papers] == ["督办函"]
    assert shown.fields["to"] == "东村村民委员会、经济发展办公室"
