"""L3: no close without evidence; what each act must carry as proof."""

from typing import Final

from bihuan.hazards.rules.facts import Companion, Facts
from bihuan.hazards.rules.states import FileRole, Level


def both_photos(facts: Facts) -> str:
    """R3.14: fixed on the spot still needs a photo before and one after."""
    before = facts.standing.before_photos + facts.given.photos(FileRole.BEFORE)
    if not before:
        return "立行立改要有整改前的照片。请补拍或从相册选一张整改前的照片。"
    return "" if facts.given.photos(FileRole.AFTER) else "立行立改要有整改后的照片。请拍一张整改后的照片。"


def both_signatures(facts: Facts) -> str:
    """R3.14: the place's person signs beside the one who recorded."""
    return "" if facts.given.signed_by.strip() else "请填写被检查单位现场签字人的姓名。"


_COPIES: Final = {
    FileRole.BEFORE: "整改前的照片与已有的整改后照片是同一个文件。请换成整改前拍的那一张。",
    FileRole.AFTER: "整改后的照片与整改前的照片是同一个文件，看不出改了没有。请重新拍一张整改后的照片。",
    FileRole.SITE: "现场照片与已有的整改照片是同一个文件，不能证明到过现场。请换成在现场拍的照片。",
}


def not_the_same_photo(facts: Facts) -> str:
    """L3: a photo of one side is no proof of the other; one that only looks alike is a doubt for the verifier."""
    return next((_COPIES[one.role] for one in facts.given.files if one.is_copy), "")


def handed_in_with_proof(facts: Facts) -> str:
    """R3.3: a hand-in says what was done and shows it."""
    given = facts.given
    if not given.text.strip():
        return "请写明怎样整改的。"
    if given.photos(FileRole.AFTER) or any(one.role == FileRole.DOCUMENT for one in given.files):
        return ""
    return "请附整改后的照片或材料。"


def major_shows_a_photo(facts: Facts) -> str:
    """L3: paper alone is not enough for a major hazard."""
    if facts.standing.level != Level.MAJOR or facts.given.photos(FileRole.AFTER):
        return ""
    return "重大隐患不能只交书面材料。请附整改后的照片。"


def has_proof(facts: Facts) -> str:
    """L3: what is verified has an after-photo or document from whoever fixed it; a major one has a photo."""
    standing = facts.standing
    if standing.level == Level.MAJOR and not standing.after_photos:
        return "重大隐患没有整改后的照片，不能通过。请退回补照片。"
    if standing.after_photos or standing.after_documents:
        return ""
    return "没有整改后的照片或材料，不能通过。请退回补证据。"


def has_opinion(facts: Facts) -> str:
    """L3: a verification states an opinion."""
    return "" if facts.given.text.strip() else "请写复查意见。"


def seen_on_site(facts: Facts) -> str:
    """R3.15: a major hazard is checked on site, with a photo or record made there."""
    if facts.standing.level != Level.MAJOR:
        return ""
    if not facts.given.on_site:
        return "重大隐患必须到现场核查，不能只看材料。"
    if any(one.role == FileRole.SITE for one in facts.given.files):
        return ""
    return "请附现场核查的照片或记录。"


def enough_reviewers(facts: Facts) -> str:
    """R3.3: an enforcement order and a major hazard are re-inspected by at least two people."""
    if facts.standing.level != Level.MAJOR and not facts.standing.is_order:
        return ""
    own = facts.doer.names | facts.rectifiers
    named = [one for one in facts.given.companions if one.name.strip()]
    names = {one.name.strip() for one in named if not _takes_part(one, own, facts)}
    if len(names) < len({one.name.strip() for one in named}) and 1 + len(names) < facts.terms.enforcement_reviewers:
        return "同行复查人不能是您本人或整改一方的人。请填写另一位同去人员的姓名。"
    counted = {one.name.strip() for one in named if one.name.strip() in names and _counts(one, facts)}
    if 1 + len(counted) >= facts.terms.enforcement_reviewers:
        return ""
    if names:
        return _ORDER_SAID if facts.standing.is_order else _UNKNOWN_SAID
    return f"至少要 {facts.terms.enforcement_reviewers} 人一同复查。请填写同去人员的姓名。"


_ORDER_SAID: Final = "执法文书责令整改的，须由镇里两人一同复查，外单位的人不算在内。请填写同去同事在平台上的姓名。"
_UNKNOWN_SAID: Final = "平台上没有这位同行复查人。镇里的同事请写平台上的姓名；外单位的专家请在姓名后写明单位。"


def _counts(one: Companion, facts: Facts) -> bool:
    """Tell whether this companion is a second reviewer: an order asks for two of the town (R3.3 `reviewing`).

    A listed hazard is accepted by the listing body with department and experts (R3.24), so an expert counts whose own
    unit, outside the town, is written down; whoever is of the town is known by name.
    """
    if one.user_id is not None:
        return True
    return not facts.standing.is_order and bool(one.unit.strip()) and not one.units


def _takes_part(one: Companion, own: frozenset[str], facts: Facts) -> bool:
    """Tell whether this companion is the verifier again, or belongs to who rectified (L2)."""
    if one.name.strip() in own or (one.user_id is not None and one.user_id == facts.doer.user_id):
        return True
    if any(name in one.unit for name in facts.rectifiers):
        return True
    firms = facts.standing.barred.enterprises | {facts.standing.enterprise_id}
    return bool(one.enterprises & firms)


def two_officers(facts: Facts) -> str:
    """An order of enforcement is issued by two (行政处罚法 2017 art. 37, 2021 art. 42); a notice of the town is not."""
    if not facts.given.is_order:
        return ""
    own = facts.doer.names | facts.rectifiers
    named = {one.name.strip() for one in facts.given.companions if one.name.strip()}
    others = {
        one.name.strip() for one in facts.given.companions if one.name.strip() and not _takes_part(one, own, facts)
    }
    if 1 + len(others) >= facts.terms.enforcement_reviewers:
        return ""
    if others < named:
        return "同行执法人员不能是您本人或整改一方的人。请写另一位执法人员的姓名。"
    return "责令限期整改指令书须由两名执法人员出具。请写同行执法人员的姓名；只发整改通知的，不要勾选出具指令书。"


def opinion_signed(facts: Facts) -> str:
    """R3.16: the opinion on an order, and one that is issued as a paper, is signed by both sides (令15号)."""
    return signed_or_refused(facts) if facts.given.issue_paper or facts.standing.is_order else ""


def signed_or_refused(facts: Facts) -> str:
    """Somebody of the unit signs beside who re-inspects, or it is said that they would not."""
    if facts.given.signed_by.strip() or facts.given.sign_refused:
        return ""
    return "复查意见由双方签字。请填写被复查单位签字人的姓名；对方拒绝签字的，请勾选“拒绝签字”。"


def says_what_is_wrong(facts: Facts) -> str:
    """A refusal says what is still wrong, so that it can be fixed."""
    return "" if facts.given.text.strip() else "请写明还有哪些问题没有整改到位，方便对方改。"


def has_reason(facts: Facts) -> str:
    """The act needs a reason."""
    return "" if facts.given.text.strip() else "请写明理由。"


def has_text(facts: Facts) -> str:
    """The act needs its one text."""
    return "" if facts.given.text.strip() else "请写明内容。"


def has_files(facts: Facts) -> str:
    """The act needs at least one photo or document."""
    return "" if facts.given.files else "请附照片或材料。"


def has_paper(facts: Facts) -> str:
    """The act records a paper of somebody else and needs it."""
    return "" if facts.given.papers() else "请附文件或凭据的照片、扫描件。"


def names_organ(facts: Facts) -> str:
    """A transfer names who receives it."""
    return "" if facts.given.organ.strip() else "请填写受移送单位的名称。"
