"""Draws the life of a hazard from the table of steps, as SVG attributes; nothing here knows an arrow by itself."""

from dataclasses import dataclass
from typing import Final

from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.states import OPEN_STATES, STATE_NAMES, State
from bihuan.hazards.rules.steps import STEPS

LINE: Final = (*OPEN_STATES, State.CLOSED)  # left to right
ASIDE: Final = ((0, State.INVALID), (2, State.TRANSFERRED))  # below which place of the line
GAP: Final = 168
LEFT: Final = 70
ROW: Final = 130
ASIDE_ROW: Final = 350
HALF: Final = 46
LIFT: Final = 18
SPREAD: Final = 34


@dataclass(frozen=True, slots=True)
class Node:
    """A state on the drawing."""

    state: str
    name: str
    x: int
    y: int

    @property
    def left(self) -> int:
        """The left edge of its box."""
        return self.x - HALF

    @property
    def top(self) -> int:
        """The upper edge of its box."""
        return self.y - 22

    @property
    def base(self) -> int:
        """The line that its name stands on."""
        return self.y + 6


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow with the acts that take it; `back` goes right to left, `aside` leaves the line."""

    path: str
    words: str
    x: int
    y: int
    back: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole drawing. width, height: its view box."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def moves() -> dict[tuple[State, State], tuple[Act, ...]]:
    """Return every move of the table: from, to, by which acts; acts that leave the state alone are none."""
    found: dict[tuple[State, State], dict[Act, None]] = {}
    for step in STEPS:
        for frm in step.frm:
            if step.to is not None and step.to != frm:
                found.setdefault((frm, step.to), {})[step.act] = None
    return {move: tuple(acts) for move, acts in found.items()}


def draw() -> Drawing:
    """Lay the states out on one line, those aside below, and draw each move."""
    places = {state: (LEFT + GAP * at, ROW) for at, state in enumerate(LINE)}
    places |= {state: (LEFT + GAP * at, ASIDE_ROW) for at, state in ASIDE}
    nodes = tuple(Node(state.value, STATE_NAMES[state], *places[state]) for state in places)
    arrows = tuple(_arrow(frm, to, acts, places) for (frm, to), acts in _shown(moves()).items())
    return Drawing(nodes, arrows, LEFT * 2 + GAP * (len(LINE) - 1), ASIDE_ROW + 40)


def _shown(found: dict[tuple[State, State], tuple[Act, ...]]) -> dict[tuple[State, State], tuple[Act, ...]]:
    """Draw only one arrow into 不成立: it may come from any open state, and six arrows would hide the rest."""
    return {move: acts for move, acts in found.items() if move[1] is not State.INVALID or move[0] is State.REPORTED}


def _arrow(frm: State, to: State, acts: tuple[Act, ...], places: dict[State, tuple[int, int]]) -> Arrow:
    (x1, y1), (x2, y2) = places[frm], places[to]
    words = "、".join(WORDS[act].title for act in acts)
    if to is State.INVALID:
        words = f"任何未销号的状态：{words}"
    if y1 != y2:
        down = y2 > y1
        start, end = (y1 + 22, y2 - 22) if down else (y1 - 22, y2 + 22)
        shift = 12 if down else -12
        path = f"M{x1 + shift} {start}C{x1 + shift} {(y1 + y2) // 2} {x2 + shift} {(y1 + y2) // 2} {x2 + shift} {end}"
        if not down:
            return Arrow(path, words, x1 - HALF, y1 - HALF - 10, back=True, aside=True)
        beside = GAP // 2 if to is State.INVALID else shift
        return Arrow(path, words, (x1 + x2) // 2 + beside, (y1 + y2) // 2, back=False, aside=True)
    steps = round((x2 - x1) / GAP)
    if steps == 1:
        return Arrow(f"M{x1 + HALF} {y1}H{x2 - HALF}", words, (x1 + x2) // 2, y1 - 8, back=False, aside=False)
    back = steps < 0
    top = y1 + (1 if back else -1) * (LIFT + SPREAD * abs(steps))
    edge = y1 + (22 if back else -22)
    middle = (x1 + x2) // 2
    path = f"M{x1} {edge}C{x1} {top} {x2} {top} {x2} {edge}"
    return Arrow(path, words, middle, (edge + 3 * top) // 4 + (14 if back else -4), back=back, aside=False)
