"""The navigation counts what waits, and counts anew for whoever has acted."""

import re

from django.urls import reverse

from tests.hazards.stage import Stage
from tests.web.conftest import Visit


def _count(page: str) -> int:
    found = re.search(r'href="/"[^>]*class="on"[^>]*>.*?工作台(?:<b[^>]*>(\d+)</b>)?', page)
    return int(found[1] or 0) if found else 0


def test_given_things_that_wait_when_one_is_done_then_the_next_page_counts_one_less(enter: Visit, stage: Stage) -> None:
    first, _ = stage.report(), stage.report()
    office = enter("office")
    before = _count(office.get("/").content.decode())

    office.post(
        reverse("hazards:act", args=[first.pk, "request_invalid"]), {"seen_version": first.version, "text": "看错了"}
    )
    stage.do(first, "approve_invalid", "chief", text="同意")  # type: ignore[arg-type] # -- an act by its word
    office.post(reverse("desk:read_all"))
    after = _count(office.get("/").content.decode())

    assert before > 0
    assert after == before - 1
