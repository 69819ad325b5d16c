"""More time: asked, granted, refused, or moved by the superior's list (L6, R3.17, R3.33)."""

from datetime import timedelta

from bihuan.hazards.models import Extension
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import DeadlineKind, Level
from bihuan.hazards.services.barring import bar_acting
from bihuan.hazards.services.change import Change, effect


@effect(Act.ASK_EXTENSION)
def ask_extension(change: Change) -> None:
    """A request beside the state; the deadline runs on."""
    row, given, terms = change.row, change.given, change.facts.terms
    assert row.deadline is not None  # noqa: S101 -- the table has looked
    assert given.deadline is not None  # noqa: S101 -- the table has looked
    if row.level == Level.MAJOR:
        answer_due = change.facts.calendar.add_working_days(change.today, terms.listing_extension_answer_wd)
    else:
        answer_due = change.today + timedelta(days=terms.extension_answer_days)
    asked = Extension(
        hazard_id=row.pk,
        town_id=row.town_id,
        round_number=row.round,
        asked_at=change.now,
        asked_by=change.actor.name,
        asked_by_id=change.actor.user_id,
        acting_for=given.acting_for,
        old_deadline=row.deadline,
        new_deadline=given.deadline,
        reason=given.text,
        interim=given.interim,
        answer_due=answer_due,
    )
    change.new.append(asked)
    change.set(extension_id=asked.pk, answer_due=answer_due)
    bar_acting(change)
    change.keep_files()
    change.say = f"申请延期至 {given.deadline.month}月{given.deadline.day}日"


@effect(Act.GRANT_EXTENSION)
def grant_extension(change: Change) -> None:
    """The new deadline holds; the first is kept for ever."""
    new = change.facts.pending.new_deadline
    assert new is not None  # noqa: S101 -- the table has looked
    _answer(change, granted=True)
    kind = DeadlineKind.DAYS if change.row.deadline_kind == DeadlineKind.SAME_DAY else change.row.deadline_kind
    change.set(deadline=new, deadline_kind=kind, extension_count=change.row.extension_count + 1)
    change.set(escalation=0)
    _move_deadline(change)
    change.keep_files()
    change.say = f"同意延期至 {new.month}月{new.day}日"


@effect(Act.REFUSE_EXTENSION)
def refuse_extension(change: Change) -> None:
    """The deadline stays."""
    _answer(change, granted=False)
    change.keep_files()
    change.say = "不同意延期"


@effect(Act.ADOPT_DEADLINE)
def adopt_deadline(change: Change) -> None:
    """The superior's list moved the deadline (R3.33)."""
    new = change.given.deadline
    assert new is not None  # noqa: S101 -- the table has looked
    change.set(deadline=new, deadline_kind=DeadlineKind.SUPERIOR, escalation=0)
    _move_deadline(change)
    change.keep_files()
    change.say = f"按上级清单改期限为 {new.month}月{new.day}日"


def _answer(change: Change, *, granted: bool) -> None:
    change.answer(granted=granted, answered_at=change.now, answered_by=change.actor.name, answer=change.given.text)
    change.set(extension_id=None, answer_due=None)


def _move_deadline(change: Change) -> None:
    change.set_round(deadline=change.row.deadline)
    if change.listing_row is not None:
        change.set_listing(deadline=change.row.deadline)
