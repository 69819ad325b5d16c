"""A stage for lists: a small town with some of the ledgers' enterprises, and short ways to take a file in."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry, Firm
from bihuan.intake import services
from bihuan.intake.models import ImportRun
from bihuan.intake.services.committing import Entered
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import SHANGHAI
from tests.intake.reading import WORKBOOKS
from tests.kept import made_once
from tests.town import SmallTown, make_town

NOW = datetime(2018, 2, 14, 9, 20, tzinfo=SHANGHAI)
FIRMS = ("金城镇东方木业有限公司", "金城镇佳美印染厂", "金城镇恒昌铝制品厂")
HEAD = [
    "序号",
    "交办日期",
    "交办单位",
    "交办文号",
    "企业名称",
    "所属村",
    "隐患描述",
    "隐患等级",
    "整改时限",
    "整改情况",
]


@dataclass
class ListStage:
    """Where the tests of lists play."""

    town: SmallTown
    firms: list[Firm]
    now: datetime = NOW

    def by(self, who: str = "office") -> Actor:
        """Return a person of the town as an actor."""
        return self.town.actor(who, self.now.date())

    def start(self, name: str, content: bytes, *, organ: str = "区安委办", who: str = "office") -> ImportRun:
        """Upload a file and read it, as the worker does."""
        run_id = services.start_import(name=name, content=content, organ=organ, actor=self.by(who), now=self.now)
        services.understand_run(run_id=run_id, job_id=None, now=self.now)
        return self.run(run_id)

    def ledger(self, name: str = "ledger-superior-list.xlsx") -> ImportRun:
        """Upload one of the ledgers."""
        return self.start(name, (WORKBOOKS / "must_pass" / name).read_bytes())

    def rows(self, *rows: Sequence[Any], name: str = "清单.xlsx", head: Sequence[Any] = HEAD) -> ImportRun:
        """Upload a workbook with these rows under the usual heading."""
        return self.start(name, workbook([head, *rows]))

    def run(self, run_id: UUID) -> ImportRun:
        """Return a draft as it now stands."""
        return ImportRun.objects.get(pk=run_id)

    def commit(self, run: ImportRun, who: str = "office") -> Entered:
        """Enter a draft."""
        seen = self.run(run.pk).version
        return services.commit(run_id=run.pk, seen_version=seen, actor=self.by(who), now=self.now)


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@made_once
def make_list_stage() -> ListStage:
    """Build the stage."""
    town = make_town()
    entries = [Entry(name=name, path=town.units["东村"].path, lead_sector="light_industry") for name in FIRMS]
    firms = enterprises.register_many(entries=entries, town_id=town.town.id, actor=PLATFORM, now=NOW)
    return ListStage(town, firms)
