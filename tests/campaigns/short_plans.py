"""A short plan of a few lines, read: what the meetings with passages of real notices are asked with."""

from typing import Any, Final

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan

SIGNED: Final = ("安顺县人民政府", "2024年3月5日")


def read_lines(*lines: str, title: str = "安顺县专项整治工作方案") -> dict[str, Any]:
    """Return what is read of a plan with these lines between its title and its signature."""
    return read_plan(read_text("\n".join([title, *lines, *SIGNED]))).as_json()


def tasks_of(*lines: str) -> list[dict[str, Any]]:
    """Return the clauses of a plan with these lines below its heading 任务."""
    clauses: list[dict[str, Any]] = read_lines("一、任务", *lines)["clauses"]
    return clauses
