"""Photos that a phone sends ahead of its form."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

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
