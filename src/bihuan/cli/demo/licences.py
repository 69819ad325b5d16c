"""The demo's holders of safety licences under listing; the suspension of one is proposed (R3.29)."""

from random import Random
from typing import Final

from bihuan.cli.demo import pictures
from bihuan.cli.demo.season import Season
from bihuan.cli.demo.troupe import OFFICE
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.licences import Licence, LicenceKind
from bihuan.hazards import queries as hazards
from bihuan.hazards import services
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given, Proof
from bihuan.hazards.rules.states import FileRole, ListingState
from bihuan.trail import services as trail
from bihuan.trail.rules import FileKind, Upload

GOVERNED: Final = frozenset({ListingState.LISTED, ListingState.GOVERNING, ListingState.ACCEPTANCE_APPLIED})
HOLDERS: Final = 2
ORGAN: Final = "省安监局"


def play_licences(season: Season, seed: int) -> int:
    """Write down licences of listed units, and propose to suspend the first one; return how many hold one."""
    office, now = season.troupe.by(OFFICE), season.last
    rows = [row for row in hazards.board(office, now=now).rows if row.listing_state in GOVERNED and not row.external]
    for number, row in enumerate(rows[:HOLDERS], start=1):
        enterprise_id = hazards.hazard_for(office, row.id, now=now).enterprise_id
        assert enterprise_id is not None  # noqa: S101 -- every major hazard of the demo lies at an enterprise
        licence = Licence(LicenceKind.CHEMICALS, f"（示）WH安许证字〔2016〕{number:03}号", ORGAN)
        enterprises.add_licence(enterprise_id=enterprise_id, licence=licence, actor=office, now=now)
        if number == 1:
            scan = pictures.scan(Random(seed))
            upload = Upload("暂扣建议.png", scan, FileKind.DOCUMENT)
            [kept] = trail.keep_files([upload], town_id=season.troupe.town.id, actor=office, now=now)
            given = Given(
                text="挂牌后治理进度滞后，停用的部位两次发现仍在使用",
                licence=licence.label,
                organ=ORGAN,
                number="示安监建〔2018〕1号",
                files=(Proof(kept.id, is_photo=False, role=FileRole.DOCUMENT),),
            )
            act = Act.PROPOSE_LICENCE_SUSPENSION
            services.advance(hazard_id=row.id, act=act, given=given, actor=office, now=now)
    return len(rows[:HOLDERS])
