"""Who owes what a plan asks to be reported, and of whom the sentence that asks for it asks nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause, RegularDuty
from bihuan.campaigns.queries.participants import participants_of
from bihuan.campaigns.rules.reported import Duty, Turn, duties_of, lies_in, owed_by, turns_of, words_within
from bihuan.campaigns.rules.reporting import asks_for_report
from bihuan.campaigns.rules.stages import days_of_order, stage_over, stages_of
from bihuan.campaigns.rules.text import fold
from bihuan.campaigns.rules.units import Side, who_is_meant
from bihuan.campaigns.rules.unnamed import NOT_ISSUED, unnamed_words


def saying(duty: Duty, clauses: Sequence[Clause]) -> list[Clause]:
    """Return the parts of a duty's sentence that say it: those with its own words and parties, all where none has."""
    beside = [one for one in clauses if lies_in(duty, one.paragraph, one.start, one.end)]
    said = [one for one in beside if words_within(duty, one.text) and one.parties]
    return said or beside


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty with the periods that are ahead, who owes it and the clauses that it was read in. unnamed: why none of
    these units is meant by it, "" where one is; the office's then, and nobody's where it is not among them. first,
    last: the days in which it comes, last None where that is the campaign's."""

    duty: Duty
    turns: Sequence[Turn]
    owing: Sequence[CampaignUnit]
    beside: Sequence[Clause]
    unnamed: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def clause(self) -> Clause | None:
        """The part of its sentence in which its own words stand, the first of several."""
        return max(self.beside, key=lambda one: words_within(self.duty, one.text), default=None)

    @property
    def said(self) -> list[Clause]:
        """The parts of its sentence that ask for nothing but reports."""
        return [one for one in self.beside if len(self.beside) == 1 or asks_for_report(fold(one.text))]

    def regular(self, row: Campaign, *, first: date, now: datetime) -> RegularDuty | None:
        """Return what is kept of it, where it comes again."""
        if not self.duty.is_regular:
            return None
        return RegularDuty(
            campaign=row,
            town_id=row.town_id,
            clause=self.clause,
            duty=self.duty.as_json(),
            units=[str(one.pk) for one in self.owing],
            first_on=self.first or first,
            last_on=self.last,
            made_at=now,
        )


def owed_duties(
    row: Campaign, parts: Sequence[CampaignUnit], clauses: Sequence[Clause], *, first: date, today: date
) -> list[Owed]:
    """Return the duties to report. What falls due before today is owed no more."""
    assert row.ends_on is not None  # noqa: S101 -- asked for before
    known = participants_of(row.town_id)
    offices = [one for one in parts if one.side == Side.OFFICE]
    found = []
    for duty in duties_of(row.reporting, issued_on=row.issued_on):
        begins, ends = _days_of(row, duty, first)
        turns = [one for one in turns_of(duty, first=begins, last=ends) if one.due_on >= today]
        beside = [one for one in clauses if lies_in(duty, one.paragraph, one.start, one.end)]
        names = owed_by(duty, [tuple(one.parties) for one in saying(duty, beside)])
        meant = who_is_meant(names, known)
        owing = [one for one in parts if one.unit_id in meant.units]
        why = unnamed_words(names, units=meant.units, unknown=meant.unknown, superior=meant.superior)
        if turns:
            last = ends if ends < row.ends_on else None
            said = "" if owing else why or NOT_ISSUED
            found.append(Owed(duty, turns, owing or offices[:1], beside, said, begins, last))
    return found


def _days_of(row: Campaign, duty: Duty, first: date) -> tuple[date, date]:
    """Return the days in which a duty comes: its own, its stage's, or the campaign's."""
    assert row.ends_on is not None  # noqa: S101 -- asked for before
    place = duty.place
    if not place:
        return first, row.ends_on
    stage = stage_over(stages_of(row.phases), row.headings, place["paragraph"])
    sentence = row.paragraphs[place["paragraph"]][place["start"] : place["end"]]
    return days_of_order(sentence, stage, first=first, last=row.ends_on)
