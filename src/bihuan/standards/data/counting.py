"""The packaged counting procedures of the fire standards and the kinds of place, read without Django."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

from bihuan.standards.rules import sectors_of
from bihuan.standards.rules.counting import Count, Procedure
from bihuan.standards.rules.determine import FireBook, Kind
from bihuan.standards.rules.guiding import parse

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK: Final = "\nprocedure:\n"  # a section of a file of questions
ALL: Final = "all"


def procedure_files() -> list[Traversable]:
    """Return the files of questions that hold a procedure."""
    folder = files("bihuan.standards.data").joinpath("questions")
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return [one for one in found if _MARK in one.read_text("utf-8")]


@cache
def read_procedures() -> Mapping[str, Procedure]:
    """Read the procedures, by standard."""
    books = [yaml.load(one.read_text("utf-8"), Loader=_LOADER) for one in procedure_files()]  # noqa: S506 -- a safe loader
    return {book["standard"]: _procedure(book["procedure"]) for book in books}


@cache
def read_fire() -> FireBook:
    """Read what the words of a finding need to count: procedures, kinds of place, exclusions."""
    text = files("bihuan.standards.data").joinpath("words", "kinds.yaml").read_text("utf-8")
    book = yaml.load(text, Loader=_LOADER)  # noqa: S506 -- a safe loader
    return FireBook(
        read_procedures(), {name: _kind(one) for name, one in book["kinds"].items()}, book["excluded"], book["once"]
    )


def _kind(part: Mapping[str, Any]) -> Kind:
    return Kind(
        part["name"],
        frozenset(part.get("concepts", ())),
        frozenset().union(*(sectors_of(word) for word in part.get("sectors", ()))),
        tuple(part["says"]),
        tuple(part["denies"]),
        is_open=part.get("open", False),
    )


def _procedure(part: Mapping[str, Any]) -> Procedure:
    counts = tuple(
        Count(
            one["id"],
            one["clause"],
            parse(one["place"]),
            one["least"],
            frozenset() if one["elements"] == ALL else frozenset(one["elements"]),
        )
        for one in part["counts"]
    )
    return Procedure(
        part["topic"],
        parse(part["holds"]),
        counts,
        part["discussed_by"],
        part["panel"],
        part["panel_agrees"],
        part.get("incomplete", ""),
    )
