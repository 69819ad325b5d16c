"""The page on which a reading is checked beside the text."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from bihuan.campaigns.models import Campaign, Clause, ClauseFigure
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.queries.indicators import known_names
from bihuan.campaigns.queries.offered import offers
from bihuan.campaigns.queries.participants import participants_of
from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.cutting import cuts_of
from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may
from bihuan.campaigns.rules.lines import DraftClause, DraftFigure, Unmatched
from bihuan.campaigns.rules.own import own_indicator
from bihuan.campaigns.rules.own_kept import form_of
from bihuan.campaigns.rules.suggesting import Suggested
from bihuan.campaigns.rules.terms import Indicator, State
from bihuan.campaigns.rules.units import Participant, counterparts, is_from_above, who_is_meant
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed


def draft_clauses(viewer: Actor, campaign_id: UUID) -> list[DraftClause]:
    """Return the clauses of a campaign as its office checks them, set aside ones included, in the order of the text.

    Whoever sees a draft reads them; once it is issued they are the office's, and everybody else reads the plan page.
    """
    row = row_for(viewer, campaign_id)
    is_draft = row.state == CampaignState.DRAFT
    if not is_draft and not may(viewer, CampaignAct.MEASURE, CampaignState(row.state), path=row.path):
        raise NotAllowed("campaigns.not_allowed", "方案由镇安监办核对；下发以后请看方案页。")
    units = participants_of(row.town_id)
    names = {str(one.id): one.short_name for one in units}
    figures = _figures(row)
    found = row.clauses.exclude(state=ClauseState.REPLACED).order_by("paragraph", "start", "label")
    above = is_from_above(row.issuing_body, row.title)
    return [_line(clause, figures.get(clause.pk, ()), units, names, above=above) for clause in found]


def unmatched(clauses: Sequence[DraftClause], units: Sequence[Participant]) -> list[Unmatched]:
    """Return the names in these clauses that no unit of the town bears, those named most often first."""
    standing = [one for one in clauses if one.state != ClauseState.SET_ASIDE]
    superior = Counter(name for one in standing for name in one.superior)
    counts = Counter(name for one in standing for name in one.unknown) + superior
    return [
        Unmatched(name, count, [(one.id, one.short_name) for one in counterparts(name, units)], name in superior)
        for name, count in counts.most_common()
    ]


def _line(
    clause: Clause,
    figures: Sequence[DraftFigure],
    units: Sequence[Participant],
    names: dict[str, str],
    *,
    above: bool,
) -> DraftClause:
    meant = who_is_meant(clause.parties, units, from_above=above)
    return DraftClause(
        id=clause.pk,
        label=clause.label,
        state=clause.state,
        section=clause.section,
        section_title=clause.section_title,
        paragraph=clause.paragraph,
        start=clause.start,
        end=clause.end,
        text=clause.text,
        gist=clause.gist,
        parties=clause.parties,
        parties_implied=clause.parties_implied,
        units=[names[one] for one in clause.units if one in names],
        unknown=meant.unknown,
        superior=meant.superior,
        doubtful=meant.doubtful,
        due_on=clause.due_on,
        due_text=clause.due_text,
        due_implied=clause.due_implied,
        deliverable=clause.deliverable,
        frequency=clause.frequency,
        not_by_data=clause.not_by_data,
        figures=figures,
        cuts=cuts_of(clause.text),
        source=clause.source,
    )


def _figures(row: Campaign) -> dict[UUID, list[DraftFigure]]:
    known = known_names()
    found: dict[UUID, list[DraftFigure]] = {}
    for one in ClauseFigure.objects.filter(campaign=row, dropped=False).order_by("place", "key"):
        made = _indicator(one)
        if made is not None:
            found.setdefault(one.clause_id, []).append(
                DraftFigure(
                    key=one.key,
                    title=made.title,
                    why=Suggested(one.key, tuple(one.words)).say if one.words else "",
                    confirmed=one.confirmed_at is not None,
                    measured=made.state(known) is State.MEASURED,
                    own=one.own is not None,
                )
            )
    return found


def _indicator(one: ClauseFigure) -> Indicator | None:
    if one.own is None:
        return BY_KEY.get(one.key)
    made = own_indicator(form_of(one.own), offers(), key=one.key)
    return made if isinstance(made, Indicator) else None
