"""A paper: what is handed in to be issued, what was issued, and the hash over what it prints (R10.8)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bihuan.documents.rules.forms import FORMS, PaperKind, PaperState


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A paper to be issued. fields: what the form prints, JSON-ready.

    organ: the organ's short name in numbers, such as 金. number, year: given when the serial of the case is already
    taken. follows: the earlier paper of the same case, whose serial is shared. approver: who signed it off.
    """

    kind: PaperKind
    path: str
    organ: str
    subject_type: str
    subject_id: UUID
    fields: Mapping[str, Any]
    sector: str = ""
    enterprise_id: UUID | None = None
    number: int | None = None
    year: int | None = None
    follows: UUID | None = None
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it was issued."""

    id: UUID
    town_id: UUID
    path: str
    kind: PaperKind
    state: PaperState
    doc_no: str
    organ: str
    year: int
    number: int
    subject_type: str
    subject_id: UUID
    fields: Mapping[str, Any] = field(repr=False)
    template_version: str = ""
    content_hash: str = ""
    issued_on: date = date.min
    issued_at: datetime | None = None
    issued_by: str = ""
    approver: str = ""
    void_reason: str = ""
    version: int = 1
    unit: str = ""

    @property
    def title(self) -> str:
        """The form's title."""
        return FORMS[self.kind].title

    @property
    def is_void(self) -> bool:
        """Whether the paper was made void."""
        return self.state is PaperState.VOID

    @property
    def is_genuine(self) -> bool:
        """Whether what is printed is still what was issued."""
        printed = content_hash(
            kind=self.kind, number=self.doc_no, template_version=self.template_version, fields=self.fields
        )
        return printed == self.content_hash


def content_hash(*, kind: PaperKind, number: str, template_version: str, fields: Mapping[str, Any]) -> str:
    """Return the SHA-256 over everything a paper prints (R10.8)."""
    body = {"kind": kind.value, "doc_no": number, "template": template_version, "fields": fields}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
