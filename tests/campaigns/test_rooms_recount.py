"""For random histories, the figures that orgs, enterprises, intake and 举一反三 answer equal a recount from the rows as
they stood that day: any day, the town and its villages; named rows come to them, and no share passes all."""

from datetime import date, timedelta
from typing import Final

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.terms import Kind, Where
from bihuan.enterprises.measures import ASKED as OF_ENTERPRISES
from bihuan.hazards.measures import ASKED as OF_HAZARDS
from bihuan.hazards.rules.found import SHARES
from bihuan.hazards.rules.governed import WAYS
from bihuan.intake.measures import ASKED as OF_INTAKE
from bihuan.intake.models import ImportRun, SuperiorItem
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.kernel.indicators import Question
from bihuan.orgs.measures import ASKED as OF_ORGS
from bihuan.stats import queries as stats
from tests.campaigns.rooms import SECTORS, VILLAGES, Day, Player
from tests.hazards.stage import make_stage
from tests.soaking import some

pytestmark = pytest.mark.django_db
NAMES: Final = frozenset(
    one.name for one in (*OF_ORGS, *OF_ENTERPRISES, *OF_INTAKE, *OF_HAZARDS) if one.name not in SHARES
) - {"hazards.transfers_answered", *WAYS}  # recounted in tests/campaigns: test_shares.py, returns/test_known_cells.py
ALONE: Final = {one.name for one in (*OF_ORGS, *OF_ENTERPRISES, *OF_INTAKE, *OF_HAZARDS) if not one.adds_up}
BY_SECTOR: Final = ("enterprises.active", "enterprises.one_lead", "hazards.self_reporting")


def next_working_day(day: date) -> date:
    """The working day after a day of this January: no holiday lies in it."""
    day += timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def recount(then: Day, path: str, since: date, on: date, sectors: tuple[str, ...] = ()) -> dict[str, int]:
    """Count again from the rows of a day."""

    def here(at: str) -> bool:
        return at.startswith(path)

    firms = [one for one in then.firms if here(one[1]) and (not sectors or one[2] in sectors)]
    found = {
        "enterprises.active": len(firms),
        "enterprises.one_lead": sum(sector in then.led for _, _, sector in firms),
        "hazards.self_reporting": sum(pk in then.reported for pk, _, _ in firms),
    }
    if sectors:
        return found
    leaders = [listed for at, listed in then.leaders if here(at)]
    areas = [led for at, led in then.areas if here(at)]
    around = [one for one in then.tasks if since <= one.opened_on <= on]
    mine = [one for one in around if here(one.path)]
    notices = [one for one in around if not one.of_item]
    items = [
        (bool(asked) and asked <= one.replies.keys())
        for one in around
        for asked in [{at for at in one.asked if here(at)}]
        if one.of_item and (asked or path == TOWN[0])
    ]
    runs = ImportRun.objects.exclude(state="dropped")
    received = [one for one in runs if since <= day_of(one.started_at) <= on] if here(TOWN[0]) else []
    return found | {
        "orgs.leaders": len(leaders),
        "orgs.leaders_listed": sum(leaders),
        "orgs.areas": len(areas),
        "orgs.areas_led": sum(areas),
        "hazards.same_kind_items": len(items),
        "hazards.same_kind_items_completed": sum(items),
        "hazards.same_kind_found": sum(found for one in around for at, (_, found) in one.replies.items() if here(at)),
        "hazards.same_kind_units_asked": sum(here(at) for one in notices for at in one.asked),
        "hazards.same_kind_units_answered": sum(here(at) and at in one.replies for one in notices for at in one.asked),
        "hazards.same_kind_firms_alike": sum(one.firms for one in mine if not one.of_item),
        "hazards.same_kind_firms_checked": sum(
            min(one.firms, sum(checked for checked, _ in one.replies.values())) for one in mine if not one.of_item
        ),
        "intake.received": sum(one.items_count for one in received),
        "intake.accepted_in_time": sum(in_time(one, on) for one in received),
    }


TOWN: Final = ["/32/04/13/101/"]


def in_time(run: ImportRun, on: date) -> int:
    """How many items of a list were hazards by its working day, and by the day asked."""
    last = min(next_working_day(day_of(run.started_at)), on)
    items = SuperiorItem.objects.filter(superior_list_id=run.superior_list_id) if run.superior_list_id else ()
    return sum(day_of(one.hazard.reported_at) <= last for one in items)


@pytest.mark.property
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.one_database) for seed in (2, 3))])
def test_given_a_random_town_when_any_day_is_asked_then_what_rooms_answer_is_as_recounted(seed: int) -> None:
    stage = make_stage()
    player = Player(stage, seed)
    player.play(12)
    town, first, seen = stage.town, min(player.days), set()
    assert town.town.path == TOWN[0]
    rates = [one for one in CATALOGUE if one.kind is Kind.RATE and one.names() <= NAMES]

    for on, then in some(list(player.days.items()), of=2, begin=seed):
        for since in (first, max(first, on - timedelta(days=4))):
            told = {}
            for name in ("", *VILLAGES):
                path = town.units[name].path if name else town.town.path
                wanted = recount(then, path, since, on)
                question = Question(path, since, on)
                answers = stats.answers(PLATFORM, wanted, question)
                told[name] = {key: one.amount for key, one in answers.items() if one is not None}
                assert told[name] == wanted, (since, on, name)
                seen |= {key for key, amount in wanted.items() if amount}
                for key in wanted:
                    if stats.asked_figures()[key].lister is not None:
                        lines = stats.lines_behind(PLATFORM, key, question)
                        assert sum(line.amount for line in lines) == wanted[key], (key, since, on, name)
                values = queries.values_of(PLATFORM, rates, Where(path), since=since, until=on, on=on)
                assert all(0 <= (one.numerator or 0) <= (one.denominator or 0) for one in values), (since, on, name)
            for key in told[""].keys() - ALONE:
                assert told[""][key] == sum(told[name][key] for name in VILLAGES), (key, on)
        for sector in SECTORS:
            wanted = recount(then, town.town.path, first, on, (sector,))
            answers = stats.answers(PLATFORM, BY_SECTOR, Question(town.town.path, first, on, (sector,)))
            assert {key: one.amount for key, one in answers.items() if one is not None} == wanted, (on, sector)
    assert len(seen) > 12, seen


def test_given_the_figures_that_rooms_answer_when_read_then_each_is_recounted_here() -> None:
    assert recount(Day(), TOWN[0], date(2018, 1, 15), date(2018, 1, 16)).keys() == NAMES
