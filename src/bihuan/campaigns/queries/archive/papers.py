"""The papers of a package: each under a name of its own, found from the table that speaks of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from bihuan.campaigns.rules.closing import FOLDERS, PAPERS, file_name
from bihuan.trail import queries as trail
from bihuan.trail.rules.contents import described
from bihuan.trail.rules.files import StoredFile


class Paper(NamedTuple):
    """A paper in the package. name, what: of its file and what it is, for people; key: what programs know it by."""

    key: str
    name: str
    what: str
    file_id: UUID


@dataclass
class Papers:
    """Papers on their way into a package, by folder."""

    kept: dict[str, list[Paper]] = field(default_factory=dict)
    _known: dict[UUID, StoredFile] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def know(self, ids: Iterable[str | UUID | None]) -> None:
        """Look up papers before they are kept, all of a register at once."""
        self._known |= trail.files(_uuid(one) for one in ids if one)

    def keep(self, folder: str, stem: str, what: str, ids: Sequence[str | UUID | None]) -> str:
        """Keep papers of one record; return their names in the package, as a table says them."""
        names: list[str] = []
        for one in [_uuid(file) for file in ids if file]:
            stored = self._known[one]
            name = self._free(f"{PAPERS}/{FOLDERS[folder]}/{stem}-{len(names) + 1}", stored.name)
            key = f"files/{folder}/{name.rpartition('/')[2]}"
            said = f"{what}：{stored.name}（{described(stored.media_type, stored.size)}）"
            self.kept.setdefault(folder, []).append(Paper(key, name, said, one))
            names.append(name)
        return "；".join(names)

    def _free(self, start: str, original: str) -> str:
        ending = original.rpartition(".")[2] if "." in original else "bin"
        name = file_name(f"{start}.{ending}")
        if name in self._names:
            raise ValueError(f"{name} is in the package already")
        self._names.add(name)
        return name


def _uuid(one: str | UUID) -> UUID:
    return one if isinstance(one, UUID) else UUID(str(one))
