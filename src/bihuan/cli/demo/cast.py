"""Make an invented town and its people through the services: units, posts, persons, responsibility, enterprises."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID

from bihuan.cli.demo.firms import WITHOUT_VILLAGE, draw_firms
from bihuan.cli.demo.places import (
    CITY,
    COUNTY,
    COUNTY_OFFICE,
    DEMO_PASSWORD,
    DEPARTMENTS,
    DIVISION,
    DOORS,
    FIELDS_WITHOUT_LEADER,
    FOUNDED,
    OFFICE,
    OFFICE_SECTORS,
    OTHER_UNITS,
    OVERSIGHT,
    PROVINCE,
    SEATS,
    SEEN_ON,
    TOWN_NAME,
    TOWN_NO,
    VILLAGES,
    Seat,
)
from bihuan.cli.demo.trades import LEDGER_FIRMS
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry, Firm
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.orgs import services
from bihuan.orgs.rules import Cover, PostKind, PostRef, TownRef, UnitKind, UnitRef
from bihuan.orgs.services import NewDemoAccount, NewHolding, NewPost, NewUnit, NewUser
from bihuan.standards.rules import Feature, Sector

PRINCIPAL: Final = "主要负责人"
SAFETY_OFFICER: Final = "安全员"
ON_PLATFORM_SHARE: Final = 0.3  # of the enterprises that no ledger names; for the others somebody acts (代办)
LEAST_STAFF_FOR_OFFICER: Final = 10
RISKY: Final = frozenset(
    {Feature.DUST_EXPLOSIVE, Feature.AMMONIA_REFRIGERATION, Feature.MOLTEN_METAL, Feature.CHEMICAL_PRODUCTION}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which invented town to make. no: the three digits of the town. seed: the same seed gives the same town."""

    seed: int = 2018
    no: str = TOWN_NO
    name: str = TOWN_NAME
    firms: int = 300
    with_doors: bool = True  # the log-in page offers its accounts


@dataclass
class Cast:
    """An invented town and who is in it.

    posts, users: by "unit title" (安监办 主任), for enterprises by "short name title" (老街饭店 安全员).
    people: enterprises that use the platform, with the keys of their posts; for all others somebody acts (代办).
    """

    plan: Plan
    town: TownRef
    units: dict[str, UnitRef] = field(default_factory=dict)
    posts: dict[str, PostRef] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    firms: list[Firm] = field(default_factory=list)
    people: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    _actors: dict[tuple[str, date], Actor] = field(default_factory=dict)

    def actor(self, key: str, on: date = SEEN_ON) -> Actor:
        """Return who sits on a post as an actor on a day; asked once."""
        if (key, on) not in self._actors:
            self._actors[(key, on)] = orgs.actor_for(self.users[key], on=on)
        return self._actors[(key, on)]

    def firm(self, short_name: str) -> Firm:
        """Return an enterprise by its short name or its name without the town."""
        return next(one for one in self.firms if short_name in {one.short_name, one.name.removeprefix(self.town.name)})


def make_cast(plan: Plan) -> Cast:
    """Make the town of a plan."""
    town = services.create_town(
        code=f"{DIVISION}{plan.no}000",
        name=plan.name,
        province_name=PROVINCE[1],
        city_name=CITY[1],
        county_name=COUNTY[1],
        demo_on=SEEN_ON,
        actor=PLATFORM,
        now=FOUNDED,
    )
    cast = Cast(plan, town)
    _make_units(cast)
    _make_people(cast, _seats())
    _make_superior(cast)
    _make_responsible(cast)
    _make_firms(cast)
    if plan.with_doors:
        _open_doors(cast)
        _keep_register(cast)
    return cast


def _make_units(cast: Cast) -> None:
    town = cast.town
    villages = [
        NewUnit(UnitKind.VILLAGE, name, town.id, short, code=f"{DIVISION}{cast.plan.no}{digits}", sort_no=at)
        for at, (digits, name, short, *_) in enumerate(VILLAGES)
    ]
    departments = [NewUnit(UnitKind.DEPARTMENT, name, town.id, short) for name, short, *_ in DEPARTMENTS]
    others = [NewUnit(kind, name, town.id, short) for kind, name, short in OTHER_UNITS]
    made = services.create_units(units=[*villages, *departments, *others], actor=PLATFORM, now=FOUNDED)
    cast.units = {unit.short_name: unit for unit in made} | {"镇": orgs.unit(town.id)}


def _seats() -> list[Seat]:
    villages = [
        Seat(village[2], title, kind, f"{village[0]}{end}")
        for village in VILLAGES
        for title, kind, end in (
            ("主任", PostKind.UNIT_HEAD, "zr"),
            ("网格员", PostKind.STAFF, "wg"),
            ("网格员二", PostKind.STAFF, "wg2"),
        )
    ]
    departments = [
        Seat(short, title, kind, f"bm{at}{end}")
        for at, (_, short, *_) in enumerate(DEPARTMENTS, start=1)
        for title, kind, end in (
            ("负责人", PostKind.UNIT_HEAD, "fz"),
            (OVERSIGHT if short == "经发办" else "安全监管岗", PostKind.STAFF, "jg"),
        )
    ]
    return [*SEATS, *departments, *villages]


def _make_people(cast: Cast, seats: Sequence[Seat]) -> None:
    posts = services.create_posts(
        posts=[
            NewPost(cast.units[seat.unit].id, seat.title, seat.kind, roles=seat.roles, sort_no=at)
            for at, seat in enumerate(seats)
        ],
        actor=PLATFORM,
        now=FOUNDED,
    )
    persons: dict[str, NewUser] = {}
    for seat in seats:
        town_id = cast.units[seat.unit].town_id
        persons.setdefault(seat.account, _person(cast, seat.account, _name_of(seat), town_id))
    ids = _open_accounts(persons)
    _seat_people(cast, [(seat.key, post, ids[seat.account]) for seat, post in zip(seats, posts, strict=True)])


def _name_of(seat: Seat) -> str:
    """Return the name of a person, which is the name of the role: 东村网格员, 安监办主任, 镇长."""
    return seat.title if seat.unit == "镇" or seat.title.startswith(seat.unit) else f"{seat.unit}{seat.title}"


def _person(cast: Cast, account: str, name: str, town_id: UUID | None) -> NewUser:
    """Return a person to be given an account; accounts of further towns begin with the town's digits."""
    full = account if cast.plan.no == TOWN_NO else f"{cast.plan.no}-{account}"
    return NewUser(full, name, town_id, password=DEMO_PASSWORD, must_change_password=False)


def _open_accounts(persons: Mapping[str, NewUser], *, is_for_enterprises: bool = False) -> dict[str, UUID]:
    told = services.create_users(
        users=list(persons.values()),
        actor=PLATFORM,
        now=FOUNDED,
        is_for_enterprises=is_for_enterprises,
    )
    return {account: first.user.id for account, first in zip(persons, told, strict=True)}


def _seat_people(cast: Cast, seated: Iterable[tuple[str, PostRef, UUID]]) -> None:
    """Put people on posts; the first post of a person is the main one."""
    holdings, busy = [], set(cast.users.values())
    for key, post, user_id in seated:
        holdings.append(NewHolding(post.id, user_id, is_main=user_id not in busy))
        busy.add(user_id)
        cast.posts[key], cast.users[key] = post, user_id
    services.hold_posts(holdings=holdings, actor=PLATFORM, now=FOUNDED)


def _make_superior(cast: Cast) -> None:
    """Make the county's office once; further towns of the county share it."""
    county_id = cast.town.county_id
    if county_id is None:
        return
    county = orgs.unit(county_id)
    known = [unit for unit in orgs.units_below(county.path, [UnitKind.OFFICE]) if unit.town_id is None]
    key = f"{COUNTY_OFFICE} 督导岗"
    if known:
        post = orgs.posts_of_units([known[0].id], SEEN_ON)[0]
        if post.holder_id is not None:
            cast.posts[key], cast.users[key] = post, post.holder_id
        return
    unit = services.create_units(
        units=[NewUnit(UnitKind.OFFICE, "区安全生产委员会办公室", county.id, COUNTY_OFFICE)],
        actor=PLATFORM,
        now=FOUNDED,
    )[0]
    cast.units[COUNTY_OFFICE] = unit
    _make_people(cast, [Seat(COUNTY_OFFICE, "督导岗", PostKind.UNIT_HEAD, "quanwei")])


def _make_responsible(cast: Cast) -> None:
    """Name departments, leaders and duty lists; a village, two sectors and a field stay without: gaps to be seen."""
    supporting: dict[str, list[UUID]] = {}
    leads: dict[str, UUID] = {str(sector): cast.units[OFFICE].id for sector in OFFICE_SECTORS}
    for _, short, leading, helping in DEPARTMENTS:
        leads |= {str(sector): cast.units[short].id for sector in leading}
        for sector in helping:
            supporting.setdefault(str(sector), []).append(cast.units[short].id)
    office = cast.actor(f"{OFFICE} 主任", FOUNDED.date())
    services.name_departments(
        town_id=cast.town.id,
        sectors={sector: (unit_id, tuple(supporting.get(sector, ()))) for sector, unit_id in leads.items()},
        actor=office,
        now=FOUNDED,
    )
    for seat in SEATS:
        if seat.leads:
            paths = [cast.units[name].path for name in seat.leads]
            services.attach_leader(
                town_id=cast.town.id, post_id=cast.posts[seat.key].id, paths=paths, actor=office, now=FOUNDED
            )
    fields: dict[str, UUID | None] = {seat.field: cast.posts[seat.key].id for seat in SEATS if seat.field}
    services.name_fields(
        town_id=cast.town.id, fields=fields | dict.fromkeys(FIELDS_WITHOUT_LEADER), actor=office, now=FOUNDED
    )
    services.write_duty_lists(
        lists={
            cast.posts[
                seat.key
            ].id: f"负责{seat.field or '挂钩村企'}范围内的安全生产工作\n每月至少带队检查一次\n督促隐患按期整改"
            for seat in SEATS
            if seat.kind in {PostKind.PRINCIPAL_LEADER, PostKind.LEADER_IN_CHARGE, PostKind.LEADER} and seat.field
        },
        basis="党政同责、一岗双责责任清单",
        actor=office,
        now=FOUNDED,
    )


def _make_firms(cast: Cast) -> None:
    entries = draw_firms(
        cast.plan.seed,
        count=cast.plan.firms,
        town_name=cast.town.name,
        town_path=cast.town.path,
        villages={village[2]: cast.units[village[2]].path for village in VILLAGES},
    )
    registered = FOUNDED + timedelta(days=1)
    office = cast.actor(f"{OFFICE} 科员", registered.date())
    cast.firms = enterprises.register_many(entries=entries, town_id=cast.town.id, actor=office, now=registered)
    staff = {entry.id: entry.staff or 0 for entry in entries}
    _make_firm_people(cast, staff)
    risky = [firm.id for firm in cast.firms if RISKY & set(firm.features)]
    services.cover_enterprises(
        post_id=cast.posts["服务机构 评价师"].id, enterprise_ids=risky, why=Cover.AGENCY, actor=office, now=registered
    )
    special = [cast.firm("恒昌铝制品厂").id, cast.firm("腾飞涂料").id]
    services.attach_leader(
        town_id=cast.town.id,
        post_id=cast.posts["镇 分管工业副镇长"].id,
        enterprise_ids=special,
        actor=office,
        now=registered,
    )


def _make_firm_people(cast: Cast, staff: Mapping[UUID | None, int]) -> None:
    """Give the ledgers' enterprises and some others a principal and, where there are hands enough, a safety officer."""
    rng = Random(cast.plan.seed + 1)
    by_path = {unit.path: unit for unit in cast.units.values()}
    wanted: list[tuple[Firm, str, Role, str]] = []
    for at, firm in enumerate(cast.firms):
        if at >= len(LEDGER_FIRMS) and rng.random() >= ON_PLATFORM_SHARE:
            continue
        wanted.append((firm, PRINCIPAL, Role.PRINCIPAL, f"qy{at:04d}"))
        if staff.get(firm.id, 0) >= LEAST_STAFF_FOR_OFFICER:
            wanted.append((firm, SAFETY_OFFICER, Role.SAFETY_OFFICER, f"qy{at:04d}aq"))
    posts = services.create_posts(
        posts=[
            NewPost(
                by_path[firm.path].id,
                title,
                PostKind.ENTERPRISE,
                roles=(role,),
                enterprise_id=firm.id,
                enterprise_name=firm.short_name,
            )
            for firm, title, role, _ in wanted
        ],
        actor=PLATFORM,
        now=FOUNDED + timedelta(days=1),
    )
    persons = {
        account: _person(cast, account, f"{firm.short_name}{title}", cast.town.id) for firm, title, _, account in wanted
    }
    ids = _open_accounts(persons, is_for_enterprises=True)
    keys = [f"{firm.short_name} {title}" for firm, title, *_ in wanted]
    _seat_people(
        cast,
        [(key, post, ids[account]) for key, post, (*_, account) in zip(keys, posts, wanted, strict=True)],
    )
    for (firm, *_), key in zip(wanted, keys, strict=True):
        cast.people[firm.id] = (*cast.people.get(firm.id, ()), key)


def _keep_register(cast: Cast) -> None:
    """Leave traces of a register that is kept: a double merged, a shop closed, and a double still to be found.

    None of the three is on the list of the cast: no season is played in them.
    """
    day = FOUNDED + timedelta(days=30)
    office = cast.actor(f"{OFFICE} 科员", day.date())
    known, other = cast.firm("鑫达机械厂"), cast.firms[len(LEDGER_FIRMS) + WITHOUT_VILLAGE]
    double = Entry(name=f"{cast.town.name}鑫达机械", path=known.path, lead_sector=known.lead_sector)
    shop = Entry(
        name=f"{cast.town.name}老渡口小吃店", path=cast.units["集镇社区"].path, lead_sector=str(Sector.COMMERCE)
    )
    unseen = Entry(name=f"{other.name}（老厂区）", path=other.path, lead_sector=other.lead_sector)
    loser, closed, _ = enterprises.register_many(
        entries=[double, shop, unseen], town_id=cast.town.id, actor=office, now=day
    )
    enterprises.merge(
        loser_id=loser.id,
        winner_id=known.id,
        seen_version=loser.version,
        winner_seen_version=known.version,
        reason="同一家企业登记了两次，核对营业执照后合并",
        actor=office,
        now=day + timedelta(days=3),
    )
    enterprises.close(
        enterprise_id=closed.id,
        seen_version=closed.version,
        reason="店面转让，营业执照已注销",
        actor=office,
        now=day + timedelta(days=5),
    )


def _open_doors(cast: Cast) -> None:
    services.offer_demo_accounts(
        town_id=cast.town.id,
        accounts=[
            NewDemoAccount(cast.users[key], label, say, DEMO_PASSWORD, device, note)
            for key, label, say, device, note in DOORS
        ],
        actor=PLATFORM,
    )
