"""Make a sealed pack: one zip, the same bytes each time from the same contents, read without anything of ours."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import IO, Final

from bihuan.campaigns.rules.supervision.packing import Contents, index_page

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the same for every entry: the pack says in its texts when it was made
Opener = Callable[[str], IO[bytes]]


def packed(contents: Contents, open_file: Opener) -> bytes:
    """Return the zip: index.html, manifest.json with every hash, events and figures as JSON, and the papers.

    open_file: by the id of an evidence file. Nothing is compressed, so that the bytes hang on no library's version.
    """
    texts = {
        "index.html": index_page(contents),
        "events.json": _json(contents.events),
        "figures.json": _json(contents.figures),
    }
    manifest = contents.as_json() | {
        "texts": [{"name": name, "sha256": _digest(text.encode())} for name, text in texts.items()]
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as pack:
        _add(pack, "manifest.json", _json(manifest).encode())
        for name, text in texts.items():
            _add(pack, name, text.encode())
        for paper in contents.files:
            with open_file(paper.file_id) as stream:
                _add(pack, paper.name, stream.read())
    return made.getvalue()


def _add(pack: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    pack.writestr(entry, content)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
