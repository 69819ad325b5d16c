"""A small town for tests, built through the services: two villages, two departments, an office, leaders, admins.

`make_town()` → `SmallTown`; `town.actor("village_east")` is the person on that post on `DAY`. Give an enterprise
people with `town.enterprise_people(enterprise_id, village="东村")`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.test import Client

from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.roles import Role
from bihuan.orgs import queries, services
from bihuan.orgs.rules import PostKind, TownRef, UnitKind, UnitRef
from bihuan.web.people import entry
from tests.kept import made_once

NOON = datetime(2018, 1, 10, 12, 0, tzinfo=SHANGHAI)
DAY = NOON.date()
FOUNDED = datetime(2017, 12, 18, 9, 0, tzinfo=SHANGHAI)

# key, unit, title, kind, roles
POSTS: tuple[tuple[str, str, str, PostKind, tuple[Role, ...] | None], ...] = (
    ("chair", "安委会", "安委会主任", PostKind.PRINCIPAL_LEADER, (Role.COMMITTEE_CHAIR, Role.LEADER)),
    ("leader", "镇", "副镇长", PostKind.LEADER, None),
    ("chief", "安监办", "主任", PostKind.UNIT_HEAD, (Role.SAFETY_CHIEF, Role.SAFETY_OFFICE, Role.INSPECTOR)),
    ("office", "安监办", "科员", PostKind.STAFF, (Role.SAFETY_OFFICE, Role.INSPECTOR)),
    ("inspector", "安监办", "检查员", PostKind.STAFF, (Role.INSPECTOR,)),
    ("inspector_2", "安监办", "检查员二", PostKind.STAFF, (Role.INSPECTOR,)),
    ("industry", "经发办", "工业监管岗", PostKind.UNIT_HEAD, None),
    ("construction", "建设办", "建设监管岗", PostKind.UNIT_HEAD, None),
    ("village_east", "东村", "村主任", PostKind.UNIT_HEAD, None),
    ("village_west", "西村", "村主任", PostKind.UNIT_HEAD, None),
    ("agency", "安全技术服务机构", "评价师", PostKind.STAFF, None),
    ("superior", "区安委办", "督导岗", PostKind.UNIT_HEAD, None),
    ("group", "督查组", "组员", PostKind.STAFF, (Role.SUPERVISION_GROUP,)),
    ("system_admin", "安监办", "系统管理员", PostKind.ADMIN, (Role.SYSTEM_ADMIN,)),
    ("security_admin", "安监办", "安全管理员", PostKind.ADMIN, (Role.SECURITY_ADMIN,)),
    ("audit_admin", "安监办", "审计管理员", PostKind.ADMIN, (Role.AUDIT_ADMIN,)),
)
SECTORS = {"经发办": ("machinery", "light_industry", "chemical"), "建设办": ("construction",)}


@dataclass
class SmallTown:
    """What `make_town` made. posts and users go by the keys of POSTS, units by their short names."""

    town: TownRef
    units: dict[str, UnitRef] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)

    def actor(self, key: str, on: date = DAY) -> Actor:
        """Return the person on this post as an actor on a day."""
        return queries.actor_for(self.users[key], on=on)

    def client(self, key: str) -> Client:
        """Return a browser in which the person on this post has logged in."""
        client, user = Client(), queries.user_to_enter(self.users[key])
        client.force_login(user, backend=entry.BACKEND)
        services.note_session(user_id=user.pk, session_key=client.session.session_key or "")
        return client

    def enterprise_people(self, enterprise_id: UUID, *, village: str, name: str = "机械厂") -> tuple[UUID, UUID]:
        """Give an enterprise a principal and a safety officer; return their user ids."""
        made = [
            self._person(
                f"{name}{title}",
                services.NewPost(
                    self.units[village].id,
                    title,
                    PostKind.ENTERPRISE,
                    roles=(role,),
                    enterprise_id=enterprise_id,
                    enterprise_name=name,
                ),
            )
            for title, role in (("主要负责人", Role.PRINCIPAL), ("安全员", Role.SAFETY_OFFICER))
        ]
        return made[0], made[1]

    def _person(self, key: str, post: services.NewPost, *, town_id: UUID | None = None) -> UUID:
        ref = services.create_posts(posts=[post], actor=PLATFORM, now=FOUNDED)[0]
        account = f"{self.town.code}-{ref.id.hex[-12:]}"
        user = services.NewUser(account, key, town_id, password="", must_change_password=False)
        told = services.create_users(users=[user], actor=PLATFORM, now=FOUNDED)[0]
        services.hold_post(post_id=ref.id, user_id=told.user.id, actor=PLATFORM, now=FOUNDED)
        self.posts[key] = ref.id
        self.users[key] = told.user.id
        return told.user.id


@made_once
def make_town(code: str = "320413101000", name: str = "示范镇", county: str = "金城区") -> SmallTown:
    """Build the town at `code`; towns of the same county share it."""
    town = services.create_town(
        code=code,
        name=name,
        province_name="江苏省",
        city_name="常州市",
        county_name=county,
        actor=PLATFORM,
        now=FOUNDED,
    )
    made = SmallTown(town)
    made.units["镇"] = queries.unit(town.id)
    made.units |= {
        ref.short_name: ref for ref in services.create_units(units=_units(town), actor=PLATFORM, now=FOUNDED)
    }
    office = _county_office(town)
    if office is not None:
        made.units["区安委办"] = office
        for post in queries.posts_of_units([office.id], DAY):
            if post.holder_id is not None:
                made.posts["superior"], made.users["superior"] = post.id, post.holder_id
    for key, unit, title, kind, roles in POSTS:
        if key in made.posts:
            continue
        ref = made.units[unit]
        person = services.NewPost(ref.id, title, kind, roles=roles)
        made._person(key, person, town_id=ref.town_id)
    for unit, sectors in SECTORS.items():
        for sector in sectors:
            services.name_department(
                town_id=town.id, sector=sector, lead_unit_id=made.units[unit].id, actor=PLATFORM, now=FOUNDED
            )
    services.attach_leader(
        town_id=town.id, post_id=made.posts["leader"], paths=[made.units["东村"].path], actor=PLATFORM, now=FOUNDED
    )
    return made


def _units(town: TownRef) -> list[services.NewUnit]:
    below = [
        (UnitKind.VILLAGE, "东村村民委员会", "东村"),
        (UnitKind.VILLAGE, "西村村民委员会", "西村"),
        (UnitKind.DEPARTMENT, "经济发展办公室", "经发办"),
        (UnitKind.DEPARTMENT, "建设管理办公室", "建设办"),
        (UnitKind.OFFICE, "安全生产监督管理办公室", "安监办"),
        (UnitKind.COMMITTEE, "安全生产委员会", "安委会"),
        (UnitKind.LEADING_GROUP, "督查组", "督查组"),
        (UnitKind.AGENCY, "安全技术服务机构", "安全技术服务机构"),
    ]
    units = [services.NewUnit(kind, name, town.id, short) for kind, name, short in below]
    if town.county_id is not None and _county_office(town) is None:
        units.append(services.NewUnit(UnitKind.OFFICE, "区安委办", town.county_id))
    return units


def _county_office(town: TownRef) -> UnitRef | None:
    county = queries.units([town.county_id]).values() if town.county_id else ()
    below = [ref for unit in county for ref in queries.units_below(unit.path, [UnitKind.OFFICE])]
    return next((ref for ref in below if ref.short_name == "区安委办"), None)
