import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from bihuan.kernel.errors import NotFound, Refusal, Rejected
from bihuan.kernel.ids import new_id
from bihuan.trail import queries
from bihuan.trail.models import Event, EvidenceFile
from bihuan.trail.rules import FileKind, Place, StoredFile, Upload, pair_doubts
from bihuan.trail.services import attach_files, keep_file, keep_files
from tests.trail.people import NOON, ONE, OTHER_TOWN, TOWN, TWO
from tests.trail.pictures import photo

pytestmark = pytest.mark.django_db


def keep(content: bytes, name: str = "现场.jpg", **changed: object) -> StoredFile:
    given = {"kind": "photo", "town_id": TOWN, "actor": ONE, "now": NOON} | changed
    return keep_file(name=name, content=content, **given)  # type: ignore[arg-type]


def attached(content: bytes) -> StoredFile:
    kept = keep(content)
    attach_files([kept.id], actor=ONE, now=NOON)
    return kept


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


def test_given_a_photo_when_kept_then_it_is_a_draft_of_its_uploader_with_its_claims_and_an_event() -> None:
    content = photo(1)

    kept = keep(content)

    assert (kept.kind, kept.media_type, kept.size, kept.width, kept.height) == (
        FileKind.PHOTO, "image/jpeg", len(content), 640, 480,
    )  # fmt: skip
    assert kept.taken_at is not None
    assert kept.taken_at.isoformat() == "2018-02-14T09:30:00+08:00"
    assert kept.place == Place(31.75, 119.52)
    assert kept.draft
    assert kept.doubts == ()
    assert queries.file_for_uploader(ONE, kept.id) == queries.files([kept.id])[kept.id]
    with pytest.raises(NotFound):
        queries.file_for_uploader(TWO, kept.id)
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.after["sha256"]) == ("file.kept", kept.id, kept.sha256)


def test_given_a_photo_when_opened_then_the_original_is_untouched_and_the_copies_carry_no_exif() -> None:
    content = photo(1)
    kept = keep(content)

    with queries.open_file(kept.id, "original").stream as original:
        assert original.read() == content
    for variant in ("screen", "thumb"):
        opened = queries.open_file(kept.id, variant)
        with opened.stream, Image.open(opened.stream) as copy:
            assert dict(copy.getexif()) == {}
            assert opened.media_type == "image/jpeg"


def test_given_photos_without_time_or_place_or_at_night_when_kept_then_they_are_kept_with_notes() -> None:
    bare = keep(photo(1, taken="", place=None))
    night = keep(photo(2, taken="2018:02:13 23:41:00"))
    old = keep(photo(3, taken="2017:11:01 10:00:00"))
    ahead = keep(photo(4, taken="2018:02:15 10:00:00"))

    assert bare.doubts == ("照片没有拍摄时间", "照片没有拍摄地点")
    assert night.doubts == ("夜间拍摄（23:41）",)
    assert old.doubts == ("拍摄于 105 天之前（2017年11月1日 10:00）",)
    assert ahead.doubts == ("拍摄时间晚于上传时间（2018年2月15日 10:00）",)


def test_given_a_photo_sent_again_or_recompressed_when_kept_then_the_reuse_is_noted_in_its_town_only() -> None:
    first = attached(photo(1))

    again = attached(photo(1))
    recompressed = keep(photo(1, quality=55, size=(1280, 960)))
    different = keep(photo(2))
    elsewhere = keep(photo(1), town_id=OTHER_TOWN)

    assert again.doubts == ("与 2018年2月14日 12:00 上传的另一张照片完全相同，请看实物",)
    attach_files([recompressed.id], actor=ONE, now=NOON)
    assert recompressed.doubts == ("与 2018年2月14日 12:00 上传的另一张照片很相似，请看实物",)
    assert different.doubts == ()
    assert elsewhere.doubts == ()
    doubles = queries.same_photos(TOWN, [first.id, different.id])
    assert {key: {one.id for one in found} for key, found in doubles.items()} == {first.id: {again.id, recompressed.id}}


def test_given_an_abandoned_draft_when_the_photo_is_kept_again_then_nothing_is_doubted() -> None:
    keep(photo(1))

    again = attached(photo(1))

    assert again.doubts == ()
    assert queries.same_photos(TOWN, [again.id]) == {}


def test_given_an_even_picture_when_kept_twice_in_colours_then_it_is_not_called_similar() -> None:
    def plain(colour: str) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (300, 300), colour).save(out, "PNG")
        return out.getvalue()

    keep(plain("white"))
    other = keep(plain("grey"))

    assert other.dhash == ""
    assert not any("相似" in note for note in other.doubts)


def test_given_a_draft_sent_twice_with_its_id_when_kept_then_the_second_gets_the_first_answer() -> None:
    draft_id = new_id()

    first = keep(photo(1), file_id=draft_id)
    second = keep(photo(1), file_id=draft_id)

    assert first.id == draft_id
    assert second == queries.files([draft_id])[draft_id]
    assert EvidenceFile.objects.count() == 1
    with pytest.raises(NotFound):
        keep(photo(1), file_id=draft_id, actor=TWO)


def test_given_drafts_when_attached_then_only_their_uploader_may_and_a_second_use_is_noted() -> None:
    kept = keep(photo(1))

    with pytest.raises(NotFound):
        attach_files([kept.id], actor=TWO, now=NOON)
    first = attach_files([kept.id], actor=ONE, now=NOON)[kept.id]
    attach_files([kept.id], actor=ONE, now=NOON)
    second = attach_files([kept.id], actor=ONE, now=NOON)[kept.id]

    assert (first.draft, first.doubts) == (False, ())
    assert second.doubts == ("这张照片在 2018年2月14日 12:00 已经用作证据，又用了一次",)
    assert queries.drafts_of(ONE) == []


REFUSED = {
    "trail.file_empty": b"",
    "trail.file_unknown": b"hello, I am no photo at all, only text",
    "trail.picture_broken": photo(1)[:9000],
    "trail.too_many_pixels": huge_png(10_000, 10_000),
    "trail.not_a_photo": b"%PDF-1.7 and so on, long enough to be looked at",
    "trail.file_is_archive": zipped("a.txt"),
    "trail.file_has_macros": zipped("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
    "trail.file_broken": b"PK\x03\x04" + b"\0" * 100,
}


@pytest.mark.parametrize("code", REFUSED)
def test_given_what_cannot_be_a_photo_when_kept_then_a_chinese_sentence_says_so_and_nothing_is_written(
    code: str,
) -> None:
    with pytest.raises(Refusal) as refused:
        keep(REFUSED[code])

    assert refused.value.code == code
    assert "现场.jpg" in refused.value.say
    assert "请" in refused.value.say
    assert EvidenceFile.objects.count() == 0
    assert Event.objects.count() == 0


def test_given_a_hundred_megapixel_bomb_when_kept_then_it_is_refused_before_it_is_decoded() -> None:
    for side in (10_000, 20_000, 60_000):
        with pytest.raises(Refusal, match="像素太多"):
            keep(huge_png(side, side))


def test_given_a_file_above_the_limit_when_kept_then_it_is_refused_without_reading_it_whole(settings: object) -> None:
    settings.BIHUAN_PHOTO_MB = 1  # type: ignore[attr-defined]
    stream = io.BytesIO(photo(1) + b"\0" * (200 * 1024 * 1024))

    with pytest.raises(Refusal, match="超过 1 MB"):
        keep_file(name="大.jpg", content=stream, kind="photo", town_id=TOWN, actor=ONE, now=NOON)

    assert stream.tell() <= 1024 * 1024 + 1


DOCUMENTS = {
    "application/pdf": b"%PDF-1.7 and so on, long enough to be looked at",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": zipped(
        "[Content_Types].xml", "word/document.xml"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": zipped(
        "[Content_Types].xml", "xl/workbook.xml"
    ),
    "application/ofd": zipped("OFD.xml"),
    "image/png": photo(1, file_format="PNG"),
}


@pytest.mark.parametrize("media_type", DOCUMENTS)
def test_given_a_document_when_kept_then_its_real_type_is_known_and_it_carries_no_doubts(media_type: str) -> None:
    kept = keep(DOCUMENTS[media_type], name="材料.jpg", kind="document")

    assert (kept.media_type, kept.kind, kept.doubts) == (media_type, FileKind.DOCUMENT, ())
    assert kept.has_screen_copy == media_type.startswith("image/")


def test_given_heic_when_kept_then_the_original_is_kept_without_a_screen_copy() -> None:
    kept = keep(b"\0\0\0\x18ftypheic" + b"\0" * 100, name="IMG_1.HEIC")

    assert (kept.media_type, kept.has_screen_copy) == ("image/heic", False)
    opened = queries.open_file(kept.id, "screen")
    with opened.stream:
        assert opened.media_type == "image/heic"


def test_given_several_files_of_which_two_are_bad_when_kept_then_all_are_refused_by_name() -> None:
    uploads = [
        Upload("好.jpg", photo(1)),
        Upload("空.jpg", b""),
        Upload("文.jpg", b"just text, no picture in here at all"),
    ]

    with pytest.raises(Rejected) as rejected:
        keep_files(uploads, town_id=TOWN, actor=ONE, now=NOON)

    assert set(rejected.value.refused) == {"空.jpg", "文.jpg"}
    assert EvidenceFile.objects.count() == 0


WILD_NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\照片\\一.jpg": "一.jpg",
    "a\x00\nb.jpg": "ab.jpg",
    "长" * 300 + ".jpg": "长" * 116 + ".jpg",
    "": "未命名",
}


@pytest.mark.parametrize(("given", "kept_as"), WILD_NAMES.items())
def test_given_a_wild_name_when_kept_then_only_its_clean_last_part_stays(given: str, kept_as: str) -> None:
    assert keep(photo(1), name=given).name == kept_as


def test_given_before_and_after_when_compared_then_the_pair_shows_what_to_look_at() -> None:
    before = keep(photo(1, taken="2018:02:10 09:00:00"))
    same = keep(photo(1, taken="2018:02:10 09:00:00"))
    like = keep(photo(1, taken="2018:02:10 09:00:00", quality=50))
    far = keep(photo(5, place=(31.80, 119.52)))

    doubts = pair_doubts([before], [same, like, far], site=Place(31.75, 119.52), found_at=NOON.replace(day=11))

    assert "整改后照片与整改前照片完全相同" in doubts[str(same.id)]
    assert "整改后照片的拍摄时间早于发现隐患的时间" in doubts[str(same.id)]
    assert "整改后照片与整改前照片很相似，请看实物" in doubts[str(like.id)]
    assert doubts[str(far.id)] == ("拍摄地点距登记地址约 5.6 公里",)


def test_given_a_text_where_a_photo_is_asked_for_when_kept_then_it_is_called_a_text() -> None:
    with pytest.raises(Refusal, match=r"“说明\.txt”不是照片，而是文本文件。请选择照片"):
        keep(b"see the note", name="说明.txt")
