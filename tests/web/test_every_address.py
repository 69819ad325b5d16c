"""Walk every address as a stranger, as each role and as neighbours: nobody sees what is not theirs, nothing breaks."""

import itertools
import logging
import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import UUIDField
from django.test import Client
from django.utils import timezone

from bihuan.campaigns import queries as campaign_queries
from bihuan.campaigns import services as campaigns
from bihuan.campaigns.models import Campaign
from bihuan.campaigns.rules.registers import Chair, NewDecision, StudyKind
from bihuan.campaigns.services import returns, supervision
from bihuan.desk import queries as desk
from bihuan.hazards import services as hazards
from bihuan.hazards.rules.periods import Period
from bihuan.intake import services as intake
from bihuan.kernel.actor import Actor
from bihuan.orgs import services
from bihuan.standards import queries as standards_queries
from bihuan.standards import services as standards
from bihuan.standards.rules import Feature, Sector
from bihuan.standards.rules.guiding import Subject
from bihuan.standards.rules.loading import Area
from bihuan.standards.rules.teaching import Target
from bihuan.standards.services import loading
from bihuan.standards.services.checklists import save_list
from bihuan.standards.services.words import add_words
from tests.campaigns.stage import SHORT as PLAN
from tests.campaigns.stage import CampaignStage
from tests.campaigns.supervised import Supervised
from tests.hazards.stage import NOON, Stage, make_stage
from tests.intake.stage import HEAD, workbook
from tests.kept import made_once
from tests.standards.local import text as standard_text
from tests.standards.own_lists import WOOD
from tests.town import POSTS, SmallTown, make_town
from tests.web.addresses import NOBODY, TAKEN, Address, addresses

# What a person who has not logged in may reach: the log-in itself, and where the code of a big screen is typed.
PUBLIC = {"people:log_in", "people:demo_log_in", "people:log_out", "screen:show", "screen:enter"}
OWN_WORD = "亮子盒"
ROLES = [key for key, *_ in POSTS]
# Who sees most of a town, by each way of seeing: area, sector, village, duties of administrators.
NEIGHBOURS = ["chief", "industry", "village_east", "security_admin"]
# Whose walk over another town's rows, a minute of processor time, goes over the second database too: who sees the most.
FAR_SEEING = ["chief"]
# Whose own pages are opened on the second database too: who sees the most, and who sees one village.
WIDE_AND_NARROW = ["chief", "village_east"]
# Who takes lists in, and so sees a draft.
TAKE_IN = {"chief", "office"}
# Blanks that call a table by another name than its own.
ALSO_CALLED = {"firm": "enterprise"}


def _each(keys: list[str], on_both: list[str]) -> list[Any]:
    """Return everybody, on one database; on the second only those named: the other walks ask it nothing new."""
    return [key if key in on_both else pytest.param(key, marks=pytest.mark.one_database) for key in keys]


def _ask(client: Client, method: str, path: str) -> tuple[int, str, bytes]:
    answer: Any = client.generic(method, path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, answer.headers.get("Location", ""), body


def _same(answer: tuple[int, str, bytes], pk: str) -> tuple[int, str, bytes]:
    """Return an answer without what differs anyway: the id that was asked for, and the form's token."""
    status, location, body = answer
    body = re.sub(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"', b"", body)
    return status, location.replace(pk, "ID"), body.replace(pk.encode(), b"ID")


def log_in(town: SmallTown, key: str) -> Client:
    users = get_user_model().objects.filter(pk=town.users[key])
    users.update(password_changed_at=timezone.now())
    client = Client()
    client.force_login(users.get(), backend="django.contrib.auth.backends.ModelBackend")
    services.note_session(user_id=town.users[key], session_key=client.session.session_key or "")
    return client


def _one_of_each(town_id: UUID) -> dict[str, str]:
    """Return an id of each table with rows of a town; whatever table comes later is in it."""
    found = {}
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "town_id" in names and isinstance(model._meta.pk, UUIDField):
            pk = model._default_manager.filter(town_id=town_id).values_list("pk", flat=True).first()
            if pk is not None:
                found[model._meta.label] = str(pk)
    return found


def _draft(stage: Stage) -> UUID:
    """Leave a superior's list as a draft that the office has read and nobody has entered."""
    row = [
        1,
        "2018-01-08",
        "区安委办",
        "坛安办〔2018〕4号",
        "东方木业有限公司",
        "东村",
        "皮带轮无防护罩",
        "一般",
        "2月底前",
        "",
    ]
    content = workbook([HEAD, row])
    run_id = intake.start_import(name="清单.xlsx", content=content, actor=stage.by("office"), now=NOON)
    intake.understand_run(run_id=run_id, job_id=None, now=NOON)
    return run_id


def _signed_table(stage: Stage) -> None:
    """Let the enterprise hand in a signed table of the quarter before."""
    scan = stage.paper("boss")[0].evidence_id
    hazards.hand_in_table(
        enterprise_id=stage.firm.id,
        period=Period(2017, 4),
        figures={"found": 0},
        signed_by="厂长",
        scan_id=scan,
        actor=stage.by("boss"),
        now=stage.at,
    )


def _campaign(stage: Stage) -> None:
    """Issue a campaign to a village, with its tasks and one of each record, and leave a second plan unread."""
    office, chief = stage.by("office"), stage.by("chief")
    campaign_id = campaigns.start_from_text(text=PLAN, actor=office, now=NOON)
    campaigns.start_from_text(text=PLAN, actor=office, now=NOON)
    campaigns.understand_plan(campaign_id=campaign_id, now=NOON)
    seen = {"campaign_id": campaign_id, "now": NOON}
    campaigns.accept_clauses(seen_version=2, actor=office, **seen)
    campaigns.issue_campaign(seen_version=3, units=[stage.town.units["东村"].id], actor=chief, **seen)
    part = next(one.id for one in campaign_queries.participating(office, campaign_id))
    seen |= {"actor": office, "on": NOON.date()}
    facts = {"title": "调度会", "host": "镇长", "problem": "液氨储罐超期", "raised_by": "镇长"}
    decided = [NewDecision("查漏电", part, NOON.date())]
    campaigns.register_meeting(facts=facts, chair=Chair.OTHER, decisions=decided, **seen)
    campaigns.register_problem(facts=facts, owner=part, due_on=NOON.date(), **seen)
    campaigns.register_led_visit(
        post_id=stage.town.posts["leader"],
        firms=[stage.firm.id],
        companions="科员",
        record_no="1",
        nothing_found=True,
        **seen,
    )
    campaigns.register_study(
        unit_id=part, kind=StudyKind.RELAY, title="通报", persons=3, led_by=Chair.OTHER, unit_head=True, **seen
    )


def _return(stage: Stage) -> None:
    """Let the town and a village owe a form of ours, and begin a return of the village."""
    office = stage.by("office")
    form_id = returns.adopt_form(code="F1", actor=office, now=NOON)
    owing = [stage.town.units["镇"].id, stage.town.units["东村"].id]
    returns.use_form(form_id=form_id, seen_version=1, unit_ids=owing, actor=office, now=NOON)
    days = {"since": date(2018, 1, 12), "until": date(2018, 1, 18)}
    returns.begin_return(form_id=form_id, unit_id=owing[1], **days, actor=office, now=NOON)


def _supervised(stage: Stage) -> None:
    """Leave a round with a problem, a circular, an interview, and a case with its sealed evidence."""
    row = Campaign.objects.get(state="issued")
    run = Supervised(CampaignStage(stage.town, NOON), row, NOON, stage.firm.id)
    run.fed_back()
    run.asked("东村")
    run.called()
    case = run.handed_over()
    supervision.seal_case(case_id=case, seen_version=1, **run.said("chief"))


def _asked(stage: Stage) -> None:
    """Keep the answers to guided questions about the enterprise."""
    firm = stage.firm
    about = Subject("enterprise", firm.id, firm.town_id, firm.path, firm.lead_sector, firm.id)
    paper = standards_queries.guided_paper(stage.day, {Sector.LIGHT_INDUSTRY}, {Feature.DUST_EXPLOSIVE})
    standards.keep_answers(about=about, paper=paper, given={}, actor=stage.by("office"), now=NOON)


def _loaded(stage: Stage) -> None:
    """Load a standard of the town's own."""
    town = stage.town.town
    area = Area(town.path, town.id, town.name, town.id)
    loading.load_standard(text=standard_text(), area=area, why="镇安委会", actor=stage.by("chief"), now=NOON)


def _listed(stage: Stage) -> None:
    """Write a checklist of the town's own."""
    town = stage.town.town
    area = Area(town.path, town.id, town.name, town.id)
    facts = {"valid_from": stage.day, "why": "木器厂多", "actor": stage.by("office"), "now": NOON}
    save_list(draft=WOOD, area=area, **facts)


def _fitting(rows: dict[str, str], address: Address) -> list[tuple[str, str]]:
    """Return the rows whose table a blank is named after (`hazard_id`), or all where none is."""
    words = [name.removesuffix("_id").replace("_", "") for name in address.ids]
    words = [ALSO_CALLED.get(word, word) for word in words]
    named = [
        (table, pk) for table, pk in rows.items() if any(word in table.partition(".")[2].lower() for word in words)
    ]
    return (named or list(rows.items())) if words and address.name not in PUBLIC else []


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Refused pages are what this is about; a log line for each would bury a failure."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.fixture(autouse=True)
def _counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A POST makes the frame count anew what waits for a person; on these walks none changes anything that waits."""
    count_once(monkeypatch)


def count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count but once what waits for each person."""
    waiting, counted = desk.waiting, dict[Any, desk.Desk]()

    def once(viewer: Actor, *, now: datetime, first_n: int = 0) -> desk.Desk:
        key = (viewer, first_n)
        if key not in counted:
            counted[key] = waiting(viewer, now=now, **({"first_n": first_n} if first_n else {}))
        return counted[key]

    monkeypatch.setattr(desk, "waiting", once)


@pytest.fixture
def stage(db: None, settings: Any) -> Stage:
    """A town with hazards in several states, papers and photos; the doors' clock stands on its day."""
    stage = make_busy_stage()
    settings.BIHUAN_DEMO_DAY = stage.day.isoformat()
    return stage


def _taught(stage: Stage) -> None:
    """Add a word of the town's own."""
    add_words(
        kind=Target.CONCEPT,
        target="火花探测",
        wordings=OWN_WORD,
        why="本地这么叫",
        actor=stage.by("office"),
        now=NOON,
    )


@made_once
def make_busy_stage() -> Stage:
    stage = make_stage()
    stage.report()
    stage.rectified()
    _draft(stage)
    _signed_table(stage)
    _campaign(stage)
    _supervised(stage)
    _return(stage)
    _asked(stage)
    _taught(stage)
    _loaded(stage)
    _listed(stage)
    services.open_screen(name="大厅", unit_id=stage.town.town.id, actor=stage.by("chief"), now=NOON)
    return stage


@pytest.mark.django_db
@pytest.mark.one_database  # a stranger is turned away before anything is asked of it
@pytest.mark.parametrize("address", addresses(), ids=str)
def test_given_a_stranger_when_any_address_is_asked_then_only_the_log_in_opens(address: Address) -> None:
    client = Client()

    for method in ("GET", "POST"):
        status, location, _ = _ask(client, method, address.filled())

        if address.name not in PUBLIC:
            is_shown_the_door = status == 302 and location.startswith("/log-in/")
            assert is_shown_the_door or status in {403, 404, 405}, f"{method} {address} answered {status} {location}"


@pytest.mark.parametrize("key", _each(ROLES, on_both=WIDE_AND_NARROW))
def test_given_any_role_when_any_address_is_asked_then_it_answers_and_never_breaks(key: str, stage: Stage) -> None:
    client = log_in(stage.town, key)
    broken = []

    for address, method in itertools.product(addresses(), ("GET", "POST")):
        if address.name in PUBLIC:
            continue
        status, _, _ = _ask(client, method, address.filled())
        if status not in TAKEN:
            broken.append(f"{method} {address}: {status}")

    assert not broken, "\n".join(broken)


@pytest.mark.one_database  # on both a neighbour opens every page, and each room refuses another town's people
@pytest.mark.parametrize("key", NEIGHBOURS)
def test_given_another_towns_rows_when_a_neighbour_asks_for_each_by_its_id_then_there_is_nothing(
    key: str, stage: Stage
) -> None:
    theirs = _one_of_each(stage.town.town.id)
    client = log_in(make_town(code="320413102000", name="邻镇"), key)
    shown = []

    for address, method in itertools.product(addresses(), ("GET", "POST")):
        fitting = _fitting(theirs, address)
        nothing = _same(_ask(client, method, address.filled()), str(NOBODY)) if fitting else None
        for table, pk in fitting:
            answer = _ask(client, method, address.filled(dict.fromkeys(address.ids, pk)))
            if answer[0] not in {403, 404, 405} and _same(answer, pk) != nothing:
                shown.append(f"{method} {address} with the id of a {table}: {answer[0]} {answer[1]}")

    assert {"hazards.Hazard", "enterprises.Enterprise", "trail.EvidenceFile", "intake.ImportRun"} <= set(theirs)
    assert {
        "hazards.SignedTable",
        "campaigns.Campaign",
        "campaigns.CampaignUnit",
        "campaigns.Task",
        "campaigns.Return",
    } <= set(theirs)
    assert {"orgs.Screen", "standards.OwnWord"} <= set(theirs)
    assert {"campaigns.Meeting", "campaigns.Decision", "campaigns.Problem", "campaigns.LedVisit"} <= set(theirs)
    assert not shown, "\n".join(shown)


@pytest.mark.parametrize("key", _each(NEIGHBOURS, on_both=FAR_SEEING))
def test_given_another_towns_rows_when_a_neighbour_opens_every_page_then_no_word_of_it_is_there(
    key: str, stage: Stage
) -> None:
    client = log_in(make_town(code="320413102000", name="邻镇"), key)
    secret = [stage.firm.name, "1号冲床双手按钮被短接", OWN_WORD, "示范镇仓储场所重大隐患判定标准"]
    leaks = []

    for address in addresses():
        for query in ("", f"?q={stage.firm.name[3:6]}") if not address.ids and address.name not in PUBLIC else ():
            _, _, body = _ask(client, "GET", address.filled() + query)
            leaks += [f"{address}{query}: {word}" for word in secret if word.encode() in body]

    assert not leaks, "\n".join(leaks)


@pytest.mark.one_database  # the counterpart of the walk above
def test_given_the_same_walk_when_the_towns_own_office_goes_it_then_the_rows_are_there(stage: Stage) -> None:
    theirs = _one_of_each(stage.town.town.id)
    client = log_in(stage.town, "chief")

    opened = {
        table
        for address in addresses()
        for table, pk in _fitting(theirs, address)
        if _ask(client, "GET", address.filled(dict.fromkeys(address.ids, pk)))[0] == 200
    }

    assert {
        "hazards.Hazard",
        "enterprises.Enterprise",
        "orgs.Unit",
        "intake.ImportRun",
        "hazards.SignedTable",
    } <= opened


@pytest.mark.parametrize("key", [key for key in ROLES if key not in TAKE_IN])
def test_given_a_draft_of_the_office_when_another_role_of_the_town_asks_for_it_then_there_is_nothing(
    key: str, stage: Stage
) -> None:
    run_id = _one_of_each(stage.town.town.id)["intake.ImportRun"]
    client = log_in(stage.town, key)
    drafts = [address for address in addresses() if "run_id" in address.ids]
    shown = []

    for address, method in itertools.product(drafts, ("GET", "POST")):
        status, location, body = _ask(client, method, address.filled({"run_id": run_id}))
        if status not in {403, 404, 405} or "皮带轮无防护罩".encode() in body:
            shown.append(f"{method} {address}: {status} {location}")

    assert len(drafts) >= 9
    assert not shown, "\n".join(shown)
