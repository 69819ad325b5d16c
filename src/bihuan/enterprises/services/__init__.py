"""What can be done to the file of an enterprise. Every act is one transaction with its events."""

from bihuan.enterprises.services.belonging import Move, close, merge, move, move_many, reopen
from bihuan.enterprises.services.importing import (
    RowsLeft,
    commit_import,
    drop_import,
    import_sheet,
    import_workbook,
    mend_import,
    start_import,
)
from bihuan.enterprises.services.licences import add_licence, change_licence
from bihuan.enterprises.services.registering import change, record_features, register, register_many
from bihuan.enterprises.services.sites import add_site, change_site
from bihuan.enterprises.services.workbook import UnreadableWorkbook, read_workbook

__all__ = [
    "Move",
    "RowsLeft",
    "UnreadableWorkbook",
    "add_licence",
    "add_site",
    "change",
    "change_licence",
    "change_site",
    "close",
    "commit_import",
    "drop_import",
    "import_sheet",
    "import_workbook",
    "mend_import",
    "merge",
    "move",
    "move_many",
    "read_workbook",
    "record_features",
    "register",
    "register_many",
    "reopen",
    "start_import",
]
