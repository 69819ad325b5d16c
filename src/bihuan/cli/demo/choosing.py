"""Who has what in the invented season: no enterprise has the same again and again, and the few that can have a major
hazard have their turn."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final
from uuid import UUID

from bihuan.cli.demo import texts
from bihuan.cli.demo.texts import Finding
from bihuan.enterprises.rules.facts import Firm

AGAIN: Final = 0.08  # of the findings, that may be what the enterprise had before: some do come back


@dataclass
class Found:
    """What was found in a season so far, by enterprise. majors: how many major hazards each had."""

    had: defaultdict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    majors: Counter[UUID] = field(default_factory=Counter)
    _able: dict[tuple[UUID, ...], list[tuple[Firm, list[Finding]]]] = field(default_factory=dict)

    def general(self, firm: Firm, dice: Random) -> Finding:
        """Draw what is found at an enterprise: what it can have, and has not had, while there is such a thing."""
        can = [one for one in texts.findings() if one.fits(firm)]
        return self._note(firm, can if dice.random() < AGAIN else self._fresh(firm, can), dice)

    def major(self, firms: Sequence[Firm], dice: Random) -> tuple[Firm, Finding]:
        """Draw a major hazard: at one of the enterprises that had the fewest so far, one that it has not had."""
        able = self._able_of(firms)
        fresh = [pair for pair in able if any(one.description not in self.had[pair[0].id] for one in pair[1])] or able
        fewest = min(self.majors[firm.id] for firm, _ in fresh)
        firm, can = dice.choice([pair for pair in fresh if self.majors[pair[0].id] == fewest])
        self.majors[firm.id] += 1
        return firm, self._note(firm, self._fresh(firm, can), dice)

    def _able_of(self, firms: Sequence[Firm]) -> list[tuple[Firm, list[Finding]]]:
        key = tuple(firm.id for firm in firms)
        if key not in self._able:
            can = [(firm, [one for one in texts.majors() if one.fits(firm)]) for firm in firms]
            self._able[key] = [pair for pair in can if pair[1]]
        return self._able[key]

    def _fresh(self, firm: Firm, can: Sequence[Finding]) -> Sequence[Finding]:
        return [one for one in can if one.description not in self.had[firm.id]] or can

    def _note(self, firm: Firm, can: Sequence[Finding], dice: Random) -> Finding:
        found = dice.choice(can)
        self.had[firm.id].add(found.description)
        return found
