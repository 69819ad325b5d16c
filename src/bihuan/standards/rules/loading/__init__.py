"""Standards that a town or a county uploads: what a file may be, what it would change, who may, where it holds."""

from bihuan.standards.rules.loading.changes import (
    LOAD_NAMES,
    FactChange,
    ItemLine,
    LoadKind,
    Preview,
    Touched,
    concerns,
    effects,
    from_when,
    previewed,
)
from bihuan.standards.rules.loading.files import ONLY_STRICTER, Around, Loaded, prefix_of, upload_problems
from bihuan.standards.rules.loading.laying import (
    LoadedLine,
    OnShelf,
    applying_at,
    dated,
    dropped,
    version_beside,
    with_loaded,
)
from bihuan.standards.rules.loading.rights import MAY_LOAD, WHO, Area, LoadAct, areas_of, must_reach

__all__ = [
    "LOAD_NAMES",
    "MAY_LOAD",
    "ONLY_STRICTER",
    "WHO",
    "Area",
    "Around",
    "FactChange",
    "ItemLine",
    "LoadAct",
    "LoadKind",
    "Loaded",
    "LoadedLine",
    "OnShelf",
    "Preview",
    "Touched",
    "applying_at",
    "areas_of",
    "concerns",
    "dated",
    "dropped",
    "effects",
    "from_when",
    "must_reach",
    "prefix_of",
    "previewed",
    "upload_problems",
    "version_beside",
    "with_loaded",
]
