"""What a photo says about itself, and what a verifier should look at twice (product, section 7, point 5)."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail.rules.files import Place

HASH_WIDTH: Final = 9  # dHash compares each of 8 x 8 points with its right neighbour
HASH_HEIGHT: Final = 8
BANDS: Final = 4
NEAR_BITS: Final = 3  # fewer than BANDS, so that two near hashes share at least one band
FLAT_STEP: Final = 3  # grey levels; fewer than FLAT_POINTS steps of this size and the picture is too even to compare
FLAT_POINTS: Final = 8
NIGHT_FROM: Final = 22
NIGHT_UNTIL: Final = 5
OLD_AFTER: Final = timedelta(days=30)
AHEAD_AFTER: Final = timedelta(minutes=10)
FAR_METRES: Final = 500
EARTH_METRES: Final = 6_371_000
EARLIEST_YEAR: Final = 1980
LATEST_YEAR: Final = 2999


def dhash(grey: Sequence[int]) -> str:
    """Return the difference hash of a picture as 16 hex digits, or "" when it is too even to compare.

    grey: 9 x 8 grey levels from 0 to 255, row by row.
    """
    pairs = [
        (grey[row * HASH_WIDTH + column], grey[row * HASH_WIDTH + column + 1])
        for row in range(HASH_HEIGHT)
        for column in range(HASH_WIDTH - 1)
    ]
    if sum(abs(left - right) >= FLAT_STEP for left, right in pairs) < FLAT_POINTS:
        return ""
    bits = 0
    for left, right in pairs:
        bits = bits << 1 | (left > right)
    return f"{bits:016x}"


def bands(dhash_hex: str) -> tuple[int, int, int, int]:
    """Split a hash into four parts of 16 bits."""
    first, second, third, fourth = (int(dhash_hex[at : at + 4], 16) for at in range(0, 16, 4))
    return first, second, third, fourth


def is_near(one: str, other: str) -> bool:
    """Tell whether two hashes differ in so few bits that they are likely one photo, re-sent or re-compressed."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= NEAR_BITS


def camera_time(text: str, offset: str = "") -> datetime | None:
    """Read EXIF's `2018:02:14 09:30:00` with its offset (`+08:00`); Asia/Shanghai without one; None for nonsense."""
    cleaned = text.strip("\x00 ")
    try:
        naive = datetime.strptime(cleaned[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 -- the zone is put on just below
    except ValueError:
        return None
    return sound_time(naive.replace(tzinfo=_zone(offset.strip("\x00 ")) or SHANGHAI))


def sound_time(claimed: datetime | None) -> datetime | None:
    """Return a claimed instant, or None when no camera can have meant it (a year before photographs were digital)."""
    return claimed if claimed is not None and EARLIEST_YEAR <= claimed.year <= LATEST_YEAR else None


def on_the_towns_day(taken_at: datetime | None, ahead: timedelta, *, now: datetime) -> datetime | None:
    """Return a claimed instant on the clock that `now` is read from.

    ahead: how far cameras are ahead of that clock; a time that `now` has already passed needs no setting back.
    """
    return taken_at - ahead if taken_at is not None and ahead and taken_at > now else taken_at


def sound_place(claimed: Place | None) -> Place | None:
    """Return a claimed place, or None when there is no such point on Earth, or it is the empty point 0, 0."""
    if claimed is None or not (math.isfinite(claimed.latitude) and math.isfinite(claimed.longitude)):
        return None
    if abs(claimed.latitude) > 90 or abs(claimed.longitude) > 180:
        return None
    return None if claimed.latitude == 0 and claimed.longitude == 0 else claimed


def _zone(offset: str) -> timezone | None:
    if len(offset) != 6 or offset[0] not in "+-" or offset[3] != ":" or not (offset[1:3] + offset[4:]).isdigit():
        return None
    sign = -1 if offset[0] == "-" else 1
    shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
    return timezone(sign * shift) if shift < timedelta(days=1) else None


def camera_place(latitude: Sequence[float], north: str, longitude: Sequence[float], east: str) -> Place | None:
    """Read EXIF's degrees, minutes, seconds; None for what is missing, out of range, or the empty point 0, 0."""
    lat, lon = _degrees(latitude), _degrees(longitude)
    if lat is None or lon is None:
        return None
    south, west = north.strip("\x00 ").upper() == "S", east.strip("\x00 ").upper() == "W"
    return sound_place(Place(-lat if south else lat, -lon if west else lon))


def _degrees(parts: Sequence[float]) -> float | None:
    if len(parts) != 3 or not all(math.isfinite(part) and part >= 0 for part in parts):
        return None
    return round(parts[0] + parts[1] / 60 + parts[2] / 3600, 6)


def metres_between(one: Place, other: Place) -> float:
    """Return the distance of two points on the ground."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(chord)))


def intake_doubts(*, taken_at: datetime | None, place: Place | None, claim_source: str, now: datetime) -> list[str]:
    """Return what to look at twice when a photo comes in, as Chinese notes: reasons for a person, never verdicts."""
    notes = []
    if claim_source == "device":
        notes.append("照片本身没有拍摄信息，时间和地点由上传的设备提供")
    if taken_at is None:
        notes.append("照片没有拍摄时间")
    else:
        notes += _time_doubts(taken_at, now)
    if place is None:
        notes.append("照片没有拍摄地点")
    return notes


def _time_doubts(taken_at: datetime, now: datetime) -> list[str]:
    notes = []
    local = taken_at.astimezone(SHANGHAI)
    if local.hour >= NIGHT_FROM or local.hour < NIGHT_UNTIL:
        notes.append(f"夜间拍摄（{local:%H:%M}）")
    if taken_at > now + AHEAD_AFTER:
        notes.append(f"拍摄时间晚于上传时间（{_moment(taken_at)}）")
    elif taken_at < now - OLD_AFTER:
        notes.append(f"拍摄于 {(now - taken_at).days} 天之前（{_moment(taken_at)}）")
    return notes


def reuse_doubt(*, exactly: bool, uploaded_at: datetime) -> str:
    """Say that the same or a near photo was handed in before."""
    how = "完全相同" if exactly else "很相似"
    return f"与 {_moment(uploaded_at)} 上传的另一张照片{how}，请看实物"


def used_twice_doubt(attached_at: datetime) -> str:
    """Say that this very photo already proves something else."""
    return f"这张照片在 {_moment(attached_at)} 已经用作证据，又用了一次"


def distance_doubt(place: Place | None, site: Place | None, *, limit_metres: int = FAR_METRES) -> str:
    """Say that a photo was taken far from where it should be, or "" when it was not or nobody can know."""
    if place is None or site is None:
        return ""
    metres = metres_between(place, site)
    if metres <= limit_metres:
        return ""
    far = f"{metres / 1000:.1f} 公里" if metres >= 1000 else f"{metres:.0f} 米"
    return f"拍摄地点距登记地址约 {far}"


def _moment(instant: datetime) -> str:
    local = instant.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def utc(instant: datetime) -> datetime:
    """Return an aware instant in UTC."""
    return instant.astimezone(UTC)
