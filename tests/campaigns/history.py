"""A short history of a small town in which every figure that is measured today has something to count."""

from datetime import date

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards import services
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.same_kind import NewTask, Reply
from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import services as orgs
from tests.hazards.stage import CLAUSE, DAY, NOON, Stage

EARLY = date(2017, 11, 1)  # before the criteria of 2017 were in force


def live(stage: Stage) -> None:
    """Play the first day (DAY), and twelve days later its consequences."""
    town = stage.town
    west = town.units["西村"]
    firms = [Entry("西村木业", west.path, "light_industry"), Entry("西村旅馆", west.path, "fire_crowded")]
    _, hotel = enterprises.register_many(entries=firms, town_id=town.town.id, actor=PLATFORM, now=NOON)
    orgs.write_duty_lists(lists={town.posts["leader"]: "分管安全"}, actor=PLATFORM, now=stage.at)

    done = stage.closed(found_on=date(2018, 1, 10))
    stage.assigned()
    item = stage.superior_item()
    stage.listed()
    stage.self_found()
    paper = stage.paper("office")
    away = stage.do(stage.confirmed(), Act.TRANSFER, "office", organ="区住建局", text="移送", files=paper)
    slow = stage.report(found_on=EARLY, description="除尘系统未设泄爆")
    _report_month(stage)
    task = NewTask(
        town_id=town.town.id,
        title="连云港“12·9”爆炸",
        notice="苏安办电",
        category="fire",
        units=(town.units["东村"].id, west.id),
        enterprises=(stage.firm.id, hotel.id),
    )
    task_id = services.open_same_kind(task=task, actor=stage.by("office"), now=stage.at)

    stage.later(12)
    stage.do(slow, Act.CONFIRM, "office", level="major", criterion=CLAUSE, text="2017年11月还没有标准")
    stage.do(away, Act.RECORD_REPLY, "office", text="已立案", files=stage.paper("office"))
    stage.report(repeat_of=done.pk)
    for unit, who, found in (("东村", "village_east", 2), ("西村", "village_west", 0), ("经发办", "industry", 1)):
        _reply(stage, item.same_kind_task_id, unit, who, found)
    _reply(stage, task_id, "东村", "village_east", 0)
    stage.do(item, Act.PASS, "office", text="合格")
    stage.do(item, Act.SUBMIT_SUPERIOR, "office")
    stage.do(item, Act.SUPERIOR_ACCEPT, "superior", text="认可")
    enterprises.close(enterprise_id=hotel.id, seen_version=1, reason="关门", actor=stage.by("office"), now=stage.at)
    assert stage.day.toordinal() - DAY.toordinal() == 12


def _report_month(stage: Stage) -> None:
    firm, boss = stage.firm.id, stage.by("boss")
    services.report_month(enterprise_id=firm, month=DAY, checks=1, is_zero=True, actor=boss, now=stage.at)


def _reply(stage: Stage, task_id: object, unit: str, who: str, found: int) -> None:
    reply = Reply(unit_id=stage.town.units[unit].id, checked=1, found=found, fixed=0)
    services.reply_same_kind(task_id=task_id, reply=reply, actor=stage.by(who), now=stage.at)  # type: ignore[arg-type]
