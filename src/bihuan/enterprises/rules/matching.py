"""Which known enterprise a name and code in a list may mean: scored, explained, chosen by a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

from rapidfuzz import fuzz

from bihuan.enterprises.rules.codes import clean_code
from bihuan.enterprises.rules.facts import Firm
from bihuan.enterprises.rules.names import bigrams, plain_name, tidy_name

CERTAIN: Final = 100
LIKELY: Final = 95
LOWEST_SCORE: Final = 60  # [design] below it a candidate only confuses
MOST_CANDIDATES: Final = 5
VILLAGE_BONUS: Final = 3
RAREST_PAIRS: Final = 5
COMMON_PAIR: Final = 200  # firms; a pair that more of them share is looked at only when nothing is rarer


class MatchKind(StrEnum):
    """How a wanted enterprise was found; only the first three need no person."""

    CODE = "code"
    NAME = "name"
    PLAIN = "plain"  # one firm with the same name but for place, kind of company, brackets and width
    SEVERAL = "several"  # more than one firm by the same code or name: a person chooses
    FUZZY = "fuzzy"  # near names only: a person chooses
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list says of an enterprise; village only ranks candidates."""

    name: str
    uscc: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm that may be meant. score: 0–100. why: one sentence for people."""

    firm: Firm
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one wanted: `firm` is set when no person needs to choose."""

    wanted: Wanted
    kind: MatchKind
    firm: Firm | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A name and code under which a firm is known; those of a merged row lead to the winner."""

    firm: Firm
    name: str
    plain: str
    uscc: str


@dataclass(slots=True)
class Index:
    """A town's enterprises by code, name, plain name and pairs of characters."""

    places: Sequence[str] = ()
    by_code: dict[str, list[Known]] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    by_plain: dict[str, list[Known]] = field(default_factory=dict)
    by_pair: dict[str, list[Known]] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[Known], *, places: Sequence[str] = ()) -> "Index":
        """Build the index. places: names of the town and the units above it, which names may carry in front."""
        index = cls(places=places)
        for one in known:
            if one.uscc:
                index.by_code.setdefault(one.uscc, []).append(one)
            index.by_name.setdefault(one.name, []).append(one)
            index.by_plain.setdefault(one.plain, []).append(one)
            for pair in bigrams(one.plain):
                index.by_pair.setdefault(pair, []).append(one)
        return index

    def find(self, wanted: Wanted) -> Match:
        """Answer one wanted: exact code, exact name, plain name, near names, or new."""
        exact = self._exact(wanted)
        if exact is not None:
            return exact
        near = self.near(wanted)
        return Match(wanted, MatchKind.FUZZY if near else MatchKind.NEW, candidates=near)

    def _exact(self, wanted: Wanted) -> Match | None:
        steps: tuple[tuple[MatchKind, Mapping[str, list[Known]], str, int, str], ...] = (
            (MatchKind.CODE, self.by_code, clean_code(wanted.uscc), CERTAIN, "统一社会信用代码相同"),
            (MatchKind.NAME, self.by_name, tidy_name(wanted.name), CERTAIN, "名称完全相同"),
            (
                MatchKind.PLAIN,
                self.by_plain,
                plain_name(wanted.name, places=self.places),
                LIKELY,
                "去掉地名和公司字样后名称相同",
            ),
        )
        for kind, known, key, score, why in steps:
            firms = _distinct(known.get(key, ())) if key else []
            if len(firms) == 1:
                return Match(wanted, kind, firm=firms[0], candidates=(Candidate(firms[0], score, why),))
            if firms:
                ranked = sorted((Candidate(firm, score + _nearer(wanted, firm), why) for firm in firms), key=_rank)
                return Match(wanted, MatchKind.SEVERAL, candidates=tuple(ranked[:MOST_CANDIDATES]))
        return None

    def near(self, wanted: Wanted, *, least: int = LOWEST_SCORE) -> tuple[Candidate, ...]:
        """Return the firms with near names, best first."""
        plain = plain_name(wanted.name, places=self.places)
        if not plain:
            return ()
        found: dict[UUID, Candidate] = {}
        for one in self._sharing(plain):
            score = min(CERTAIN - 1, round(fuzz.ratio(plain, one.plain)) + _nearer(wanted, one.firm))
            if score >= least and score > (found[one.firm.id].score if one.firm.id in found else -1):
                found[one.firm.id] = Candidate(one.firm, score, f"名称相近（{score} 分）")
        return tuple(sorted(found.values(), key=_rank)[:MOST_CANDIDATES])

    def _sharing(self, plain: str) -> Iterable[Known]:
        """Return the known that share one of the rarest pairs of characters; common ones (有限, 机械) tell little."""
        lists = sorted((self.by_pair[pair] for pair in bigrams(plain) if pair in self.by_pair), key=len)
        rarest = [known for at, known in enumerate(lists[:RAREST_PAIRS]) if at == 0 or len(known) <= COMMON_PAIR]
        return {id(one): one for known in rarest for one in known}.values()


def _distinct(known: Iterable[Known]) -> list[Firm]:
    return list({one.firm.id: one.firm for one in known}.values())


def _nearer(wanted: Wanted, firm: Firm) -> int:
    return VILLAGE_BONUS if wanted.village and firm.village and wanted.village[:2] == firm.village[:2] else 0


def _rank(candidate: Candidate) -> tuple[int, str, UUID]:
    return -candidate.score, candidate.firm.name, candidate.firm.id
