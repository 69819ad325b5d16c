"""Who looks, and at which pages."""

import re
from dataclasses import dataclass

from tests.servers import Running

from tools.bench.client import Client

PASSWORD = "Shifan-2018-yanshi"  # noqa: S105 -- of invented people
OFFICE = "200-anjian"  # head of the safety office of the first town that --scale adds


@dataclass(frozen=True, slots=True)
class Viewer:
    """One kind of viewer, and the invented person who is one."""

    name: str
    account: str


VIEWERS = (
    Viewer("town of 10,000", OFFICE),
    Viewer("two-sector department", "200-bm3jg"),
    Viewer("county", "quanwei"),
)
LIST = "/hazards/"
FIXED = {
    "list": LIST,
    "filtered list": f"{LIST}?tab=rectifying&level=general",
    "dashboard": "/stats/",
    "dashboard's campaigns": "/stats/campaigns/",  # fetched after the page
    "workbench": "/",
}


def client_of(running: Running, viewer: Viewer) -> Client:
    """Return a client that has logged in as this viewer."""
    client = Client(running.url)
    client.log_in(viewer.account, PASSWORD)
    return client


def pages_of(client: Client, viewer: Viewer) -> dict[str, str]:
    """Return the addresses of the measured pages; the detail page is of a closed hazard, alike in every size."""
    found = re.search(rb'href="(/hazards/[0-9a-f-]{36}/)', client.get(f"{LIST}?tab=closed&level=general").body)
    if found is None:
        raise SystemExit(f"The list of hazards shows the viewer “{viewer.name}” nothing to open.")
    return {**FIXED, "detail": found[1].decode()}
