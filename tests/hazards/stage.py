"""A stage for the loop: a small town, an enterprise with two people, actors by name, proof on demand."""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from PIL import Image

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import Entry, Firm
from bihuan.enterprises.rules.licences import Licence, LicenceKind
from bihuan.hazards import services
from bihuan.hazards.models import Hazard
from bihuan.hazards.queries.terms import terms_on
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Arrangements, Companion, Criterion, Given, OrderTerms, Proof, SixParts
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import FileRole, ListingLevel, Source
from bihuan.hazards.rules.terms import Terms
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import SHANGHAI, WorkCalendar
from bihuan.orgs import queries as orgs
from bihuan.orgs import services as orgs_services
from bihuan.orgs.rules import PostKind
from bihuan.standards import queries as standards
from bihuan.trail import services as trail
from bihuan.trail.rules import FileKind, Upload
from tests.kept import made_once
from tests.town import SmallTown, make_town

NOON = datetime(2018, 1, 15, 12, 0, tzinfo=SHANGHAI)  # a Monday
DAY = NOON.date()
FIVE = Arrangements(duty="主要负责人", measures="加装防护罩", funds="2万元", time="1月25日前", plan="停机上锁")
SIX = SixParts("消除泄爆隐患", "加装泄爆片", "16.8万元", "设备科长", "2月12日前", "停机清扫")
CLAUSE = Criterion("gongmao-2017", "一(一)3", "2017", "干式除尘系统未规范采用泄爆、隔爆、惰化、抑爆等任一种控爆措施")


def picture(shade: int) -> bytes:
    """A small picture that no other shade resembles by hash of its bytes."""
    kept = io.BytesIO()
    Image.new("RGB", (32, 24), (shade % 256, (shade * 7) % 256, (shade * 31) % 256)).save(kept, "PNG")
    return kept.getvalue()


@dataclass
class Stage:
    """Where the tests play. `at` is the clock; `by("office")` an actor of the town, "boss" and "safety" the firm's."""

    town: SmallTown
    firm: Firm
    at: datetime = NOON
    people: dict[str, UUID] = field(default_factory=dict)
    shade: int = 0
    licence: str = ""
    known: dict[tuple[str, date], Actor] = field(default_factory=dict)
    drawer: dict[str, tuple[Proof, ...]] = field(default_factory=dict)

    def by(self, who: str) -> Actor:
        """Return a person as an actor on the stage's day."""
        key = (who, self.at.date())
        if key not in self.known:
            user_id = self.people[who] if who in self.people else self.town.users[who]
            self.known[key] = orgs.actor_for(user_id, on=self.at.date())
        return self.known[key]

    def later(self, days: int) -> None:
        """Let days pass."""
        self.at += timedelta(days=days)

    def vacate(self, who: str) -> None:
        """Leave somebody's post without a holder from today on."""
        post = self.town.posts[who]
        orgs_services.hand_over_post(post_id=post, to_user_id=None, reason="离任", actor=PLATFORM, now=self.at)

    @property
    def day(self) -> date:
        """The stage's legal day."""
        return self.at.date()

    def proof(self, who: str, *roles: FileRole, kind: FileKind | str = FileKind.PHOTO) -> tuple[Proof, ...]:
        """Upload one file per role and return them as proof."""
        uploads = []
        for _ in roles:
            self.shade += 1
            uploads.append(Upload(name=f"{self.shade}.png", content=picture(self.shade), kind=FileKind(kind)))
        kept = trail.keep_files(uploads, town_id=self.town.town.id, actor=self.by(who), now=self.at)
        return tuple(Proof(one.id, kind == FileKind.PHOTO, role) for one, role in zip(kept, roles, strict=True))

    def same_photo(self, who: str, *roles: FileRole, shade: int = 250) -> tuple[Proof, ...]:
        """Upload the very same picture once per role, as somebody would who has only that one."""
        uploads = [Upload(name=f"{role}.png", content=picture(shade), kind=FileKind.PHOTO) for role in roles]
        kept = trail.keep_files(uploads, town_id=self.town.town.id, actor=self.by(who), now=self.at)
        return tuple(Proof(one.id, is_photo=True, role=role) for one, role in zip(kept, roles, strict=True))

    def paper(self, who: str) -> tuple[Proof, ...]:
        """Upload one scanned paper."""
        return self.proof(who, FileRole.PAPER, kind=FileKind.DOCUMENT)

    def finding(self, **more: Any) -> NewHazard:
        """Return a new finding at the firm."""
        facts: dict[str, Any] = {
            "town_id": self.town.town.id,
            "enterprise_id": self.firm.id,
            "description": "1号冲床双手按钮被短接",
            "part": "冲压车间",
            "source": Source.DEPARTMENT,
            "found_on": self.day,
        }
        if more.get("source") == Source.SUPERIOR:
            facts["superior_organ"] = "区安委办"
        return NewHazard(**(facts | more))

    def report(self, who: str = "inspector", **more: Any) -> Hazard:
        """Report a finding and return its row."""
        done = services.report(new=self.finding(**more), actor=self.by(who), now=self.at)
        return Hazard.objects.get(pk=done.hazard_id)

    def do(self, hazard: Hazard, act: Act, who: str, **given: Any) -> Hazard:
        """Do one act as this person and return the row as it then is."""
        services.advance(
            hazard_id=hazard.pk,
            act=act,
            given=Given(**given),
            seen_version=Hazard.objects.values_list("version", flat=True).get(pk=hazard.pk),
            actor=self.by(who),
            now=self.at,
        )
        return Hazard.objects.get(pk=hazard.pk)

    # ---- ways to a state ----
    def reopened(self, hazard: Hazard) -> Hazard:
        """A closed one that was found again by the supervision group."""
        return self.do(
            hazard,
            Act.REOPEN,
            "group",
            text="又松了",
            deadline=self.day + timedelta(days=9),
            deadline_kind="days",
            supervisor_post_id=self.town.posts["industry"],
        )

    def confirmed(self, **more: Any) -> Hazard:
        """A general hazard, confirmed."""
        return self.do(self.report(**more), Act.CONFIRM, "office", level="general")

    def assigned(self, *, days: int = 10, **more: Any) -> Hazard:
        """A general hazard, ordered with all five arrangements."""
        return self.order(self.confirmed(**more), days=days)

    def order(self, hazard: Hazard, *, days: int = 10, **more: Any) -> Hazard:
        """Order the work."""
        kind = "plan" if hazard.level == "major" else "days"
        facts: dict[str, Any] = {
            "deadline": self.day + timedelta(days=days),
            "deadline_kind": kind,
            "supervisor_post_id": self.town.posts["industry"],
            "arrangements": FIVE,
            "interim": "停用该设备",
        }
        return self.do(hazard, Act.ASSIGN, "office", **(facts | more))

    def rectifying(self, **more: Any) -> Hazard:
        """A general hazard being fixed."""
        return self.do(self.assigned(**more), Act.ACCEPT, "safety")

    def rectified(self, **more: Any) -> Hazard:
        """A general hazard handed in."""
        return self.hand_in(self.rectifying(**more))

    def hand_in(self, hazard: Hazard, who: str = "safety", **more: Any) -> Hazard:
        """Hand in with an after-photo."""
        facts: dict[str, Any] = {"text": "已恢复双手按钮", "files": self.proof(who, FileRole.AFTER), "money_fen": 30000}
        return self.do(hazard, Act.HAND_IN, who, **(facts | more))

    def delegate(self, hazard: Hazard, unit: str = "东村", who: str = "office") -> Hazard:
        """Delegate the re-inspection to a unit (R3.15)."""
        unit_id = self.town.units[unit].id
        return self.do(hazard, Act.DELEGATE_REVIEW, who, text="小隐患，就近复查", delegate_unit_id=unit_id)

    def closed(self, **more: Any) -> Hazard:
        """A general hazard closed."""
        return self.do(self.rectified(**more), Act.PASS, "office", text="现场核实，已整改")

    def major(self) -> Hazard:
        """A major hazard, countersigned."""
        row = self.report(description="打磨车间干式除尘系统未设泄爆、隔爆装置", part="打磨车间", category="dust")
        row = self.do(row, Act.CONFIRM, "office", level="major", criterion=CLAUSE, text="铝粉，无泄爆片")
        return self.do(row, Act.COUNTERSIGN, "chief")

    def listed(self) -> Hazard:
        """A major hazard listed by the committee, ordered and being fixed."""
        row = self.do(self.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌")
        row = self.do(row, Act.LIST, "chair", **self.order_given())
        row = self.order(row, days=28)
        row = self.do(row, Act.ACCEPT, "safety")
        return self.do(row, Act.HAND_IN_PLAN, "boss", plan=SIX)

    def order_terms(self, **more: Any) -> OrderTerms:
        """Return what a listing order says."""
        facts: dict[str, Any] = {
            "demands": "停用打磨车间，限期整改",
            "supervising_unit": "经发办",
            "organ": "镇安委会",
            "closing_organ": "镇安委会",
            "enterprise_person": "钱志刚 主要负责人",
            "supervisor": "经发办 主任",
            "leader": "分管安全副镇长",
        }
        return OrderTerms(**(facts | more))

    def order_given(self, *, days: int = 28, **more: Any) -> dict[str, Any]:
        """Return what a listing by the town brings: its terms, and a deadline for what is not ordered yet."""
        return {"order": self.order_terms(**more), "deadline": self.day + timedelta(days=days)}

    def accepted(self) -> Hazard:
        """A listed hazard handed in and accepted on site."""
        row = self.hand_in(self.listed(), who="safety")
        row = self.do(row, Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
        return self.do(row, Act.ACCEPT_LISTING, "chief", **self.on_site("chief"))

    def application(self, who: str, **more: Any) -> dict[str, Any]:
        """Return what a written application to resume brings."""
        facts: dict[str, Any] = {
            "text": "按方案恢复双手按钮并加装光栅，试运行三班正常",
            "evaluated_by": "own",
            "evaluator": "高工张某、李某",
            "evaluation": "具备安全生产条件",
            "acting_for": "" if who in self.people else "鑫达机械厂",
            "files": self.paper(who),
        }
        return facts | more

    def consent(self, who: str, **more: Any) -> dict[str, Any]:
        """Return what a consent to resume brings: the organ's paper, and who reviewed it on site."""
        facts: dict[str, Any] = {
            "text": "审查同意",
            "organ": "区安监局",
            "visited_on": self.day,
            "visited_by": "区安监局 赵某、孙某",
            "files": self.paper(who),
        }
        return facts | more

    def license(self) -> Licence:
        """The firm holds a safety licence from now on."""
        licence = Licence(LicenceKind.CHEMICALS, "（苏）WH安许证字〔2017〕1号", "省安监局")
        enterprises.add_licence(enterprise_id=self.firm.id, licence=licence, actor=self.by("office"), now=self.at)
        self.licence = licence.label
        return licence

    def on_site(self, who: str) -> dict[str, Any]:
        """Return what a verification on site brings."""
        return {
            "text": "现场核查合格",
            "on_site": True,
            "companions": (Companion("专家", "市安全生产专家库"),),
            "files": self.proof(who, FileRole.SITE),
        }

    def delisted(self) -> Hazard:
        """A listed hazard accepted and delisted."""
        return self.do(self.accepted(), Act.DELIST, "chair", text="验收合格，予以摘牌")

    def self_found(self) -> Hazard:
        """A general hazard that the enterprise found, graded, ordered and fixed itself, up to the hand-in."""
        row = self.report("safety", source=Source.SELF_CHECK)
        row = self.do(row, Act.CONFIRM, "safety", level="general")
        order = {
            "deadline": self.day,
            "deadline_kind": "same_day",
            "supervisor_post_id": self.town.posts["鑫达机械厂主要负责人"],
        }
        row = self.do(row, Act.ASSIGN, "safety", **order)
        return self.hand_in(self.do(row, Act.ACCEPT, "safety"))

    def make_one_person(self) -> None:
        """From now on the enterprise has one person."""
        Enterprise.objects.filter(pk=self.firm.id).update(one_person=True)

    def colleague(self, unit: str, title: str) -> str:
        """Put one more person into a unit and return their name on the stage."""
        post = orgs_services.NewPost(self.town.units[unit].id, title, PostKind.STAFF)
        self.people[title] = self.town._person(title, post, town_id=self.town.town.id)
        return title

    def leader_of(self, village: str) -> str:
        """Attach one more leader to a village and return their name on the stage."""
        name = f"{village}挂钩领导"
        post = orgs_services.NewPost(self.town.town.id, name, PostKind.LEADER)
        self.town._person(name, post, town_id=self.town.town.id)
        orgs_services.attach_leader(
            town_id=self.town.town.id,
            post_id=self.town.posts[name],
            paths=[self.town.units[village].path],
            actor=PLATFORM,
            now=self.at - timedelta(days=20),
        )
        return name

    def answer_same_kind(self, hazard: Hazard) -> None:
        """One village answers the 举一反三 of a superior's item."""
        reply = services.Reply(unit_id=self.town.units["西村"].id, checked=3, found=1, fixed=1)
        task_id = Hazard.objects.get(pk=hazard.pk).same_kind_task_id
        assert task_id is not None
        services.reply_same_kind(task_id=task_id, reply=reply, actor=self.by("village_west"), now=self.at)

    @property
    def terms(self) -> Terms:
        """The town's numbers of the day."""
        return terms_on(self.town.town.id, self.day)

    @property
    def calendar(self) -> WorkCalendar:
        """The town's calendar."""
        return standards.work_calendar(self.town.town.id)

    def superior_item(self, organ: str = "区安委办") -> Hazard:
        """A superior's item handed in here; 区安委办 is on the platform."""
        row = self.report("office", source=Source.SUPERIOR, superior_organ=organ)
        row = self.do(row, Act.CONFIRM, "office", level="general")
        row = self.do(self.order(row), Act.ACCEPT, "safety")
        return self.hand_in(row)

    def external_terms(self, **more: Any) -> OrderTerms:
        """Return what an outside body's order says."""
        facts = {"level": ListingLevel.COUNTY, "organ": "区安委会", "number": "区安委督〔2018〕2号"}
        return self.order_terms(**(facts | more))


@made_once
def make_stage() -> Stage:
    """Build the town and its enterprise."""
    town = make_town()
    entry = Entry(name="示范镇鑫达机械厂", path=town.units["东村"].path, lead_sector="machinery")
    firm = enterprises.register(entry=entry, town_id=town.town.id, actor=PLATFORM, now=NOON - timedelta(days=20))
    boss, safety = town.enterprise_people(firm.id, village="东村", name="鑫达机械厂")
    return Stage(town, firm, people={"boss": boss, "safety": safety})
