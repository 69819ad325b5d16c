"""The big screen: devices with codes of their own that refresh themselves, over the towns that are kept."""

from collections.abc import Mapping
from pathlib import Path

from tests.servers import Running

from tools.bench.acts import inside
from tools.bench.client import Client
from tools.bench.measure import Line, at_once, in_turns
from tools.bench.viewers import OFFICE

SCREEN = "/screen/"
COOKIE = "bihuan_screen"
VIEWER = "big screen"
PAGES = {"first showing": False, "refresh": True}  # whether htmx asks, for the part only
MOST = 28  # asks of one device within a minute, below what the door allows


def codes_of(home: Path, count: int) -> list[str]:
    """Return codes of so many devices for the town; those of an earlier measurement are revoked."""
    found = inside(home, "screens", OFFICE, str(count))["codes"]
    return [str(one) for one in found] if isinstance(found, list) else []


def measure(served: Mapping[int, Running], codes: Mapping[int, list[str]], *, clients: int, rounds: int) -> list[Line]:
    """Measure the whole page and its refresh, with one device and with several at once."""
    lines: list[Line] = []
    for name, is_part in PAGES.items():
        alone = {size: _device(running, codes[size].pop(), is_part=is_part) for size, running in served.items()}
        page = {name: dict.fromkeys(served, SCREEN)}
        lines += in_turns(alone, page, viewer=VIEWER, rounds=min(rounds, MOST))
        for size, running in served.items():
            many = [_device(running, codes[size].pop(), is_part=is_part) for _ in range(clients)]
            lines += at_once(many, {name: SCREEN}, size=size, viewer=VIEWER, rounds=max(rounds // 4, 5))
            for client in (*many, alone[size]):
                client.close()
    return lines


def _device(running: Running, code: str, *, is_part: bool) -> Client:
    client = Client(running.url, headers={"HX-Request": "true"} if is_part else {})
    client.keep(COOKIE, code)
    return client
