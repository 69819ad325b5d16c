"""A person's browser, as far as a measurement needs one: keeps its connection and its cookies, times each answer."""

import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. seconds: from sending to the last byte. size: bytes of the body. queries: -1 where not counted."""

    status: int
    seconds: float
    size: int
    queries: int
    body: bytes
    location: str


class Client:
    """One logged-in viewer on one connection."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        """Open nothing yet. headers: sent with every question."""
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self._cookies: dict[str, str] = {}
        self._headers = dict(headers or {})

    def keep(self, name: str, value: str) -> None:
        """Keep a cookie, as a device does that was given one before."""
        self._cookies[name] = value

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str], *, token: str = "") -> Answer:
        """Send a form; `token` is the one that came with the page."""
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": token}))

    def log_in(self, account: str, password: str) -> None:
        """Log in as a person does; fail loudly, since everything after would measure the log-in page."""
        page = self.get("/log-in/")
        answer = self.post("/log-in/", {"account": account, "password": password}, token=token_of(page.body))
        if answer.status != 302:
            raise SystemExit(f"{account} cannot log in: the log-in page answered {answer.status}.")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {**self._headers, "Cookie": cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        got = self._connection.getresponse()
        content = got.read()
        seconds = time.perf_counter() - began
        for line in got.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        queries = int(got.headers.get("X-Bihuan-Queries") or -1)
        return Answer(got.status, seconds, len(content), queries, content, got.headers.get("Location", ""))


def token_of(page: bytes) -> str:
    """Return the form token of a page."""
    found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise SystemExit("A page that should carry a form carries none.")
    return found[1].decode()
