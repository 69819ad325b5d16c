"""What the answers come to: 重大, 一般 or 待定, with the clauses that speak for it and those that do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bihuan.standards.rules.counting import SEVERAL
from bihuan.standards.rules.determine.verdicts import Level
from bihuan.standards.rules.guiding.asking import open_items
from bihuan.standards.rules.guiding.papers import Ask, Item, Paper, Weight
from bihuan.standards.rules.terms import Answers, Reply, Said, Term, grounds, names, value

NO_SECTOR: Final = "行业不清楚，各行业的条款没有问到，不能下结论。请弄清是哪个行业再问。"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer. by_file: the file of the enterprise says so, nobody was asked."""

    ask: Ask
    reply: Reply
    by_file: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A clause with the answers that make it met, ruled out or open; for a count, the elements that are met."""

    item: Item
    answered: tuple[Answered, ...]
    counted: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What was found. A person decides.

    deciding: the clause that the level rests on, None for 一般. met: in the order of weight. against: ruled out by
    answers. undecided: what is not known or was not asked. suspected: to be transferred to the fire authority.
    """

    level: Level
    why: str
    met: tuple[Line, ...]
    against: tuple[Line, ...]
    undecided: tuple[Line, ...]
    answered: tuple[Answered, ...]
    suspected: bool = False

    @property
    def deciding(self) -> Item | None:
        """The clause that the level rests on."""
        return self.met[0].item if self.met else None


def result_of(paper: Paper, given: Answers) -> Result:
    """Return what the answers come to; it is the same in whatever order they were given."""
    answers = paper.answers(given)
    lines: dict[bool | None, list[Line]] = {True: [], False: [], None: []}
    for item in _told(paper, answers):
        lines[value(item.term, answers)].append(_line(paper, item, answers, given))
    met = sorted(_narrow_first(lines[True]), key=lambda one: list(Weight).index(one.item.weight))
    level, why = _level(paper, given, met, lines[None], lines[False])
    return Result(
        level,
        why,
        tuple(met),
        tuple(lines[False]),
        tuple(lines[None]),
        tuple(_answered(paper, name, answers, given) for name in paper.asks if name in answers),
        suspected=bool(met) and met[0].item.weight is Weight.SUSPECTED,
    )


def _narrow_first(met: Sequence[Line]) -> list[Line]:
    """Return clauses of a standard that ask the very same with the one of the fewer sectors first: the place's own."""
    first: dict[tuple[str, Term], int] = {}
    places = [first.setdefault((one.item.standard.id, one.item.term), place) for place, one in enumerate(met)]
    order = sorted(range(len(met)), key=lambda place: (places[place], len(met[place].item.criterion.sectors), place))
    return [met[place] for place in order]


def _told(paper: Paper, answers: Answers) -> list[Item]:
    """Return the clauses, one that chains conditions once: as a whole where all of it is met, else by its part."""
    whole = {one.criterion.id for one in paper.items if one.is_whole and value(one.term, answers)}
    return [one for one in paper.items if one.is_whole == (one.criterion.id in whole)]


def _answered(paper: Paper, name: str, answers: Answers, given: Answers) -> Answered:
    return Answered(paper.asks[name], answers[name], by_file=name not in given)


def _line(paper: Paper, item: Item, answers: Answers, given: Answers) -> Line:
    counted = tuple(part for part in item.parts if value(part.term, answers))
    of = grounds(item.term, answers)
    return Line(item, tuple(_answered(paper, name, answers, given) for name in of), counted)


def _level(
    paper: Paper, given: Answers, met: Sequence[Line], undecided: Sequence[Line], against: Sequence[Line]
) -> tuple[Level, str]:
    if met and met[0].item.weight is Weight.MAJOR:
        first = met[0].item
        return Level.MAJOR, f"{first.standard.cited_as}{first.criterion.clause}的情形都已成立。{_stop(first.why)}"
    if met:
        return Level.OPEN, _stop(met[0].item.why)
    if undecided:
        return Level.OPEN, _open_words(paper, given, undecided)
    if not paper.is_placed:
        return Level.OPEN, NO_SECTOR
    few = [one for one in against if one.item.incomplete and (one.counted or _is_on_topic(paper, one.item, given))]
    if short := next((one for one in few if len(one.counted) >= SEVERAL), None):
        return Level.OPEN, _stop(short.item.incomplete)
    why = f"问到的{len(against)}条都不成立，按一般事故隐患处理。{_unasked(paper)}"
    return Level.GENERAL, f"{why}{_few(few[0])}" if few else why


def _unasked(paper: Paper) -> str:
    """Say what was not asked where nobody said what there is: nearly all clauses ask for a feature."""
    if not (paper.is_bare and paper.unasked):
        return ""
    return f"这里没有选安全特征，有粉尘涉爆、有限空间、特种设备等才适用的{len(paper.unasked)}条没有问；有的请补上再问。"


def _stop(words: str) -> str:
    return f"{words}。" if words else ""


def _is_on_topic(paper: Paper, item: Item, given: Answers) -> bool:
    return bool(item.topic) and paper.answers(given).get(item.topic) is Said.YES


def _few(line: Line) -> str:
    """Say why a number of elements that is not reached proves little."""
    met = f"消防综合判定要素有{len(line.counted)}条；" if line.counted else "消防方面没有对上的要素；"
    return f"{met}{line.item.incomplete}。同一场所如另有消防问题，请合在一起判断。"


def _open_words(paper: Paper, given: Answers, undecided: Sequence[Line]) -> str:
    if open_items(paper, given):
        return f"还有{len(undecided)}条没有问完，不能下结论。"
    unknown = [paper.asks[name].text for name in paper.asks if given.get(name) is Said.UNKNOWN]
    concerned = [text for text in unknown if text in _asked_texts(paper, undecided)]
    said = "、".join(f"“{text}”" for text in concerned[:3])
    return f"{len(undecided)}条因为{said}还不清楚，不能下结论。请查清楚再判定。"


def _asked_texts(paper: Paper, lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(paper.asks[name].text for one in lines for name in names(one.item.term))
