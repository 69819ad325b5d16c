"""Which address opens the rows of a number: today's list, or what the trail tells of any day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from bihuan.stats import queries as stats
from bihuan.web.frame import address


@dataclass(frozen=True, slots=True)
class Opened:
    """The day of a page's numbers, of all that its viewer sees."""

    on: date
    today: date

    def rows(self, measure: str, where: Mapping[str, str] | None = None) -> str:
        """Return the address of the rows that a stock counts, narrowed by filters that both pages know."""
        listed = stats.measures()[measure].rows if self.on == self.today else {}
        if not listed:
            return self.counted(measure, where)
        asked = {key: value for key, value in {**listed, **(where or {})}.items() if value}
        return f"{address('hazards:list')}?{urlencode(asked)}"

    def counted(
        self,
        measures: str,
        where: Mapping[str, str] | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
    ) -> str:
        """Return the address of the rows that a sum of measures counts, as of the day or of a period; what is counted
        by the day of the fact is as known by the end of the page's day."""
        last = until or self.on
        asked = {"seen": "1", "measure": measures, **(where or {}), "until": last.isoformat()}
        if since:
            asked["since"] = since.isoformat()
        if last < self.on and stats.by_fact().intersection(measures.split(",")):
            asked["known"] = self.on.isoformat()
        return f"{address('hazards:counted')}?{urlencode({key: value for key, value in asked.items() if value})}"
