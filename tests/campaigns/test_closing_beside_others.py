"""Closing a campaign counts first and writes then: others write meanwhile, and what they write is not lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from bihuan.campaigns import services
from bihuan.campaigns.models import Campaign, FrozenEdition
from bihuan.campaigns.rules.registers import StudyKind
from bihuan.campaigns.services import archiving
from bihuan.kernel.errors import Outdated
from bihuan.orgs import services as orgs
from bihuan.trail import queries as trail
from bihuan.trail.models import Event
from tests.campaigns.running import Running, at, live
from tests.campaigns.stage import make_campaign_stage
from tests.documents.own_file import database_for_threads

NOW = at(2, 10, 10)
SOON = 20  # seconds within which a write that waits for nobody is done


def closed(run: Running) -> None:
    services.close_campaign(
        campaign_id=run.row.pk, seen_version=run.row.version, summary="查了", actor=run.by("chief", NOW), now=NOW
    )


def beside(write: Callable[[], object], counted: list[int], *, most: int = 99) -> Callable[..., Any]:
    """Return the counting of figures, during which somebody else writes."""

    def count(*args: Any, **more: Any) -> Any:
        found = archiving_count(*args, **more)
        if len(counted) < most:
            with ThreadPoolExecutor(1) as other:
                other.submit(_alone, write).result(timeout=SOON)
        counted.append(1)
        return found

    return count


archiving_count = archiving.frozen_now


def _alone(work: Callable[[], object]) -> object:
    try:
        return work()
    finally:
        connection.close()


def duty(run: Running) -> None:
    """Somebody writes what is not the campaign's."""
    post = run.stage.town.posts["leader"]
    orgs.write_duty_lists(lists={post: "分管安全"}, actor=run.by("system_admin", NOW), now=NOW)


def study(run: Running) -> None:
    """A village registers a lesson."""
    run.study("西村", "village_west", StudyKind.WARNING, NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("write", "countings"), [(duty, 1), (study, 2)])
def test_given_a_campaign_that_is_being_counted_when_others_write_then_they_do_not_wait_and_nothing_is_lost(
    write: Callable[[Running], None], countings: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = live(make_campaign_stage())
    counted: list[int] = []
    monkeypatch.setattr(archiving, "frozen_now", beside(lambda: write(run), counted, most=1))

    with database_for_threads(tmp_path), ThreadPoolExecutor(1) as pool:
        pool.submit(_alone, lambda: closed(run)).result(timeout=120)
        row, last, kinds = pool.submit(_alone, lambda: _seen(run)).result()

    assert len(counted) == countings
    assert row.state == "closing"
    assert kinds[-1] == "campaign.closing"
    assert row.frozen is not None
    assert row.frozen["upto"] == last - (2 if countings == 1 else 1)


def _seen(run: Running) -> tuple[Campaign, int, list[str]]:
    row = Campaign.objects.get(pk=run.row.pk)
    return row, trail.place_in(row.town_id), list(Event.objects.order_by("seq").values_list("kind", flat=True))


@pytest.mark.django_db
def test_given_a_campaign_that_never_rests_when_closed_then_it_is_said_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = live(make_campaign_stage())
    before, counted = run.row.state, list[int]()

    def count(*args: Any, **more: Any) -> Any:
        found = archiving_count(*args, **more)
        counted.append(1)
        study(run)
        return found

    monkeypatch.setattr(archiving, "frozen_now", count)

    with pytest.raises(Outdated, match="过几分钟再收尾"), transaction.atomic():
        closed(run)

    run.row.refresh_from_db()
    assert (len(counted), run.row.state, run.row.closed_at) == (archiving.TRIES, before, None)
    assert not FrozenEdition.objects.exists()
    assert not Event.objects.filter(kind="campaign.closing").exists()


@pytest.mark.django_db
def test_given_an_old_page_when_closed_then_it_is_refused_before_anything_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = live(make_campaign_stage())
    monkeypatch.setattr(archiving, "frozen_now", lambda *_, **__: pytest.fail("counted for nothing"))
    run.row.version -= 1

    with pytest.raises(Outdated):
        closed(run)
