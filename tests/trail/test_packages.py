"""A sealed package is plain, harmless in Excel, and the same each time."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bihuan.trail.packages import Package, keep_package, open_package

AT = datetime(2018, 3, 31, 10, 0, tzinfo=UTC)


def made() -> tuple[bytes, str]:
    stream = io.BytesIO()
    package = Package(stream, at=AT)
    package.add_table("t.csv", ["名称", "数"], [["=1+1", 3], ["-甲", None], ["乙", "-"]])
    digest = package.seal({"title": "某"})
    return stream.getvalue(), digest


def test_given_the_same_contents_when_packed_twice_then_the_bytes_are_the_same() -> None:
    assert made() == made()


def test_given_cells_like_formulas_when_packed_then_they_are_text() -> None:
    with zipfile.ZipFile(io.BytesIO(made()[0])) as package:
        table = package.read("t.csv").decode("utf-8-sig")
        manifest = json.loads(package.read("manifest.json"))

    assert table.split() == ["名称,数", "'=1+1,3", "'-甲,", "乙,-"]
    assert (manifest["title"], list(manifest["files"])) == ("某", ["t.csv"])


def _add_twice(package: Package) -> None:
    package.add("a.txt", "甲")
    package.add("a.txt", "乙")


def test_given_a_package_that_breaks_off_when_left_then_its_zip_is_closed() -> None:
    stream = io.BytesIO()

    with pytest.raises(ValueError, match="already"), Package(stream, at=AT) as package:
        _add_twice(package)

    assert zipfile.ZipFile(stream).namelist() == ["a.txt"]


def test_given_a_package_when_kept_then_it_is_found_by_its_hash_as_it_is(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    content, _ = made()

    sha256, size = keep_package(io.BytesIO(content))
    again, _ = keep_package(io.BytesIO(content))

    assert (sha256, size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert again == sha256
    with open_package(sha256) as stream:
        assert stream.read() == content
    assert [one for one in tmp_path.rglob("*") if one.name.startswith(".part-")] == []


def test_given_a_name_that_is_taken_when_added_then_it_is_refused() -> None:
    package = Package(io.BytesIO(), at=AT)
    package.add("a.txt", "甲")

    with pytest.raises(ValueError, match="already"):
        package.add("a.txt", "乙")
