"""The one way into rows: `visible_to(viewer)` (design, section 3). Other rooms may import this file."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from bihuan.kernel.actor import Scope, SectorScope
from bihuan.kernel.paths import path_upper_bound

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class ScopeColumns:
    """Which columns of a model carry the dimensions of visibility; "" where it has none.

    town: the owning town's id. path: the unit path. sector: the lead sector. enterprise: the enterprise's id.
    """

    town: str = "town_id"
    path: str = "path"
    sector: str = ""
    enterprise: str = ""


def _below(column: str, path: str) -> Q:
    return Q(**{f"{column}__gte": path, f"{column}__lt": path_upper_bound(path)})


def _in_sector(columns: ScopeColumns, part: SectorScope) -> Q:
    return _below(columns.path, part.path) & Q(**{f"{columns.sector}__in": part.sectors})


def scope_filter(scope: Scope, columns: ScopeColumns) -> Q:
    """Return the condition under which a row is inside a scope; nothing is inside an empty one."""
    parts: list[Q] = []
    if columns.path:
        parts += [_below(columns.path, path) for path in scope.paths if path]  # "" would be below everything
    if columns.path and columns.sector:
        parts += [_in_sector(columns, part) for part in scope.sectors if part.path]
    if columns.enterprise and scope.enterprises:
        parts.append(Q(**{f"{columns.enterprise}__in": scope.enterprises}))
    if not parts:
        return Q(pk__in=[])
    union = parts[0]
    for part in parts[1:]:
        union |= part
    if scope.town_id is not None and columns.town:
        return Q(**{columns.town: scope.town_id}) & union
    return union


class ScopedQuerySet(models.QuerySet[Row]):
    """Base of every room's query set over business rows; `scope_columns` says where the dimensions are."""

    scope_columns: ClassVar[ScopeColumns] = ScopeColumns()

    def visible_to(self, viewer: Any) -> Self:
        """Keep the rows inside the viewer's scope. viewer: anything with a `.scope` (an Actor)."""
        scope: Scope = viewer.scope
        if scope.everything:
            return self
        return self.filter(scope_filter(scope, self.scope_columns))

    def below(self, path: str) -> Self:
        """Keep the rows of a unit and of all units below it."""
        return self.filter(_below(self.scope_columns.path, path))
