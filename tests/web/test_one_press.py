"""One press, one record: every form of the product sent twice makes what it makes once, and both lead there."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from bihuan.campaigns import services as campaigns
from bihuan.campaigns.models import Campaign, Study
from bihuan.trail.models import Event, SentForm
from bihuan.trail.services import tidy_sent_forms
from bihuan.web import once
from bihuan.web.once import AGAIN
from tests.campaigns.returns.forms import FOLDER
from tests.campaigns.running import Running, at, issued
from tests.campaigns.stage import SHORT, CampaignStage, make_campaign_stage
from tests.documents.own_file import database_for_threads
from tests.hazards.stage import NOON, Stage
from tests.intake.stage import HEAD, workbook
from tests.web.filled import WAYS, Form, forms_on, walked
from tests.web.test_every_address import count_once, log_in, make_busy_stage

# Tables that change with every request of anybody; all others hold what people have made. Files are kept before an act
# is tried, so one that came with a form is kept again by its double; events are counted without theirs.
BESIDE = {
    "trail.SentForm",
    "sessions.Session",
    "axes.AccessLog",
    "axes.AccessAttempt",
    "trail.EvidenceFile",
    "trail.Event",
}
Told = tuple[bool, str, dict[str, int]]
# Who acts in every room; forms that one of them has sent are not sent again by the next.
PEOPLE = ("chief", "village_east", "boss", "security_admin", "system_admin")


@dataclass
class Walk:
    """What came of every form that somebody of the town finds: by the name of the address that takes it.

    idle: how often forms that make no record were sent nevertheless.
    """

    made: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    found: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    twice: list[str] = field(default_factory=list)
    tried: set[Any] = field(default_factory=set)
    idle: Counter[str] = field(default_factory=Counter)


def _rows() -> dict[str, int]:
    """Count the rows of every table under one statement."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.label not in BESIDE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables))  # noqa: S608
        rows = dict(zip(tables, cursor.fetchone(), strict=True))
    return rows | {"events": Event.objects.exclude(kind="file.kept").count()}


@contextmanager
def _undone() -> Iterator[None]:
    """Do something and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _where(answer: Any) -> str:
    return answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")


def _twice(client: Client, form: Form, said: dict[str, Any]) -> list[Told]:
    """Send a form, then once more as if both had come at once, then later; nothing where the first made nothing."""
    with _undone():
        before = SentForm.objects.count()
        came = [_sent(client, form, said)]
        if SentForm.objects.count() == before:
            return []
        with pytest.MonkeyPatch.context() as patch:
            _blind_at_first(patch)
            came.append(_sent(client, form, said))
        came.append(_sent(client, form, said))
    return came


def _sent(client: Client, form: Form, said: dict[str, Any]) -> Told:
    for one in (one for values in said.values() for one in values if hasattr(one, "seek")):
        one.seek(0)
    answer = client.post(form.action, said)
    b"".join(answer.streaming_content if answer.streaming else ())  # a file is closed at its end
    return bool(_where(answer)), _where(answer), _rows()


def _blind_at_first(patch: pytest.MonkeyPatch) -> None:
    """Let a form not find its double at the door, as when both come at once: it meets it only when it writes."""
    look, asked = once.queries.sent_form, list[str]()

    def looked(key: str) -> Any:
        asked.append(key)
        return None if len(asked) == 1 else look(key)

    patch.setattr(once.queries, "sent_form", looked)


def _walk(stage: Stage, who: str, walk: Walk) -> None:
    client, words = log_in(stage.town, who), _words(stage)
    for page, body in list(walked(client)):
        for form in forms_on(page, body):
            walk.found[form.route].add(who)
            for press in form.presses() if form.route not in LEFT_OUT else ():
                named = (form.route, tuple(sorted({one.name for one in form.fields})), press, _deed(form))
                if named in walk.tried or walk.idle[form.route] >= ENOUGH:
                    continue
                for way in WAYS:
                    came = _twice(client, form, form.filled(way, words, press))
                    if came:
                        walk.tried.add(named)
                        walk.made[form.route].add(who)
                        walk.twice += [f"{who} {named}: {_other(came[0], one)}" for one in came[1:] if one != came[0]]
                        break
                walk.idle[form.route] += form.route in NO_RECORD


def _other(first: Told, second: Told) -> str:
    """Return in what two answers differ."""
    rows = {table: (count, second[2][table]) for table, count in first[2].items() if count != second[2][table]}
    return f"{first[:2]}, then {second[:2]}, {rows}"


def _deed(form: Form) -> tuple[str, ...]:
    return tuple(value for one in form.fields if one.name in {"deed", "act", "kind"} for value in one.on)


LINE = [1, "2018-01-08", "区安委办", "坛安办〔2018〕5号", "", "东村", "皮带轮无防护罩", "一般", "2月底前", ""]
WORDS = {"firms": "", "type:number": "1", "type:month": "2018-01", "type:time": "10:00", "type:url": "http://a.cn"}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Refused forms are many here; a log line for each would bury a failure."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


def _words(stage: Stage) -> dict[str, Any]:
    day, list_ = WALKED_ON.isoformat(), workbook([HEAD, LINE])
    return WORDS | {
        "firms": stage.firm.name,
        "type:date": day,
        "type:datetime-local": "2018-01-26T10:00",
        "look_again_on": "2018-01-30",
        "ends_on": "2018-03-31",
        "not_by_data": "",
        "due": "每周四16:00",
        "duty-0-days": "",
        "duty-0-due_on": "",
        "doc_number": "示政发〔2018〕1号",
        "uscc": "91320413MA1MKT5G7G",
        "file:intake:upload": ("清单.xlsx", list_),
        "file:campaigns:upload_form": ("周报.xlsx", (FOLDER / "county-weekly.xlsx").read_bytes()),
        "file:campaigns:start": ("方案.txt", SHORT.encode()),
    }


# -- every form
WALKED_ON = date(2018, 1, 25)  # when 东村 is late with its sub-plan, and so a candidate for 通报
LEFT_OUT = {
    "people:log_in": "nobody has logged in yet",
    "people:demo_log_in": "nobody has logged in yet",
    "people:log_out": "ends the session that the form belongs to",
    "people:change_password": "ends the session that the form belongs to",
}


ENOUGH = 4  # presses of a form that makes no record
# Forms that make nothing that could be there twice, or whose answer is a page that is shown but once.
NO_RECORD = {
    "campaigns:return_act": "no return on the stage can be sent yet",
    "desk:read_all": "nothing is unread any more",
    "enterprises:import": "asks for a table of enterprises; what is read is entered by a form of its own",
    "enterprises:merge": "asks for a second enterprise",
    "hazards:bulk": "shows what would be done; nothing is done yet",
    "hazards:views": "a view of the same name takes the place of the first",
    "intake:reread": "reads the same list anew",
    "orgs:close_unit": "asks for a unit without anybody in it",
    "orgs:firm": "shows the first password once",
    "orgs:import": "asks for a workbook of units; what is read is entered by a form of its own",
    "orgs:open_screen": "shows the code once",
    "standards:edit_list": "asks to look first at what the list would change",
    "standards:load": "asks for a file of criteria; what it changes is confirmed by a form of its own",
    "standards:new_list": "asks to look first at what the list would say",
    "standards:word": "asks to look first at what a word would change",
    "people:new_user": "shows the first password once",
    "people:reset_password": "shows the first password once",
}


def _more(stage: Stage) -> None:
    """Leave also a plan to check, one checked, a task to help with, and a seat."""
    office, now = stage.by("office"), NOON
    unread = Campaign.objects.get(state="reading")
    campaigns.understand_plan(campaign_id=unread.pk, now=now)
    checked = campaigns.start_from_text(text=SHORT, actor=office, now=now)
    campaigns.understand_plan(campaign_id=checked, now=now)
    campaigns.accept_clauses(campaign_id=checked, seen_version=2, actor=office, now=now)
    run = CampaignStage(stage.town, now)
    row = run.issued(units=("东村", "西村", "经发办"))
    east, west = (run.part(row, name).pk for name in ("东村", "西村"))
    told = {"campaign_id": row.pk, "actor": office, "now": now}
    campaigns.assign_tasks(title="查漏电", units=[west], helpers=[east], due_on=WALKED_ON, **told)
    campaigns.add_seat(title="组长", **told)


@pytest.mark.one_database
def test_given_every_form_of_the_product_when_sent_twice_then_it_makes_what_it_makes_once(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_busy_stage()
    settings.BIHUAN_DEMO_DAY = WALKED_ON.isoformat()
    stage.town.users.update(stage.people)
    count_once(monkeypatch)
    _more(stage)
    walk = Walk()

    for who in PEOPLE:
        _walk(stage, who, walk)

    assert not walk.twice, "\n".join(walk.twice)
    assert set(walk.found) - set(walk.made) == (set(LEFT_OUT) | set(NO_RECORD)) & set(walk.found)


# -- what a double press is, and what is none
@pytest.fixture
def run(db: None, settings: Any) -> Running:
    """A campaign that was issued, on 28 December 2017."""
    settings.BIHUAN_DEMO_DAY = "2017-12-28"
    return issued(make_campaign_stage())


def _lesson(run: Running, client: Client, **more: str) -> tuple[str, dict[str, Any]]:
    """Open the form of a lesson and fill it in."""
    address = reverse("campaigns:new_record", args=(run.row.pk, "study"))
    form = next(one for one in forms_on(address, client.get(address).content.decode()) if "persons" in _names(one))
    said = form.filled("plain", {"persons": "5", "firms": "", "type:date": "2017-12-27"})
    return form.action, said | {"unit": [str(run.part("东村"))]} | {name: [text] for name, text in more.items()}


def _names(form: Form) -> set[str]:
    return {one.name for one in form.fields}


def test_given_a_form_when_sent_again_then_it_leads_to_the_record_and_says_so(run: Running) -> None:
    client = run.stage.town.client("office")
    address, said = _lesson(run, client)

    first = client.post(address, said)
    second = client.post(address, said)

    assert (first.status_code, second.status_code) == (303, 303)
    assert second["Location"] == first["Location"]
    assert Study.objects.count() == 1
    page = client.get(second["Location"]).content.decode()
    assert AGAIN in page


def test_given_two_pages_of_a_form_when_each_is_sent_with_the_same_words_then_there_are_two_records(
    run: Running,
) -> None:
    client = run.stage.town.client("office")

    for _ in range(2):
        address, said = _lesson(run, client)
        assert client.post(address, said).status_code == 303

    assert Study.objects.count() == 2


def test_given_a_form_when_gone_back_to_and_filled_in_anew_then_nothing_of_it_is_lost(run: Running) -> None:
    client = run.stage.town.client("office")
    address, said = _lesson(run, client)

    client.post(address, said)
    client.post(address, said | {"persons": ["6"]})

    assert sorted(Study.objects.values_list("persons", flat=True)) == [5, 6]


def test_given_a_form_that_was_refused_when_it_is_sent_again_then_it_is_tried_again(run: Running) -> None:
    client = run.stage.town.client("office")
    address, said = _lesson(run, client, firms="没有这家厂")

    assert [client.post(address, said).status_code for _ in range(2)] == [422, 422]
    run.stage.town.client("office")
    assert not SentForm.objects.exists()


def test_given_somebody_elses_form_when_sent_then_it_is_a_form_of_its_own(run: Running) -> None:
    client = run.stage.town.client("office")
    address, said = _lesson(run, client)

    client.post(address, said)
    run.stage.town.client("chief").post(address, said)

    assert Study.objects.count() == 2


def test_given_a_form_that_met_its_double_on_the_way_when_answered_then_it_leads_there_too(
    run: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks before the first is there, and finds out only when it writes."""
    client = run.stage.town.client("office")
    address, said = _lesson(run, client)
    first = client.post(address, said)
    _blind_at_first(monkeypatch)
    events = Event.objects.count()

    second = client.post(address, said)

    assert (second.status_code, second["Location"]) == (303, first["Location"])
    assert (Study.objects.count(), Event.objects.count()) == (1, events)
    assert AGAIN in client.get(second["Location"]).content.decode()


def test_given_a_first_answer_that_never_came_when_sent_again_then_the_page_says_that_it_is_done(
    run: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = run.stage.town.client("office")
    address, said = _lesson(run, client)
    client.post(address, said)
    SentForm.objects.update(answer="")
    monkeypatch.setattr(once, "TURN_S", 0)

    answer = client.post(address, said)

    assert answer.status_code == 422
    assert "已经提交过" in answer.content.decode()
    assert Study.objects.count() == 1


def test_given_forms_sent_long_ago_when_tidied_then_they_are_forgotten(run: Running) -> None:
    client = run.stage.town.client("office")
    address, said = _lesson(run, client)
    client.post(address, said)

    assert tidy_sent_forms(now=at(1, 2)) == 0
    assert tidy_sent_forms(now=at(1, 8)) == 1
    assert Study.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_given_a_form_when_sent_several_times_at_once_then_all_lead_to_one_record(
    settings: Any, tmp_path: Path
) -> None:
    settings.BIHUAN_DEMO_DAY = "2017-12-28"
    run = issued(make_campaign_stage())

    client = run.stage.town.client("office")
    address, said = _lesson(run, client)

    with database_for_threads(tmp_path), ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(_press, [(client, address, said)] * 4))
        counted = pool.submit(_counted).result()

    assert {status for status, _ in answers} == {303}
    assert len({where for _, where in answers}) == 1
    assert counted == (1, 1)


def _press(told: tuple[Client, str, dict[str, Any]]) -> tuple[int, str]:
    """Send a form from a browser of its own, in which the same person has logged in."""
    client, address, said = told
    own = Client()
    own.cookies.update(client.cookies)
    try:
        answer = own.post(address, said)
        return answer.status_code, _where(answer)
    finally:
        connection.close()


def _counted() -> tuple[int, int]:
    try:
        return Study.objects.count(), SentForm.objects.count()
    finally:
        connection.close()
