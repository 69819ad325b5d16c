"""Acts per second over HTTP, beside a bare view that writes the same rows in the same tables."""

import json
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers import Running, environment, serve
from tests.source import ROOT

from tools.bench import rows, towns
from tools.bench.client import Client, token_of
from tools.bench.viewers import OFFICE, PASSWORD

ACT = "confirm"
FIELDS = {"level": "general", "text": "现场核实属实"}
PATHS = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


@dataclass(frozen=True, slots=True)
class Rate:
    """Acts per second of the product and of the bare view, with so many clients at once."""

    clients: int
    product: float
    bare: float
    written: dict[str, int]


def inside(home: Path, *words: str) -> dict[str, object]:
    """Run a step inside the product."""
    command = [sys.executable, "-m", "tools.bench.inside", *words]
    done = subprocess.run(command, env=environment(home, PATHS), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return dict(json.loads(done.stdout))


def measure(size: int, *, count: int = 240) -> list[Rate]:
    """Measure in a copy of a kept town."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        return measure_in(towns.working_copy(size, Path(folder) / "before"), account=OFFICE, count=count)


def measure_in(before: Path, *, account: str, count: int, clients: Sequence[int] = (1, 8)) -> list[Rate]:
    """Confirm findings one by one, with each number of clients from the same beginning."""
    made = inside(before, "report", account, str(count))["ids"]
    ids = [str(one) for one in made] if isinstance(made, list) else []
    noted = _note(copy_of(before, "noted"), ids, account)
    file = before.parent / "rows"
    file.write_bytes(pickle.dumps(noted))
    rates = []
    for number in clients:
        product = _product(copy_of(before, f"product-{number}"), ids, number, account)
        bare = _bare(copy_of(before, f"bare-{number}"), file, count, number)
        rates.append(Rate(number, product, bare, rows.count_by_table(noted[-1])))
    return rates


def copy_of(home: Path, name: str) -> Path:
    """Copy a home beside itself."""
    return Path(shutil.copytree(home, home.parent / name))


def _note(home: Path, ids: Sequence[str], account: str) -> list[list[rows.Written]]:
    """Do the acts once, one after the other, and return the rows of each."""
    connection = rows.open_database(home / "bihuan.sqlite3")
    rows.watch(connection)
    noted, mark = [], 0
    with serve(home) as running:
        client, token = ready(running, ids[0], account)
        _, mark = rows.written_since(connection, mark)
        for hazard in ids:
            confirm(client, hazard, token)
            written, mark = rows.written_since(connection, mark)
            noted.append(written)
    connection.close()
    return noted


def _product(home: Path, ids: Sequence[str], clients: int, account: str) -> float:
    with serve(home) as running:
        people = [ready(running, ids[0], account) for _ in range(clients)]

        def work(place: int) -> None:
            client, token = people[place]
            for hazard in ids[place::clients]:
                confirm(client, hazard, token)

        return _rate(work, clients, len(ids))


def _bare(home: Path, file: Path, count: int, clients: int) -> float:
    extra = {"DJANGO_SETTINGS_MODULE": "tools.bench.bare_settings", "BENCH_ROWS": str(file), **PATHS}
    with serve(home, extra=extra) as running:
        ready = [Client(running.url) for _ in range(clients)]
        for client in ready:
            client.get("/")

        def work(place: int) -> None:
            for number in range(place, count, clients):
                status = ready[place].post(f"/{number}/", {}).status
                if status != 200:
                    raise SystemExit(f"the bare view answered {status}")

        return _rate(work, clients, count)


def _rate(work: Callable[[int], None], clients: int, count: int) -> float:
    threads = [threading.Thread(target=work, args=(place,)) for place in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count / (time.perf_counter() - began)


def ready(running: Running, hazard: str, account: str) -> tuple[Client, str]:
    """Return a client that has logged in and opened the form, with the form's token."""
    client = Client(running.url)
    client.log_in(account, PASSWORD)
    return client, token_of(client.get(f"/hazards/{hazard}/{ACT}/").body)


def confirm(client: Client, hazard: str, token: str) -> None:
    """Confirm a finding by its form."""
    path = f"/hazards/{hazard}/{ACT}/"
    answer = client.post(path, {**FIELDS, "seen_version": "1"}, token=token)
    if answer.status not in {302, 303}:
        said = re.findall(r'class="[^"]*(?:invalid|error|danger)[^"]*"[^>]*>\s*([^<]+)', answer.body.decode())
        raise SystemExit(f"{path} answered {answer.status}: {said}")
