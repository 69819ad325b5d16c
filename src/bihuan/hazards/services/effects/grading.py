"""Confirming, raising and lowering (R3.1–R3.3, L8)."""

from uuid import UUID

from bihuan.hazards.models import LevelChange, LevelDecision
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given
from bihuan.hazards.rules.marks import Mark
from bihuan.hazards.rules.parties import DETERMINING_ROLES, ENTERPRISE_ROLES
from bihuan.hazards.rules.states import Level, level_name
from bihuan.hazards.rules.suggested import kept_reasons
from bihuan.hazards.services.change import Change, effect
from bihuan.hazards.services.withdrawing import withdraw_listing, withdraw_resumption


@effect(Act.CONFIRM)
def confirm(change: Change) -> None:
    """It is real: level, criterion if major, category; whoever verifies it is the body that grades it.

    A claim of those who inspect (L8) is no determination: that is made by the body that supervises (令16号 art. 3, 18).
    """
    row, given = change.row, change.given
    _grade(change, given.level)
    if given.category:
        change.set(category=given.category)
    change.set(orderer=change.holder())
    facts = change.facts
    due = facts.calendar.add_working_days(facts.standing.reported_on or change.today, facts.terms.confirm_wd)
    change.mark(Mark.GRADED_LATE, holds=change.today > due)
    change.keep_files()
    _keep_suggestion(change)
    change.say = f"核实属实，定为{level_name(row.level)}隐患{_basis(change)}"


@effect(Act.COUNTERSIGN)
def countersign(change: Change) -> None:
    """The second signature under a determination; with it a level that was only raised is graded by a body that may."""
    change.set(
        countersigned_on=change.today, countersigned_by=change.actor.name, countersigned_by_id=change.actor.user_id
    )
    if change.row.graded_unit_id is None:
        change.set(graded_unit_id=_determining_unit(change))
    change.say = "复核重大隐患判定，同意"


@effect(Act.RAISE_LEVEL)
def raise_level(change: Change) -> None:
    """General becomes major; the gates of L4 apply from the next act."""
    old = change.row.level
    _grade(change, Level.MAJOR)
    change.keep_files()
    change.new.append(_level_change(change, old=old, new=Level.MAJOR, approved=True))
    withdraw_resumption(change)
    _keep_suggestion(change)
    change.say = f"由{level_name(old)}升为重大隐患{_basis(change)}"


@effect(Act.REQUEST_LOWERING)
def request_lowering(change: Change) -> None:
    """The grading body asks; nothing changes until a second person approves."""
    asked = _level_change(change, old=change.row.level, new=Level.GENERAL, approved=None)
    change.set(lowering_id=asked.pk)
    change.new.append(asked)
    change.keep_files()
    change.say = "申请降为一般隐患"


@effect(Act.APPROVE_LOWERING)
def approve_lowering(change: Change) -> None:
    """The second approver lowers the level; the listing is withdrawn with it (R3.24a)."""
    _answer(change, approved=True)
    change.set(level=Level.GENERAL, lowering_id=None, major_since=None)
    change.set(countersigned_on=None, countersigned_by="", countersigned_by_id=None)
    change.set(
        criterion_standard="", criterion_clause="", criterion_version="", criterion_text="", whole_judgement=False
    )
    withdraw_listing(change, "降为一般隐患")
    _keep_suggestion(change)
    change.say = "批准降为一般隐患"


@effect(Act.REFUSE_LOWERING)
def refuse_lowering(change: Change) -> None:
    """The level stays."""
    _answer(change, approved=False)
    change.set(lowering_id=None)
    change.say = "不同意降级"


def _grade(change: Change, level: str) -> None:
    given, actor = change.given, change.actor
    change.set(
        level=level,
        graded_on=change.today,
        graded_by=actor.name,
        graded_by_id=actor.user_id,
        graded_unit_id=_determining_unit(change),
        level_reason=_reason(given),
        countersigned_on=None,
        countersigned_by="",
        countersigned_by_id=None,
        whole_judgement=given.whole_judgement,
    )
    if level != Level.MAJOR:
        return
    change.set(major_since=change.row.major_since or change.today)
    change.mark(Mark.LATER_CRITERION, holds=given.criterion is not None and given.criterion.later)
    if given.criterion is not None:
        change.set(
            criterion_standard=given.criterion.standard,
            criterion_clause=given.criterion.clause,
            criterion_version=given.criterion.version,
            criterion_text=given.criterion.text,
        )


def _determining_unit(change: Change) -> UUID | None:
    """Return the unit that grades by this act, None where whoever acts may raise a level and not determine it (L8)."""
    may = change.role in DETERMINING_ROLES or change.role in ENTERPRISE_ROLES
    return change.actor.unit_id if may else None


def _reason(given: Given) -> str:
    """Return why it is so, with what a person added where the clause does not conclude by itself."""
    named = given.criterion if given.level != Level.GENERAL and not given.whole_judgement else None
    added = []
    if named is not None and named.by_fire and given.number:
        added.append(f"依据{given.organ}{given.number}")
    if named is not None and named.by_person and given.checked:
        added.append(f"由人核对：{named.by_person}")
    return "\n".join((given.text, *added))


def _keep_suggestion(change: Change) -> None:
    """Keep what had been suggested beside what was decided (L8); nothing where the door showed no suggestion."""
    shown, row = change.given.suggested, change.row
    if shown is None:
        return
    change.new.append(
        LevelDecision(
            hazard_id=row.pk,
            town_id=row.town_id,
            act=change.act,
            decided_on=change.today,
            decided_by=change.actor.name,
            level=row.level,
            standard=row.criterion_standard,
            clause=row.criterion_clause,
            item=_item(change),
            suggested_level=shown.level,
            suggested_item=shown.item,
            suggested_standard=shown.standard,
            suggested_clause=shown.clause,
            version=shown.version,
            because=(because := kept_reasons(shown)),
        )
    )
    change.figures |= {
        "suggested_level": shown.level,
        "suggested_clause": f"{shown.standard} {shown.clause}".strip(),
        "suggested_by": shown.version,
        "suggested_because": because,
    }


def _item(change: Change) -> str:
    """Return the id of the item that this decision names; "" where the basis was named before, or is none."""
    named = change.given.criterion
    return named.item if named is not None and change.row.criterion_clause == named.clause else ""


def _basis(change: Change) -> str:
    row = change.row
    if row.level != Level.MAJOR:
        return ""
    if row.whole_judgement:
        return "，整体判定"
    return f"，依据 {row.criterion_clause} {row.criterion_text}".rstrip()


def _level_change(change: Change, *, old: str, new: str, approved: bool | None) -> LevelChange:
    row = change.row
    return LevelChange(
        hazard_id=row.pk,
        town_id=row.town_id,
        old_level=old,
        new_level=new,
        criterion=f"{row.criterion_standard} {row.criterion_clause}".strip(),
        reason=change.given.text,
        asked_at=change.now,
        asked_by=change.actor.name,
        asked_by_id=change.actor.user_id,
        approved=approved,
    )


def _answer(change: Change, *, approved: bool) -> None:
    change.answer(
        approved=approved,
        answered_at=change.now,
        answered_by=change.actor.name,
        answered_by_id=change.actor.user_id,
        answer=change.given.text,
    )
