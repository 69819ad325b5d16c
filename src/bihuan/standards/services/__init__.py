"""What standards does: load the packaged data, set a town's parameter, import a holiday notice."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound
from bihuan.kernel.ids import new_id
from bihuan.kernel.roles import Role
from bihuan.standards import queries, rules
from bihuan.standards.data import criteria_digest, noticed_years, read_library
from bihuan.standards.models import (
    HolidayDay,
    HolidayYear,
    MajorHazardCriterion,
    ParameterOverride,
    Stamp,
    StandardDocument,
)
from bihuan.standards.rules import BadValue, CalendarYear, Criterion, SpecialDay, Standard, guiding
from bihuan.standards.rules.guiding import Answers, Paper, Subject
from bihuan.trail import queries as trail_queries
from bihuan.trail import services as trail
from bihuan.trail.news import News


def _restamp(scope: str, *, digest: str = "") -> None:
    """Draw a new token, so that every process reads this set again."""
    Stamp.objects.update_or_create(scope=scope, defaults={"token": new_id(), "digest": digest})


@transaction.atomic
def load_reference_data(*, actor: Actor = PLATFORM, now: datetime | None = None) -> bool:
    """Bring the packaged criteria and the holiday seed into the database; tell whether anything was new.

    Quick and harmless when nothing changed. A year that a person imported or edited is never overwritten; a
    provisional one gives way to a notice. now: given by the doors, then the loading leaves its event.
    """
    loaded = [_load_criteria(), _load_years()]
    if any(loaded) and now is not None:
        say = "装入随软件发布的判定标准和节假日安排"
        news = News("standards.loaded", say, "standards", new_id(), None, after={"digest": criteria_digest()})
        trail.record([news], actor=actor, now=now)
    return any(loaded)


def _load_criteria() -> bool:
    digest = criteria_digest()
    if Stamp.objects.filter(scope=queries.CRITERIA, digest=digest).exists():
        return False
    packaged = read_library()
    _upsert(StandardDocument, [_standard_row(one) for one in packaged.standards])
    _upsert(MajorHazardCriterion, [_criterion_row(item, place) for place, item in enumerate(packaged.criteria)])
    _restamp(queries.CRITERIA, digest=digest)
    return True


def _upsert(model: type[StandardDocument] | type[MajorHazardCriterion], rows: list[Any]) -> None:
    facts = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        rows, batch_size=200, update_conflicts=True, unique_fields=["id"], update_fields=facts
    )


def _standard_row(one: Standard) -> StandardDocument:
    facts = {field.attname: getattr(one, field.attname) for field in StandardDocument._meta.concrete_fields}
    return StandardDocument(
        **{**facts, "general_rules": [asdict(rule) for rule in one.general_rules], "prompts": list(one.prompts)}
    )


def _criterion_row(item: Criterion, place: int) -> MajorHazardCriterion:
    return MajorHazardCriterion(
        id=item.id,
        standard_id=item.standard_id,
        place=place,
        clause=item.clause,
        group=item.group,
        sectors=sorted(item.sectors),
        features=sorted(item.features),
        text=item.text,
        objects_named=list(item.objects),
        cues=list(item.cues),
        counter_cues=list(item.counter_cues),
        confidence=item.confidence,
        kind=item.kind,
        completeness=item.completeness,
        refers_to=item.refers_to,
        open_ended=item.open_ended,
        note=item.note,
    )


def _load_years() -> bool:
    """Write the seed's years that the national table lacks or holds only provisionally."""
    settled = set(HolidayYear.objects.filter(town_id=None, provisional=False).values_list("year", flat=True))
    new = [year for number, year in sorted(noticed_years().items()) if number not in settled]
    _write_years(None, new, actor=PLATFORM, now=None)
    if new:
        _restamp(queries.CALENDAR)
    return bool(new)


def _write_years(town_id: UUID | None, years: Sequence[CalendarYear], *, actor: Actor, now: datetime | None) -> None:
    latest = HolidayYear.objects.filter(town_id=town_id).values_list("year").annotate(Max("version"))
    versions: dict[int, int] = dict(latest.order_by())
    rows = [
        HolidayYear(
            town_id=town_id,
            year=year.year,
            version=versions.get(year.year, 0) + 1,
            source=year.source,
            provisional=year.provisional,
            set_at=now,
            set_by=actor.name,
        )
        for year in years
    ]
    HolidayYear.objects.bulk_create(rows)
    HolidayDay.objects.bulk_create(
        [
            HolidayDay(holiday_year=row, day=one.day, kind=one.kind, name=one.name)
            for row, year in zip(rows, years, strict=True)
            for one in year.days
        ],
        batch_size=500,
    )


def _only_admins(actor: Actor, town_id: UUID | None) -> None:
    """Refuse who may not set this town's data; None is the national calendar, set by administrators above towns."""
    if not actor.has_role(*rules.MAY_EDIT):
        raise NotAllowed("standards.not_allowed", "参数和日历由本镇系统管理员或安监办主任修改。请联系他们。")
    if town_id is None and not actor.has_role(Role.SYSTEM_ADMIN, Role.SYSTEM):
        raise NotAllowed("standards.national", "全国统一的日历由平台的系统管理员修改。请联系他们。")
    if actor.town_id != town_id and not actor.has_role(Role.SYSTEM):
        raise NotFound("standards.other_town")


@transaction.atomic
def set_parameter(
    *,
    town_id: UUID,
    name: str,
    value: str,
    valid_from: date,
    valid_to: date | None = None,
    source: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a town its own value of a parameter from a day on, with its source; earlier entries stay on record.

    valid_from: today or later, for what has happened keeps the number of its day (R0.1).
    """
    _only_admins(actor, town_id)
    declared = rules.parameter(name)
    if not declared.editable:
        raise BadValue("standards.fixed", f"“{declared.title}”由法律规定，不能修改。")
    if not source.strip():
        raise BadValue("standards.no_source", "请写明依据的文件名称和文号，没有文件的写明谁定的。", field="source")
    if valid_from < day_of(now):
        say = f"启用日期不能早于今天（{day_of(now).isoformat()}）：以前的事已经按当天的数算过。请填今天或以后的一天。"
        raise BadValue("standards.begins_before_today", say, field="valid_from")
    if valid_to is not None and valid_to < valid_from:
        raise BadValue("standards.ends_early", "停用日期早于启用日期。请改正其中一个。", field="valid_to")
    read = rules.read_value(declared, value)
    before = queries.parameter(name, town_id=town_id, on=valid_from)
    ParameterOverride.objects.create(
        town_id=town_id,
        name=name,
        value=str(read),
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip(),
        set_at=now,
        set_by=actor.name,
    )
    _restamp(queries.town_stamp(town_id))
    news = News(
        "parameter.set",
        f"“{declared.title}”自{valid_from.isoformat()}起由{before}{declared.unit}改为{read}{declared.unit}",
        "parameter",
        rules.parameter_subject(town_id, name),
        town_id,
        path=actor.unit_path,
        reason=source.strip(),
        before={name: str(before)},
        after={name: str(read), "valid_from": valid_from.isoformat()},
    )
    trail.record([news], actor=actor, now=now)


@transaction.atomic
def import_holidays(
    *,
    year: int,
    days: Sequence[SpecialDay],
    source: str,
    town_id: UUID | None = None,
    provisional: bool = False,
    actor: Actor,
    now: datetime,
) -> tuple[date, ...]:
    """Replace a year of the calendar by a notice (nationally, or for one town); return the days that changed.

    A notice also names days of the neighbouring years; those are laid over what these years hold.
    The event names the changed days, so that followers can compute again what depends on them.
    """
    _only_admins(actor, town_id)
    if not source.strip():
        raise BadValue("standards.no_source", "请写明通知的名称或文号，没有通知的写明谁定的。", field="source")
    laid = rules.lay_holidays(
        CalendarYear(year, tuple(days), source.strip(), provisional), queries.calendar_years(town_id)
    )
    new = [year for _, year in laid]
    moved = [day for old, year in laid for day in rules.moved_days(old, year)]
    _write_years(town_id, new, actor=actor, now=now)
    _restamp(queries.CALENDAR if town_id is None else queries.town_stamp(town_id))
    news = News(
        "calendar.year_set",
        f"{year}年节假日安排按“{source.strip()}”更新，{len(moved)}天的上班、放假有变化",
        "calendar",
        rules.calendar_subject(town_id, year),
        town_id,
        path=actor.unit_path,
        reason=source.strip(),
        figures={"year": year, "moved": [day.isoformat() for day in moved]},
    )
    trail.record([news], actor=actor, now=now)
    return tuple(moved)


@transaction.atomic
def keep_answers(*, about: Subject, paper: Paper, given: Answers, actor: Actor, now: datetime) -> None:
    """Keep who answered which guided questions about a hazard or an enterprise, and what they come to.

    The answers live in the trail beside the decision that they lead to; a person decides, nothing else changes. The
    same answers of the same person, sent twice, are kept once.
    """
    result = guiding.result_of(paper, given)
    figures = {**guiding.kept(paper, given, result), "version": queries.asking_version(about.path)}
    earlier = trail_queries.events_of([about.subject_id], kinds=[queries.ASKED])
    if any(one.actor_id == actor.user_id and dict(one.figures) == figures for one in earlier):
        return
    news = News(
        queries.ASKED,
        f"一问一答：{guiding.said(result)}，答了{len(given)}问",
        about.subject_type,
        about.subject_id,
        about.town_id,
        path=about.path,
        sector=about.sector,
        enterprise_id=about.enterprise_id,
        level=about.level,
        reason=result.why,
        figures=figures,
    )
    trail.record([news], actor=actor, now=now)
