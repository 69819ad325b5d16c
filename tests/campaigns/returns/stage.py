"""A stage for returns: the town of the loop with a second firm, a diary of its rows, and ways to fill a form."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.lines import CellView, ReturnView
from bihuan.campaigns.services import returns as services
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards import queries as hazards
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.hazards.rules.states import COUNTED_STATES, LIVE_LISTING, ListingState, State
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.indicators import Question
from bihuan.kernel.paths import is_within
from bihuan.stats import queries as stats
from bihuan.stats.rules import Here, sectors_read, summands_of
from bihuan.trail.models import Event
from bihuan.web.hazards.filters import read
from tests.campaigns.returns.forms import FOLDER
from tests.hazards.stage import NOON, Stage, make_stage

RECTIFIED = {State.RECTIFIED, State.AWAITING_SUPERIOR, State.CLOSED}
LISTED_EVER = {*LIVE_LISTING, ListingState.DELISTED}
Rows = list[dict[str, Any]]


@dataclass
class ReturnStage:
    """Where the tests of returns play. diary: every row of the loop at the end of each day on which something was."""

    loop: Stage
    west_firm: UUID
    diary: dict[date, Rows] = field(default_factory=dict)

    @property
    def town_id(self) -> UUID:
        """The town."""
        return self.loop.town.town.id

    def unit(self, name: str) -> UUID:
        """A unit's id by its short name."""
        return self.loop.town.units[name].id

    def on(self, day: date, hour: int = 9) -> None:
        """Go on to a day; what the rows say at the end of the day before is noted down."""
        self.note()
        self.loop.at = datetime.combine(day, time(hour), tzinfo=SHANGHAI)

    def note(self) -> None:
        """Write down how every row stands on this day."""
        columns = ("pk", "found_on", "level", "state", "path", "sector", "listing_state", "money_fen")
        self.diary[self.loop.day] = list(Hazard.objects.values(*columns))

    def rows_on(self, day: date) -> Rows:
        """Return how the rows stood at the end of a day."""
        days = [one for one in self.diary if one <= day]
        return self.diary[max(days)] if days else []

    # ---- recounts, from rows and by no other way ----
    def found(self, since: date, until: date, **where: Any) -> int:
        """How many hazards were found in a period, as known at its end."""
        return sum(
            since <= row["found_on"] <= until and row["state"] in COUNTED_STATES for row in self._at(until, **where)
        )

    def rose(self, states: set[Any], since: date, until: date, *, column: str = "state", **where: Any) -> int:
        """By how much the rows in these states rose in a period."""
        before, after = self._at(since - timedelta(days=1), **where), self._at(until, **where)
        return sum(row[column] in states for row in after) - sum(row[column] in states for row in before)

    def stood(
        self,
        states: set[Any],
        since: date,
        until: date,
        *,
        column: str = "state",
        level: str = "",
        path: str = "",
        sectors: tuple[str, ...] = (),
    ) -> int:
        """How many of the hazards found in a period, as known today, stood in these states at its end."""
        then = {row["pk"]: row[column] for row in self.rows_on(until)}
        return sum(
            since <= row["found_on"] <= until and row["state"] in COUNTED_STATES and then.get(row["pk"]) in states
            for row in self._at(self.loop.day, level=level, path=path, sectors=sectors)
        )

    def put_right(
        self, since: date, until: date, *, level: str = "", path: str = "", sectors: tuple[str, ...] = ()
    ) -> int:
        """How often something was handed in as rectified, or put right on the spot, in a period."""
        kinds = (event_kind(Act.HAND_IN), event_kind(Act.FIX_ON_SPOT))
        return sum(
            (not level or one.level == level)
            and (not path or is_within(one.path, path))
            and (not sectors or one.sector in sectors)
            for one in Event.objects.filter(kind__in=kinds, day__range=(since, until))
        )

    def proved(self, cell: CellView) -> int:
        """Follow every address behind a cell: each lists as many as it says; return what they come to."""
        found = 0
        for row in cell.rows:
            if row.page == "hazards:counted":
                query = dict(row.query)
                until = date.fromisoformat(query["until"])
                but = tuple(filter(None, query.get("but", "").split(",")))
                here = Here(query["path"], sectors_read(query.get("sector", "")), but)
                since = date.fromisoformat(query.get("since", query["until"]))
                asked = summands_of(query["measure"])
                known = date.fromisoformat(query.get("known", query["until"]))
                rows = stats.rows_of_sum(PLATFORM, asked, here, since=since, until=until, known=known)
                amount = sum(one.amount for one in rows)
            elif row.page == "stats:counted":
                query = dict(row.query)
                since, until = (date.fromisoformat(query[name]) for name in ("since", "until"))
                sectors = sectors_read(query.get("sector", ""))
                lines = stats.lines_behind(PLATFORM, query["figure"], Question(query["path"], since, until, sectors))
                amount = sum(one.amount for one in lines)
            else:
                assert row.page == "hazards:list", row
                amount = hazards.listing(PLATFORM, read(QueryDict(urlencode(row.query))), today=self.loop.day).total
            assert amount == row.amount, (cell.slot.label, row)
            found += row.sign * amount
        return found

    def money(self, since: date, until: date, **where: Any) -> int:
        """What was spent in a period, in fen."""
        before, after = self._at(since - timedelta(days=1), **where), self._at(until, **where)
        return sum(row["money_fen"] for row in after) - sum(row["money_fen"] for row in before)

    def _at(self, day: date, *, level: str = "", path: str = "", sectors: tuple[str, ...] = ()) -> Rows:
        return [
            row
            for row in self.rows_on(day)
            if (not level or row["level"] == level)
            and (not path or is_within(row["path"], path))
            and (not sectors or row["sector"] in sectors)
        ]

    # ---- forms and returns ----
    def upload(self, name: str, **more: Any) -> ReturnForm:
        """Upload one of the superiors' forms."""
        content = (FOLDER / name).read_bytes()
        form_id = services.upload_form(
            name=name, content=content, to_whom="区安委办", actor=self.loop.by("office"), now=self.loop.at, **more
        )
        return ReturnForm.objects.get(pk=form_id)

    def use(self, form: ReturnForm, *units: str) -> ReturnForm:
        """Use a form from today on."""
        services.use_form(
            form_id=form.pk,
            seen_version=form.version,
            unit_ids=[self.unit(one) for one in units or ("镇",)],
            actor=self.loop.by("office"),
            now=self.loop.at,
        )
        form.refresh_from_db()
        return form

    def begin(self, form: ReturnForm, since: date, until: date, unit: str = "镇", who: str = "office") -> Return:
        """Begin a return."""
        return_id = services.begin_return(
            form_id=form.pk,
            unit_id=self.unit(unit),
            since=since,
            until=until,
            actor=self.loop.by(who),
            now=self.loop.at,
        )
        return Return.objects.get(pk=return_id)

    def see(self, row: Return, who: str = "office") -> ReturnView:
        """Open a return's page."""
        return queries.return_for(self.loop.by(who), row.pk, today=self.loop.day)

    def texts(self, row: Return, who: str = "office") -> dict[str, str]:
        """Return what stands in each cell."""
        return {address: cell.filled.text for address, cell in self.see(row, who).cells.items()}

    def do(self, act: str, row: Return, who: str = "office", **more: Any) -> Return:
        """Do one act as this person and return the row as it then is."""
        row.refresh_from_db()
        getattr(services, act)(
            return_id=row.pk, seen_version=row.version, actor=self.loop.by(who), now=self.loop.at, **more
        )
        row.refresh_from_db()
        return row

    def type_the_rest(self, row: Return, who: str = "office", amount: str = "0") -> Return:
        """Type what the platform does not have."""
        cells = {slot.address: amount for slot in self.see(row, who).still_open}
        return self.do("type_cells", row, who, cells=cells, reason="镇台账") if cells else row

    def sent(self, row: Return, who: str = "office", remark: str = "") -> Return:
        """Fill in and send."""
        return self.do("send_return", self.type_the_rest(row, who), who, remark=remark)


def make_return_stage() -> ReturnStage:
    """Build the town with two firms: machinery in 东村, light industry in 西村."""
    loop = make_stage()
    entry = Entry(name="西村木业", path=loop.town.units["西村"].path, lead_sector="light_industry")
    [west] = enterprises.register_many(
        entries=[entry], town_id=loop.town.town.id, actor=PLATFORM, now=NOON - timedelta(days=20)
    )
    return ReturnStage(loop, west.id)


FIRST: Final = (date(2018, 1, 12), date(2018, 1, 18))
FRIDAY: Final = date(2018, 1, 19)


def adopted(stage: ReturnStage, *units: str, code: str = "F1") -> ReturnForm:
    """One of our forms in use."""
    form_id = services.adopt_form(code=code, actor=stage.loop.by("office"), now=stage.loop.at)
    return stage.use(ReturnForm.objects.get(pk=form_id), *units)


def begun(stage: ReturnStage, unit: str = "东村", who: str = "village_east") -> Return:
    """A return of a village, begun on its day."""
    form = adopted(stage, "镇", "东村", "西村", "经发办")
    stage.loop.closed(found_on=date(2018, 1, 13))
    stage.on(FRIDAY)
    return stage.begin(form, *FIRST, unit=unit, who=who)
