"""A bare view: writes the rows that one act of the product wrote, in one transaction, and answers "ok"."""

import os
import pickle
from functools import cache
from pathlib import Path
from typing import cast

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tools.bench.rows import Written, statements


@cache
def acts() -> list[list[Written]]:
    """Return the rows of each act, as noted from the product."""
    found: list[list[Written]] = pickle.loads(Path(os.environ["BENCH_ROWS"]).read_bytes())  # noqa: S301 -- we wrote it
    return found


def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write the rows of one act."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, rows in statements(acts()[number], mark="%s"):
            cursor.executemany(statement, cast("list[tuple[str, ...]]", rows))  # whatever SQLite gave back
    return HttpResponse("ok")


def hello(request: HttpRequest) -> HttpResponse:
    """Answer, so that the start can be awaited and the rows are read before the clock runs."""
    return HttpResponse(str(len(acts())))


urlpatterns = [path("", hello), path("<int:number>/", write)]
