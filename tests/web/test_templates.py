"""Every icon is in the sprite, and the frame renders."""

import re
from pathlib import Path

import pytest
from django.template import engines

from bihuan.web.frame import BOTTOM, LINKS, PLACES
from bihuan.web.parts import Progress

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src" / "bihuan" / "web" / "templates"
NAMES = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))
ICONS = set((ROOT / "frontend" / "icons.txt").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("name", NAMES)
def test_given_a_template_when_it_draws_icons_then_the_sprite_has_them(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")

    assert set(re.findall(r'{% icon "([a-z0-9-]+)"', text)) <= ICONS


@pytest.mark.parametrize("name", ["campaigns/bulletin.html", "campaigns/return.html"])
def test_given_a_page_that_is_printed_as_a_paper_when_it_has_notices_of_the_screen_then_none_is_printed(
    name: str,
) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")

    notices = re.findall(r'class="(alert-line[^"]*)"', text)
    assert notices
    assert all("no-print" in one.split() for one in notices)


def test_given_the_navigation_when_read_then_the_sprite_has_its_icons() -> None:
    used = {place.icon for place in PLACES} | {icon for _, icon, _ in LINKS}
    used |= {icon for _, places in BOTTOM for _, icon, _, _ in places}

    assert used <= ICONS


def test_given_the_frame_when_rendered_for_a_stranger_then_it_names_the_product() -> None:
    page = engines["django"].from_string('{% extends "base.html" %}{% block title %}试{% endblock %}').render({})

    assert "<title>试 · 闭环</title>" in page


def test_given_work_whose_length_is_not_known_yet_when_shown_then_it_counts_nothing() -> None:
    page = engines["django"].get_template("parts/_progress.html")

    shown = [page.render({"progress": Progress("读方案", done, total)}) for done, total in ((0, 0), (1, 3))]

    assert ["1 / 3" in one for one in shown] == [False, True]
    assert "0 / 0" not in shown[0]
