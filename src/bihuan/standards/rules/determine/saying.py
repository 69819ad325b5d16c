"""What a text says of each concept in it: that it is missing, that it fails, or that it is there."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from bihuan.standards.rules.determine.amounts import Amount, amounts
from bihuan.standards.rules.determine.cleaning import Piece
from bihuan.standards.rules.determine.denying import LOOKED_FOR, all_denied, denied_faults, is_within, standing, unsaid
from bihuan.standards.rules.determine.gone import gone
from bihuan.standards.rules.determine.landmarks import Span, landmarks
from bihuan.standards.rules.determine.lexicon import Lexicon, Token
from bihuan.standards.rules.determine.reaching import Reader, Seen
from bihuan.standards.rules.determine.scopes import is_damage_of, is_of_others, overlap
from bihuan.standards.rules.determine.signs import Mark, Said, Signs
from bihuan.standards.rules.determine.unsure import doubts

CLOSE: Final = 2  # between "there is no" and the state it denies
TRIFLE_REACH: Final = 8  # characters before a denial in which a label, a record, paint is looked for
SHORT: Final = 6  # characters of a clause that only leads on to the next: 核定2人,未发现超员
_COUNTED: Final = re.compile("[\\d一二两三四五六七八九十几]{1,3}[张块个只处枚条根]")
_PAPERS: Final = frozenset({"证", "牌", "票", "照", "手续"})
_OWN_DENIAL: Final = "不没无未"
_TREATED: Final = re.compile("清|处|排|整|抽|移|修|解|报|及时|撤|搬|改|封|控制|制止")


class Stranger(NamedTuple):
    """Where a machine or room is named that no clause speaks of; it is a subject of its own."""

    start: int
    end: int
    is_room: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece, read. seen: by concept. fixed, denied, stopped, retired: the words that say so, else "".

    denied: that the whole finding was looked for and not met. others: figures of the whole enterprise, another place.
    strangers: machines and rooms that no clause speaks of. gone: machines that are there no more, with the words.
    beside: places of words that only tell where another thing is, with the place of that one. unsure: figures of
    which the text says that they were not found out.
    """

    piece: Piece
    seen: Mapping[str, Sequence[Seen]]
    amounts: Sequence[Amount]
    others: Sequence[Amount]
    strangers: Sequence[Stranger]
    fixed: str
    denied: str
    stopped: str
    retired: str
    slight: bool
    gone: Mapping[str, str]
    beside: Mapping[Span, Span]
    unsure: Sequence[Amount] = ()

    @property
    def text(self) -> str:
        """The words read."""
        return self.piece.text


def read(piece: Piece, lexicon: Lexicon, signs: Signs) -> Reading:
    """Return what a piece says."""
    all_marks = sorted(_marks(piece.text, signs))
    marks = standing(all_marks, piece.text)
    faults = list(denied_faults(all_marks, piece.text))  # 未见异常 tells of no 异常
    found = lexicon.find(piece.text)
    no_more = gone(piece, found, marks, lexicon.places)
    tokens = _of_here(found, piece, signs)
    tokens = [one for one in tokens if not any(start <= one.start and one.end <= end for start, end in faults)]
    denied = all_denied(piece.text)
    if spans := unsaid(piece.text, marks):
        left = [one for one in tokens if not is_within(one.start, spans)]
        marks_left = [one for one in marks if not is_within(one.start, spans)]
        if left or marks_left or denied:
            tokens, marks = left, marks_left
        else:
            denied = piece.text[slice(*spans[0])]  # nothing else is said: what it denies is told as the reason
    fix = _fix(piece.text, signs)
    done = _put_right(piece, marks, fix) if fix else set()
    tokens = [one for one in tokens if piece.clause_at(one.start) not in done] if done else tokens
    reader = Reader.of(piece, tokens, marks, signs)
    surfaces = [found.end() for found in signs.surface.finditer(piece.text)]
    seen: dict[str, list[Seen]] = defaultdict(list)
    doubted = doubts(piece)
    for token in tokens:
        one = reader.see(token)
        one = one._replace(said=Said.UNSURE) if doubted.of_thing(token) else one
        small = any(is_damage_of(piece.text, end, token) for end in surfaces)
        seen[token.concept].append(one._replace(small=True) if small else one)
    used = signs.still.search(piece.text) is not None
    stopped, retired = (None if used else found for found in (signs.stopped.search(piece.text), _gone(piece, signs)))
    figures = amounts(piece.text)
    away = _away(piece, signs)
    others = [
        one
        for one in figures
        if is_of_others(one, piece, signs) or piece.clause_at(one.start) in away or is_within(one.start, spans)
    ]
    unsure = [one for one in figures if doubted.of_figure(one)]
    return Reading(
        piece,
        seen,
        [one for one in figures if not any(overlap(one, other) for other in (*others, *unsure))],
        others,
        [Stranger(*found.span(), found["room"] is not None) for found in signs.strangers.finditer(piece.text)],
        fix.group() if fix and not done else "",
        denied,
        stopped.group() if stopped else "",
        retired.group() if retired else "",
        bool(signs.slight.search(piece.text)),
        no_more,
        landmarks(piece.text, tokens),
        unsure,
    )


def _gone(piece: Piece, signs: Signs) -> re.Match[str] | None:
    """Find the words that say it was given up, or emptied with nobody at work there."""
    if found := signs.retired.search(piece.text):
        return found
    found = signs.emptied.search(piece.text)
    return found if found and not signs.at_work.search(piece.text) else None


def is_trifling(piece: Piece, signs: Signs) -> bool:
    """Tell whether only a label, a record, paint or the like is said to be wanting."""
    marks = _standing(piece.text, signs)
    return bool(marks) and all(_is_trifle(mark, piece.text, signs) for mark in marks)


def only_denies(piece: Piece, signs: Signs) -> bool:
    """Tell whether every clause of some length says that a fault is not there, and nothing is said to be wanting."""
    marks = sorted(_marks(piece.text, signs))
    left = standing(marks, piece.text)
    spans = unsaid(piece.text, left)
    gone = [*spans, *denied_faults(marks, piece.text)]
    if not gone or any(not is_within(one.start, spans) for one in left):
        return False
    long = [one for one in piece.clauses if one[1] - one[0] > SHORT]
    return all(any(start < last and first < end for first, last in gone) for start, end in long)


def lacks_something(piece: Piece, signs: Signs) -> bool:
    """Tell whether anything is said not to be there, whatever it is called."""
    return any(mark.kind == "absent" for mark in _standing(piece.text, signs))


def lacks_other(reading: Reading, signs: Signs, asked: Collection[str], like: str) -> str:
    """Return what is said not to be there where it is none of some concepts and no character of it stands in words.

    没装踏板 is not 没装除铁的; 没装吸铁的 may be. asked: the concepts of a clause. like: the labelled finding of that
    clause which the text resembles. "" where nothing else is missing.
    """
    known = [seen.token for name in asked for seen in reading.seen.get(name, ())]
    for mark in _standing(reading.text, signs):
        name = _NAME.match(reading.text, mark.end)
        if mark.kind != "absent" or not _OF_THINGS.search(reading.text[mark.start : mark.end]):
            continue
        if name is None or len(name["what"]) < LEAST_NAME:
            continue
        if any(mark.end <= one.start < name.end() for one in known):
            continue
        if set(like).isdisjoint(name["what"]):
            return name["what"]
    return ""


def is_sound(piece: Piece, signs: Signs) -> bool:
    """Tell whether every clause says that all is well, and none that anything is wanting."""
    said = (signs.sound.search(piece.text, start, end) for start, end in piece.clauses)
    return all(said) and not _standing(piece.text, signs)


def _is_trifle(mark: Mark, text: str, signs: Signs) -> bool:
    """Tell whether what is denied is a label, a record, paint or the like, named right beside it."""
    before = list(signs.trifle.finditer(text, max(0, mark.start - TRIFLE_REACH), mark.start))
    gap = text[before[-1].end() : mark.start] if before else ","
    counted = _COUNTED.match(text, mark.end)
    after = signs.trifle.match(text, counted.end() if counted else mark.end)  # 掉了两张标签
    return after is not None or (len(gap) <= CLOSE and "," not in gap)


def _of_here(tokens: Sequence[Token], piece: Piece, signs: Signs) -> Sequence[Token]:
    """Leave out what a clause says of another's premises, and of an end that is still to come."""
    if away := _away(piece, signs):
        tokens = [one for one in tokens if piece.clause_at(one.start) not in away]
    to_come = [found.span("end") for found in _ahead(piece, signs)]
    if not to_come:
        return tokens
    return [one for one in tokens if not any(start < one.end and one.start < end for start, end in to_come)]


_NAME: Final = re.compile(
    "(?:任何|一[个只块把套台根]|那[个种套些]|这[个种套些]|啥|什么|的|了|过|[好上])*(?P<what>[^,;:的了也都就]{0,5})"
)
_OF_THINGS: Final = re.compile("(?:[装设置配备带有缺]|无)[好过的]*$")  # 没装, 没有: not 没抽水, 没几米
LEAST_NAME: Final = 2  # characters of what is missing, to be the name of a thing
_ENDS: Final = ("到期", "过期", "超期", "届满")  # with one of these every expression of `ahead` ends


def _ahead(piece: Piece, signs: Signs) -> Sequence[re.Match[str]]:
    return list(signs.ahead.finditer(piece.text)) if any(one in piece.text for one in _ENDS) else ()


_STILL_THERE: Final = re.compile("里[面头边]|屋里|也|还|又|而且|并|其中|共")  # said of the place named before


def _away(piece: Piece, signs: Signs) -> set[int]:
    away = {piece.clause_at(found.start()) for found in signs.elsewhere.finditer(piece.text)}
    for number, (start, _) in enumerate(piece.clauses):
        if number - 1 in away and _STILL_THERE.match(piece.text, start):
            away.add(number)
    return away


def here(piece: Piece, signs: Signs) -> str:
    """Return the words without the clauses of another's premises, of an end to come, and of what is mended."""
    away = _away(piece, signs) | {piece.clause_at(found.start()) for found in _ahead(piece, signs)}
    if fix := _fix(piece.text, signs):
        away |= _put_right(piece, _standing(piece.text, signs), fix)
    marks = sorted(_marks(piece.text, signs))
    standing_marks = standing(marks, piece.text)
    spans = unsaid(piece.text, standing_marks)
    sound = {piece.clause_at(start) for start, _ in denied_faults(marks, piece.text)}
    away |= sound - {piece.clause_at(one.start) for one in standing_marks}  # 火花探测没坏: nothing is wrong
    if not away and not spans:
        return piece.text
    clauses = [one for number, one in enumerate(piece.clauses) if number not in away]
    return ",".join(piece.text[start:end] for start, end in clauses if not is_within(start, spans))


_WRONG: Final = re.compile("过期|超期|堵|破损|损坏|松动|脱落|变形|堆放|占用")
_EARLIER: Final = re.compile("原|之前|此前|前期|上次|以前|当时|检查时")  # how it was before it was put right
_NOT_DONE: Final = re.compile("联系|答应|订购|下单|责令|要求|下达|督促|通知|开具|限期|指令|承诺|计划")


_SINCE: Final = ("后来", "现已", "随后", "之后", "现在已", "如今已", "目前已")


def _fix(text: str, signs: Signs) -> re.Match[str] | None:
    """Return the words that say the state was put right, None when it was only ordered or came back."""
    if signs.not_fixed.search(text):
        return None
    for found in signs.fixed.finditer(text):
        before = text[max(0, found.start() - 10) : found.start()]
        if not signs.ordered.search(before) and not _NOT_DONE.search(found.group()):
            return found
    return _is_there_now(text, signs)


def _is_there_now(text: str, signs: Signs) -> re.Match[str] | None:
    """Return the words of a later look that found the thing there (上次没装报警,这次看有了), if no more is wrong."""
    for found in signs.later.finditer(text):
        is_told = signs.earlier.search(text, 0, found.start()) is not None or found.group().startswith(_SINCE)
        if is_told and not any(one.start >= found.start() for one in _standing(text, signs)):
            return found
    return None


def _put_right(piece: Piece, marks: Sequence[Mark], fix: re.Match[str]) -> set[int]:
    """Return the clauses that were put right where another was not, none where all were.

    What is said to be done is of its own clause where this names its fault (灭火器过期已更换), else of all before it;
    never of a fault that is only named after it.
    """
    at = piece.clause_at(fix.start())
    start = piece.clauses[at][0]
    own = piece.text[start : fix.start()]
    names_fault = _WRONG.search(own) or any(start <= one.start < fix.start() for one in marks)
    done = {at} if names_fault else set(range(at + 1))
    left = {piece.clause_at(one.start) for one in marks} - done
    return done if any(not _EARLIER.match(piece.text, piece.clauses[one][0]) for one in left) else set()


def _standing(text: str, signs: Signs) -> list[Mark]:
    return standing(list(_marks(text, signs)), text)


def _marks(text: str, signs: Signs) -> Iterator[Mark]:
    for kind, said, pattern in signs.marks:
        for found in pattern.finditer(text):
            start = found.end() - 1 if kind == "wanted" else found.start()  # an order is for what stands after it
            yield Mark(start, found.end(), said, kind)


def is_disowned(reading: Reading, seen: Sequence[Seen]) -> bool:
    """Tell whether the words only say that the thing itself is not there: 没有砂光机, of which nothing more is said."""
    whole = [one for one in seen if _is_denied_alone(reading, one)]
    return bool(whole) and all(
        any(found.token.start <= one.token.start and one.token.end <= found.token.end for found in whole)
        for one in seen
    )


def _is_denied_alone(reading: Reading, seen: Seen) -> bool:
    if seen.said is not Said.ABSENT or seen.kind != "absent":
        return False
    before, end = reading.text[: seen.token.start], reading.piece.clauses[seen.clause][1]
    return seen.token.end == end and before.endswith(seen.by)


_TAKEN_AWAY: Final = re.compile("[都早也已经就]{0,3}(?:被?拆(?:除|掉|了|走)|没了|不见了|取消|去掉)")


def holds(reading: Reading, seen: Seen) -> bool:
    """Tell whether a state (water in the pit, people living there) is said to hold, not to be absent or put right."""
    if seen.token.denied or seen.small:
        return False
    text, token = reading.text, seen.token
    if seen.kind == "removed" and _TAKEN_AWAY.match(text, token.end):
        return False  # 沉降房拆了: it is there no more
    if seen.said is not Said.ABSENT or seen.kind != "absent":
        return True
    at = text.rfind(seen.by, 0, token.start + 1)
    if at < 0 or at + len(seen.by) > token.start:
        return True  # said after it: 积水未清理 leaves the water there
    between = text[at + len(seen.by) : token.start]
    if between in _PAPERS:
        return True  # 没证自己焊的: the denial is of that
    if between and text[token.start] in _OWN_DENIAL:
        return True  # 柜子没孔不透气: what denies by itself is not denied by what stands before
    if _TREATED.search(seen.by + between):
        return True
    is_far = len(between) > CLOSE and not LOOKED_FOR.match(seen.by)  # 未发现禁忌物混放: looked for, whatever it is of
    return is_far or between.endswith("的")


def around_of(readings: Sequence[Reading]) -> Mapping[str, str]:
    """Return what the whole text names, for the sentence that leaves its subject out."""
    return {
        concept: reading.text[seen[0].token.start : seen[0].token.end]
        for reading in reversed(readings)
        for concept, seen in reading.seen.items()
        if seen[0].said is not Said.ABSENT
    }


def fixed_for_all(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """A last sentence that only says "以上均已整改" speaks of all before it."""
    last = readings[-1]
    if len(readings) > 1 and last.fixed and (not last.seen or last.text.startswith(("以上", "上述", "均", "全部"))):
        return tuple(replace(one, fixed=last.fixed) for one in readings)
    return readings
