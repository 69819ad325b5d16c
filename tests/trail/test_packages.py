"""A sealed package is plain, harmless in Excel, and the same each time."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from bihuan.trail.packages import Package

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


def test_given_a_name_that_is_taken_when_added_then_it_is_refused() -> None:
    package = Package(io.BytesIO(), at=AT)
    package.add("a.txt", "甲")

    with pytest.raises(ValueError, match="already"):
        package.add("a.txt", "乙")
