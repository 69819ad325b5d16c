"""The stopped workplaces of the demo: one waits for its site review, one was refused, one works again (R3.28)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from bihuan.cli.demo.drafts import Draft, Life
from bihuan.cli.demo.lives import FIVE
from bihuan.cli.demo.season import LAST_DAY, Season
from bihuan.cli.demo.troupe import CHIEF, INSPECTOR, OFFICE
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import Evaluator, FileRole, Level, Sanction, Source

ORGAN: Final = "区安监局"
FOUND: Final = date(2018, 1, 17)


def play_stops(season: Season, seed: int) -> int:
    """Play one life for each way that a stop can go on; a season of its own leaves the dice of the other alone."""
    own = Season(season.troupe, Random(seed), found=season.found)
    firms = [firm for firm in own.troupe.firms if own.troupe.has(f"boss:{firm.id}")]
    lives = [_life(own, firm, way) for firm, way in zip(own.dice.sample(firms, len(WAYS)), WAYS, strict=True)]
    return own.play(lives)


def _life(season: Season, firm: Firm, way: Callable[[Draft], None]) -> Life:
    finding = season.found.general(firm, season.dice)
    new = NewHazard(
        town_id=season.troupe.town.id,
        enterprise_id=firm.id,
        description=finding.description,
        part=finding.part,
        category=finding.category,
        source=Source.DEPARTMENT,
        found_on=FOUND,
    )
    life = Life(FOUND, INSPECTOR, new, finding, (FileRole.BEFORE,), place=season.dice.getrandbits(32))
    draft = Draft(life, season.parts(firm), season.dice, FOUND, season.weekly, LAST_DAY)
    _stopped_and_fixed(draft)
    way(draft)
    return life


def _stopped_and_fixed(draft: Draft) -> None:
    draft.add(Act.CONFIRM, OFFICE, Given(level=Level.GENERAL, category=draft.life.finding.category))
    draft.deadline = FOUND + timedelta(days=20)
    order = Given(
        deadline=draft.deadline,
        deadline_kind="days",
        supervisor_post_id=draft.parts.supervisor,
        arrangements=FIVE,
        interim="停用该部位，断电上锁",
    )
    draft.add(Act.ASSIGN, OFFICE, order)
    draft.later(1, 1)
    stop = Given(text="整改期间不能保证安全，停用该部位，撤出作业人员", organ=ORGAN, number="示安监停〔2018〕2号")
    draft.add(Act.SUSPEND, OFFICE, stop, (FileRole.DOCUMENT,))
    draft.add(Act.ACCEPT, draft.parts.rectifier, Given())
    draft.later(8, 10)
    draft.add(Act.HAND_IN, draft.parts.rectifier, Given(text=draft.life.finding.done), (FileRole.AFTER,))
    draft.later(1, 2)


def _apply(draft: Draft, *, by: Evaluator, evaluator: str) -> None:
    given = Given(
        text=f"{draft.life.finding.done}；试运行三班正常，人员已培训",
        evaluated_by=by,
        evaluator=evaluator,
        evaluation="整改到位，具备安全生产条件",
    )
    draft.add(Act.APPLY_RESUMPTION, draft.parts.rectifier, given, (FileRole.DOCUMENT,))


def _reviewed(draft: Draft, text: str) -> Given:
    return Given(text=text, organ=ORGAN, visited_on=draft.day, visited_by="区安监局二人、镇安监办一人")


def waits_for_review(draft: Draft) -> None:
    """Applied for a few days ago; the ten days of the site review run."""
    draft.day = LAST_DAY - timedelta(days=5)
    _apply(draft, by=Evaluator.OWN, evaluator="本厂高级工程师与外聘专家共 3 人")


def refused(draft: Draft) -> None:
    """Reviewed and not agreed to: the unit mends what is lacking and applies again; a penalty is proposed."""
    _apply(draft, by=Evaluator.OWN, evaluator="本厂设备科长")
    draft.later(4, 5)
    missing = "联锁没有恢复，评估报告没有附检测数据"
    given = replace(_reviewed(draft, missing), sanction=Sanction.PENALTY, sanction_organ=ORGAN)
    draft.add(Act.REFUSE_RESUMPTION, CHIEF, given, (FileRole.DOCUMENT,))


def works_again(draft: Draft) -> None:
    """Evaluated by a body, reviewed on site, agreed to, re-inspected and closed."""
    _apply(draft, by=Evaluator.BODY, evaluator="省安全评价有限公司")
    draft.later(4, 5)
    draft.add(Act.RESUME, CHIEF, _reviewed(draft, "现场审查合格，同意恢复"), (FileRole.DOCUMENT,))
    draft.later(1, 2)
    draft.add(Act.PASS, CHIEF, Given(text="现场核对，已整改到位"))


WAYS: Final = (waits_for_review, refused, works_again)
