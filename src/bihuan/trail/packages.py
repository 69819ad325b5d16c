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
from typing import IO, Any, Final, Self

from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail import vault

Time = tuple[int, int, int, int, int, int]
MANIFEST: Final = "manifest.json"
FIRST_DAY: Final[Time] = (1980, 1, 1, 0, 0, 0)  # of files whose time says nothing
CHUNK: Final = 1024 * 1024
BOM: Final = "\ufeff"  # so that Excel reads the tables as UTF-8
HOW: Final = (
    "每个文件的 sha256 写在 files 里。"
    "核对：Windows 用 certutil -hashfile 文件名 SHA256，Linux 和 macOS 用 sha256sum 文件名。"
)


def entry_of(name: str, *, time: Time = FIRST_DAY, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return the head of a file in a zip: the same name and time give the same bytes on every machine."""
    entry = zipfile.ZipInfo(name, time)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def keep_package(stream: IO[bytes]) -> tuple[str, int]:
    """Keep a sealed package, from where the stream stands; return its SHA-256, by which it is found, and its size."""
    return vault.put_stream(stream, vault.PACKAGE)


def open_package(sha256: str) -> IO[bytes]:
    """Open a package that was kept; FileNotFoundError when the disk has lost it."""
    return vault.open_variant(sha256, vault.PACKAGE)


class Package:
    """Files on their way into one zip; close it with `seal`."""

    def __init__(self, stream: IO[bytes], *, at: datetime) -> None:
        """Begin a package. at: the time that every file in it bears, so that the same contents give the same bytes."""
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        when = at.astimezone(SHANGHAI)
        self._time: Time = (when.year, when.month, when.day, when.hour, when.minute, when.second)
        self._files: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        """Use it in a `with`, so that the zip is closed where something goes wrong on the way."""
        return self

    def __exit__(self, *wrong: object) -> None:
        """Close the zip."""
        self._zip.close()

    def add(self, name: str, content: str | bytes, *, key: str = "") -> None:
        """Add a file from memory. key: as of `add_stream`."""
        self.add_stream(name, io.BytesIO(content.encode() if isinstance(content, str) else content), key=key)

    def add_table(self, name: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, key: str = "") -> None:
        """Add a table as CSV that Excel opens; what looks like a formula is kept as text. key: as of `add_stream`."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows([_harmless(cell) for cell in row] for row in rows)
        self.add(name, BOM + text.getvalue(), key=key)

    def add_stream(self, name: str, stream: IO[bytes], *, key: str = "") -> None:
        """Add a file piece by piece. A name, for people, is taken once. key: what programs know the file by; the
        manifest has it."""
        if name in self._files:
            raise ValueError(f"{name} is in the package already")
        digest, size = hashlib.sha256(), 0
        with self._zip.open(entry_of(name, time=self._time), "w") as target:
            while part := stream.read(CHUNK):
                digest.update(part)
                size += len(part)
                target.write(part)
        self._files[name] = {"size": size, "sha256": digest.hexdigest(), **({"key": key} if key else {})}

    def seal(self, facts: Mapping[str, Any], *, sums: str = "") -> str:
        """Write the manifest, close the zip, and return the SHA-256 of the manifest.

        sums: the name of a file by which the unpacked folder is checked in one go (`sha256sum -c`), "" for none. It
        names every file and the manifest, and stands in neither.
        """
        how = HOW + (f"全部一次核对：在解开的文件夹里 sha256sum -c {sums}。" if sums else "")
        whole = {**facts, "how_to_check": how, "files": self._files}
        content = json.dumps(whole, ensure_ascii=False, indent=1).encode()
        digest = hashlib.sha256(content).hexdigest()
        self._zip.writestr(entry_of(MANIFEST, time=self._time), content)
        if sums:
            every = {**{name: str(one["sha256"]) for name, one in self._files.items()}, MANIFEST: digest}
            lines = "".join(f"{sha256}  {name}\n" for name, sha256 in every.items())
            self._zip.writestr(entry_of(sums, time=self._time), lines.encode())
        self._zip.close()
        return digest


def _harmless(cell: object) -> object:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in {"=", "+", "@", "\t", "\r"} or (text[:1] == "-" and len(text) > 1) else text
