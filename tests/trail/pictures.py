"""Photos for tests, drawn from a seed."""

import io
import random
from typing import Any

from PIL import Image, ImageDraw


def photo(
    seed: int = 1,
    *,
    taken: str = "2018:02:14 09:30:00",
    place: tuple[float, float] | None = (31.75, 119.52),
    size: tuple[int, int] = (640, 480),
    file_format: str = "JPEG",
    quality: int = 90,
) -> bytes:
    """Draw a photo; the same seed gives the same picture. taken "", place None: without EXIF of that kind."""
    image = picture(seed).resize(size)
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if place is not None:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[3] = "N", "E"
        gps[2], gps[4] = _dms(place[0]), _dms(place[1])
    out = io.BytesIO()
    options: dict[str, Any] = {"quality": quality} if file_format == "JPEG" else {}
    image.save(out, file_format, exif=exif, **options)
    return out.getvalue()


def picture(seed: int) -> Image.Image:
    """Draw boxes on a ground."""
    chance = random.Random(seed)
    image = Image.new("RGB", (640, 480), _colour(chance))
    draw = ImageDraw.Draw(image)
    for _ in range(25):
        x, y = chance.randrange(600), chance.randrange(440)
        box = (x, y, x + chance.randrange(20, 200), y + chance.randrange(20, 200))
        draw.rectangle(box, fill=_colour(chance))
    return image


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)


def _dms(degrees: float) -> tuple[float, float, float]:
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    return float(whole), float(minutes), round((degrees - whole - minutes / 60) * 3600, 3)
