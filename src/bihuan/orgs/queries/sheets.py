"""The workbook of units, posts and people: the template to fill in, and what its checks compare with."""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import xlsxwriter

from bihuan.orgs.models import Holding, Post, Unit, User
from bihuan.orgs.queries.units import town
from bihuan.orgs.rules import UnitKind
from bihuan.orgs.rules.sheet import TABLES, Column, Known
from bihuan.orgs.rules.sheet.checks import POST_WORDS, ROLE_WORDS, UNIT_WORDS


def template(sectors: Sequence[str], *, more: Sequence[tuple[str, Sequence[Column]]] = ()) -> bytes:
    """Return the workbook to fill in: a sheet a table with hints under the titles, and the words to choose from.

    sectors: the names of the sectors. more: further sheets (name, columns) that other rooms read.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#e9f0fa", "border": 1, "text_wrap": True}),
            "hint": book.add_format({"font_color": "#5d6779", "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"num_format": "@"}),
        }
        for name, columns in [*((kind.name, kind.columns) for kind in TABLES), *more]:
            _write_table(book.add_worksheet(name), columns, formats)
        words = {
            "类别": list(UNIT_WORDS)[:7],
            "岗位类别": list(POST_WORDS),
            "角色": list(ROLE_WORDS),
            "行业": list(sectors),
        }
        _write_words(book.add_worksheet("可选的词"), words, formats)
    return buffer.getvalue()


def _write_table(page: Any, columns: Sequence[Column], formats: Mapping[str, Any]) -> None:
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width, formats["text"])
        page.write_string(0, at, column.titles[0] + ("*" if column.is_needed else ""), formats["head"])
        page.write_string(1, at, column.hint, formats["hint"])
    page.set_row(1, 48)
    page.freeze_panes(2, 1)


def _write_words(page: Any, words: Mapping[str, Sequence[str]], formats: Mapping[str, Any]) -> None:
    for at, (title, some) in enumerate(words.items()):
        page.set_column(at, at, 22)
        page.write_string(0, at, title, formats["head"])
        page.write_column(1, at, some)


def sheet_known(town_id: UUID, *, sectors: Mapping[str, str]) -> Known:
    """Return what the checks of a workbook compare with. sectors: code by word; this room does not know them."""
    ref = town(town_id)
    units = list(Unit.objects.filter(town_id=town_id).exclude(kind=UnitKind.TOWN).open())
    posts = Post.objects.filter(town_id=town_id, closed_on=None, enterprise_id=None).values_list("unit__name", "title")
    held = Holding.objects.filter(post__town_id=town_id, to_on=None, post__enterprise_id=None)
    return Known(
        town_name=ref.name,
        town_path=ref.path,
        units={name: UnitKind(row.kind) for row in units for name in (row.name, row.short_name)},
        full_names={name: row.name for row in units for name in (row.name, row.short_name)},
        posts=frozenset(posts),
        held=frozenset(held.values_list("post__unit__name", "post__title")),
        accounts=frozenset(User.objects.values_list("account", flat=True)),
        sectors=sectors,
    )
