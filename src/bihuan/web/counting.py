"""Says in a header how many queries a page took; only where BIHUAN_COUNT_QUERIES is set (`make bench`)."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse


class CountQueries:
    """Counts what the whole page asked of the database, sessions and log-in included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before everything else."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as without it, with `X-Bihuan-Queries` added."""
        count = 0

        def counted(execute: Callable[..., Any], *words: Any) -> Any:
            nonlocal count
            count += 1
            return execute(*words)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response["X-Bihuan-Queries"] = str(count)
        return response
