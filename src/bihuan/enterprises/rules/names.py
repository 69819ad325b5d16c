"""Names of enterprises: the plain form in which two spellings of one name are equal."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_BRACKETS_AND_SPACES: Final = re.compile(r"[\s()\[\]{}〔〕【】《》「」“”\"'·、，。,.\-—_/]")
_TOWN: Final = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:镇|乡|街道)(?=.{3,})")
_LEVEL: Final = re.compile(r"^(?:省|市(?!场)|区(?!域)|县|镇|乡|街道)")  # 金城 in front of 镇, when 金城 is a county
_KINDS: Final = (
    "股份有限责任公司", "有限责任公司", "股份有限公司", "有限公司", "总公司", "分公司", "公司",
    "加工厂", "总厂", "分厂", "厂",
)  # fmt: skip
_SHORTEST: Final = 2
_SUFFIX: Final = re.compile(rf"(?:{'|'.join(_KINDS)})$")


def plain_name(name: str, *, places: Iterable[str] = ()) -> str:
    """Return the key under which spellings of one name meet: 金城镇东方木业（有限公司） and 东方木业 are one.

    Full width becomes half width; spaces, brackets and stops go; then the place in front (the names in `places`:
    province, city, county, town and their short forms; or any …镇/…乡/…街道) and the kind of company behind.
    What stays has at least two characters, else the step is not taken. The key is for comparing, never for showing.
    """
    text = _BRACKETS_AND_SPACES.sub("", unicodedata.normalize("NFKC", name)).upper()
    text = _without_places(text, sorted({place for place in places if place}, key=len, reverse=True))
    shorter = _SUFFIX.sub("", text)
    return shorter if len(shorter) >= _SHORTEST else text


def _without_places(text: str, places: list[str]) -> str:
    stripped = True
    while stripped:
        stripped = False
        for place in places:
            rest = _LEVEL.sub("", text.removeprefix(place)) if text.startswith(place) else ""
            if len(rest) > _SHORTEST:
                text, stripped = rest, True
                break
    return _TOWN.sub("", text)


def short_name_of(name: str, *, places: Iterable[str] = ()) -> str:
    """Propose the short name that lists show: the name without the place in front and the kind of company behind."""
    text = _without_places(unicodedata.normalize("NFKC", name).strip(), sorted(set(places), key=len, reverse=True))
    shorter = re.sub(r"(?:股份)?有限(?:责任)?公司$", "", text)
    return shorter if len(shorter) >= _SHORTEST else text


def tidy_name(name: str) -> str:
    """Return a name as it should be stored: inner runs of spaces made one, the ends bare."""
    return re.sub(r"\s+", " ", name).strip()


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters; of one character, itself."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset({text} - {""})
