"""A real browser on the real product: Debian's Chromium, granian, the demo town.

`town` is shared by the tests of a worker: read it, add to it, count on nothing that others may have changed.
`own_town` is a fresh copy for one test. `visit` opens a window; a script error or a blocked resource fails the test.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.demo_town import demo_town
from tests.first import folder_of_run
from tests.servers import Running, copied, find_browser, serve
from tests.source import ROOT

FLAGS: Final = (
    "--disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    " --disable-quic --disable-default-apps --disable-extensions"
).split()
EXPECTED: Final = ("status of 422", "ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
DESK: Final = {"width": 1440, "height": 900}
PHONE: Final = {"width": 390, "height": 844}

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder and let them come last: beside an open Chromium Django refuses its database."""
    files = {item.path for item in items}
    here = {file for file in files if Path(__file__).parent in file.parents}
    for item in items:
        if item.path in here:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path in here)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium; skip where there is none."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        flags = [*FLAGS, *(["--no-sandbox"] if as_root else [])]
        running = playwright.chromium.launch(executable_path=path, args=flags)
        yield running
        running.close()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a demo town, made once for all workers of the run; nobody serves from it."""
    base = tmp_path_factory.getbasetemp()
    return demo_town(folder_of_run() or (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base))


@pytest.fixture(scope="session")
def town(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Serve a copy of the demo town to this worker's tests."""
    with serve(copied(demo_home, tmp_path_factory.mktemp("town")), "--demo") as running:
        yield running


@pytest.fixture
def own_town(demo_home: Path, tmp_path: Path) -> Iterator[Running]:
    """Serve a fresh copy of the demo town to one test."""
    with serve(copied(demo_home, tmp_path / "own-town"), "--demo") as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Return a function that opens a window: `visit(phone=True)`; each window is a person of its own."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def open_window(*, phone: bool = False, **options: Any) -> Page:
        size = PHONE if phone else DESK
        context = browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size, has_touch=phone, is_mobile=phone, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note(trouble, page, message.type, message.text))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert trouble == []


def _note(trouble: list[str], page: Page, kind: str, text: str) -> None:
    """Keep what is wrong with a page; Chromium reports a refused form (422) and a test without signal as failures."""
    if kind == "error" and not any(words in text for words in EXPECTED):
        trouble.append(f"{page.url}: {text}")


@pytest.fixture
def shot(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that takes a picture; BIHUAN_SHOTS=1 puts it into docs/guide/pictures."""
    folder = ROOT / "docs" / "guide" / "pictures" if os.environ.get("BIHUAN_SHOTS") == "1" else tmp_path

    def take(page: Page, name: str, *, full: bool = False) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name}.png"
        page.screenshot(path=target, full_page=full, animations="disabled")
        _in_few_colours(target)
        return target

    return take


def _in_few_colours(picture: Path) -> None:
    """Keep a screenshot small enough for the repository: a palette is plenty for flat pages."""
    with Image.open(picture) as shown:
        shown.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(picture, optimize=True)
