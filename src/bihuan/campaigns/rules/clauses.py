"""Gathers the clauses: ordering sentences, rows of tables of division, headings that are orders themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.campaigns.rules.answer import Clause, Reading
from bihuan.campaigns.rules.carrying import Memory, each_once, first_list, joins_those_before, takes_nothing
from bihuan.campaigns.rules.days import Anchor
from bihuan.campaigns.rules.deadlines import deadlines
from bihuan.campaigns.rules.division import (
    Named,
    answered,
    is_answered,
    joined,
    named_alone,
    read_heading,
    read_line,
    read_remark,
)
from bihuan.campaigns.rules.due import Due
from bihuan.campaigns.rules.gist import deliverable_of, gist_of
from bihuan.campaigns.rules.goals import read_goal
from bihuan.campaigns.rules.headings import Heading, Piece, text_below
from bihuan.campaigns.rules.how_often import how_often
from bihuan.campaigns.rules.labels import label_of, of_heading, of_label, run_in, section_of
from bihuan.campaigns.rules.names import Answerable
from bihuan.campaigns.rules.orders import deontic_of, is_order, is_result
from bihuan.campaigns.rules.parties import subjects
from bihuan.campaigns.rules.periods import anchor_under, due_of_phase
from bihuan.campaigns.rules.remarks import remark_parties, with_roles
from bihuan.campaigns.rules.roles import Role, role_of
from bihuan.campaigns.rules.said_days import day_said, due_of_row
from bihuan.campaigns.rules.splitting import split
from bihuan.campaigns.rules.tables import Row, read_tables
from bihuan.campaigns.rules.text import Place, fold, trimmed, untitled
from bihuan.campaigns.rules.you import first_addressed, meant

_ANNEX_PLAN: Final = re.compile(r"方案|分工|任务|措施|职责|要点|细则|制度|预案|要求|办法|规程")
_SHARE: Final = re.compile(r"(?:检查|督[查导]|整治|包保|工作|主要|排查)(?:范围|职责|任务|内容|对象|重点)[::]")
NEXT: Final = 2  # lines, within which a further line of the same kind stands
NEVER: Final = -10
_LEADS_IN: Final = re.compile(r"[:：]\s*$")


def _is_open(due: Due | None) -> bool:
    return due is None or due.implied


@dataclass
class Clauses:
    """The clauses found so far, and what the next ones may take over from them."""

    reading: Reading
    anchor: Anchor
    annexes: dict[int, str]
    tasks_from: int  # the first line that is numbered or a heading; what has no heading after it is a task
    found: list[Clause] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)  # whom the sentences before name
    loose: list[int] = field(default_factory=list)  # clauses of the section that still want a 责任单位 line
    given: list[int] = field(default_factory=list)  # the clauses that the last 责任单位 line was for
    given_in: int = NEVER  # the line it stands in
    answered: int = 0  # how many clauses there were at the last such line
    open_from: int = 0  # the first clause that it was for
    begun: int = 0  # how many clauses there were where the section began
    headed: dict[Heading, Named] = field(default_factory=dict)  # of lines between a heading and its first sentence
    lead: dict[Heading | None, tuple[Answerable, ...]] = field(default_factory=dict)  # whom lead-ins name
    section: Heading | None = None
    named: tuple[Answerable, ...] = ()  # in lines before the line that says what they do: 责任单位：甲 / 检查范围：…

    def __post_init__(self) -> None:
        """Read the tables once."""
        self.rows: dict[int, list[Row]] = read_tables(self.reading.lines)
        self.tables_taken: set[int] = set()
        self.addressees = first_addressed(self.reading.lines)

    def role(self, piece: Piece) -> Role:
        """Return what the sentences of a piece are; a document without headings has only tasks, after its opening."""
        annex = self.annexes.get(piece.line.index, "")
        if annex and piece.heading is None:
            return Role.TASKS if _ANNEX_PLAN.search(annex) else Role.SCOPE
        if piece.heading is None and piece.line.index >= self.tasks_from:
            return Role.TASKS
        return role_of(piece.heading)

    def take_cell(self, piece: Piece) -> list[Clause]:
        """Take a table's rows when its first cell is reached; return the clauses they make."""
        cell = piece.line.cell
        if cell is None or cell.table in self.tables_taken:
            return []
        self.tables_taken.add(cell.table)
        before = len(self.found)
        for row in self.rows.get(cell.table, []):
            due = due_of_row(row, self.reading.lines, self.anchor)
            self._add(piece, row.task, row.parties, implied=False, due=due, source="table", topic=row.topic)
        return self.found[before:]

    def take_line(self, piece: Piece) -> bool:
        """Take a line that names who answers for the sentences before it; tell whether it was one."""
        place = trimmed(piece.line.text, Place(piece.line.index, piece.start, len(piece.line.text)))
        folded = piece.line.folded[place.start : place.end]
        named = read_line(folded, place)
        if not (named and self._beside(piece)):
            self._enter(piece.heading)
        if named is None:
            if self.named and _SHARE.match(folded):
                self._add(piece, place, self.named, implied=False, due=None, source="sentence")
                self.named, self.begun = (), len(self.found)
                return True
            return False
        near = 0 < piece.line.index - self.given_in <= NEXT and len(self.found) == self.answered
        if not near:  # each line is for what stands between it and the line before: items with a line each
            self.open_from, self.answered = max(self.begun, self.answered), len(self.found)
        more = not self.loose and bool(self.given) and near
        if not self.loose and not more:
            self.named = each_once([*self.named, *named.parties])
            self.given.clear()
        if self.begun == len(self.found) and piece.heading:
            before = self.headed.get(piece.heading)
            self.headed[piece.heading] = joined(before, named) if before else named
        self.given = self.given if more else list(self.loose)
        self._give(named, self.given, more=more)
        others = [
            at for at in range(self.open_from, len(self.found)) if at not in self.given and self.found[at].parties
        ]
        self._give(replace(named, parties=() if self.given else named.units()), others, more=True)
        self.loose.clear()
        self.given_in = piece.line.index
        return True

    def _beside(self, piece: Piece) -> bool:
        """Tell whether a line is a point beside the one before: 2.活动内容：…  3.组织单位：…"""
        return piece.number is not None and self.section is not None and self.section.parent is piece.heading

    def _give(self, named: Named, clauses: Sequence[int], *, more: bool = False) -> None:
        """Give a line's parties and day to clauses. more: a line before it has named some already."""
        on = day_said(named.deadline, self.anchor) if named.deadline else None
        more = more or (named.beside and bool(named.parties))
        named = replace(named, parties=tuple(map(self._as_written, named.parties)))
        for at in clauses:
            parties = each_once([*self.found[at].parties, *named.parties]) if more else named.parties
            self.found[at] = answered(self.found[at], replace(named, parties=parties), on)

    def _enter(self, heading: Heading | None) -> None:
        if heading is not self.section:
            self.section, self.begun, self.given_in = heading, len(self.found), NEVER
            self.loose.clear()
            self.memory.leave()
            self.named = ()

    def take_sentence(self, piece: Piece, place: Place, role: Role) -> bool:
        """Take a sentence if it orders something; tell whether it did."""
        folded = piece.line.folded
        text = folded[place.start : place.end]
        item = piece.number is not None and role is Role.SCOPE
        if not is_order(text, role, item=item) and not is_answered(text, place, role):
            self._introduce(piece, place)
            return False
        cut = split(folded, place)
        named = [party for one in cut for party in self._take(piece, one)]
        if len(cut) > 1 and named:
            self.memory.before = first_list(each_once(named))
        return True

    def take_remark(self, piece: Piece, place: Place) -> bool:
        """Give those named in a sentence of their own (甲局、乙局按职责分工负责。) to what stands before it."""
        text = piece.line.folded[place.start : place.end]
        keyed = read_line(text, place)
        if keyed is not None:
            self._give_keyed(keyed, place.paragraph)
            return True
        parties = named_alone(text, place, numbered=place.start == piece.start and piece.number is not None)
        if not parties:
            return False
        heading = piece.heading
        before = [at for at in self.loose if self.found[at].place.paragraph == place.paragraph]
        for at in before:
            self.found[at] = replace(self.found[at], parties=parties, parties_implied=False)
        alone = heading is not None and heading.place.paragraph == place.paragraph and piece.start == place.start
        if heading is not None and alone and is_order(fold(heading.text), Role.SCOPE):
            self._take_heading(piece, heading, parties)
        return bool(before) or alone

    def _give_keyed(self, keyed: Named, paragraph: int) -> None:
        """Give …。责任单位：甲、乙 to the sentences before it that name nobody, else to the last beside its own."""
        open_ones = [at for at in self.loose if self.found[at].place.paragraph == paragraph]
        last = self.found[-1] if self.found else None
        if not open_ones and last and last.place.paragraph == paragraph:
            open_ones, keyed = [len(self.found) - 1], replace(keyed, parties=keyed.with_subject(last.parties))
        for at in open_ones:
            own = self.found[at].parties
            self._give(replace(keyed, parties=keyed.with_subject(own)) if keyed.beside and own else keyed, [at])

    def _introduce(self, piece: Piece, place: Place) -> None:
        """Remember whom a lead-in names: 各镇要做好以下工作："""
        text = piece.line.folded[place.start : place.end]
        if _LEADS_IN.search(text):
            self.lead[piece.heading] = tuple(one.at(place) for one in subjects(text))

    def _take(self, piece: Piece, place: Place) -> tuple[Answerable, ...]:
        text = piece.line.folded[place.start : place.end]
        keyed = read_remark(text, place)
        remarked = keyed.parties if keyed else tuple(one.at(place) for one in remark_parties(text))
        said = text[: keyed.place.start - place.start] if keyed else text
        told = tuple(one.at(place) for one in subjects(said))
        own = keyed.with_subject(told or label_of(piece)) if keyed else (*told, *remarked)
        own = each_once([*run_in(piece, place), *meant(with_roles(text, own, place), self.addressees)])
        beside = keyed is not None and keyed.beside and not told and not label_of(piece)
        joined = bool(told) and joins_those_before(text, told[0].place.start - place.start)
        parties, implied = self._who(piece, text, own, joined=joined, beside=beside)
        if _LEADS_IN.search(text):
            self.lead[piece.heading] = parties
        self.memory.keep(piece.line, text, parties, said=bool(told) and not implied)
        due = self._due(piece, place, text)
        later = self._dues(piece, place, said)[1:]
        if keyed and keyed.deadline and (due is None or due.implied):
            due = Due(day_said(keyed.deadline, self.anchor), keyed.deadline, keyed.place)
        self._add(piece, place, parties, implied=implied, due=due, source="sentence", later=later)
        if not own:
            self.loose.append(len(self.found) - 1)
        elif remarked:
            self._remark(piece, remarked, due if keyed and keyed.deadline else None)
        return own

    def _who(
        self, piece: Piece, text: str, own: tuple[Answerable, ...], *, joined: bool, beside: bool
    ) -> tuple[tuple[Answerable, ...], bool]:
        """Return the parties of a sentence, and whether they are implied.

        joined: its own are only worked with. beside: a remark names only who helps; who is helped may stand before.
        """
        if own and not (joined or beside):
            return own, False
        before, implied = self._carried(piece, text)
        return each_once([*before, *own]), implied and not beside and bool(before or not own)

    def _remark(self, piece: Piece, parties: tuple[Answerable, ...], due: Due | None) -> None:
        """Give those named at a paragraph's end, and the day said there, to its sentences that name nobody."""
        for at in self.loose:
            one = self.found[at]
            if one.place.paragraph == piece.line.index and not one.parties_implied:
                self.found[at] = replace(one, parties=parties, due=due if due and _is_open(one.due) else one.due)

    def _carried(self, piece: Piece, text: str) -> tuple[tuple[Answerable, ...], bool]:
        """Return the parties that a sentence without its own takes over, and whether they are implied."""
        keyed = self._keyed(piece.heading)
        named = of_label(piece) or (keyed.parties if keyed else ()) or of_heading(piece.heading)
        if named:
            return named, False
        if takes_nothing(text):
            return (), False
        carried = self.memory.meant(piece.line, text)
        if carried is not None:
            return carried, True
        for heading in [piece.heading, *(reversed(piece.heading.path[:-1]) if piece.heading else ())]:
            if self.lead.get(heading):
                return self.lead[heading], True
        return self._of_title(piece.heading), True

    def _keyed(self, heading: Heading | None) -> Named | None:
        """Return who answers by the nearest heading that says so, in brackets or in a line below it."""
        for one in reversed(heading.path if heading else ()):
            if named := self.headed.get(one) or read_heading(one):
                return named
        return None

    def _of_title(self, heading: Heading | None) -> tuple[Answerable, ...]:
        """Return whom the nearest heading orders that orders somebody: （一）企业主要负责人履行法定职责."""
        for one in reversed(heading.path if heading else ()):
            text = fold(one.text)
            if named := [party for party in subjects(text) if party.name != "人员"]:  # 人员看护
                start = one.place.end - len(one.text)
                return tuple(party.at(Place(one.place.paragraph, start, one.place.end)) for party in named)
        return ()

    def _dues(self, piece: Piece, place: Place, text: str) -> tuple[Due, ...]:
        found = deadlines(untitled(text), anchor_under(piece.heading, self.reading.phases, self.anchor))
        return tuple(
            Due(one.on, one.text, Place(place.paragraph, place.start + one.start, place.start + one.end))
            for one in found
        )

    def _due(self, piece: Piece, place: Place, text: str) -> Due | None:
        own = self._dues(piece, place, text)
        if own:
            return own[0]
        if (keyed := self._keyed(piece.heading)) and keyed.deadline:
            return Due(day_said(keyed.deadline, self.anchor), keyed.deadline, keyed.place, implied=True)
        return due_of_phase(piece.heading, self.reading.phases)

    def _add(
        self,
        piece: Piece,
        place: Place,
        parties: Sequence[Answerable],
        *,
        implied: bool,
        due: Due | None,
        source: str,
        topic: str = "",
        later: tuple[Due, ...] = (),
    ) -> None:
        line = self.reading.lines[place.paragraph]
        text = line.text[place.start : place.end]
        folded = line.folded[place.start : place.end]
        self.found.append(
            Clause(
                id="",
                section=section_of(piece),
                heading=piece.heading,
                annex=self.annexes.get(place.paragraph, ""),
                text=text,
                place=place,
                gist=gist_of(folded, topic),
                deontic=deontic_of(folded),
                parties=tuple(self._as_written(one) for one in parties),
                parties_implied=implied and bool(parties),
                due=self._due_as_written(due),
                deliverable=deliverable_of(folded),
                frequency=how_often(folded, due.text if due and source == "table" else ""),
                source=source,
                later=tuple(filter(None, map(self._due_as_written, later))),
            )
        )

    def _as_written(self, party: Answerable) -> Answerable:
        """Return a party with its name in the widths of the text."""
        text = self._text(party.place)
        return replace(party, name=party.name.replace(fold(text), text, 1))

    def _due_as_written(self, due: Due | None) -> Due | None:
        if due is None or due.place is None:
            return due
        text = self._text(due.place)
        return replace(due, text=text) if fold(text) == due.text else due

    def _text(self, place: Place) -> str:
        return self.reading.lines[place.paragraph].text[place.start : place.end]

    def finish(self) -> None:
        """Take the headings that have nothing under them and order something themselves."""
        used = {clause.heading for clause in self.found} | {one.parent for one in self.reading.headings}
        filled = {goal.place.paragraph for goal in self.reading.goals} | {
            one.place.paragraph for one in self.reading.remarks
        }
        for heading in self.reading.headings:
            if heading not in used and heading.place.paragraph not in filled and self._take_goal(heading):
                continue
            bare_one = heading not in used and heading.place.paragraph not in filled and heading.level > 1
            told = self.headed.get(heading)
            alone = is_order(heading.text, Role.SCOPE) if told else bare_one and self._orders_alone(heading)
            if bare_one and role_of(heading) in {Role.TASKS, Role.TIME} and alone:
                piece = Piece(self.reading.lines[heading.place.paragraph], 0, heading)
                self._take_heading(piece, heading, told.parties if told else ())

    def _take_goal(self, heading: Heading) -> bool:
        """Take a heading as a goal that sets a result and has nothing below it: 1.2 确保火灾“零死亡”."""
        start = heading.place.end - len(heading.text)
        place = Place(heading.place.paragraph, start, heading.place.end)
        text = fold(heading.text)
        above = role_of(heading.parent) if heading.parent else Role.TASKS
        if (
            above not in {Role.GOALS, Role.GUIDING}
            or not is_result(text)
            or text_below(heading, self.reading.lines, self.reading.headings)
        ):
            return False
        section = heading.parent.section if heading.parent else "0"
        self.reading.goals.append(read_goal(heading.text, place, section, self.anchor, self.reading.period))
        return True

    def _orders_alone(self, heading: Heading) -> bool:
        below = text_below(heading, self.reading.lines, self.reading.headings)
        return not below and is_order(heading.text, Role.SCOPE)

    def _take_heading(self, piece: Piece, heading: Heading, named: tuple[Answerable, ...] = ()) -> None:
        folded = piece.line.folded
        keyed = None if named else self._keyed(heading)
        named = keyed.parties if keyed else named
        start = heading.place.end - len(heading.text)
        place = Place(heading.place.paragraph, start, heading.place.end)
        own = tuple(one.at(place) for one in subjects(folded[place.start : place.end]))
        self._add(
            piece,
            place,
            (*own, *named),
            implied=False,
            due=self._due(piece, place, folded[place.start : place.end]),
            source="heading",
        )
