"""Make a sealed pack: one zip, the same bytes each time from the same contents, read without anything of ours.

Its layout stays as it is: the SHA-256 of packs that were handed out is in the trail, and each is made again from what
is kept. Other packages are `trail.packages.Package`.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import IO

from bihuan.campaigns.rules.supervision.packing import Contents, index_page
from bihuan.trail.packages import entry_of

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
    pack.writestr(entry_of(name, method=zipfile.ZIP_STORED), content)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
