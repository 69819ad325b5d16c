"""Files that mean harm or are broken: a sentence, never a crash, never a hang."""

import contextlib
import io
import math
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from PIL import Image

from bihuan.kernel.errors import Refusal
from bihuan.trail.rules import Claim, Place
from bihuan.trail.rules.photos import camera_place, camera_time, dhash, is_near
from bihuan.trail.services import keep_file
from tests.trail.people import NOON, ONE, TOWN
from tests.trail.pictures import photo

pytestmark = pytest.mark.django_db


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x" * 500)
        packed.writestr("word/document.xml", "y" * 500)
    return out.getvalue()


WELL_MADE = {
    "jpeg": photo(1, size=(64, 48)),
    "png": photo(2, size=(64, 48), file_format="PNG"),
    "webp": photo(3, size=(64, 48), file_format="WEBP"),
    "docx": docx(),
    "pdf": b"%PDF-1.7\n" + b"1 0 obj" * 50,
}


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(sorted(WELL_MADE)),
    wounds=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=12),
    cut=st.integers(0, 4000),
)
@pytest.mark.filterwarnings("ignore")  # Pillow warns of broken EXIF
def test_given_any_file_when_bytes_are_wounded_then_it_is_kept_or_refused_with_a_sentence(
    kind: str, wounds: list[tuple[int, int]], cut: int
) -> None:
    content = bytearray(WELL_MADE[kind])
    for at, value in wounds:
        content[at % len(content)] = value
    wounded = bytes(content[: -(cut % len(content))] if cut % 3 == 0 and cut % len(content) else content)

    with contextlib.suppress(Refusal), transaction.atomic():
        keep_file(name="伤.jpg", content=wounded, kind="document", town_id=TOWN, actor=ONE, now=NOON)


def test_given_an_archive_with_a_list_of_names_without_end_when_kept_then_it_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "")
        for number in range(20_000):
            packed.writestr(f"word/{number:040d}", "")

    def never(*_: object) -> None:
        raise AssertionError("the list was read")

    monkeypatch.setattr(zipfile.ZipFile, "namelist", never)
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", never)

    with pytest.raises(Refusal, match="是压缩包"):
        keep_file(name="炸.docx", content=out.getvalue(), kind="document", town_id=TOWN, actor=ONE, now=NOON)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("2018:02:14 09:30:00", "", "2018-02-14T09:30:00+08:00"),
        ("2018:02:14 09:30:00\x00", "+09:00", "2018-02-14T09:30:00+09:00"),
        ("2018:02:14 09:30:00", "-03:30", "2018-02-14T09:30:00-03:30"),
        ("2018:02:14 09:30:00", "nonsense", "2018-02-14T09:30:00+08:00"),
        ("2018:02:14 09:30:00", "+99:99", "2018-02-14T09:30:00+08:00"),
        ("0000:00:00 00:00:00", "", None),
        ("0001:01:01 00:00:00", "", None),
        ("1899:12:31 00:00:00", "", None),
        ("", "", None),
        ("昨天", "", None),
    ],
)
def test_given_a_camera_time_when_read_then_nonsense_counts_as_absent(
    text: str, offset: str, expected: str | None
) -> None:
    found = camera_time(text, offset)

    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("latitude", "north", "longitude", "east", "expected"),
    [
        ((31, 45, 0), "N", (119, 31, 12), "E", Place(31.75, 119.52)),
        ((31, 45, 0), "S\x00", (119, 31, 12), "W", Place(-31.75, -119.52)),
        ((0, 0, 0), "N", (0, 0, 0), "E", None),
        ((99, 0, 0), "N", (119, 0, 0), "E", None),
        ((31, 45), "N", (119, 0, 0), "E", None),
        ((math.nan, 0, 0), "N", (119, 0, 0), "E", None),
        ((-31, 45, 0), "N", (119, 0, 0), "E", None),
        ((), "", (), "", None),
    ],
)
def test_given_a_camera_place_when_read_then_nonsense_counts_as_absent(
    latitude: Any, north: str, longitude: Any, east: str, expected: Place | None
) -> None:
    assert camera_place(latitude, north, longitude, east) == expected


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        (Claim(NOON, Place(31.7, 119.5)), (NOON, Place(31.7, 119.5), "device")),
        (Claim(datetime.min.replace(tzinfo=UTC), Place(math.nan, 1)), (None, None, "")),
        (Claim(None, Place(1e12, 1)), (None, None, "")),
        (Claim(None, Place(0, 0)), (None, None, "")),
        (None, (None, None, "")),
    ],
)
def test_given_a_device_that_claims_nonsense_when_kept_then_the_claim_counts_as_absent(
    claim: Claim | None, kept: tuple[Any, Any, str]
) -> None:
    bare = photo(1, taken="", place=None)

    stored = keep_file(name="a.jpg", content=bare, kind="photo", town_id=TOWN, actor=ONE, now=NOON, claimed=claim)

    assert (stored.taken_at, stored.place, stored.claim_source) == kept


def test_given_a_photo_that_knows_its_time_when_the_device_claims_another_then_the_photo_is_believed() -> None:
    claim = Claim(NOON, Place(1, 1))

    stored = keep_file(name="a.jpg", content=photo(1), kind="photo", town_id=TOWN, actor=ONE, now=NOON, claimed=claim)

    assert (stored.claim_source, stored.place) == ("exif", Place(31.75, 119.52))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "1", "I;16", "CMYK"])
def test_given_a_picture_of_any_colours_when_kept_then_it_has_a_copy_for_screens(mode: str) -> None:
    out = io.BytesIO()
    picture = Image.new(mode, (40, 30)) if mode == "I;16" else Image.new("RGB", (40, 30), "red").convert(mode)
    picture.save(out, "JPEG" if mode == "CMYK" else "PNG")

    stored = keep_file(name="a.png", content=out.getvalue(), kind="photo", town_id=TOWN, actor=ONE, now=NOON)

    assert stored.has_screen_copy


@given(st.lists(st.integers(0, 255), min_size=72, max_size=72), st.integers(-20, 20))
def test_given_a_picture_when_made_a_little_brighter_then_its_hash_stays_near(grey: list[int], light: int) -> None:
    inner = [60 + value // 2 for value in grey]  # so that brightening does not clip

    assert dhash(inner) == dhash([value + light for value in inner])
    assert is_near(dhash(inner), dhash(inner)) == bool(dhash(inner))
