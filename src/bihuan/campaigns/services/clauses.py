"""What a person makes of the clauses that were read: accept, set aside, mend, split, join, add; and their figures."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from bihuan.campaigns.models import Campaign, Clause, ClauseFigure
from bihuan.campaigns.models.clauses import ClauseQuerySet
from bihuan.campaigns.queries.participants import participants_of
from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.drafting import NOBODYS, ClauseState, part_label, refused_cuts, refused_join
from bihuan.campaigns.rules.goals import absolutes_of
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.plausible import far_due
from bihuan.campaigns.rules.suggesting import suggest
from bihuan.campaigns.rules.units import who_is_meant
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.campaigns.services.texts import all_written, written
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal

MENDABLE: Final = ("gist", "due_text", "deliverable", "frequency", "not_by_data")
LEAST: Final = 4  # characters of a clause
SHOWN: Final = 12  # labels that a sentence of the trail names


@transaction.atomic
def accept_clauses(
    *, campaign_id: UUID, seen_version: int, clauses: Sequence[UUID] | None = None, actor: Actor, now: datetime
) -> int:
    """Accept clauses as read, with the figures suggested for them; without names, all that nobody has looked at.

    A named clause that was set aside is taken back. Returns how many were accepted.
    """
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    found = row.clauses.filter(state=ClauseState.READ)
    if clauses is not None:
        found = row.clauses.filter(state__in=[ClauseState.READ, ClauseState.SET_ASIDE], pk__in=list(clauses))
    labels = dict(found.order_by("paragraph", "start").values_list("pk", "label"))
    if not labels:
        return 0
    back = found.filter(state=ClauseState.SET_ASIDE).count()
    write(row, seen_version, changed_at=now, clauses_count=F("clauses_count") + back)
    Clause.objects.filter(pk__in=list(labels)).update(state=ClauseState.ACCEPTED)
    open_figures = ClauseFigure.objects.filter(clause_id__in=list(labels), dropped=False, confirmed_at=None)
    open_figures.update(confirmed_by=actor.name, confirmed_at=now)
    _tell_clauses(row, "clauses_accepted", f"认可了 {len(labels)} 条要求", list(labels.values()), actor, now)
    return len(labels)


@transaction.atomic
def set_aside(*, campaign_id: UUID, seen_version: int, clause_id: UUID, actor: Actor, now: datetime) -> None:
    """Say that a sentence orders nothing; it is kept, and can be taken back by accepting it again."""
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    clause = clause_of(row, clause_id)
    if clause.state == ClauseState.SET_ASIDE:
        return
    write(row, seen_version, changed_at=now, clauses_count=F("clauses_count") - 1)
    Clause.objects.filter(pk=clause.pk).update(state=ClauseState.SET_ASIDE)
    _tell_clauses(row, "clause_set_aside", "不作为要求", [clause.label], actor, now)


@transaction.atomic
def mend_clause(
    *,
    campaign_id: UUID,
    seen_version: int,
    clause_id: UUID,
    facts: Mapping[str, Any],
    is_sure: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Mend what was read of one clause, which also accepts it. facts: parties (names), due_on, kind ("order", "goal",
    "guiding"), and the texts of `MENDABLE`; what is left out stays. is_sure: a far deadline was looked at again."""
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    clause = _standing(row, clause_id)
    said: dict[str, Any] = all_written(Clause, facts, [name for name in MENDABLE if name in facts])
    if "due_on" in facts:
        _doubt_far(row, clause, facts["due_on"], is_sure=is_sure)
        said |= {"due_on": facts["due_on"], "due_implied": False}
    if "parties" in facts:
        names = [name.strip() for name in facts["parties"] if name.strip()]
        meant = who_is_meant(names, participants_of(row.town_id))
        if names != clause.parties:
            said |= {"parties_implied": False}
        said |= {"parties": names, "units": [str(one) for one in meant.units]}
    if facts.get("kind") and facts["kind"] != (clause.source if clause.source in NOBODYS else "order"):
        said |= {"source": facts["kind"] if facts["kind"] in NOBODYS else "by_hand"}
    before = {name: _plain(getattr(clause, name)) for name in said}
    changed = {name: value for name, value in said.items() if _plain(value) != before[name]}
    write(row, seen_version, changed_at=now)
    Clause.objects.filter(pk=clause.pk).update(**changed, state=ClauseState.ACCEPTED, mended_by=actor.name)
    if "source" in changed:
        Campaign.objects.filter(pk=row.pk).update(goals=_goals(row))
    open_figures = ClauseFigure.objects.filter(clause=clause, dropped=False, confirmed_at=None)
    open_figures.update(confirmed_by=actor.name, confirmed_at=now)
    tell(
        row,
        "clause_mended",
        f"核对了 {clause.label}",
        before={name: before[name] for name in changed} | {"label": clause.label},
        after={name: _plain(value) for name, value in changed.items()} | {"label": clause.label},
        actor=actor,
        now=now,
    )


@transaction.atomic
def split_clause(
    *,
    campaign_id: UUID,
    seen_version: int,
    clause_id: UUID,
    cuts: Sequence[int],
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Split a long sentence; its parts keep its parties and deadline. cuts: offsets into its text, in order."""
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    clause = _standing(row, clause_id)
    say = refused_cuts(clause.text, cuts)
    if say:
        raise Refusal("campaigns.cannot_split", say)
    bounds = [0, *cuts, len(clause.text)]
    parts = [
        _like(clause, label=part_label(clause.label, number), start=clause.start + start, text=clause.text[start:end])
        for number, (start, end) in enumerate(pairwise(bounds))
    ]
    write(row, seen_version, changed_at=now, clauses_count=F("clauses_count") + len(parts) - 1)
    Clause.objects.filter(pk=clause.pk).update(state=ClauseState.REPLACED)
    _put(row, parts)
    _tell_clauses(row, "clause_split", f"{clause.label} 拆成 {len(parts)} 条", [one.label for one in parts], actor, now)
    return [one.pk for one in parts]


@transaction.atomic
def join_clauses(*, campaign_id: UUID, seen_version: int, clauses: Sequence[UUID], actor: Actor, now: datetime) -> UUID:
    """Join clauses of one paragraph with what stands between them: the parties of all, the first deadline given."""
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    found = list(row.clauses.in_text().filter(pk__in=list(clauses)))
    say = refused_join([(one.paragraph, one.start, one.end) for one in found])
    if say:
        raise Refusal("campaigns.cannot_join", say)
    first, last = found[0], found[-1]
    between = _kept(row).filter(paragraph=first.paragraph, start__gt=first.start, start__lt=last.start)
    if between.exclude(pk__in=[one.pk for one in found]).exists():
        raise Refusal("campaigns.cannot_join", "选中的几条中间还有别的句子。请连中间的一起选；不算要求的先恢复。")
    whole = _like(
        first,
        label=first.label,
        start=first.start,
        text=row.paragraphs[first.paragraph][first.start : last.end],
    )
    whole.parties = list(dict.fromkeys(name for one in found for name in one.parties))
    whole.units = list(dict.fromkeys(unit for one in found for unit in one.units))
    dated = next((one for one in found if one.due_on or one.due_text), first)
    whole.due_on, whole.due_text, whole.due_implied = dated.due_on, dated.due_text, dated.due_implied
    write(row, seen_version, changed_at=now, clauses_count=F("clauses_count") + 1 - len(found))
    Clause.objects.filter(pk__in=[one.pk for one in found]).update(state=ClauseState.REPLACED)
    _put(row, [whole])
    _tell_clauses(row, "clauses_joined", "合并", [one.label for one in found], actor, now)
    return whole.pk


@transaction.atomic
def add_clause(
    *, campaign_id: UUID, seen_version: int, paragraph: int, start: int, end: int, actor: Actor, now: datetime
) -> UUID:
    """Take a passage of the text as a clause, which the reading missed."""
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    if not 0 <= paragraph < len(row.paragraphs) or not 0 <= start < end <= len(row.paragraphs[paragraph]):
        raise Refusal("campaigns.no_passage", "选中的文字不在方案里。请刷新页面重新选。")
    text = row.paragraphs[paragraph][start:end]
    if len(text.strip()) < LEAST:
        raise Refusal("campaigns.short_passage", f"请选中一句完整的要求，至少 {LEAST} 个字。")
    taken = _kept(row).filter(paragraph=paragraph, start__lt=end, end__gt=start).first()
    if taken is not None:
        raise Refusal("campaigns.passage_taken", f"这段文字已经在 {taken.label} 里。要分开请拆分那一条。")
    headings = [one for one in row.headings if one["place"]["paragraph"] <= paragraph]
    section = headings[-1]["section"] if headings else ""
    clause = Clause(
        campaign=row,
        town_id=row.town_id,
        label=_free_label(row, section),
        section=section[:64],
        section_title=headings[-1]["text"][:160] if headings else "",
        paragraph=paragraph,
        start=start,
        end=end,
        text=text,
        gist=text[:200],
        source="by_hand",
        mended_by=actor.name,
    )
    write(row, seen_version, changed_at=now, clauses_count=F("clauses_count") + 1)
    _put(row, [clause])
    _tell_clauses(row, "clause_added", "补了一条要求", [clause.label], actor, now)
    return clause.pk


@transaction.atomic
def confirm_figures(
    *,
    campaign_id: UUID,
    seen_version: int,
    clause_id: UUID,
    keys: Sequence[str],
    not_by_data: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Say what a clause is measured by: these indicators of the catalogue and no other; own ones stay as they are.

    not_by_data: why no data can say it, where that is so; then no key may be given.
    """
    row = campaign_to(CampaignAct.MEASURE, actor, campaign_id)
    clause = clause_of(row, clause_id)
    unknown = [key for key in keys if key not in BY_KEY]
    if unknown:
        raise NotFound("campaigns.no_indicator", "选的指标没有找到，请刷新页面重新选。")
    if keys and not_by_data.strip():
        raise Refusal("campaigns.both", "选了指标，就不用写不能用数据衡量的理由；两者请留一个。", field="not_by_data")
    before = sorted(clause.figures.filter(dropped=False).values_list("key", flat=True))
    write(row, seen_version, changed_at=now)
    Clause.objects.filter(pk=clause.pk).update(not_by_data=written(Clause, "not_by_data", not_by_data))
    clause.figures.filter(own__isnull=True).exclude(key__in=list(keys)).update(dropped=True, confirmed_at=None)
    wanted = [
        ClauseFigure(
            campaign=row, clause=clause, key=key, place=place, confirmed_by=actor.name, confirmed_at=now, dropped=False
        )
        for place, key in enumerate(dict.fromkeys(keys))
    ]
    ClauseFigure.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["clause", "key"],
        update_fields=["place", "confirmed_by", "confirmed_at", "dropped"],
    )
    tell(
        row,
        "figures_confirmed",
        f"{clause.label} 的指标：" + ("、".join(BY_KEY[key].title for key in keys) or not_by_data.strip() or "未定"),
        before={"label": clause.label, "keys": before},
        after={"label": clause.label, "keys": list(keys), "not_by_data": not_by_data.strip()},
        actor=actor,
        now=now,
    )


def _doubt_far(row: Campaign, clause: Clause, due_on: date | None, *, is_sure: bool) -> None:
    """Refuse a deadline far beyond the campaign's days, unless it stood there or the person looked at it again."""
    if due_on is None or due_on == clause.due_on or is_sure:
        return
    say = far_due(due_on, starts_on=row.starts_on, ends_on=row.ends_on)
    if say:
        raise Refusal("campaigns.far_due", say, field="due_on")


def _goals(row: Campaign) -> list[dict[str, Any]]:
    """Return the goals of a plan after a person said which sentences are some."""
    return [
        {
            "id": one.label,
            "text": one.text,
            "absolutes": list(absolutes_of(one.text)),
            "place": {"paragraph": one.paragraph, "start": one.start, "end": one.end},
        }
        for one in row.clauses.in_text().filter(source="goal")
    ]


def clause_of(row: Campaign, clause_id: UUID) -> Clause:
    """Return a clause that was not replaced by its parts. Raises NotFound."""
    found = row.clauses.exclude(state=ClauseState.REPLACED).filter(pk=clause_id).first()
    if found is None:
        raise NotFound("campaigns.no_clause", "没有找到这条要求，可能已经拆分或合并。请刷新页面。")
    return found


def _standing(row: Campaign, clause_id: UUID) -> Clause:
    """Return a clause that counts; what was set aside is taken back first, so that it is counted again."""
    found = clause_of(row, clause_id)
    if found.state == ClauseState.SET_ASIDE:
        raise Refusal("campaigns.set_aside", f"{found.label} 不算要求。要改它，请先点“还是算要求”。")
    return found


def _kept(row: Campaign) -> ClauseQuerySet:
    """Return every clause that holds a passage of the text, those set aside too: no passage is in two."""
    return row.clauses.exclude(state=ClauseState.REPLACED)


def _like(clause: Clause, *, label: str, start: int, text: str) -> Clause:
    return Clause(
        campaign_id=clause.campaign_id,
        town_id=clause.town_id,
        label=label[:80],
        section=clause.section,
        section_title=clause.section_title,
        paragraph=clause.paragraph,
        start=start,
        end=start + len(text),
        text=text,
        gist=text.strip("，,；;。")[:200],
        deontic=clause.deontic if clause.deontic in text else "",
        parties=clause.parties,
        parties_implied=clause.parties_implied or start != clause.start,
        units=clause.units,
        due_on=clause.due_on,
        due_text=clause.due_text,
        due_implied=clause.due_implied or bool(clause.due_text and clause.due_text not in text),
        source=clause.source,
        parent=clause,
    )


def _put(row: Campaign, clauses: Sequence[Clause]) -> None:
    Clause.objects.bulk_create(clauses)
    ClauseFigure.objects.bulk_create(
        ClauseFigure(campaign=row, clause=clause, key=one.key, place=place, words=list(one.words))
        for clause in clauses
        for place, one in enumerate(suggest(clause.text))
    )


def _free_label(row: Campaign, section: str) -> str:
    taken = set(row.clauses.filter(section=section[:64]).values_list("label", flat=True))
    number = len(taken) + 1
    while f"{section}-{number}" in taken:
        number += 1
    return f"{section}-{number}"[:80]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | list | bool) else str(value or "")


def _tell_clauses(row: Campaign, kind: str, say: str, labels: list[str], actor: Actor, now: datetime) -> None:
    shown = "、".join(labels[:SHOWN]) + (f" 等 {len(labels)} 条" if len(labels) > SHOWN else "")
    tell(row, kind, f"{say}：{shown}", after={"labels": labels}, actor=actor, now=now)
