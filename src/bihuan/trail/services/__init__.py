"""The verbs of the trail: record, keep, tell, and run jobs."""

from bihuan.trail.services.backups import CannotBackUp, CannotRestore, back_up, restore
from bihuan.trail.services.clock import clock_of_jobs, job_now
from bihuan.trail.services.events import event_body, followers, record
from bihuan.trail.services.files import attach_files, keep_file, keep_files
from bihuan.trail.services.jobs import end_job, fail_job, report_progress, running_job, start_job
from bihuan.trail.services.notices import mark_read, tell
from bihuan.trail.services.plans import learn_sizes
from bihuan.trail.services.schedule import schedule, tick
from bihuan.trail.services.seals import export_seals, seal_trail
from bihuan.trail.services.sent_forms import SentAlready, note_answer, release, tidy_sent_forms
from bihuan.trail.services.work import living_worker, run_next, sweep, tidy_queue

__all__ = [
    "CannotBackUp",
    "CannotRestore",
    "SentAlready",
    "attach_files",
    "back_up",
    "clock_of_jobs",
    "end_job",
    "event_body",
    "export_seals",
    "fail_job",
    "followers",
    "job_now",
    "keep_file",
    "keep_files",
    "learn_sizes",
    "living_worker",
    "mark_read",
    "note_answer",
    "record",
    "release",
    "report_progress",
    "restore",
    "run_next",
    "running_job",
    "schedule",
    "seal_trail",
    "start_job",
    "sweep",
    "tell",
    "tick",
    "tidy_queue",
    "tidy_sent_forms",
]
