"""What documents decides: kinds of papers and their forms, numbers, and the hash of what was printed."""

from bihuan.documents.rules.forms import (
    FIELD_NAMES,
    FIELDS,
    FORMS,
    MAY_VOID,
    PAPER_NAMES,
    PAPER_STATE_NAMES,
    Form,
    PaperKind,
    PaperState,
    missing_fields,
    prefix_on,
    series_of,
)
from bihuan.documents.rules.numbers import (
    DOC_NO,
    BadNumber,
    DocNo,
    doc_no,
    normalise_doc_no,
    prefix_doubt,
    read_doc_no,
)
from bihuan.documents.rules.papers import Paper, PaperDraft, content_hash

__all__ = [
    "DOC_NO",
    "FIELDS",
    "FIELD_NAMES",
    "FORMS",
    "MAY_VOID",
    "PAPER_NAMES",
    "PAPER_STATE_NAMES",
    "BadNumber",
    "DocNo",
    "Form",
    "Paper",
    "PaperDraft",
    "PaperKind",
    "PaperState",
    "content_hash",
    "doc_no",
    "missing_fields",
    "normalise_doc_no",
    "prefix_doubt",
    "prefix_on",
    "read_doc_no",
    "series_of",
]
