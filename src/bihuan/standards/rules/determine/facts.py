"""What is known of an enterprise, from people's words: its sectors, its features, the things it has."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bihuan.standards.rules.criteria import Criterion
from bihuan.standards.rules.determine.buildings import Building, building_of
from bihuan.standards.rules.determine.lexicon import Lexicon, Token
from bihuan.standards.rules.sectors import CROSS_CUTTING, INDUSTRY_AND_TRADE, Feature, Sector

SECTOR: Final = "s:"
YES: Final = "f+"
NO: Final = "f-"
HINT: Final = "h:"  # words of a finding that are said of such a place only
SPECIAL: Final = frozenset({Sector.HAZARDOUS_CHEMICALS, Sector.CHEMICAL, Sector.FIREWORKS, Sector.CONSTRUCTION})
NO_LIST: Final = frozenset({Sector.MINING, Sector.ROAD_TRANSPORT, Sector.GAS})  # no list of the library is for them
# What stands around a trade's word in its name and says nothing of its own: 露天采石场, 道路货运企业.
# What people call a sector for short where they name it; within another name it may be any other (建筑陶瓷).
_CALLED: Final = {"建筑": "建筑施工", "建设": "建筑施工", "工程": "建筑施工"}
_AROUND: Final = re.compile(
    "(?:非煤|金属|非金属|露天|地下|井工|井下|石料|石材|石灰石|建筑|砂石|砂|石|铁|铜|金|铅锌|萤石|煤炭?|矿产?|矿石|开采|开发|采掘|选|洗"
    "|道路|公路|城市|城镇|旅客|乘客|普通|危险?货?物?|货物|出租|班线|长途|旅游|包车|汽车|车辆|运输|物流|管道|瓶装|经营|供应|配送|销售"
    "|行业|企业|工业|产业|事业|业|类|厂|场|库|站|队|公司|有限|责任|集团|单位|部门|领域|工程|作业|生产|加工|服务|管理|安全"
    "|[县市区镇乡村的和与及等、，,/()（）·\\s])+"
)
GENERAL: Final = "工贸"  # a word that leaves open which of the eight trades is meant


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise in people's words, as a request or a form gives it."""

    industry: str = ""
    sectors: tuple[str, ...] = ()
    features: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All of it, one line to look through."""
        return ";".join((self.industry, *self.sectors, *self.features))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the words amount to. sectors: None when nothing is known. told: the feature and the words that told it."""

    sectors: frozenset[Sector] | None
    has: frozenset[Feature]
    lacks: frozenset[Feature]
    things: Mapping[str, str] = field(default_factory=dict)  # concept -> the words of the enterprise that name it
    told: Mapping[Feature, str] = field(default_factory=dict)
    hinted: frozenset[Sector] = frozenset()  # trades that words are said of only, where the trade is not known
    guessed: frozenset[Sector] = frozenset()  # where no sector is known: what the text sounds like
    building: Building = field(default_factory=Building)

    def concern(self, item: Criterion) -> bool:
        """Tell whether an item can concern such a place, by its sector and what is known not to be there."""
        if self.sectors is not None and not item.sectors & (self.sectors | CROSS_CUTTING):
            return False
        if self.sectors is None and item.sectors <= SPECIAL and not item.sectors & self.hinted:
            return False  # nothing says that the unknown place is of this trade
        return not item.features or bool(item.features - self.lacks)

    def confirm(self, item: Criterion) -> Feature | None:
        """Return a feature that the item needs and the place is known to have, None when none is known."""
        return next((one for one in sorted(item.features) if one in self.has), None)

    def fit(self, item: Criterion) -> bool:
        """Tell whether an item is known to be meant for such a place: by a feature, or by its sector alone."""
        if item.features:
            return self.confirm(item) is not None
        return self.sectors is not None and bool(item.sectors & self.sectors)


class FactFinder:
    """Reads an enterprise's words with a lexicon whose concepts are `s:sector`, `f+feature` and `f-feature`."""

    def __init__(
        self,
        known: Lexicon,
        things: Lexicon,
        names: Mapping[str, Sector],
        features: Mapping[str, Feature],
        implied: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._known = known
        self._things = things
        self._sectors: Final = names
        self._features: Final = features
        self._implied: Final = {features[name]: concepts for name, concepts in implied.items()}

    def with_words(self, more: Mapping[str, Sequence[str]], things: Lexicon) -> "FactFinder":
        """Return a finder that also knows these words for `s:sector` and `f+feature`, and things by another lexicon."""
        made = copy(self)
        made._known = self._known.with_words(more)
        made._things = things
        return made

    @property
    def words(self) -> Mapping[str, Sequence[str]]:
        """The words by `s:sector`, `f+feature` and `f-feature`."""
        return self._known.concepts

    def facts(self, own: str, text: str, *, declared: str = "") -> Facts:
        """Return what an enterprise's cleaned words and a finding's tell together; its own come first.

        declared: of its words, those that name its sectors; they outweigh what its industry sounds like.
        """
        of_own, of_text = (self._known.find(words, typos=False) for words in (own, text))
        found, in_text = self._told(own, of_own), self._told(text, of_text)
        lacks = {one for one in found[NO] if one not in found[YES]}
        lacks |= {one for one in in_text[NO] if one not in found[YES] and one not in in_text[YES]}
        has = {one: why for one, why in {**in_text[YES], **found[YES]}.items() if one not in lacks}
        in_declared = self._known.find(declared, typos=False)
        sectors = self._sectors_of(of_own, [one for one in in_declared if _is_its_name(one, declared)])
        if called := {self._sectors[_CALLED[one]] for one in declared.split(";") if one in _CALLED}:
            sectors = frozenset(called) | (sectors or frozenset())
        if sectors and sectors <= NO_LIST and _is_strange(declared, in_declared):
            sectors = None  # 火星采矿 is no trade that is known, and what is not known excludes nothing
        return Facts(
            sectors=sectors,
            has=frozenset(has),
            lacks=frozenset(lacks),
            things=self._things_of(own, {one: why for one, why in found[YES].items() if one in has}),
            told=has,
            hinted=self._hinted_by((*of_own, *of_text)),
            guessed=(self._sectors_of(of_text, ()) or INDUSTRY_AND_TRADE) if sectors is None else sectors,
            building=building_of(own, text),
        )

    def _told(self, words: str, found: Sequence[Token]) -> dict[str, dict[Feature, str]]:
        told: dict[str, dict[Feature, str]] = {YES: {}, NO: {}}
        tokens = [one for one in found if one.concept.startswith((YES, NO)) and one.concept[2:] in self._features]
        denials = [one for one in tokens if one.concept.startswith(NO)]
        for token in tokens:
            feature = self._features[token.concept[2:]]
            inside = any(_covers(one, token) for one in denials)
            if token.concept.startswith(NO):
                told[NO].setdefault(feature, words[token.start : token.end])
            elif token.concept.startswith(YES) and not inside and not _denied(words, token.start):
                told[YES].setdefault(feature, words[token.start : token.end])
        return told

    def _things_of(self, words: str, told: Mapping[Feature, str]) -> Mapping[str, str]:
        """Return what the enterprise names, and what a place with its features must have."""
        implied = {concept: why for one, why in told.items() for concept in self._implied.get(one, ())}
        named = [token for token in self._things.find(words, typos=False) if not _denied(words, token.start)]
        return implied | {token.concept: words[token.start : token.end] for token in named}

    def _sectors_of(self, own: Sequence[Token], declared: Sequence[Token]) -> frozenset[Sector] | None:
        named = _sectors_in(own)
        found = frozenset(self._sectors[name] for name in named if name in self._sectors)
        said = frozenset(self._sectors[name] for name in _sectors_in(declared) if name in self._sectors)
        if said & INDUSTRY_AND_TRADE:
            found -= INDUSTRY_AND_TRADE - said
        if found & SPECIAL:
            return found - {Sector.COMMERCE}  # a dealer in fireworks or chemicals is judged by their list
        return found or (INDUSTRY_AND_TRADE if GENERAL in named else None)

    def _hinted_by(self, tokens: Sequence[Token]) -> frozenset[Sector]:
        return frozenset(self._sectors[one.concept[2:]] for one in tokens if one.concept.startswith(HINT))


def _sectors_in(tokens: Sequence[Token]) -> set[str]:
    return {token.concept[2:] for token in tokens if token.concept.startswith(SECTOR)}


def _is_its_name(one: Token, declared: str) -> bool:
    """Tell whether a sector is declared by its own name (轻工), not by a trade that may belong to several (电子)."""
    return declared[one.start : one.end] == one.concept.removeprefix(SECTOR)


def _is_strange(declared: str, found: Sequence[Token]) -> bool:
    """Tell whether the name of a trade holds more than the words for it and what commonly stands around them."""
    kept = list(declared)
    for token in found:
        if token.concept.startswith(SECTOR):
            kept[token.start : token.end] = ";" * (token.end - token.start)
    return any(_AROUND.sub("", part) for part in "".join(kept).split(";"))


def _covers(denial: Token, token: Token) -> bool:
    """Tell whether a word is part of the one that denies the same feature: 危险工艺 in 无危险工艺."""
    same = denial.concept[2:] == token.concept[2:] and denial.concept != token.concept
    return same and denial.start <= token.start and token.end <= denial.end


_NOT: Final = re.compile(r"(?:[无非未没]|不涉及|没有|不是|不属于|不含|不用|不构成)$")


def _denied(words: str, start: int) -> bool:
    """Tell whether what stands before a word takes it back: 无危险工艺, 不涉及液氨."""
    return _NOT.search(words[max(0, start - 4) : start]) is not None
