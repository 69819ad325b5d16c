"""A new finding: what it must say, and who may say it. It always enters as reported (L13, R3.33)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.facts import Doer, Proof
from bihuan.hazards.rules.states import Category, FileRole, PlaceKind, Source
from bihuan.hazards.rules.steps import GRADING, REPORTING
from bihuan.kernel.roles import ROLE_NAMES, Role

MOST_WORDS: Final = 2000
HANDING_DOWN: Final = GRADING | {Role.SUPERIOR, Role.SYSTEM}
EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHazard:
    """What somebody found. One of: enterprise_id; place_name with the path of its village; place_unit_id for a unit.

    party_unit_id, party_name: who rectifies there; the services say it.

    id: made by a device that was offline; its second arrival gets the first answer. source_type, source_id: the row of
    another room that it came from. acting_for: 代办, with a paper among the files. claimed_at: the device's clock.
    Level, status and closing that a list claims are no part of it: they stay with the list (L13).
    """

    town_id: UUID
    description: str
    source: Source
    found_on: date
    id: UUID | None = None
    found_by: str = ""
    enterprise_id: UUID | None = None
    place_kind: PlaceKind = PlaceKind.ENTERPRISE
    place_name: str = ""
    place_unit_id: UUID | None = None
    party_unit_id: UUID | None = None
    party_name: str = ""
    path: str = ""
    sector: str = ""
    part: str = ""
    category: Category = Category.OTHER
    files: tuple[Proof, ...] = field(default_factory=tuple)
    source_type: str = ""
    source_id: UUID | None = None
    campaign_id: UUID | None = None
    needs_superior: bool | None = None
    superior_organ: str = ""
    cannot_assure_safety: bool | None = None
    repeat_of: UUID | None = None
    acting_for: str = ""
    claimed_at: datetime | None = None


def closed_firm_refused(new: NewHazard, name: str) -> str:
    """Return why a finding at an enterprise that is off the register is refused, or "".

    What a list or a superior hands down is entered as it says: refusing it would lose the item.
    """
    if new.source == Source.SUPERIOR or new.source_type:
        return ""
    return (
        f"{name}已经注销，不能再登记它的隐患。还在生产经营的，请安监办先在企业页恢复；"
        "场地换了别的单位的，请登记在现在的单位名下。"
    )


def finding_refused(new: NewHazard, *, today: date) -> tuple[str, str]:
    """Return the field and the sentence for which a finding is refused, or two empty words."""
    if not new.description.strip():
        return "description", "请写明隐患情况。"
    if len(new.description) > MOST_WORDS:
        return "description", f"隐患情况最多 {MOST_WORDS} 字，现有 {len(new.description)} 字。请写要点，详情放附件。"
    if new.found_on > today:
        return "found_on", "发现日期不能晚于今天。"
    if new.found_on < EARLIEST:
        return "found_on", f"发现日期 {new.found_on.isoformat()} 太早了，请核对年份。"
    if new.acting_for and not any(one.role in {FileRole.PAPER, FileRole.DOCUMENT} for one in new.files):
        return "files", "代办登记请附对方签字或盖章的纸质凭据（拍照即可）。"
    return "", ""


def where_said(new: NewHazard) -> str:
    """Return the field that says where it lies."""
    fields = {PlaceKind.ENTERPRISE: "enterprise", PlaceKind.PUBLIC_PLACE: "village", PlaceKind.UNIT: "unit"}
    return fields[new.place_kind]


def may_report(doer: Doer) -> str:
    """Return why this person may not report here, or ""."""
    if doer.roles & REPORTING:
        return ""
    names = "、".join(ROLE_NAMES[role] for role in Role if role in REPORTING)
    return f"“{WORDS[Act.REPORT].title}”由管辖这里的{names}办理。"


def may_hand_down(new: NewHazard, doer: Doer) -> str:
    """Return why this person may not enter a superior's item, or ""; it names who handed it down (L11)."""
    if not (new.source == Source.SUPERIOR or new.needs_superior):
        return ""
    if not doer.roles & HANDING_DOWN:
        return "上级交办的事项由安监办按上级清单或文件登记。请改选别的来源。"
    if new.superior_organ.strip() or new.source_type:
        return ""
    return "请写明是哪一级、哪个单位交办的。"


def found_itself(new: NewHazard, doer: Doer) -> bool:
    """Tell whether the enterprise found it itself: its own people say so, or somebody papered acts for them (R3.4)."""
    if new.source != Source.SELF_CHECK or new.enterprise_id is None:
        return False
    return new.enterprise_id in doer.enterprises or bool(new.acting_for)
