"""Find a form or a return and write it, only if it is still what the person saw; tell what happened (house rule 6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries.returns.finding import form_row, hands_of, is_office, return_row
from bihuan.campaigns.rules.life import OFFICE
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.life import ReturnAct, ReturnState, must
from bihuan.campaigns.rules.returns.rhythm import period_words
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, Outdated, Refusal
from bihuan.orgs import queries as orgs
from bihuan.trail import services as trail
from bihuan.trail.news import News
from bihuan.trail.rules import Telling

FORM: Final = "return_form"
RETURN: Final = "return"


def office_of(actor: Actor) -> UUID:
    """Return the town of an actor of the safety office. Raises NotAllowed."""
    if actor.town_id is None or not actor.has_role(*OFFICE):
        raise NotAllowed("returns.not_office", "报表的样式由镇安监办定。请交安监办的同事来办。")
    return actor.town_id


def form_to_change(actor: Actor, form_id: UUID) -> ReturnForm:
    """Return a form that the actor may change. Raises NotFound or NotAllowed."""
    row = form_row(actor, form_id)
    if not is_office(actor, row.path):
        raise NotAllowed("returns.not_office", "报表的样式由镇安监办定。请交安监办的同事来办。")
    return row


def must_not_be_retired(row: ReturnForm) -> None:
    """Raise Refusal for a form that is owed no more."""
    if row.state == FormState.RETIRED:
        raise Refusal("returns.retired", "报表已经停用，不能再改。")


def write_form(row: ReturnForm, seen_version: int, **columns: Any) -> None:
    """Change a form if nobody has since the person looked."""
    moved = ReturnForm.objects.filter(pk=row.pk, version=seen_version).update(**columns, version=seen_version + 1)
    if moved != 1:
        raise Outdated("returns.form_outdated", "刚刚有人改动了这张报表。请刷新页面看过最新情况再办。")
    for name, value in columns.items():
        setattr(row, name, value)
    row.version = seen_version + 1


def return_to(act: ReturnAct, actor: Actor, return_id: UUID) -> tuple[Return, ReturnState]:
    """Return a return on which the actor may do this now, and the state after it.

    Raises NotFound, NotAllowed or Refusal.
    """
    row = return_row(actor, return_id)
    hands = hands_of(actor, unit_id=row.unit_id, path=row.path)
    is_own = row.sent_by_id is not None and row.sent_by_id == actor.user_id
    return row, must(act, ReturnState(row.state), hands, is_own=is_own)


def write_return(row: Return, seen_version: int, **columns: Any) -> None:
    """Change a return if nobody has since the person looked."""
    moved = Return.objects.filter(pk=row.pk, version=seen_version).update(**columns, version=seen_version + 1)
    if moved != 1:
        raise Outdated("returns.outdated", "刚刚有人改动了这份报表。请刷新页面看过最新情况再办。")
    for name, value in columns.items():
        setattr(row, name, value)
    row.version = seen_version + 1


def tell_form(row: ReturnForm, kind: str, say: str, *, actor: Actor, now: datetime, **more: Any) -> None:
    """Write the event of what a person did to a form."""
    item = News(
        kind=f"return_form.{kind}",
        say=f"报表“{row.title}”：{say}",
        subject_type=FORM,
        subject_id=row.pk,
        town_id=row.town_id,
        path=row.path,
        **more,
    )
    trail.record([item], actor=actor, now=now)


def tell_return(row: Return, kind: str, say: str, *, actor: Actor, now: datetime, **more: Any) -> None:
    """Write the event of what a person did to a return; on whose behalf, where it is not their own unit's."""
    for_unit = row.unit_id not in actor.own_units and row.unit_id != row.town_id
    fills = kind in {"begun", "typed", "sent"}
    item = News(
        kind=f"return.{kind}",
        say=f"{row.unit_name}“{row.form.title}”（{period_words(row.since, row.until)}）：{say}",
        subject_type=RETURN,
        subject_id=row.pk,
        town_id=row.town_id,
        path=row.path,
        acting_for=row.unit_name if fills and for_unit else "",
        **more,
    )
    trail.record([item], actor=actor, now=now)


def notify(row: Return, unit_ids: Iterable[UUID], say: str, *, now: datetime) -> None:
    """Tell every post of these units, leading to the return's page."""
    posts = [one.id for one in orgs.posts_of_units(list(unit_ids), day_of(now))]
    telling = Telling(
        say=f"“{row.form.title}”{say}",
        kind="return",
        posts=tuple(posts),
        town_id=row.town_id,
        subject_type=RETURN,
        subject_id=row.pk,
        url_name="campaigns:return",
        url_args=(str(row.pk),),
    )
    trail.tell([telling], now=now)
