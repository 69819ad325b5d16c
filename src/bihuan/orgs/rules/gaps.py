"""Gaps in responsibility: what R1.1 and R1.2 ask for and nobody answers for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from bihuan.orgs.rules.codes import UnitKind
from bihuan.orgs.rules.refs import LEADER_KINDS, LISTED_KINDS, Leaders, PostRef, UnitRef


class GapKind(StrEnum):
    """The kinds of gap, each closed by one act."""

    FIELD_WITHOUT_POST = "field_without_post"
    LEADER_WITHOUT_FIELD = "leader_without_field"
    POST_WITHOUT_LIST = "post_without_list"
    SECTOR_WITHOUT_LEAD = "sector_without_lead"
    VILLAGE_WITHOUT_LEADER = "village_without_leader"
    POST_VACANT = "post_vacant"


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: what it is about, one sentence, and the subject on which it is closed."""

    kind: GapKind
    subject: str
    say: str
    subject_id: UUID | None = None
    sector: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class FieldFact:
    """A field of duty (分管领域) and the post that has it."""

    id: UUID
    name: str
    post_id: UUID | None


@dataclass(frozen=True, slots=True)
class TownDuties:
    """What is known of a town's responsibilities on one day. sector_leads: the lead department of each sector."""

    town: UnitRef
    posts: Sequence[PostRef]
    villages: Sequence[UnitRef]
    fields: Sequence[FieldFact]
    listed_posts: Collection[UUID]
    sector_leads: Mapping[str, UnitRef]
    leaders: Leaders


def narrowed(duties: TownDuties, paths: Sequence[str]) -> TownDuties:
    """Return what is known of the posts and villages below some paths; fields belong to the town as a whole."""

    def lies_within(path: str) -> bool:
        return any(path.startswith(root) for root in paths)

    return replace(
        duties,
        posts=[post for post in duties.posts if lies_within(post.unit.path)],
        villages=[village for village in duties.villages if lies_within(village.path)],
        fields=[],
    )


def find_gaps(duties: TownDuties, *, sectors: Mapping[str, str]) -> list[Gap]:
    """Return the gaps of a town. sectors: code → Chinese name of the sectors that need a lead department here."""
    return [
        *_vacant(duties.posts),
        *_sectors(sectors, duties.sector_leads),
        *_villages(duties.villages, duties.leaders),
        *_fields(duties.fields),
        *_leaders_without_field(duties.posts, duties.fields),
        *_lists(duties.posts, duties.listed_posts),
    ]


def _vacant(posts: Iterable[PostRef]) -> list[Gap]:
    return [
        Gap(GapKind.POST_VACANT, f"{p.unit.short_name} {p.title}", "岗位空着，职责没有人承担。", p.id, path=p.unit.path)
        for p in posts
        if p.holder_id is None and p.enterprise_id is None
    ]


def _sectors(sectors: Mapping[str, str], leads: Collection[str]) -> list[Gap]:
    return [
        Gap(GapKind.SECTOR_WITHOUT_LEAD, name, "没有牵头的主管部门，这个行业的企业没有部门管。", sector=code)
        for code, name in sectors.items()
        if code not in leads
    ]


def _villages(villages: Iterable[UnitRef], leaders: Leaders) -> list[Gap]:
    return [
        Gap(GapKind.VILLAGE_WITHOUT_LEADER, v.short_name, "没有挂钩领导。", v.id, path=v.path)
        for v in villages
        if v.kind is UnitKind.VILLAGE and leaders.of(path=v.path) is None
    ]


def _fields(fields: Iterable[FieldFact]) -> list[Gap]:
    return [
        Gap(GapKind.FIELD_WITHOUT_POST, f.name, "这个领域没有分管领导。", f.id) for f in fields if f.post_id is None
    ]


def _leaders_without_field(posts: Iterable[PostRef], fields: Iterable[FieldFact]) -> list[Gap]:
    having = {f.post_id for f in fields}
    return [
        Gap(GapKind.LEADER_WITHOUT_FIELD, p.title, "班子成员没有分管领域。", p.id, path=p.unit.path)
        for p in posts
        if p.kind in LEADER_KINDS and p.id not in having
    ]


def _lists(posts: Iterable[PostRef], listed: Collection[UUID]) -> list[Gap]:
    return [
        Gap(
            GapKind.POST_WITHOUT_LIST,
            f"{p.unit.short_name} {p.title}",
            "没有安全生产责任清单。",
            p.id,
            path=p.unit.path,
        )
        for p in posts
        if p.kind in LISTED_KINDS and p.id not in listed
    ]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What is missing for enterprises with this village path and lead sector."""

    path: str
    sector: str
    no_village: bool
    no_department: bool
    no_leader: bool

    @property
    def say(self) -> str:
        """What is missing, in Chinese."""
        missing = [
            word
            for lacks, word in (
                (self.no_village, "属地村（社区）"),
                (self.no_department, "主管部门"),
                (self.no_leader, "挂钩领导"),
            )
            if lacks
        ]
        return "没有" + "、".join(missing)


def unresolved(
    pairs: Iterable[tuple[str, str]], *, villages: Collection[str], sector_leads: Collection[str], leaders: Leaders
) -> dict[tuple[str, str], Unanswered]:
    """Return the (path, sector) pairs that do not resolve to one village, one lead department and a leader (R1.2).

    villages: paths of the open villages. An enterprise with a leader of its own is not counted here: ask
    `leaders.of(path=…, enterprise_id=…)` for it.
    """
    found: dict[tuple[str, str], Unanswered] = {}
    for path, sector in dict.fromkeys(pairs):
        fact = Unanswered(
            path,
            sector,
            no_village=not any(path.startswith(village) for village in villages),
            no_department=sector not in sector_leads,
            no_leader=leaders.of(path=path) is None,
        )
        if fact.no_village or fact.no_department or fact.no_leader:
            found[(path, sector)] = fact
    return found


@dataclass(frozen=True, slots=True)
class GapGroup:
    """All gaps of a kind, with how many there should be in all."""

    kind: GapKind
    gaps: tuple[Gap, ...]
    of: int

    @property
    def have(self) -> int:
        """How many are filled."""
        return self.of - len(self.gaps)


def grouped(duties: TownDuties, gaps: Iterable[Gap], *, sectors: Mapping[str, str]) -> list[GapGroup]:
    """Group gaps by kind, each with the number of things that should have it; kinds without a gap are there too."""
    by_kind: dict[GapKind, list[Gap]] = {kind: [] for kind in GapKind}
    for gap in gaps:
        by_kind[gap.kind].append(gap)
    offices = [post for post in duties.posts if post.enterprise_id is None]
    totals = {
        GapKind.POST_VACANT: len(offices),
        GapKind.SECTOR_WITHOUT_LEAD: len(sectors),
        GapKind.VILLAGE_WITHOUT_LEADER: len(duties.villages),
        GapKind.FIELD_WITHOUT_POST: len(duties.fields),
        GapKind.LEADER_WITHOUT_FIELD: sum(post.kind in LEADER_KINDS for post in offices),
        GapKind.POST_WITHOUT_LIST: sum(post.kind in LISTED_KINDS for post in offices),
    }
    return [GapGroup(kind, tuple(by_kind[kind]), totals[kind]) for kind in GapKind]
