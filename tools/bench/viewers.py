"""Who looks, and at which pages."""

import re
import sqlite3
from dataclasses import dataclass

from tests.servers import Running

from tools.bench.client import Client


@dataclass(frozen=True, slots=True)
class Viewer:
    """One kind of viewer. label: how the demo's account of that kind is labelled; the first match counts."""

    name: str
    label: str


VIEWERS = (
    Viewer("town of 10,000", "万条"),
    Viewer("two-sector department", "双行业"),
    Viewer("county", "县"),
)
LIST = "/hazards/"
FIXED = {
    "list": LIST,
    "filtered list": f"{LIST}?state=rectifying&level=general&sort=due_on",
    "dashboard": "/stats/",
    "workbench": "/",
}


def client_of(running: Running, viewer: Viewer) -> Client:
    """Return a client that has logged in as this viewer."""
    with sqlite3.connect(running.home / "bihuan.sqlite3") as connection:
        query = (
            "SELECT u.account, d.password FROM orgs_demoaccount d JOIN orgs_user u ON u.id = d.user_id"
            " WHERE d.label LIKE ? ORDER BY d.sort_no LIMIT 1"
        )
        row = connection.execute(query, (f"%{viewer.label}%",)).fetchone()
    if row is None:
        raise SystemExit(f"This town has no demo account labelled {viewer.label}.")
    client = Client(running.url)
    client.log_in(*row)
    return client


def pages_of(client: Client, viewer: Viewer) -> dict[str, str]:
    """Return the addresses of the measured pages; the detail page is that of the first hazard of the list."""
    found = re.search(rb'href="(/hazards/[0-9a-f-]{36}/)', client.get(LIST).body)
    if found is None:
        raise SystemExit(f"The list of hazards shows the viewer “{viewer.name}” nothing to open.")
    return {**FIXED, "detail": found[1].decode()}
