"""Photos drawn from the seed: a place before and after, and a scanned paper. Nobody's picture, nobody's place.

Each hazard has a place of its own (walls, light, things on the floor) and a subject by its category; the picture after
shows the same place from a step aside, with the subject put right. So two honest photos are never taken for one.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from PIL import Image, ImageDraw

from bihuan.hazards.rules.states import Category

SIZE: Final = (320, 240)
SMALL: Final = (96, 72)
QUALITY: Final = 60
WALLS: Final = ("#dfe3ea", "#c9d3df", "#e6dccb", "#cfdcd2", "#d8cfc6", "#b9c4d0")
FLOORS: Final = ("#b9bfc8", "#9aa3a8", "#b5a893", "#8d9a8f", "#a7a9b6")
THINGS: Final = ("#6f7f94", "#93826a", "#5d7a8c", "#7d8a66", "#8a6f6f", "#a9b4c2", "#4f5a6b")
METAL, DARK, BROWN, RED, GREEN, YELLOW, PAPER = (
    "#8b97a8",
    "#3b4657",
    "#a57b4a",
    "#c0392b",
    "#1e7d4f",
    "#e5b53a",
    "#fbfaf5",
)
ASIDE: Final = (0.0, 3.0, -3.0, 6.0, -6.0)  # where the next photo of the same place is taken from
STEPS: Final = 0.001  # degrees around the gate of an enterprise, some hundred metres
NO_TIME, NO_PLACE = 0.05, 0.08  # how many phones write neither


@dataclass(frozen=True, slots=True)
class Shot:
    """What a photo is of. place: the seed of the place, the same before and after. number: which photo of it.

    where: latitude and longitude of the enterprise.
    """

    category: str
    place: int
    number: int
    after: bool
    taken_at: datetime
    where: tuple[float, float] | None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture being drawn, measured in units of a 36 x 27 grid, so that small ones look like large ones."""

    draw: ImageDraw.ImageDraw
    dice: Random
    unit: float
    after: bool

    def box(self, x: float, y: float, wide: float, high: float, fill: str, line: str = "") -> None:
        """Draw a rectangle."""
        at = (x * self.unit, y * self.unit, (x + wide) * self.unit, (y + high) * self.unit)
        self.draw.rectangle(at, fill=fill, outline=line or None)

    def oval(self, x: float, y: float, wide: float, high: float, fill: str = "", line: str = "") -> None:
        """Draw an ellipse."""
        at = (x * self.unit, y * self.unit, (x + wide) * self.unit, (y + high) * self.unit)
        self.draw.ellipse(at, fill=fill or None, outline=line or None, width=max(1, round(self.unit / 3)))

    def line(self, *points: tuple[float, float], fill: str, wide: float = 0.3) -> None:
        """Draw a line through points."""
        at = [(x * self.unit, y * self.unit) for x, y in points]
        self.draw.line(at, fill=fill, width=max(1, round(wide * self.unit)))


def scene(shot: Shot, dice: Random) -> bytes:
    """Return a JPEG of a drawn place. Most carry time and place in EXIF, as phones write them."""
    place = Random(shot.place)
    picture = Image.new("RGB", SMALL if shot.small else SIZE, place.choice(WALLS))
    canvas = Canvas(ImageDraw.Draw(picture), place, picture.size[0] / 36, shot.after)
    aside = ASIDE[shot.number % len(ASIDE)]
    _room(canvas, aside)
    SUBJECTS.get(shot.category, _floor)(canvas, 9 + place.random() * 10 + aside)
    for _ in range(8):  # a grain of its own, so that no two pictures are the same file
        canvas.draw.point(
            (dice.randrange(picture.size[0]), dice.randrange(picture.size[1])), fill=dice.randrange(1 << 24)
        )
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=QUALITY, exif=_exif(shot, dice))
    return kept.getvalue()


def scan(dice: Random) -> bytes:
    """Return a PNG of a drawn, signed paper."""
    picture = Image.new("L", (210, 297), 252)
    draw = ImageDraw.Draw(picture)
    for line in range(24):
        draw.line((24, 40 + line * 9, 24 + dice.randrange(90, 162), 40 + line * 9), fill=90)
    draw.ellipse((130, 240, 175, 285), outline=120, width=3)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _exif(shot: Shot, dice: Random) -> Image.Exif:
    exif = Image.Exif()
    if dice.random() >= NO_TIME:
        exif.get_ifd(0x8769)[0x9003] = shot.taken_at.strftime("%Y:%m:%d %H:%M:%S")
    if shot.where is not None and dice.random() >= NO_PLACE:
        north, east = (degrees + dice.uniform(-STEPS, STEPS) for degrees in shot.where)
        exif.get_ifd(0x8825).update({1: "N", 2: _degrees(north), 3: "E", 4: _degrees(east)})
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 2)


def _room(canvas: Canvas, aside: float) -> None:
    """Draw wall, light and floor, and what stands about: enough of it that no room looks like another."""
    dice = canvas.dice
    floor = 16 + dice.random() * 4
    at = aside - 6
    for _ in range(12):
        wide = 2.5 + dice.random() * 5
        if dice.random() < 0.6:
            canvas.box(at, 0, wide, floor, dice.choice(WALLS))
        at += wide
    canvas.box(0, floor, 36, 27, dice.choice(FLOORS))
    for _ in range(3):  # windows and boards
        canvas.box(aside + dice.random() * 32, 1 + dice.random() * 7, 3 + dice.random() * 5, 3 + dice.random() * 4,
                   dice.choice((PAPER, "#eef5fb", DARK, "#aebfd0")), METAL)  # fmt: skip
    for _ in range(4):  # light and shadow on the floor
        x, y = aside + dice.random() * 34 - 2, floor + dice.random() * 8
        canvas.oval(x, y, 5 + dice.random() * 7, 2 + dice.random() * 3, dice.choice(FLOORS))
    for _ in range(3):  # what stands about, the same before and after
        side, high = 2.5 + dice.random() * 4, 3 + dice.random() * 8
        canvas.box(
            aside + dice.random() * 34 - 1, floor + dice.random() * 3 - high, side, high, dice.choice(THINGS), DARK
        )


def _electrical(canvas: Canvas, x: float) -> None:
    canvas.box(x, 5, 9, 13, METAL, DARK)
    if canvas.after:
        canvas.box(x + 0.6, 5.6, 7.8, 11.8, "#b8c2cf", DARK)
        canvas.line((x + 4.5, 8), (x + 3.2, 11.5), (x + 5.6, 11.5), (x + 4.2, 15), fill=YELLOW, wide=0.8)
        return
    canvas.box(x + 0.6, 5.6, 7.8, 11.8, DARK)
    for _ in range(7):
        points = [(x + 1 + canvas.dice.random() * 7, 6.5 + step * 2.5) for step in range(5)]
        canvas.line(*points, fill=canvas.dice.choice((RED, YELLOW, "#4f8fd0", GREEN)), wide=0.4)
    canvas.box(x - 3, 18, 6, 4, BROWN, DARK)


def _fire(canvas: Canvas, x: float) -> None:
    canvas.box(x - 1, 19.5, 11, 1.5, DARK)
    for number in range(3):
        left = x + number * 3.2
        if not canvas.after and number == 1:
            canvas.box(left - 1, 21.5, 7, 2, "#8e4a42", DARK)
            continue
        canvas.box(left, 12, 2.2, 7.5, RED, DARK)
        canvas.box(left + 0.7, 10.8, 0.9, 1.2, DARK)
        canvas.oval(left + 0.6, 13.5, 1.1, 1.1, GREEN if canvas.after else "#777")


def _evacuation(canvas: Canvas, x: float) -> None:
    canvas.box(x, 6, 8, 15, "#7b8ea3", DARK)
    canvas.box(x + 1.5, 3.4, 5, 2, GREEN)
    if canvas.after:
        canvas.line((x - 2, 26), (x, 21), (x + 8, 21), (x + 10, 26), fill=YELLOW, wide=0.6)
        return
    for number in range(5):
        side = 3 + canvas.dice.random() * 2
        canvas.box(x - 2 + number % 3 * 3.6, 22 - side - number // 3 * 4, side, side, BROWN, DARK)


def _chemicals(canvas: Canvas, x: float) -> None:
    for number in range(4):
        lean = 0.0 if canvas.after else canvas.dice.random() * 4 - 2
        left = x + number * 2.8
        color = ("#4f8fd0", "#e9edf2")[number // 2 if canvas.after else number % 2]
        canvas.line((left + lean, 9), (left, 21), fill=color, wide=2)
    if canvas.after:
        canvas.line((x - 1.5, 14), (x + 10, 14), fill=DARK, wide=0.5)


def _machine(canvas: Canvas, x: float) -> None:
    canvas.box(x, 12, 12, 9, "#4c6f8f", DARK)
    canvas.oval(x + 1, 8, 6, 6, METAL, DARK)
    canvas.oval(x + 7, 10, 3.4, 3.4, METAL, DARK)
    if canvas.after:
        canvas.box(x + 0.5, 7.5, 10.5, 7, YELLOW, DARK)
        for number in range(6):
            canvas.line((x + 1.5 + number * 1.6, 8.5), (x + 1.5 + number * 1.6, 13.5), fill=DARK, wide=0.2)
        return
    canvas.line((x + 4, 8), (x + 8.7, 10), fill=DARK, wide=0.5)
    canvas.line((x + 4, 14), (x + 8.7, 13.4), fill=DARK, wide=0.5)


def _dust(canvas: Canvas, x: float) -> None:
    canvas.line((x - 4, 4), (x + 4, 4), (x + 4, 14), (x + 12, 14), fill=METAL, wide=2.2)
    if canvas.after:
        canvas.box(x + 9, 15, 4, 6, GREEN, DARK)
        return
    for _ in range(6):
        canvas.oval(x - 4 + canvas.dice.random() * 16, 19 + canvas.dice.random() * 5, 4, 1.6, "#7a6248")


def _lifting(canvas: Canvas, x: float) -> None:
    canvas.box(0, 2, 36, 1.6, YELLOW, DARK)
    canvas.line((x + 4, 3), (x + 4, 12 if canvas.after else 17), fill=DARK, wide=0.5)
    canvas.oval(x + 2.6, 12 if canvas.after else 17, 2.8, 2.8, line=DARK)
    canvas.box(x - 1, 16 if canvas.after else 20, 9, 4, "#4c6f8f", DARK)
    if canvas.after:
        canvas.oval(x + 9, 5, 3, 3, GREEN)


def _edge(canvas: Canvas, x: float) -> None:
    canvas.box(x - 2, 19, 18, 8, "#6b5a45")
    if canvas.after:
        for number in range(5):
            canvas.line((x - 2 + number * 4, 12), (x - 2 + number * 4, 19), fill=RED, wide=0.6)
        canvas.line((x - 2, 13), (x + 14, 13), fill=RED, wide=0.6)
        canvas.line((x - 2, 16), (x + 14, 16), fill=PAPER, wide=0.6)


def _papers(canvas: Canvas, x: float) -> None:
    canvas.box(x - 2, 4, 15, 11, "#3f6d57", DARK)
    for number in range(6 if canvas.after else 2):
        canvas.box(x - 1 + number % 3 * 4.6, 5 + number // 3 * 5, 3.6, 4, PAPER)
        canvas.line((x - 0.4 + number % 3 * 4.6, 7 + number // 3 * 5), (x + 2 + number % 3 * 4.6, 7 + number // 3 * 5),
                    fill=RED if number % 3 == 0 else METAL)  # fmt: skip


def _floor(canvas: Canvas, x: float) -> None:
    if canvas.after:
        canvas.box(x + 2, 15, 4, 6, YELLOW, DARK)
        canvas.line((x - 4, 25), (x + 14, 25), fill=YELLOW, wide=0.6)
        return
    for _ in range(3):
        canvas.oval(x - 3 + canvas.dice.random() * 8, 20 + canvas.dice.random() * 3, 8, 2.6, "#4a4136")


SUBJECTS: Final[Mapping[str, Callable[[Canvas, float], None]]] = {
    Category.ELECTRICAL: _electrical,
    Category.FIRE: _fire,
    Category.EVACUATION: _evacuation,
    Category.CHEMICALS: _chemicals,
    Category.EQUIPMENT: _machine,
    Category.PROTECTION: _machine,
    Category.DUST: _dust,
    Category.SPECIAL_EQUIPMENT: _lifting,
    Category.CONSTRUCTION: _edge,
    Category.TRAINING: _papers,
    Category.EMERGENCY: _papers,
    Category.RESPONSIBILITY: _papers,
}
