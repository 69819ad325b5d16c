"""Photos that a phone sends ahead of its form."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail import queries
from bihuan.trail.services import files
from tests.web.conftest import Visit


def photo(colour: str = "red") -> SimpleUploadedFile:
    """Return a small JPEG."""
    kept = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(kept, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", kept.getvalue(), "image/jpeg")


def test_given_a_photo_when_sent_ahead_twice_then_it_is_kept_once_under_the_phones_id(visit: Visit) -> None:
    client, made = visit("village_east"), str(uuid4())

    first = client.post(reverse("field:upload"), {"file": photo(), "id": made})
    second = client.post(reverse("field:upload"), {"file": photo(), "id": made})

    assert (first.status_code, first.json()["id"]) == (200, made)
    assert second.json()["id"] == made


def test_given_the_demos_day_when_a_phone_of_today_sends_a_photo_then_its_time_raises_no_doubt(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 11, 26, 10, 0, tzinfo=SHANGHAI)
    monkeypatch.setattr("bihuan.web.clock.real_now", lambda: at)
    told = {"file": photo(), "taken_at": "2026-11-26T09:58:00+08:00", "latitude": "31.7", "longitude": "119.5"}

    sent = visit("village_east").post(reverse("field:upload"), told).json()

    assert not any("拍摄" in doubt and "晚于" in doubt for doubt in sent["doubts"])
    kept = queries.files([UUID(sent["id"])])[UUID(sent["id"])]
    assert kept.taken_at == datetime(2018, 1, 10, 9, 58, tzinfo=SHANGHAI)


def test_given_a_draft_photo_when_looked_at_then_only_its_uploader_sees_it(visit: Visit) -> None:
    client = visit("village_east")
    thumb = client.post(reverse("field:upload"), {"file": photo()}).json()["thumb"]

    mine, strangers = client.get(thumb), visit("village_west").get(thumb)

    assert (mine.status_code, mine["Content-Type"]) == (200, "image/jpeg")
    assert "private" in mine["Cache-Control"]
    assert strangers.status_code == 404
    mine.close()


def test_given_a_text_file_when_sent_as_a_photo_then_it_is_refused_with_a_sentence(visit: Visit) -> None:
    fake = SimpleUploadedFile("photo.jpg", b"not a picture", "image/jpeg")

    answer = visit("village_east").post(reverse("field:upload"), {"file": fake})

    assert answer.status_code == 422
    assert answer.json()["say"]


def test_given_the_same_draft_twice_at_once_when_the_second_writes_then_it_gets_the_first_answer(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, made = visit("village_east"), str(uuid4())
    look = files._already_arrived
    looked: list[object] = []

    def look_too_early(uploads: Any, actor: Any) -> Any:
        looked.append(uploads)
        return {} if len(looked) == 1 else look(uploads, actor)

    client.post(reverse("field:upload"), {"file": photo(), "id": made})
    monkeypatch.setattr(files, "_already_arrived", look_too_early)

    second = client.post(reverse("field:upload"), {"file": photo(), "id": made})

    assert (second.status_code, second.json()["id"]) == (200, made)
