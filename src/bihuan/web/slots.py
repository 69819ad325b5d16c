"""Places of a form that files go into: what each is for, and what it holds already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from bihuan.trail.rules.files import FileKind, StoredFile
from bihuan.web.evidence import Gathered
from bihuan.web.parts import Photo


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that this form holds already. thumb: "" when it is no picture."""

    id: str
    name: str
    thumb: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for files. photo: camera and album, else any document. before: the photo that it answers."""

    name: str
    label: str
    photo: bool
    say: str = ""
    kept: Sequence[KeptFile] = ()
    problem: str = ""
    before: Photo | None = None


def slots_of(
    gathered: Gathered,
    labels: Mapping[str, str],
    kinds: Mapping[str, FileKind],
    *,
    says: Mapping[str, str] | None = None,
    befores: Mapping[str, Photo] | None = None,
) -> list[Slot]:
    """Return the slots of a form in the order of `labels`, with what the last try already brought."""
    return [
        Slot(
            name=name,
            label=label,
            photo=kinds[name] is FileKind.PHOTO,
            say=(says or {}).get(name, ""),
            kept=[_kept(one) for one in gathered.files.get(name, ())],
            problem=gathered.problems.get(name, ""),
            before=(befores or {}).get(name),
        )
        for name, label in labels.items()
    ]


def _kept(one: StoredFile) -> KeptFile:
    thumb = reverse("field:draft", args=[one.id, "thumb"]) if one.has_screen_copy else ""
    return KeptFile(str(one.id), one.name, thumb)
