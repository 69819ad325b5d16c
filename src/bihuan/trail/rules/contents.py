"""What a file really is, told from its first bytes and, for packed formats, from the names inside."""

from collections.abc import Collection
from typing import Final

PICTURES: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/avif": "avif",
    "image/heic": "heic",
}
DOCUMENTS: Final = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/ofd": "ofd",
    "application/x-ole-storage": "doc",  # .doc, .xls, .ppt and .wps share one container
    "text/plain": "txt",
}
TEXTS: Final = (".csv", ".tsv", ".txt", ".xls", ".htm", ".html")  # systems export tables as text under these names
MOST_INDEX: Final = 1024 * 1024  # bytes; some ten thousand names
SHOWABLE: Final = frozenset(PICTURES) - {"image/heic"}  # Pillow reads these; HEIC needs a codec that we may not ship
_PACKED_PARTS: Final = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})


def media_type_of(head: bytes) -> str:
    """Return the media type told by the first bytes (at least 16), "application/zip" for a packed one, "" unknown."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _iso_media(head[8:12])
    return next((kind for start, kind in _STARTS if head.startswith(start)), "")


def _iso_media(brand: bytes) -> str:
    if brand in {b"avif", b"avis"}:
        return "image/avif"
    return "image/heic" if brand in _HEIC_BRANDS else ""


def is_text(content: bytes, name: str) -> bool:
    """Tell whether a file is a table exported as text: named so, and decodable. It is served as plain text only."""
    if not name.lower().endswith(TEXTS):
        return False
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def packed_type_of(names: Collection[str]) -> str:
    """Return the media type of a packed document by the names inside it, "" for any other archive."""
    if "OFD.xml" in names:
        return "application/ofd"
    if "[Content_Types].xml" not in names:
        return ""
    return next((kind for part, kind in _PACKED_PARTS if any(name.startswith(part) for name in names)), "")


def has_long_index(content: bytes) -> bool:
    """Tell whether a packed file's list of names is longer than any document's, or says its length in the 64-bit way.

    Reading such a list takes the reader's time and memory, which is what it was made for.
    """
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if end < 0 or end + 22 > len(content):
        return False  # not packed at all, or broken: the reader will say so
    if content[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        return True
    return int.from_bytes(content[end + 12 : end + 16], "little") > MOST_INDEX


def has_macros(names: Collection[str]) -> bool:
    """Tell whether a packed document carries macros."""
    return any(name.endswith("vbaProject.bin") for name in names)


def extension_of(media_type: str) -> str:
    """Return the file name ending under which a type is stored."""
    return PICTURES.get(media_type) or DOCUMENTS[media_type]


def type_name(media_type: str) -> str:
    """Return what people call a type."""
    names = {
        "application/pdf": "PDF 文件",
        "application/zip": "压缩包",
        "application/ofd": "OFD 文件",
        "text/plain": "文本文件",
    }
    if media_type in PICTURES:
        return "图片"
    if media_type in names:
        return names[media_type]
    return "办公文档" if media_type in DOCUMENTS else "无法识别的文件"


def size_words(size: int) -> str:
    """Return a size as people read it: whole KB, tenths of MB. size: bytes."""
    kb = max(1, round(size / 1024))
    return f"{kb} KB" if kb < 1024 else f"{size / 1024 / 1024:.1f} MB"


def described(media_type: str, size: int) -> str:
    """Return of what kind a file is and how large. size: bytes."""
    return f"{type_name(media_type)}，{size_words(size)}"
