"""Photos drawn from the seed: a workshop before and after, and a scanned paper. Nobody's picture, nobody's place."""

import io
from datetime import datetime
from random import Random

from PIL import Image, ImageDraw

WALLS = ("#dfe3ea", "#d5dbe3", "#e6e1d8", "#d9e0dc")
THINGS = ("#8f9bac", "#a5998a", "#7f93a8", "#9aa58c")


def scene(dice: Random, *, after: bool, taken_at: datetime, small: bool = False) -> bytes:
    """Return a JPEG of a drawn workshop. after: the thing in the way is gone, a sign hangs there. Some carry a time."""
    width, height = (96, 72) if small else (400, 300)
    picture = Image.new("RGB", (width, height), dice.choice(WALLS))
    draw = ImageDraw.Draw(picture)
    floor = height * 3 // 4
    draw.rectangle((0, floor, width, height), fill="#b9bfc8")
    for number in range(1, 5):
        draw.line((width * number // 5, 0, width * number // 5, floor), fill="#c6ccd6", width=2)
    _things(draw, dice, width, floor, count=2 if after else 5)
    if after:
        draw.rectangle((width // 2, height // 6, width // 2 + width // 6, height // 6 + height // 10), fill="#1e7d4f")
    for _ in range(12):  # a grain of its own, so that no two pictures are the same file
        x, y = dice.randrange(width), dice.randrange(height)
        draw.point((x, y), fill=(dice.randrange(256), dice.randrange(256), dice.randrange(256)))
    kept = io.BytesIO()
    exif = Image.Exif()
    if dice.random() < 0.8:
        exif[0x0132] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
        exif.get_ifd(0x8769)[0x9003] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    picture.save(kept, "JPEG", quality=60, exif=exif)
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


def _things(draw: ImageDraw.ImageDraw, dice: Random, width: int, floor: int, *, count: int) -> None:
    for _ in range(count):
        side = dice.randrange(width // 10, width // 5)
        left = dice.randrange(0, width - side)
        draw.rectangle((left, floor - side, left + side, floor), fill=dice.choice(THINGS), outline="#5d6779")
