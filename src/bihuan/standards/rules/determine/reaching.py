"""Of which thing a sign speaks that stands before or after it: 没装火花探测, 火花探测没装."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple

from bihuan.standards.rules.determine.cleaning import Piece
from bihuan.standards.rules.determine.denying import LOOKED_FOR
from bihuan.standards.rules.determine.lexicon import Token
from bihuan.standards.rules.determine.several import thing_left_out
from bihuan.standards.rules.determine.signs import Mark, Said, Signs

FORWARD: Final = 14  # characters between "not there" and the thing it speaks of
NEXT_TO: Final = 4  # the same for "broken", "removed"
BACKWARD: Final = 12
TOKENS_AT: Final = 12  # tokens that may begin at one place
SOUND_REACH: Final = 8  # characters after a thing in which it is said to be well
_JOINED: Final = re.compile(r"^(?:[器仪阀板]?(?:装置|系统|设施|设备|功能)?(?:的|等)?)?")
_ADVERBS: Final = re.compile(
    "(?:现场|一直|至今|目前|现在|到现在|都|也|均|全部?|还|仍|但|却|可|就是|实际上?|根本|压根|从来|一样|里面|上面|结果|又|已经?|早就|早"
    "|有?[一二两三四五六七八九十几半\\d]+[台个套处只条块盏张根樘具]|翻遍了?|翻了|找遍了?|到处找|找了"
    "|(?:另外?|其余|其他|剩下)(?:的|[一二两三四五六七八九十几\\d]*[台个套处只条])?"
    "|[^,没未无不]{1,5}(?:说|讲|称|表示|承认|回答)|回答|答|说|问了|查了|看了|是|被|给|把|叫人|让人|喊人|嫌[吵烦]|图清静|人家|施工队|偷工(?:减料)?|图省[事钱]|为省钱|省钱|图便宜|嫌贵|物业|业主|房东|商户|工人|老板娘?|厂长|师傅|主机|探头|电源线?|插头|接头|接线|电线|线头|线|电|保险丝?|风源|气源|仪表|操作室|遥控|远程|线路|信号线?|传感器|控制器)*"
)
# What a thing is fed by: 探测器装了,电源没接 says of the detector that it does not work.
_FEED: Final = re.compile("[但可]?(?:电源线?|电线|信号线?|插头|插座|线路|线头?|电|保险丝?|显示屏|屏幕?|电源灯|指示灯)")
_WHY: Final = re.compile(
    "(?:老是?|总是?|天天|经常|一直|动不动|净)?(?:误报|乱报|乱叫|乱响|瞎叫|报警|叫|响|吵|烦)(?:太?多|个不停|得?[烦吵]|人)?"
)
_LOOSE: Final = re.compile(
    r"^(?:[)】\]、]|着(?:个?影)|在|于|到(?![^,]{0,4}(?:预警|警戒|报废|上限|限值|极限|临界))|给|起来|的|上(?!墙|锁|油|漆|报)|好|成|过|回|就|便|还|仍|重做|重新|再做|,|$|一[个块张处台套道只把根样](?:,|$))"
)
_SOUND: Final = re.compile("完好|正常|齐全|良好|好的|没问题|没毛病|灵的|有效")
_UNDONE: Final = "未"
_THE_OTHERS: Final = re.compile("其余|其他|剩下|另")
_AND: Final = re.compile("[并、]")
_ON_IT: Final = re.compile("(?:表面|墙面|外面|边|角)?上")
_A_PIECE: Final = re.compile(
    "[一两二三四五几半\\d]*(?:小|大)?[块片点些](?:砖|瓦|皮|漆|灰|泥|砂浆|墙皮|角|石头|水泥|$|,)"
)
_PASSIVE: Final = re.compile("[给被]|.被")
_IS_THERE: Final = re.compile("[单票证表卡书件]?[都也均]?(?:在|有|齐全?|办了)(?=$|,)")
_DONE: Final = re.compile("(?:已经?|都|也)?(?:办|走|批|开|做|签|报|打|填)(?:理|好)?[了过]")  # 联锁跨接办了审批
_COUNTED: Final = re.compile("(?:[\\d一二两三四五六七八九十几]{1,3}[张块个只处枚条根])?")
_PEOPLE: Final = re.compile(
    "老板娘?|工人|人家|师傅|厂长|施工队|装修队|物业|房东|业主|商户"
)  # who answers: 问有否火花探测,老板摇头
_BACK_ONLY: Final = frozenset({"weak", "replaced"})  # the kinds that only speak of what stands before them
_OF_ITSELF: Final = ("absent", "removed", "failed")  # the kinds that tell how one of several is


class Seen(NamedTuple):
    """A token with what is said of it."""

    token: Token
    clause: int
    said: Said
    by: str = ""  # the words that deny it
    kind: str = ""  # which list of `signs.yaml` they are from
    sound: bool = False  # it is there, and is said to be well: 探伤合格
    at: int = -1  # where they stand
    small: bool = False  # it is said of a pane, a rail, paint and the like: 玻璃裂了


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the tokens of a piece by the signs that speak of them."""

    piece: Piece
    tokens: Sequence[Token]
    marks: Sequence[Mark]
    signs: Signs
    starts: Sequence[int]  # of the marks, in order
    longest: int  # characters of the longest mark
    works: bool  # whether it is said to work all the same

    @classmethod
    def of(cls, piece: Piece, tokens: Sequence[Token], marks: Sequence[Mark], signs: Signs) -> "Reader":
        """Work out once what every token asks. marks: in order."""
        longest = max((one.end - one.start for one in marks), default=0)
        works = signs.works.search(piece.text) is not None
        return cls(piece, tokens, marks, signs, [one.start for one in marks], longest, works)

    def see(self, token: Token) -> Seen:
        """Return what is said of a token; missing weighs more than failing."""
        first, last = token.start - FORWARD * 2, token.end + BACKWARD * 2  # no mark reaches farther
        lowest = bisect_left(self.starts, first - self.longest)
        near = (mark for mark in self.marks[lowest : bisect_right(self.starts, last)] if mark.end >= first)
        found = [mark for mark in near if self._speaks_of(mark, token)]
        order = (Said.ABSENT, Said.WEAK) if self.works else (Said.ABSENT, Said.FAILED, Said.WEAK)
        clause = self.piece.clause_at(token.start)
        for said in order:
            for mark in found:
                if mark.said is said:
                    return Seen(token, clause, said, self.piece.text[mark.start : mark.end], mark.kind, at=mark.start)
        end = min(token.end + SOUND_REACH, self.piece.clauses[clause][1])
        return Seen(
            token, clause, Said.THERE, sound=self.signs.sound.search(self.piece.text, token.end, end) is not None
        )

    def _speaks_of(self, mark: Mark, token: Token) -> bool:
        if token.start < mark.start and mark.end <= token.end:
            return mark.kind == "absent"  # between its two halves: 水压无报警
        return self._before(mark, token) or self._after(mark, token) or self._of_another(mark, token)

    def _gap(self, start: int, end: int) -> str:
        return self.piece.text[start:end]

    def _before(self, mark: Mark, token: Token) -> bool:
        """Tell whether a mark before the token speaks of it: 没装火花探测."""
        reach = FORWARD if mark.kind in {"absent", "wanted"} else NEXT_TO
        if reach == FORWARD and _AND.search(self.piece.text, mark.end, token.start):
            reach += FORWARD  # 未辨识有限空间并设置警示标志 denies both
        if not mark.start < token.start <= mark.end + reach or mark.kind in _BACK_ONLY:
            return False
        if reach == NEXT_TO and _is_said_to_be(self.piece.text, token):
            return False  # 联锁摘除有审批, 联锁摘除审批单在: what is taken away stands before it
        if reach == NEXT_TO and _DONE.match(self.piece.text, mark.end, token.start):
            return False
        gap = self._gap(mark.end, token.start)  # empty where the mark runs into the thing: 未单独设置
        looked_for = LOOKED_FOR.match(self.piece.text, mark.start) is not None
        if "," in gap or self.signs.parts.search(gap.replace("有", "") if looked_for else gap):
            return False  # 未发现砂光机有火花探测 parts nothing
        if "、" in gap and self._is_whole(mark):
            return False  # 室内栓没水、消防泵…: no water, and nothing of the pump
        undone = not gap and self.piece.text[mark.start : mark.end] == _UNDONE  # 未审批签字: neither was done
        return undone or not self._is_of_attribute(token.end)

    def _is_whole(self, mark: Mark) -> bool:
        """Tell whether a denial is a part of a word that says all: 没水."""
        first = bisect_left(self.tokens, mark.start, key=attrgetter("start"))
        covers = (one.end > mark.end for one in self.tokens[first : first + TOKENS_AT] if one.start == mark.start)
        return any(covers)

    def _is_of_attribute(self, end: int) -> bool:
        """Tell whether a thing is only named to say whose label or record is meant."""
        rest = self.piece.text[end : end + 10]
        joined = _JOINED.match(rest)
        return self.signs.attribute.match(rest, joined.end() if joined else 0) is not None

    def _after(self, mark: Mark, token: Token) -> bool:
        """Tell whether a mark after the token speaks of it: 火花探测没装."""
        gap = self._gap(token.end, mark.start)
        wide = "、" in gap or (mark.said is Said.FAILED and "," in gap)  # of a list, of each; 火花探测…,形同虚设
        reach = BACKWARD * 2 if wide else BACKWARD
        if not token.end <= mark.start <= token.end + reach or mark.kind == "wanted":
            return False
        parts = _SOUND if mark.said is Said.FAILED else self.signs.parts  # 装了但没通电: "but" is no new subject
        start = self.piece.clauses[self.piece.clause_at(mark.start)][0]
        if parts.search(gap) and not _THE_OTHERS.match(self.piece.text, start):
            return False
        if self.signs.attribute.search(gap) or not self._joins(gap, mark) or self._takes_a_piece(gap, mark):
            return False
        return mark.kind != "absent" or self._ends_there(mark)

    def _of_another(self, mark: Mark, token: Token) -> bool:
        """Tell whether a mark says of another of its kind what a clause before names: 1号装了火花探测,3号没有."""
        if not token.end < mark.start or mark.kind not in _OF_ITSELF or not self._ends_there(mark):
            return False
        return thing_left_out(self.piece, self.tokens, mark.start) == token.end

    def _takes_a_piece(self, gap: str, mark: Mark) -> bool:
        """Tell whether only a piece came off: 围墙上掉了块砖; not 拆了三根."""
        if mark.kind != "removed" or not self.piece.text[mark.start : mark.end].endswith(("掉了", "没了")):
            return False
        return _ON_IT.match(gap) is not None or _A_PIECE.match(self.piece.text, mark.end) is not None

    def _joins(self, gap: str, mark: Mark) -> bool:
        """A mark reaches back over a comma only when its own clause names nothing."""
        between = gap.split(",")
        crossed = gap.count(",") + gap.count(":") - sum(_WHY.fullmatch(one) is not None for one in between[1:-1])
        if not crossed:
            return True
        if crossed == 1 and _PASSIVE.match(self.piece.text, mark.start - 1):
            return True  # 磁铁,嫌堵料给拿掉了: what was done to it stands without it
        start, end = self.piece.clauses[self.piece.clause_at(mark.start)]
        first = mark.end if _PEOPLE.match(self.piece.text, start) else start
        return (
            crossed == 1
            and (mark.kind != "removed" or not self._names_what_is_gone(mark))
            and not self._named_in(first, end, mark)
            and _ADVERBS.fullmatch(self.piece.text[start : mark.start]) is not None
        )

    def _names_what_is_gone(self, mark: Mark) -> bool:
        """Tell whether what is gone stands after its denial: 掉了两张标签 says nothing of the clause before."""
        counted = _COUNTED.match(self.piece.text, mark.end)
        return counted is not None and self.signs.trifle.match(self.piece.text, counted.end()) is not None

    def _named_in(self, start: int, end: int, mark: Mark) -> bool:
        """Tell whether a clause names anything beside the words of a mark."""
        first, last = (bisect_left(self.tokens, place, key=attrgetter("start")) for place in (start, end))
        named = [one for one in self.tokens[first:last] if not mark.start <= one.start < mark.end]
        return any(not _FEED.fullmatch(self.piece.text, one.start, one.end) for one in named)

    def _ends_there(self, mark: Mark) -> bool:
        """Tell whether nothing follows a "not there" that it could speak of instead."""
        clause_end = self.piece.clauses[self.piece.clause_at(mark.start)][1]
        rest = self.piece.text[mark.end : clause_end]
        return _LOOSE.match(rest) is not None


def _is_said_to_be(text: str, token: Token) -> bool:
    return text[token.start] == "有" or _IS_THERE.match(text, token.end) is not None
