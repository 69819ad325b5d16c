"""A person's own indicators of a clause: taken, changed by a new edition, dropped with a reason; none is forgotten."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, Clause, ClauseFigure
from bihuan.campaigns.queries.catalogued import own_lines_of
from bihuan.campaigns.queries.offered import offers
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.own import OwnForm, above_whole, own_indicator
from bihuan.campaigns.rules.own_among import doubted_part, parts_of, refused_part, wholes_for
from bihuan.campaigns.rules.own_kept import edition_of, ended, form_of, kept, line_of
from bihuan.campaigns.services.clauses import clause_of
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.kernel.paths import is_within

LONGEST_WHY: Final = 200


@transaction.atomic
def take_own_figure(
    *,
    campaign_id: UUID,
    seen_version: int,
    clause_id: UUID,
    form: OwnForm,
    is_sure: bool = False,
    actor: Actor,
    now: datetime,
) -> str:
    """Add a person's own indicator to a clause; return its key. is_sure: that a rate may come to more than 100 %, and
    a part to more than its whole."""
    row = campaign_to(CampaignAct.MEASURE, actor, campaign_id)
    clause = clause_of(row, clause_id)
    key = _fit(clause, form, is_sure=is_sure)
    write(row, seen_version, changed_at=now)
    _put(row, clause, key, kept(form), place=clause.figures.count(), actor=actor, now=now)
    say = f"{clause.label} 加了自定指标“{form.title.strip()}”"
    tell(row, "own_figure_taken", say, after={"label": clause.label, "form": kept(form)}, actor=actor, now=now)
    return key


@transaction.atomic
def change_own_figure(
    *, campaign_id: UUID, seen_version: int, key: str, form: OwnForm, is_sure: bool = False, actor: Actor, now: datetime
) -> str:
    """Put a new edition in the place of an own indicator, which is kept behind it; return the new key."""
    row = campaign_to(CampaignAct.MEASURE, actor, campaign_id)
    old = _standing(row, key)
    line = line_of(old.own, str(old.pk))
    made = _fit(old.clause, form, is_sure=is_sure, line=line)
    new = kept(form, edition=edition_of(old.own) + 1, was=old.key, line=line)
    write(row, seen_version, changed_at=now)
    _end(old, f"改成第 {new['edition']} 版")
    _put(row, old.clause, made, new, place=old.place, actor=actor, now=now)
    tell(
        row,
        "own_figure_changed",
        f"{old.clause.label} 的自定指标“{old.own['title']}”改成第 {new['edition']} 版“{new['title']}”",
        before={"label": old.clause.label, "form": old.own},
        after={"label": old.clause.label, "form": new},
        actor=actor,
        now=now,
    )
    return made


@transaction.atomic
def drop_own_figure(*, campaign_id: UUID, seen_version: int, key: str, why: str, actor: Actor, now: datetime) -> None:
    """Measure a clause by an own indicator no longer, for a reason; it is kept, with the reason."""
    row = campaign_to(CampaignAct.MEASURE, actor, campaign_id)
    old = _standing(row, key)
    reason = why.strip()
    if not reason or len(reason) > LONGEST_WHY:
        raise Refusal("campaigns.no_reason", f"请写为什么不再用它，不超过 {LONGEST_WHY} 个字。", field="why")
    parts = parts_of(line_of(old.own, str(old.pk)), own_lines_of(row))
    if parts:
        named = "、".join(f"“{one.form.title}”" for one in parts)
        raise Refusal("campaigns.own_has_parts", f"{named}是它的其中一部分。先改那几个，或者先不用它们。", field="why")
    write(row, seen_version, changed_at=now)
    _end(old, reason)
    tell(
        row,
        "own_figure_dropped",
        f"{old.clause.label} 不再用自定指标“{old.own['title']}”：{reason}",
        before={"label": old.clause.label, "form": old.own},
        reason=reason,
        actor=actor,
        now=now,
    )


def _fit(clause: Clause, form: OwnForm, *, is_sure: bool, line: str = "") -> str:
    """Return a key for a form that can be counted and that the clause has not got yet; refuse it otherwise. line: of
    the indicator that it changes."""
    key = f"own.{new_id().hex}"
    made = own_indicator(form, offers(), key=key)
    if isinstance(made, str):
        raise Refusal("campaigns.own_refused", made)
    if form.only.path and not is_within(form.only.path, clause.campaign.path):
        raise Refusal("campaigns.own_elsewhere", "请选本镇的村（社区）。", field="path")
    doubt = above_whole(form, offers()) or _among(clause.campaign, form, line)
    if doubt and not is_sure:
        raise Refusal("campaigns.own_above_whole", doubt + "没有选错的，勾上再用。")
    standing = clause.figures.filter(dropped=False, own__isnull=False).values_list("own", flat=True)
    if kept(form) in [kept(form_of(one)) for one in standing if one]:
        raise Refusal("campaigns.own_twice", "这条要求已经有同样的自定指标，没有改动。")
    return key


def _among(row: Campaign, form: OwnForm, line: str) -> str:
    """Return the doubt about an indicator as a part of another, or about those that are parts of it; refuse what cannot
    be."""
    standing = own_lines_of(row)
    pairs = [(one.form, form) for one in parts_of(line, standing)] if line else []
    if form.part_of:
        wholes = {one.line: one.form for one in wholes_for(line, standing)}
        if form.part_of not in wholes:
            raise Refusal(
                "campaigns.own_no_whole", "它所属的指标已经不用了，或者会绕回自己。请重新选。", field="part_of"
            )
        pairs.append((form, wholes[form.part_of]))
    for part, whole in pairs:
        refused = refused_part(part, whole)
        if refused:
            raise Refusal("campaigns.own_no_part", refused, field="part_of")
    return next(filter(None, (doubted_part(part, whole, offers()) for part, whole in pairs)), "")


def _standing(row: Campaign, key: str) -> Any:
    found = ClauseFigure.objects.select_related("clause").filter(campaign=row, key=key, own__isnull=False).first()
    if found is None:
        raise NotFound("campaigns.no_own", "没有找到这个自定指标。请从“指标”页重新打开。")
    if found.dropped:
        raise Refusal("campaigns.own_ended", "这个自定指标已经改过或者不用了。请刷新页面看现在的一版。")
    return found


def _end(old: Any, why: str) -> None:
    ClauseFigure.objects.filter(pk=old.pk).update(dropped=True, own=ended(old.own, why))


def _put(
    row: Campaign, clause: Clause, key: str, own: dict[str, Any], *, place: int, actor: Actor, now: datetime
) -> None:
    ClauseFigure(
        campaign=row,
        clause=clause,
        key=key,
        place=place,
        own=own,
        confirmed_by=actor.name,
        confirmed_at=now,
    ).save(force_insert=True)
