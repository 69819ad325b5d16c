"""The archive package: made once when a campaign is archived, kept as it was sealed, and given out as it is kept."""

import tempfile
from typing import IO, Final
from uuid import UUID

from bihuan.campaigns.models import Campaign
from bihuan.campaigns.queries.archive import registers, supervised
from bihuan.campaigns.queries.archive.cases import cases_table
from bihuan.campaigns.queries.archive.happened import events_table
from bihuan.campaigns.queries.archive.papers import Paper, Papers
from bihuan.campaigns.queries.finding import is_whole, row_for, view_of
from bihuan.campaigns.rules.closing import (
    CLAUSE_HEAD,
    CONTENTS,
    INDEX,
    INNER,
    NOBODYS,
    SUMS,
    Table,
    clause_rows,
    contents_list,
    index_page,
)
from bihuan.campaigns.rules.handing import HAZARD_HEAD, OPEN_HEAD, item_of, open_rows
from bihuan.campaigns.rules.life import CampaignState
from bihuan.campaigns.rules.supervision.life import keeps_cases
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail import queries as trail
from bihuan.trail.packages import Package, open_package

IN_MEMORY: Final = 16 * 1024 * 1024


def archive_of(viewer: Actor, campaign_id: UUID) -> tuple[str, IO[bytes]]:
    """Return the name and the content of the package of an archived campaign, open at its beginning.

    It holds what every unit handed in, so only who sees the whole town gets it. Raises NotFound, Refusal.
    """
    row = row_for(viewer, campaign_id)
    if not is_whole(viewer, row.path):
        raise NotFound("campaigns.no_package", "没有找到归档包，或者不在您的管辖范围内。")
    if row.state != CampaignState.ARCHIVED:
        raise Refusal("campaigns.not_archived", "这个专项行动还没有归档。")
    inner = _inner_of(viewer, row)
    kept = inner or (row.frozen or {}).get("package")
    if kept is None:  # archived before packages were kept: made again, with more in it than what was sealed then
        stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- the response closes it
        pack(row, stream)
        stream.seek(0)
        return f"{row.title}-归档（重新生成）.zip", stream
    try:
        return f"{row.title}-归档{'（含问责和暗访）' if inner else ''}.zip", open_package(kept)
    except FileNotFoundError as lost:
        raise Refusal("campaigns.package_lost", "归档包在文件库里找不到了。请报系统管理员从备份里恢复。") from lost


def _inner_of(viewer: Actor, row: Campaign) -> str:
    """Return the package with cases and covert rounds for who may see these; "" for all others, and where none is."""
    kept = (row.frozen or {}).get("inner") or {}
    return str(kept.get("package", "")) if keeps_cases(viewer, row.town_id) else ""


def papers_size(row: Campaign) -> int:
    """Return how many bytes of papers the packages of a campaign would hold."""
    _, papers = _gathered(row, inner=True)
    ids = [one.file_id for kept in papers.kept.values() for one in kept]
    return sum(one.size for one in trail.files(ids).values())


def pack(row: Campaign, stream: IO[bytes], *, inner: bool = False) -> str:
    """Write the package of a closed campaign; return the hash of its manifest. Raises Refusal where a paper is lost.

    inner: with cases and covert rounds that were not fed back, for who keeps the register of accountability.
    """
    assert row.closed_at is not None  # noqa: S101 -- only a closed campaign is packed
    assert row.frozen is not None  # noqa: S101 -- its figures were frozen when it was closed
    tables, papers = _gathered(row, inner=inner)
    left_out = NOBODYS if inner else INNER + NOBODYS
    pages = list(supervised.bulletin_pages(row))
    files = {folder: [(one.name, one.what) for one in kept] for folder, kept in papers.kept.items()}
    linked = row.linked or row.links.first()
    index = index_page(
        view_of(row), row.frozen, tables, pages, files, left_out=left_out, linked=linked.title if linked else ""
    )
    with Package(stream, at=row.closed_at) as package:
        package.add(
            CONTENTS,
            contents_list(row.title, tables, [(one.name, one.title) for one in pages], files),
            key="contents.txt",
        )
        package.add(INDEX, index, key="index.html")
        for table in tables:
            package.add_table(table.name, table.head, table.rows, key=table.key)
        for page in pages:
            package.add(page.name, page.content, key=page.key)
        for one in (paper for kept in papers.kept.values() for paper in kept):
            _add(package, one)
        return package.seal(
            {
                "campaign": str(row.pk),
                "title": row.title,
                "closed_at": row.closed_at.isoformat(timespec="seconds"),
                "left_out": [{"what": what, "why": why} for what, why in left_out],
            },
            sums=SUMS,
        )


def _add(package: Package, paper: Paper) -> None:
    try:
        opened = trail.open_file(paper.file_id, "original")
    except FileNotFoundError as lost:
        say = f"“{paper.what}”在文件库里找不到了，归档包会缺这一份，没有归档。请报系统管理员从备份里恢复。"
        raise Refusal("campaigns.paper_lost", say) from lost
    with opened.stream as content:
        package.add_stream(paper.name, content, key=paper.key)


def _gathered(row: Campaign, *, inner: bool) -> tuple[list[Table], Papers]:
    """Return the tables of a package in their order, and the papers that they speak of."""
    assert row.frozen is not None  # noqa: S101 -- its figures were frozen when it was closed
    papers, events = Papers(), trail.events_of([row.pk])
    papers.know([row.file_id])
    papers.keep("plan", "方案", "方案原件", [row.file_id])
    open_ones = open_rows([item_of(one) for one in row.frozen.get("handover", ())])
    tables = [
        Table("clauses.csv", "要求和指标（收尾时的数）", CLAUSE_HEAD, clause_rows(row.frozen)),
        Table("handover.csv", "没有办完、移交日常管理的事", OPEN_HEAD, open_ones),
        Table("open_hazards.csv", "没有销号、转入日常管理的隐患", HAZARD_HEAD, row.frozen["open_hazards"]),
        *registers.tables_of(row, papers, events),
        *supervised.tables_of(row, papers, inner=inner),
        *([cases_table(row, papers)] if inner else ()),
        events_table(row, events, inner=inner),
    ]
    return tables, papers
