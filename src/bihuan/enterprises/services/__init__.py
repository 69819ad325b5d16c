"""What can be done to the file of an enterprise. Every act is one transaction with its events."""

from bihuan.enterprises.services.belonging import Move, close, merge, move, move_many, reopen
from bihuan.enterprises.services.registering import change, record_features, register, register_many
from bihuan.enterprises.services.sites import add_site, change_site

__all__ = [
    "Move",
    "add_site",
    "change",
    "change_site",
    "close",
    "merge",
    "move",
    "move_many",
    "record_features",
    "register",
    "register_many",
    "reopen",
]
