"""One file that holds a whole installation: a tar with a manifest of hashes at its end."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

FORMAT: Final = "bihuan-backup-1"
MANIFEST: Final = "manifest.json"
CHUNK: Final = 1024 * 1024


class BadArchive(RuntimeError):  # noqa: N818 -- the archive is bad; the program is not
    """An archive is none of ours, incomplete or changed; the message says where."""


class _Hashing:
    """A reader that hashes what passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self.digest.update(part)
        return part


@dataclass(slots=True)
class ArchiveWriter:
    """Adds files to an archive and remembers their hashes."""

    tar: tarfile.TarFile
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, path: Path, name: str) -> None:
        """Add a file under a name."""
        with path.open("rb") as stream:
            reader = _Hashing(stream)
            info = self.tar.gettarinfo(arcname=name, fileobj=stream)
            info.uid = info.gid = 0
            info.uname = info.gname = ""
            self.tar.addfile(info, reader)
        self.members[name] = {"size": info.size, "sha256": reader.digest.hexdigest()}

    def add_tree(self, folder: Path, name: str) -> None:
        """Add what lies below a folder; half-written parts are left out."""
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.name.startswith(".part-"):
                self.add(path, f"{name}/{path.relative_to(folder).as_posix()}")


@contextmanager
def writing(target: Path, facts: dict[str, Any]) -> Iterator[ArchiveWriter]:
    """Write an archive; it appears under its name only when it is whole. A name that ends in gz is compressed."""
    part = target.with_name(f"{target.name}.part")
    done = False
    try:
        part.touch(mode=0o600)  # it holds everything that the database protects
        with tarfile.open(part, "w:gz" if target.name.endswith("gz") else "w") as tar:
            writer = ArchiveWriter(tar)
            yield writer
            _add_manifest(tar, {"format": FORMAT, **facts, "members": writer.members})
        part.replace(target)
        done = True
    finally:
        if not done:
            part.unlink(missing_ok=True)


def _add_manifest(tar: tarfile.TarFile, whole: dict[str, Any]) -> None:
    text = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(text)
    tar.addfile(info, io.BytesIO(text))


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack an archive into an empty folder and check every hash; return the manifest's facts."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, "r:*") as tar:
            for info in tar:
                if info.name == MANIFEST:
                    manifest = json.load(_content(tar, info))
                else:
                    found[info.name] = _unpack_one(tar, info, folder)
    except (tarfile.TarError, EOFError, OSError, json.JSONDecodeError) as error:
        raise BadArchive(f"{source} cannot be read to its end: {error}") from error
    if manifest is None or manifest.get("format") != FORMAT:
        raise BadArchive(f"{source} is no backup of Bihuan, or it was cut off: its manifest is missing")
    _compare(source, manifest["members"], found)
    return manifest


def _unpack_one(tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path) -> dict[str, Any]:
    parts = PurePosixPath(info.name).parts
    if not info.isreg() or not parts or parts[0] == "/" or ".." in parts or "\\" in info.name:
        raise BadArchive(f"the archive holds {info.name!r}, which no backup of ours would")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    content = _content(tar, info)
    with target.open("xb") as out:
        while part := content.read(CHUNK):
            digest.update(part)
            out.write(part)
    return {"size": info.size, "sha256": digest.hexdigest()}


def _content(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(info)
    if content is None:
        raise BadArchive(f"the archive holds {info.name!r}, which is no file")
    return content


def _compare(source: Path, wanted: dict[str, Any], found: dict[str, Any]) -> None:
    for name in sorted({*wanted, *found}):
        if wanted.get(name) != found.get(name):
            state = "is missing" if name not in found else "is not listed" if name not in wanted else "was changed"
            raise BadArchive(f"{source} is not as it was made: {name} {state}")
