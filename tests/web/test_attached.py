"""Files that hang on records are listed by their own names: short, harmless, with kind and size, to who sees them."""

from datetime import date
from html import escape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from bihuan.campaigns.services import supervision
from bihuan.trail import services as trail
from bihuan.trail.rules.contents import described, size_words
from bihuan.web.attached import NAMELESS, attached, shortened
from tests.campaigns.supervised import Supervised, make_supervised
from tests.web.test_campaigns import page

NASTY = '<b>台账"&.txt'


@pytest.fixture
def run(db: None, settings: Any) -> Supervised:
    """A campaign under supervision; the doors' clock stands on its day."""
    made = make_supervised()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def paper(run: Supervised, who: str, name: str) -> UUID:
    """Return a text of 3 KB that this person has uploaded under a name."""
    kept = trail.keep_file(
        name=name,
        content=(name * 300).encode()[:3000] + b"0" * 72,
        kind="document",
        town_id=run.row.town_id,
        actor=run.by(who),
        now=run.now,
    )
    return kept.id


def entry(name: str) -> str:
    """Return how a page lists a file."""
    return f'>{escape(name)}</a> <span class="mu xs">文本文件，3 KB</span>'


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "1 KB"), (2048, "2 KB"), (1_048_000, "1023 KB"), (1_048_575, "1.0 MB"), (2_621_440, "2.5 MB")],
)
def test_given_a_size_when_said_then_it_is_in_whole_kb_or_tenths_of_mb(size: int, said: str) -> None:
    assert size_words(size) == said
    assert described("application/pdf", size) == f"PDF 文件，{said}"


def test_given_a_long_name_when_listed_then_its_beginning_and_its_ending_are_shown() -> None:
    name = "关于" + "很" * 60 + "长的报告（盖章）.pdf"

    assert shortened("会议记录.pdf") == "会议记录.pdf"
    assert (len(shortened(name)), shortened(name)[:3], shortened(name)[-10:]) == (32, "关于很", "报告（盖章）.pdf")


@pytest.mark.django_db
def test_given_a_file_that_is_not_there_when_listed_then_it_still_has_its_place() -> None:
    gone = uuid4()

    found = attached([gone, gone], lambda one: f"/x/{one}")

    assert found == {gone: (f"/x/{gone}", NAMELESS, "", "")}


def test_given_files_of_rounds_circulars_and_cases_when_opened_then_each_page_lists_them_by_name(
    run: Supervised,
) -> None:
    office, chief, east, west = (run.town.client(one) for one in ("office", "chief", "village_east", "village_west"))
    found = run.fed_back(method="open")
    run.answer(found, files=[paper(run, "village_east", NASTY)])
    circular = run.asked("东村")
    run.about(
        supervision.reply,
        circular,
        "东村",
        "village_east",
        reason="有异议",
        files=[paper(run, "village_east", "申辩书.txt")],
    )
    case = run.handed_over(facts={"handed_to": "镇纪委"})
    talk = run.called()
    meeting = run.now.replace(day=run.now.day + 1)
    run.now = meeting
    supervision.hold_interview(
        interview_id=talk.pk,
        seen_version=talk.version,
        held_on=meeting.date(),
        facts={"minutes": "谈了", "undertakings": "整改"},
        look_again_on=date(2018, 1, 20),
        files=[paper(run, "office", "签字的记录.txt")],
        **run.said("office"),
    )

    shown = {
        "round": page(east, "round", run.row.pk, found.round_id),
        "bulletin": page(office, "bulletin", run.row.pk, circular.pk),
        "interview": page(office, "interview", run.row.pk, talk.pk),
        "case": page(chief, "case", run.row.pk, case),
    }

    assert entry(NASTY) in shown["round"]
    assert NASTY not in shown["round"]
    assert entry("申辩书.txt") in shown["bulletin"]
    assert entry("签字的记录.txt") in shown["interview"]
    assert '>材料1.txt</a> <span class="mu xs">文本文件，1 KB</span>' in shown["case"]
    assert not [name for name, text in shown.items() if "材料 1" in text]
    hidden = west.get(reverse("campaigns:round", args=(run.row.pk, found.round_id)))
    assert (hidden.status_code, escape(NASTY) in hidden.content.decode()) == (404, False)
