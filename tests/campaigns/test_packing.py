"""A sealed pack is made again byte for byte, also by a later version: the hash that was given out must hold."""

import hashlib
import io

from bihuan.campaigns.readers.packing import packed
from bihuan.campaigns.rules.supervision.packing import Contents, PackedFile

SEALED = "4d65bb2c18f51f51a53150455747a4d1d3a04a3bb610e4bdd00e78176933142e"  # as the first version made it


def test_given_a_pack_that_an_earlier_version_sealed_when_made_again_then_it_has_the_same_hash() -> None:
    contents = Contents(
        title="问责材料：某人",
        town="示范镇",
        on="2018-02-06",
        made_at="2018-02-06T09:00:00+08:00",
        made_by="安监办主任",
        facts=[("对象", "某人")],
        events=[("时间", "谁"), ("9:00", "某")],
        figures=[("数",), ("3",)],
        files=[PackedFile("files/001-a.txt", "材料", "x", "0" * 64, 3)],
    )

    made = packed(contents, lambda _: io.BytesIO(b"abc"))

    assert hashlib.sha256(made).hexdigest() == SEALED
