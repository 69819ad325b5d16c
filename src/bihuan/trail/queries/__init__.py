"""What the trail answers."""

from bihuan.trail.queries.events import events_by_kind, events_of, trail_of
from bihuan.trail.queries.files import (
    OpenedFile,
    drafts_of,
    file_for_uploader,
    files,
    files_alike,
    open_file,
    same_photos,
)
from bihuan.trail.queries.jobs import job_for, jobs_of
from bihuan.trail.queries.notices import addressed_to, notices_for, unread_count

__all__ = [
    "OpenedFile",
    "addressed_to",
    "drafts_of",
    "events_by_kind",
    "events_of",
    "file_for_uploader",
    "files",
    "files_alike",
    "job_for",
    "jobs_of",
    "notices_for",
    "open_file",
    "same_photos",
    "trail_of",
    "unread_count",
]
