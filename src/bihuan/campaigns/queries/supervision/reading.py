"""Bulletins as pages and files show them: the text with its figures, and what the units said beside it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.models import Bulletin, BulletinUnit, Campaign
from bihuan.campaigns.queries.finding import is_whole, row_for
from bihuan.campaigns.queries.supervision.gathering import parts_of, recount
from bihuan.campaigns.queries.supervision.word import annex_of, word_of
from bihuan.campaigns.rules.grounding import grounds_in_words, without_codes
from bihuan.campaigns.rules.knowing import as_known_then
from bihuan.campaigns.rules.supervision.figures import BY_NAME, FLOWS
from bihuan.campaigns.rules.supervision.lines import (
    BulletinLine,
    BulletinView,
    EarlierReply,
    EditionLine,
    FigureView,
    NamedUnit,
)
from bihuan.campaigns.rules.supervision.naming import long_day, span
from bihuan.campaigns.rules.supervision.text import Figure, Text, as_lines, block_of, figure_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.stats import queries as stats
from bihuan.trail import queries as trail
from bihuan.trail.queries import OpenedFile

MOST: Final = 500
ANNEX_HEAD: Final = ("序号", "指标", "数值", "时间", "统计范围", "依据")


def bulletins_of(viewer: Actor, campaign_id: UUID) -> list[BulletinLine]:
    """Return the bulletins of a campaign that the viewer sees, the latest first. Three queries."""
    row = row_for(viewer, campaign_id)
    rows = list(Bulletin.objects.open_to(viewer).filter(campaign=row).order_by("-made_at", "id")[:MOST])
    names: dict[UUID, list[str]] = {}
    for one in BulletinUnit.objects.filter(bulletin__in=rows, left_at=None).select_related("part"):
        names.setdefault(one.bulletin_id, []).append(one.part.name)
    return [_line(one, tuple(names.get(one.pk, ()))) for one in rows]


def _line(one: Bulletin, units: tuple[str, ...] = ()) -> BulletinLine:
    return BulletinLine(
        id=one.pk,
        version=one.version,
        kind=one.kind,
        state=one.state,
        title=one.title,
        since=one.since,
        until=one.until,
        edition=one.edition,
        number=one.number,
        reply_by=one.reply_by,
        correct_by=one.correct_by,
        made_at=one.made_at,
        made_by=one.made_by,
        issued_at=one.issued_at,
        issued_by=one.issued_by,
        withdrawn_why=one.withdrawn_why,
        units=units,
    )


def _row(viewer: Actor, campaign_id: UUID, bulletin_id: UUID) -> tuple[Campaign, Bulletin]:
    row = row_for(viewer, campaign_id)
    found = Bulletin.objects.open_to(viewer).filter(campaign=row, pk=bulletin_id).first()
    if found is None:
        raise NotFound("campaigns.no_bulletin", "没有找到这份稿件，或者它不在您的管辖范围内。")
    return row, found


def bulletin_for(viewer: Actor, campaign_id: UUID, bulletin_id: UUID, *, edition: int | None = None) -> BulletinView:
    """Return a bulletin with the text that stands, or an earlier edition of it for those who see the town whole.

    What a unit replied is for itself and for them. Raises NotFound.
    """
    _, one = _row(viewer, campaign_id, bulletin_id)
    whole = is_whole(viewer, one.path)
    number = edition if edition is not None and whole else one.edition
    text = one.texts.filter(number=number).first()
    if text is None:
        raise NotFound("campaigns.no_edition", "没有这一稿。")
    named = list(one.units.select_related("part").order_by("part__sort_no"))
    blocks = [block_of(kept) for kept in text.blocks]
    return BulletinView(
        line=_line(one, tuple(unit.part.name for unit in named if unit.left_at is None)),
        blocks=blocks,
        figures={kept["key"]: figure_of(kept) for kept in text.figures},
        typed=text.typed,
        editions=[
            EditionLine(kept.number, kept.written_at, kept.written_by, kept.why)
            for kept in one.texts.order_by("-number")
        ]
        if whole
        else (),
        named=[_named(unit, viewer) for unit in named if whole or unit.part.unit_id in viewer.own_units],
        lines=as_lines(blocks),
        known=_known(one, [figure_of(kept) for kept in text.figures]),
    )


def _known(one: Bulletin, figures: Sequence[Figure]) -> str:
    """Return of what day its figures know, "" where it was written on its last day or counts nothing of its days."""
    if day_of(one.made_at) <= one.until or not any(figure.name in FLOWS for figure in figures):
        return ""
    return as_known_then(long_day(one.until))


def _named(one: BulletinUnit, viewer: Actor) -> NamedUnit:
    return NamedUnit(
        id=one.pk,
        version=one.version,
        name=one.part.name,
        unit_id=one.part.unit_id,
        grounds=one.grounds,
        words=one.words,
        reply=one.reply,
        replied_at=one.replied_at,
        replied_by=one.replied_by,
        heard_why=one.heard_why,
        left=one.left_at is not None,
        answer=one.answer,
        answered_at=one.answered_at,
        answered_by=one.answered_by,
        confirmed_at=one.confirmed_at,
        sent_back_why=one.sent_back_why,
        own=one.part.unit_id in viewer.own_units,
        reply_files=[UUID(file) for file in one.reply_files],
        answer_files=[UUID(file) for file in one.answer_files],
        earlier=[_earlier(said) for said in one.earlier],
    )


def _earlier(said: Mapping[str, Any]) -> EarlierReply:
    files = [UUID(file) for file in said["files"]]
    return EarlierReply(said["reply"], datetime.fromisoformat(said["at"]), said["by"], said["heard_why"], files)


def figure_for(viewer: Actor, campaign_id: UUID, bulletin_id: UUID, key: str, *, today: date) -> FigureView:
    """Return a figure of a bulletin as it was written; with its rows, and counted again as the town counts it, for
    whoever sees all that it counts.

    Figures of earlier editions are found by those who may read these. Raises NotFound.
    """
    row, one = _row(viewer, campaign_id, bulletin_id)
    texts = one.texts.order_by("-number")
    for text in texts if is_whole(viewer, one.path) else texts.filter(number=one.edition):
        for kept in text.figures:
            if kept["key"] == key:
                return _figure_view(viewer, row, figure_of(kept), today)
    raise NotFound("campaigns.no_figure", "这份稿子里没有这个数。")


def _figure_view(viewer: Actor, row: Campaign, figure: Figure, today: date) -> FigureView:
    is_open = _sees(viewer, row, figure)
    return FigureView(
        figure=figure,
        meaning=without_codes(figure.meaning),
        basis=grounds_in_words(figure.source),
        is_open=is_open,
        again=recount(row, figure, today=today) if is_open else "",
        parts=parts_of(row, figure, today=today) if is_open else (),
    )


def _sees(viewer: Actor, row: Campaign, figure: Figure) -> bool:
    """Tell whether a viewer sees all that a figure counts: the unit its own, a department its sectors, the town all."""
    if figure.part:
        own = row.units.filter(pk=figure.part, unit_id__in=viewer.own_units).exists()
        return own or is_whole(viewer, row.path)
    try:
        stats.place_of(viewer, figure.path, figure.sectors)
    except NotFound:
        return False
    return True


def word_for(viewer: Actor, campaign_id: UUID, bulletin_id: UUID) -> tuple[str, bytes]:
    """Return the name and the bytes of a bulletin as a Word document: the text alone, as it is issued."""
    view = bulletin_for(viewer, campaign_id, bulletin_id)
    text = Text(view.line.title, tuple(view.blocks), tuple(view.figures.values()))
    return f"{_file_name(view.line.title)}.docx", word_of(text)


def annex_for(viewer: Actor, campaign_id: UUID, bulletin_id: UUID) -> tuple[str, bytes]:
    """Return the name and the bytes of the list of a bulletin's figures, in words for whoever reads it on paper."""
    row, _ = _row(viewer, campaign_id, bulletin_id)
    view = bulletin_for(viewer, campaign_id, bulletin_id)
    rows = [(str(number), *_listed(one)) for number, one in enumerate(view.figures.values(), 1)]
    notes = [f"表中“方案”指《{row.title}》" + (f"（{row.doc_number}）" if row.doc_number else "") + "。"]
    notes.append(_range_of(row, view.line.until))
    notes += [view.known] if view.known else []
    notes += [f"文中“{one['number']}”是人工填写的数：{one['why']}（{one['by']}）。" for one in view.typed]
    title = f"{view.line.title}数据说明"
    return f"{_file_name(title)}.docx", annex_of(title, head=ANNEX_HEAD, rows=rows, notes=notes)


def _range_of(row: Campaign, until: date) -> str:
    """Say which hazards are meant: those of the campaign, as its plan page counts them."""
    start = long_day(row.starts_on or until)
    return (
        f"隐患按专项行动的范围统计：{start}开始时没有销号的，以及以后登记的和反弹重开的；开始前已经销号的、移送的和不成立的不计。"
        f"发现、销号的项数按表中所列时间统计。"
    )


def _listed(one: Figure) -> tuple[str, ...]:
    """Return a figure in words: its name, what it says, of which days, where it was counted, and what it rests on."""
    indicator = BY_NAME.get(one.name)
    name = one.title or without_codes(one.meaning).partition("：")[0]
    value = one.text if indicator is None or not one.text.isdigit() else f"{one.text} {indicator.unit}".strip()
    days = f"截至{long_day(one.until)}"
    if one.name in FLOWS:
        days = span(one.since, one.until)
    return name, value, days, one.place, grounds_in_words(one.source)


def _file_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in '\\/:*?"<>|')


def said_paper_of(viewer: Actor, campaign_id: UUID, bulletin_id: UUID, file_id: UUID) -> OpenedFile:
    """Open a paper that a unit handed in with its reply or answer, for itself and for those who see the town whole."""
    view = bulletin_for(viewer, campaign_id, bulletin_id)
    if not any(file_id in _papers(one) for one in view.named):
        raise NotFound("campaigns.no_file", "没有找到这份材料，或者它不在您的管辖范围内。")
    return trail.open_file(file_id, "original")


def _papers(one: NamedUnit) -> set[UUID]:
    return {*one.reply_files, *one.answer_files, *(file for said in one.earlier for file in said.files)}
