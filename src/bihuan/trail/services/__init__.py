"""The verbs of the trail: record, keep, tell, and run jobs."""

from bihuan.trail.services.events import event_body, followers, record
from bihuan.trail.services.files import attach_files, keep_file, keep_files
from bihuan.trail.services.jobs import end_job, fail_job, report_progress, start_job
from bihuan.trail.services.notices import mark_read, tell

__all__ = [
    "attach_files",
    "end_job",
    "event_body",
    "fail_job",
    "followers",
    "keep_file",
    "keep_files",
    "mark_read",
    "record",
    "report_progress",
    "start_job",
    "tell",
]
