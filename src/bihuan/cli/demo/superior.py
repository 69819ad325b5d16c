"""The superior's lists of the demo: one taken in and half worked off, one that waits half understood."""

# ruff: noqa: E501 -- headings and rows are read by column

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

import xlsxwriter

from bihuan.cli.demo import texts
from bihuan.cli.demo.drafts import Draft, Life
from bihuan.cli.demo.lives import draw_general, draw_major
from bihuan.cli.demo.season import LAST_DAY, Season
from bihuan.cli.demo.troupe import OFFICE
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards import queries as hazards
from bihuan.hazards import services as hazard_services
from bihuan.hazards.queries.lists import listing
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.filters import Filters, Tab
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import Source
from bihuan.hazards.services import Reply
from bihuan.intake import queries as lists
from bihuan.intake import services
from bihuan.kernel.calendar import SHANGHAI

ORGAN: Final = "区安委办"
TAKEN_IN: Final = datetime(2018, 1, 9, 8, 30, tzinfo=SHANGHAI)
WAITING: Final = datetime(2018, 2, 14, 8, 40, tzinfo=SHANGHAI)
HEADINGS: Final = (
    "序号", "交办日期", "交办单位", "交办文号", "企业名称", "所属镇(村)", "地址", "隐患(问题)描述", "隐患等级", "判定依据",
    "整改要求", "整改时限", "责任单位", "整改完成情况", "完成时间", "佐证材料", "复查人", "复查时间", "是否销号",
    "未完成原因", "举一反三情况", "备注",
)  # fmt: skip
DEADLINES: Final = ("春节前", "1月底前", "2月底前", "立行立改", "2018.2.9", "1月25日前")
STATUSES: Final = ("未整改", "整改中", "已整改", "√", "")
LAST_ANSWERED: Final = 8  # same-kind tasks of the list that were answered last, and are not reported to the superior
IN_TIME: Final = datetime(2018, 1, 19, 15, tzinfo=SHANGHAI)
TOO_LATE: Final = datetime(2018, 1, 25, 10, tzinfo=SHANGHAI)  # two days after the tasks' own day
LATE_VILLAGES: Final = 3
SILENT_VILLAGES: Final = 2  # never answer: candidates for criticism
LEFT_OPEN: Final = 4  # one open task in so many waits for everybody
ANSWERED_BY_ALL: Final = (1, 2)  # of each LEFT_OPEN: those that everybody answered, the silent too


def play_lists(season: Season) -> None:
    """Take the first list in and play it; leave the second one as a draft that waits for its answers."""
    firms = [firm for firm in season.troupe.firms if season.troupe.has(f"boss:{firm.id}")][:20]
    rows = _rows(season, firms, count=48, doc_no="示安委办〔2018〕3号", first=date(2018, 1, 2))
    list_id = _take_in(season, workbook("2018年1月安全生产督查交办问题清单", rows))
    unanswered = _answer_same_kind(season)
    _answer_rest(season)
    lives = _lives(season, list_id, {firm.id: firm for firm in firms})
    season.play_known([(pk, _not_reported(life) if pk in unanswered else life) for pk, life in lives])
    rest = _rows(season, firms, count=60, doc_no="示安委办〔2018 ]9号", first=date(2018, 1, 26))
    _draft(season, workbook("2018年春节前安全生产督查交办问题清单", rest), WAITING)


def workbook(title: str, rows: Sequence[Sequence[object]]) -> bytes:
    """Return a list as a superior sends it: title, a line to fill in, headings, rows."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("交办清单")
        bold = book.add_format({"bold": True, "align": "center"})
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title, bold)
        sheet.write(1, 0, "填报单位：          填报日期：")
        sheet.write_row(2, 0, HEADINGS, bold)
        for number, row in enumerate(rows, start=3):
            sheet.write_row(number, 0, row)
    return kept.getvalue()


def _rows(season: Season, firms: Sequence[Firm], *, count: int, doc_no: str, first: date) -> list[list[object]]:
    rows: list[list[object]] = []
    dice, drawn = season.dice, season.found
    for number in range(1, count + 1):
        firm = dice.choice(firms)
        major = number % 12 == 0
        firm, finding = drawn.major(firms, dice) if major else (firm, drawn.general(firm, dice))
        day = date.fromordinal(first.toordinal() + dice.randrange(4))
        status = dice.choice(STATUSES)
        rows.append(
            [
                number, f"{day.year}.{day.month}.{day.day}", ORGAN, doc_no, firm.name, firm.village, firm.address,
                finding.description, "重大" if major else "一般", "", "限期整改", dice.choice(DEADLINES), "镇安监办", status,
                "1.8" if status in {"已整改", "√"} else "", "照片1张" if status == "√" else "", "", "", "", "", "", "",
            ]
        )  # fmt: skip
    return rows


def _draft(season: Season, content: bytes, now: datetime) -> UUID:
    office = season.troupe.by(OFFICE)
    run_id = services.start_import(name="交办清单.xlsx", content=content, organ=ORGAN, actor=office, now=now)
    services.understand_run(run_id=run_id, job_id=None, now=now)
    return run_id


def _take_in(season: Season, content: bytes) -> UUID:
    office = season.troupe.by(OFFICE)
    run_id = _draft(season, content, TAKEN_IN)
    run = lists.run_for(office, run_id)
    entered = services.commit(run_id=run_id, seen_version=run.version, actor=office, now=TAKEN_IN)
    return entered.list_id


def _not_reported(life: Life) -> Life:
    """Leave out the report to the superior: the 举一反三 of this item has no answer (L11)."""
    ends = [at for at, scene in enumerate(life.scenes) if scene.act == Act.SUBMIT_SUPERIOR]
    return replace(life, scenes=life.scenes[: ends[0]]) if ends else life


def _answer_same_kind(season: Season) -> frozenset[UUID | None]:
    """Villages begin to answer the list's 举一反三 tasks, one village a task; return the items that nobody has yet."""
    office = season.troupe.by(OFFICE)
    tasks = hazards.same_kind_tasks(office, today=LAST_DAY, size=200).lines
    villages = sorted(part for part in season.troupe.users if part.startswith("village:"))
    now = datetime.combine(date(2018, 1, 12), time(16), tzinfo=SHANGHAI)
    for number, task in enumerate(tasks[LAST_ANSWERED:]):
        actor = season.troupe.by(villages[number % len(villages)])
        found = season.dice.choice((0, 0, 1, 2))
        assert actor.unit_id is not None  # noqa: S101 -- a village is a unit
        reply = Reply(unit_id=actor.unit_id, checked=season.dice.randint(2, 9), found=found, fixed=found)
        hazard_services.reply_same_kind(task_id=task.id, reply=reply, actor=actor, now=now)
        if number % 4:  # answered and ended; the others wait for the rest of the villages
            hazard_services.end_same_kind(task_id=task.id, actor=office, now=now + timedelta(days=3))
    return frozenset(task.hazard_id for task in tasks[:LAST_ANSWERED])


def _answer_rest(season: Season) -> None:
    """Let what is still open be answered: of four tasks one stays open, a few villages late and two not at all; two
    are answered by all units asked; of the last the office has enough with one answer, and ends it."""
    office, users = season.troupe.by(OFFICE), season.troupe.users
    villages = sorted(part for part in users if part.startswith("village:"))
    departments = sorted(part for part in users if part.startswith("department:"))
    late = villages[SILENT_VILLAGES : SILENT_VILLAGES + LATE_VILLAGES]
    answering = {
        actor.unit_id: (actor, TOO_LATE if part in late else IN_TIME)
        for part in (*late, *departments, OFFICE, *villages)
        for actor in (season.troupe.by(part),)
    }
    silent = {season.troupe.by(part).unit_id for part in villages[:SILENT_VILLAGES]}
    dice = Random(len(users))  # of its own: what else the season draws stays as it is
    for number, task in enumerate(hazards.same_kind_tasks(office, today=LAST_DAY, size=200).lines):
        asked = hazards.same_kind_for(office, task.id, today=LAST_DAY).replies
        owing = [one.unit.id for one in asked if one.replied_at is None and one.unit.id in answering]
        stays_open, by_all = number % LEFT_OPEN == 0, number % LEFT_OPEN in ANSWERED_BY_ALL
        speaking = owing if by_all else [one for one in owing if one not in silent]
        for unit_id in speaking if stays_open or by_all else speaking[: not task.replied]:
            actor, now = answering[unit_id]
            found = dice.choice((0, 0, 0, 1))
            reply = Reply(unit_id=unit_id, checked=dice.randint(1, 6), found=found, fixed=found)
            hazard_services.reply_same_kind(task_id=task.id, reply=reply, actor=actor, now=now)
        if not stays_open:
            hazard_services.end_same_kind(task_id=task.id, actor=office, now=TOO_LATE + timedelta(days=1))


def _lives(season: Season, list_id: UUID, firms: dict[UUID, Firm]) -> list[tuple[UUID, Life]]:
    """Draw what becomes of each item of the list."""
    office = season.troupe.by(OFFICE)
    filters = Filters(tab=Tab.ALL, superior_list=list_id)
    known = {one.description: one for one in (*texts.findings(), *texts.majors())}
    lives: list[tuple[UUID, Life]] = []
    for line in listing(office, filters, today=TAKEN_IN.date(), size=200).lines:
        finding = known[line.description]
        assert line.enterprise_id is not None  # noqa: S101 -- every row of the list named one
        new = NewHazard(
            town_id=line.town_id,
            description=line.description,
            source=Source.SUPERIOR,
            found_on=line.found_on,
            enterprise_id=line.enterprise_id,
            needs_superior=True,
        )
        life = Life(TAKEN_IN.date(), OFFICE, new, finding, place=season.dice.getrandbits(32))
        day = TAKEN_IN.date()
        draft = Draft(life, season.parts(firms[line.enterprise_id]), season.dice, day, weekly=False, last=LAST_DAY)
        (draw_major if finding.criterion else draw_general)(draft)
        life.scenes = [replace(scene, given=replace(scene.given, needs_superior=None)) for scene in life.scenes]
        lives.append((line.id, life))
    return lives
