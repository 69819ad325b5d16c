"""The product's settings with nothing in front of one bare view: the same database, pragmas and writers' door."""

from bihuan.config.settings import *  # noqa: F403 -- all of them, but for the two below

ROOT_URLCONF = "tools.bench.bare"
MIDDLEWARE = []
