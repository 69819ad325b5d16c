"""What the trail answers."""

from bihuan.trail.queries.audit import COUNTED, AuditFilter, SealLine, audit, last_seal
from bihuan.trail.queries.events import events_by_kind, events_of, events_since, head_of, trail_of
from bihuan.trail.queries.files import (
    OpenedFile,
    doubles_among,
    drafts_of,
    file_for_uploader,
    files,
    files_alike,
    open_file,
    same_photos,
)
from bihuan.trail.queries.jobs import job_for, jobs_of
from bihuan.trail.queries.notices import addressed_to, notice_for, notices_for, notices_page, unread_count
from bihuan.trail.queries.proof import seal_folder, stored_seals, verify
from bihuan.trail.queries.sent_forms import Sent, sent_form
from bihuan.trail.queries.snapshot import kinds_since, place_in, snapshot

__all__ = [
    "COUNTED",
    "AuditFilter",
    "OpenedFile",
    "SealLine",
    "Sent",
    "addressed_to",
    "audit",
    "doubles_among",
    "drafts_of",
    "events_by_kind",
    "events_of",
    "events_since",
    "file_for_uploader",
    "files",
    "files_alike",
    "head_of",
    "job_for",
    "jobs_of",
    "kinds_since",
    "last_seal",
    "notice_for",
    "notices_for",
    "notices_page",
    "open_file",
    "place_in",
    "same_photos",
    "seal_folder",
    "sent_form",
    "snapshot",
    "stored_seals",
    "trail_of",
    "unread_count",
    "verify",
]
