"""What runs when. `trail` reads it on every tick: name, dotted path of a job, and its rhythm."""

from typing import Final

SCHEDULE: Final[tuple[tuple[str, str, str], ...]] = (
    ("hazards.warn", "bihuan.hazards.jobs.warn", "daily 07:30"),
    ("campaigns.open_duties", "bihuan.campaigns.jobs.open_duties", "daily 00:05"),
    ("trail.seal", "bihuan.trail.jobs.seal", "daily 23:50"),
    ("orgs.tidy_sessions", "bihuan.orgs.jobs.tidy_sessions", "daily 03:10"),
    ("trail.tidy", "bihuan.trail.jobs.tidy", "daily 03:20"),
    ("trail.learn_sizes", "bihuan.trail.jobs.learn_sizes", "daily 03:30"),
)
