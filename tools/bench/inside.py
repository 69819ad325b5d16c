"""Steps that must run inside the product, in a process of their own: `python -m tools.bench.inside STEP …`.

Prints one JSON object. BIHUAN_HOME says which town; the account says who acts.
"""

import io
import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
django.setup()

import xlsxwriter
from django.contrib.auth import get_user_model
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns import services as campaign_services
from bihuan.campaigns.queries import returns
from bihuan.campaigns.rules.life import CampaignState
from bihuan.campaigns.rules.returns.rhythm import Rhythm, current
from bihuan.campaigns.services import returns as return_services
from bihuan.cli.demo.campaign import PLAN
from bihuan.enterprises.models import Enterprise
from bihuan.hazards import services as hazards
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import Source
from bihuan.intake import services as intake
from bihuan.intake.models import ImportRun
from bihuan.intake.services.understanding import understand_run
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import shifted
from bihuan.orgs import queries as orgs
from bihuan.orgs import services as org_services
from bihuan.orgs.models import Screen

HEAD = (
    "序号",
    "企业名称",
    "隐患描述",
    "检查日期",
    "交办日期",
    "整改时限",
    "隐患等级",
    "整改措施",
    "责任人",
    "整改情况",
)
SCREEN = "测速"
PART = ("配电柜", "冲床", "叉车", "气瓶间", "除尘器", "消防通道", "行车", "空压机", "粉尘管道", "危化品柜")
FAULT = ("防护缺失", "未接地", "无操作规程", "标识不清", "堆放杂物", "未年检", "线路老化", "无人监护")


def _actor(account: str) -> Actor:
    user = get_user_model().objects.get(account=account)
    return orgs.actor_for(user.pk, on=_now().date())


def _now() -> Any:
    return shifted(timezone.now(), orgs.demo_day())


def report(account: str, count: str) -> dict[str, Any]:
    """Report findings that wait to be confirmed; return their ids."""
    actor, now = _actor(account), _now()
    firms = list(Enterprise.objects.visible_to(actor).order_by("id").values_list("pk", "town_id")[:200])
    news = [
        NewHazard(
            town_id=firms[number % len(firms)][1],
            enterprise_id=firms[number % len(firms)][0],
            description=f"{PART[number % len(PART)]}{FAULT[number % len(FAULT)]}，第{number + 1}处",
            part=PART[number % len(PART)],
            source=Source.DEPARTMENT,
            found_on=now.date(),
        )
        for number in range(int(count))
    ]
    return {"ids": [str(one.hazard_id) for one in hazards.report_many(news, actor=actor, now=now)]}


def ledger(account: str, count: str, target: str) -> dict[str, Any]:
    """Write a superior's list of so many rows about enterprises of the town."""
    actor, now = _actor(account), _now()
    names = list(Enterprise.objects.visible_to(actor).order_by("id").values_list("name", flat=True))
    found_on, deadline = now.date() - timedelta(days=5), now.date() + timedelta(days=20)
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("清单")
        sheet.write_row(0, 0, HEAD)
        for number in range(int(count)):
            what = f"{PART[number % 10]}{FAULT[number % 8]}，第{number // 80 + 1}处"
            row = [number + 1, names[number % len(names)], what, f"{found_on}", f"{found_on}", f"{deadline}", "一般"]
            sheet.write_row(number + 1, 0, [*row, "立即整改", "主要负责人", "未整改"])
    return {"enterprises": len(names)}


def take_in(account: str, source: str) -> dict[str, Any]:
    """Take a list in from end to end; return the seconds of each part."""
    actor, now = _actor(account), _now()
    content = Path(source).read_bytes()
    marks = [time.perf_counter()]
    run_id = intake.start_import(name="清单.xlsx", content=content, organ="区安委办", actor=actor, now=now)
    marks.append(time.perf_counter())
    understand_run(run_id=run_id, job_id=None, now=now)
    marks.append(time.perf_counter())
    version = ImportRun.objects.values_list("version", flat=True).get(pk=run_id)
    entered = intake.commit(run_id=run_id, seen_version=version, actor=actor, now=now)
    marks.append(time.perf_counter())
    keep, understand, commit = (round(after - before, 3) for before, after in itertools.pairwise(marks))
    return {"keep": keep, "understand": understand, "commit": commit, "added": entered.added}


def read_only(source: str) -> dict[str, Any]:
    """Read a workbook with the same library, nothing else; return the seconds."""
    began = time.perf_counter()
    book = CalamineWorkbook.from_filelike(io.BytesIO(Path(source).read_bytes()))
    rows = sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return {"seconds": round(time.perf_counter() - began, 3), "rows": rows}


def weekly(account: str) -> dict[str, Any]:
    """Begin the weekly return F1 of the town, unless it has been begun; return its id."""
    actor, now = _actor(account), _now()
    who: dict[str, Any] = {"actor": actor, "now": now}
    form = next((one for one in returns.forms_for(actor) if one.code == "F1"), None)
    form_id = return_services.adopt_form(code="F1", **who) if form is None else form.id
    town = actor.town_id
    if town is None:
        raise SystemExit(f"{account} belongs to no town.")
    if form is None:
        seen = returns.form_for(actor, form_id).version
        return_services.use_form(form_id=form_id, seen_version=seen, unit_ids=[town], **who)
    period = current(Rhythm.WEEKLY, now.date())
    if period is None:
        raise SystemExit("There is no weekly return to begin today.")
    made = return_services.begin_return(form_id=form_id, unit_id=town, since=period.since, until=period.until, **who)
    return {"id": str(made)}


def campaign(account: str, count: str) -> dict[str, Any]:
    """Issue a campaign of at least so many clauses in the town, unless it has one; return its id."""
    actor, now = _actor(account), _now()
    known = [one for one in campaigns.campaigns_for(actor).lines if one.state == CampaignState.RUNNING]
    if known:
        return {"id": str(known[0].id), "clauses": known[0].clauses}
    orders = (f"各村要每周排查一次{PART[number % 10]}，整改{FAULT[number % 8]}的隐患。" for number in range(40))
    more = "".join(f"\n{number}.{order}" for number, order in enumerate(orders, start=1))
    text = f"{PLAN.read_text(encoding='utf-8')}\n五、其他工作{more}\n"
    who: dict[str, Any] = {"actor": actor, "now": now}
    made = campaign_services.start_from_text(text=text, **who)
    campaign_services.understand_plan(campaign_id=made, now=now)
    days = {"starts_on": date(2017, 12, 18), "ends_on": date(2018, 3, 31)}
    campaign_services.mend_facts(campaign_id=made, seen_version=2, facts=days, **who)
    campaign_services.accept_clauses(campaign_id=made, seen_version=3, **who)
    draft = campaigns.campaign_for(actor, made)
    units = [one.id for one in campaigns.participants_of(draft.town_id)]
    told = campaigns.issue_told(actor, made, units=units, with_tasks=True, now=now)
    takes, seen = len(told.unnamed), draft.version
    campaign_services.issue_campaign(campaign_id=made, seen_version=seen, units=units, office_takes=takes, **who)
    if draft.clauses_count < int(count):
        raise SystemExit(f"The plan has {draft.clauses_count} clauses only.")
    return {"id": str(made), "clauses": draft.clauses_count}


def screens(account: str, count: str) -> dict[str, Any]:
    """Open so many big screens of the town, and revoke those of an earlier measurement; return their codes."""
    actor, now = _actor(account), _now()
    for row in Screen.objects.filter(name=SCREEN, revoked_at=None, town_id=actor.town_id):
        org_services.revoke_screen(screen_id=row.pk, seen_version=row.version, actor=actor, now=now)
    if actor.town_id is None:
        raise SystemExit(f"{account} belongs to no town.")
    opened: dict[str, Any] = {"name": SCREEN, "unit_id": actor.town_id, "actor": actor, "now": now}
    return {"codes": [org_services.open_screen(**opened).code for _ in range(int(count))]}


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "screens": screens,
    "report": report,
    "campaign": campaign,
    "weekly": weekly,
    "ledger": ledger,
    "take_in": take_in,
    "read_only": read_only,
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
