"""The plan page: a campaign of a hundred clauses over the towns that are kept."""

from pathlib import Path

from tools.bench.acts import inside
from tools.bench.viewers import OFFICE, VIEWERS

SEE_PLANS = {OFFICE, VIEWERS[-1].account}  # the town that runs it, and the county
CLAUSES = 100
TOWN = "/39/01/01/200/"  # the first one that --scale adds
COUNTED = f"/hazards/counted/?path={TOWN}&until={{}}&measure="
MIDDLE, EARLY = "2018-01-20", "2017-12-24"  # of the invented season


def with_campaign(home: Path) -> str:
    """Return the id of the campaign in a kept town; the first measurement makes it, and it is kept with the town."""
    return str(inside(home, "campaign", OFFICE, str(CLAUSES))["id"])


def with_return(home: Path) -> str:
    """Return the id of this week's return F1 of the town, begun by the first measurement."""
    return str(inside(home, "weekly", OFFICE)["id"])


def pages_of(home: Path) -> dict[str, str]:
    """Return the addresses of the measured pages of a kept town."""
    here = f"/campaigns/{with_campaign(home)}/"
    return {
        "plan, one section": here,
        "plan, all 100 clauses": f"{here}?section=all",
        "plan, all, as of a day": f"{here}?section=all&on={MIDDLE}",
        "plan, all, as of the first week": f"{here}?section=all&on={EARLY}",
        "matrix of 100 clauses": f"{here}matrix/",
        "rows of a stock, as of a day": COUNTED.format(MIDDLE) + "hazards.open",
        "rows of what was found, as of a day": COUNTED.format(MIDDLE) + f"hazards.found_fact&since={EARLY}",
    }
