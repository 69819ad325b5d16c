"""Every template compiles, is used, and obeys the content security policy."""

import fnmatch
import re
from pathlib import Path
from typing import Final

import pytest
from django.template.loader import get_template

from tests.source import PACKAGE, sources, strings

TEMPLATES: Final = PACKAGE / "web" / "templates"
BY_DJANGO: Final = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def _names() -> list[str]:
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())


def _used() -> set[str]:
    """Return every template name that code or another template says; "*" stands for what is filled in at run time."""
    said = {text for source in sources() for text in strings(source.tree) if text.endswith((".html", ".txt", ".js"))}
    for path in TEMPLATES.rglob("*"):
        if path.is_file():
            said.update(re.findall(r"""["']([\w/.-]+\.(?:html|txt|js|svg))["']""", path.read_text(encoding="utf-8")))
    return said


@pytest.mark.parametrize("name", _names())
def test_given_a_template_when_compiled_then_it_is_sound(name: str) -> None:
    assert get_template(name).template.name == name


def test_given_the_templates_when_listed_then_each_is_used() -> None:
    used = _used() | BY_DJANGO

    unused = [name for name in _names() if not any(fnmatch.fnmatchcase(name, said) for said in used)]

    assert unused == []


def test_given_the_policy_when_a_template_is_read_then_it_has_no_inline_script_or_style() -> None:
    inline: list[str] = []
    for name in _names():
        text = Path(TEMPLATES / name).read_text(encoding="utf-8")
        inline += [f"{name}: {found}" for found in re.findall(r"<[^>]*\s(?:style|on[a-z]+)\s*=\s*[\"']", text)]
        inline += [f"{name}: {found}" for found in re.findall(r"<style[ >]|<script(?![^>]*\ssrc=)[^>]*>", text)]

    assert inline == []
