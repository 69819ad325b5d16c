"""Names and numbers as lists write them: enterprises, phones, descriptions to compare."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bihuan.intake.rules.cells import plain

_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_LANDLINE: Final = re.compile(r"(?<!\d)(?:0\d{2,3}[-\s]?)?[2-9]\d{6,7}(?:-\d{1,5})?(?!\d)")
_SPACES: Final = re.compile(r"\s+")
_PEOPLE: Final = re.compile(r"[（(][^（）()]*(?:法人|法定代表|电话|负责人|联系|手机|经营者)[^（）()]*[）)]")
_SENTENCE: Final = re.compile(r"[\s，,。；;、：:.]+")


def phones_in(text: str) -> list[str]:
    """Return the telephone numbers in a text, mobile ones first, blanks and strokes inside taken out."""
    folded = plain(text).replace("—", "-").replace("–", "-")
    tight = re.sub(r"(?<=\d)[-\s](?=\d)", "", folded)
    mobiles = _MOBILE.findall(tight)
    return mobiles or [number.strip() for number in _LANDLINE.findall(folded)]


@lru_cache(maxsize=50_000)
def comparable(text: str) -> str:
    """Return a description for comparing: folded, without punctuation."""
    return _SENTENCE.sub("", plain(text))


@lru_cache(maxsize=20_000)
def tidy_name(text: str) -> str:
    """Return an enterprise's name without line breaks, blanks between Chinese characters, and people in brackets."""
    text = _PEOPLE.sub("", text)
    return re.sub(r"(?<=[\u4e00-\u9fff（）()])\s+(?=[\u4e00-\u9fff（）()])", "", _SPACES.sub(" ", text)).strip()


def same_within(town_names: Iterable[str], one: str, other: str) -> bool:
    """Tell whether two names are equal but for the own town's name in front, width and blanks.

    Another town's name in front is another name: 金城镇佳美印染厂 is not 示范镇佳美印染厂 before a person says so.
    """
    towns = sorted({name for name in town_names if name}, key=len, reverse=True)
    return _without_town(one, towns) == _without_town(other, towns)


def _without_town(name: str, towns: list[str]) -> str:
    text = _SPACES.sub("", unicodedata.normalize("NFKC", name))
    return next((text.removeprefix(town) for town in towns if text.startswith(town)), text)


def looks_like_village(text: str) -> bool:
    """Tell whether a section title names a village or community."""
    return (
        re.search(
            r"(村|社区|居委会|集中区|园区|网格)(（.*）)?$", text.strip("一二三四五六七八九十、（）()0123456789. ")
        )
        is not None
    )
