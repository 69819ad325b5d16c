"""A sealed package: one zip that anybody can open, with a manifest of the hash of every file in it.

The same contents give the same bytes, so that a package made again proves the one that was handed out. Other rooms may
import this file.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import IO, Any, Final

from bihuan.kernel.calendar import SHANGHAI

MANIFEST: Final = "manifest.json"
CHUNK: Final = 1024 * 1024
BOM: Final = "\ufeff"  # so that Excel reads the tables as UTF-8
HOW: Final = (
    "每个文件的 sha256 写在 files 里。"
    "核对：Windows 用 certutil -hashfile 文件名 SHA256，Linux 和 macOS 用 sha256sum 文件名。"
)


class Package:
    """Files on their way into one zip; close it with `seal`."""

    def __init__(self, stream: IO[bytes], *, at: datetime) -> None:
        """Begin a package. at: the time that every file in it bears, so that the same contents give the same bytes."""
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self._time = at.astimezone(SHANGHAI).timetuple()[:6]
        self._files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: str | bytes) -> None:
        """Add a file from memory."""
        self.add_stream(name, io.BytesIO(content.encode() if isinstance(content, str) else content))

    def add_table(self, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add a table as CSV that Excel opens; what looks like a formula is kept as text."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows([_harmless(cell) for cell in row] for row in rows)
        self.add(name, BOM + text.getvalue())

    def add_stream(self, name: str, stream: IO[bytes]) -> None:
        """Add a file piece by piece. A name is taken once."""
        if name in self._files:
            raise ValueError(f"{name} is in the package already")
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, self._time)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(info, "w") as target:
            while part := stream.read(CHUNK):
                digest.update(part)
                size += len(part)
                target.write(part)
        self._files[name] = {"size": size, "sha256": digest.hexdigest()}

    def seal(self, facts: Mapping[str, Any]) -> str:
        """Write the manifest, close the zip, and return the SHA-256 of the manifest."""
        whole = {**facts, "how_to_check": HOW, "files": self._files}
        content = json.dumps(whole, ensure_ascii=False, indent=1).encode()
        info = zipfile.ZipInfo(MANIFEST, self._time)
        self._zip.writestr(info, content, zipfile.ZIP_DEFLATED)
        self._zip.close()
        return hashlib.sha256(content).hexdigest()


def _harmless(cell: object) -> object:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in {"=", "+", "@", "\t", "\r"} or (text[:1] == "-" and len(text) > 1) else text
