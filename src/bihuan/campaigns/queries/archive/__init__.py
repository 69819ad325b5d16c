"""The archive package of a campaign: one zip with everything that whoever sees the whole town may see (R9.15)."""

from bihuan.campaigns.queries.archive.package import IN_MEMORY, archive_of, pack, papers_size

__all__ = ["IN_MEMORY", "archive_of", "pack", "papers_size"]
