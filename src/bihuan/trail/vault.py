"""Where evidence lies on disk: once per content, under its SHA-256, never rewritten."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

from django.conf import settings

ORIGINAL: Final = "original"
SCREEN: Final = "screen"
THUMB: Final = "thumb"
PACKAGE: Final = "package"  # sealed packages, which are no evidence files; not served as a variant of one
CHUNK: Final = 1024 * 1024
VARIANTS: Final = (ORIGINAL, SCREEN, THUMB)


def place_of(sha256: str, variant: str) -> Path:
    """Return where a variant of a content lies."""
    return Path(settings.MEDIA_ROOT) / variant / sha256[:2] / sha256[2:4] / sha256


def has(sha256: str, variant: str) -> bool:
    """Tell whether a variant is there."""
    return place_of(sha256, variant).is_file()


def put(sha256: str, variant: str, content: bytes) -> None:
    """Store a content unless it is there; it is on the disk, whole, when this returns."""
    target = place_of(sha256, variant)
    if target.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(target)


def put_stream(stream: IO[bytes], variant: str) -> tuple[str, int]:
    """Store what a stream holds, piece by piece; return its SHA-256 and its size. It is on the disk, whole, then."""
    folder = Path(settings.MEDIA_ROOT) / variant
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as part:
        while piece := stream.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            part.write(piece)
        part.flush()
        os.fsync(part.fileno())
    target = place_of(digest.hexdigest(), variant)
    target.parent.mkdir(parents=True, exist_ok=True)
    Path(part.name).replace(target)
    return digest.hexdigest(), size


def open_variant(sha256: str, variant: str) -> IO[bytes]:
    """Open a variant for reading; FileNotFoundError when the disk has lost it."""
    return place_of(sha256, variant).open("rb")
