"""Read photos with Pillow under limits; draw the copies for screens, which carry no EXIF (R10.17)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from bihuan.kernel.errors import Refusal
from bihuan.trail.rules import photos
from bihuan.trail.rules.files import Place

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
SCREEN_EDGE: Final = 1600
THUMB_EDGE: Final = 360
JPEG_MILLIONS: Final = 70  # JPEG is decoded at a fraction of its size, so that a 64-megapixel phone passes
OTHER_MILLIONS: Final = 40


@dataclass(frozen=True, slots=True)
class Picture:
    """What was read from a picture. screen, thumb: JPEG copies without EXIF."""

    width: int
    height: int
    taken_at: datetime | None
    place: Place | None
    camera: str
    dhash: str
    screen: bytes
    thumb: bytes


def read_picture(content: bytes, name: str) -> Picture:
    """Decode a picture; refuses what is broken or has too many pixels, before decoding it."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)  # reads the header only
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels(name, JPEG_MILLIONS) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise _broken(name) from broken
    with image:
        _check_pixels(image, name)
        width, height = image.size
        taken_at, place, camera = _claims(image)
        try:
            screen = _screen_copy(image)
        except (OSError, SyntaxError, ValueError, EOFError) as broken:
            raise _broken(name) from broken
    grey = screen.convert("L").resize((photos.HASH_WIDTH, photos.HASH_HEIGHT), Image.Resampling.BOX)
    thumb = screen.copy()
    thumb.thumbnail((THUMB_EDGE, THUMB_EDGE))
    return Picture(
        width=width,
        height=height,
        taken_at=taken_at,
        place=place,
        camera=camera,
        dhash=photos.dhash(list(grey.tobytes())),
        screen=_jpeg(screen, quality=82),
        thumb=_jpeg(thumb, quality=78),
    )


def _check_pixels(image: Image.Image, name: str) -> None:
    limit = JPEG_MILLIONS if image.format in {"JPEG", "MPO"} else OTHER_MILLIONS
    if image.size[0] * image.size[1] > limit * 1_000_000:
        raise _too_many_pixels(name, limit)


def _screen_copy(image: Image.Image) -> Image.Image:
    image.draft("RGB", (SCREEN_EDGE, SCREEN_EDGE))  # JPEG only: decode at 1/2, 1/4 or 1/8 where that is enough
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SCREEN_EDGE, SCREEN_EDGE))
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        ground = Image.new("RGBA", upright.size, "white")
        ground.alpha_composite(upright.convert("RGBA"))
        upright = ground
    return upright.convert("RGB")


def _jpeg(image: Image.Image, *, quality: int) -> bytes:
    clean = Image.frombytes("RGB", image.size, image.tobytes())  # a new picture: pixels only, no EXIF, no profile
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _claims(image: Image.Image) -> tuple[datetime | None, Place | None, str]:
    """Read time, place and camera from EXIF; whatever is nonsense there counts as absent."""
    try:
        exif = image.getexif()
        detail = exif.get_ifd(ExifTags.IFD.Exif)
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        camera = f"{_text(exif.get(ExifTags.Base.Make))} {_text(exif.get(ExifTags.Base.Model))}".strip()
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, EOFError):
        return None, None, ""
    written = _text(detail.get(ExifTags.Base.DateTimeOriginal)) or _text(detail.get(ExifTags.Base.DateTimeDigitized))
    taken_at = photos.camera_time(written, _text(detail.get(ExifTags.Base.OffsetTimeOriginal)))
    place = photos.camera_place(
        _numbers(gps.get(ExifTags.GPS.GPSLatitude)),
        _text(gps.get(ExifTags.GPS.GPSLatitudeRef)),
        _numbers(gps.get(ExifTags.GPS.GPSLongitude)),
        _text(gps.get(ExifTags.GPS.GPSLongitudeRef)),
    )
    return taken_at, place, camera[:96]


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "ignore")
    return "".join(char for char in value if char.isprintable()).strip() if isinstance(value, str) else ""


def _numbers(value: Any) -> Sequence[float]:
    if not isinstance(value, tuple):
        return ()
    try:
        return [float(part) for part in value]
    except (TypeError, ValueError, ZeroDivisionError):
        return ()


def _broken(name: str) -> Refusal:
    return Refusal(
        "trail.picture_broken", f"照片“{name}”打不开，可能没有传完整或已损坏。请重新选择这张照片再上传，或重新拍一张。"
    )


def _too_many_pixels(name: str, millions: int) -> Refusal:
    return Refusal(
        "trail.too_many_pixels",
        f"照片“{name}”的像素太多，最多 {millions * 100} 万像素。请把相机调到普通模式重拍，或缩小后再上传。",
    )
