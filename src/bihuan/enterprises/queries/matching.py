"""Which enterprise is meant: a town's names and codes against a list's."""

from collections.abc import Sequence
from uuid import UUID

from bihuan.enterprises.models import Enterprise, EnterpriseQuerySet
from bihuan.enterprises.queries.files import firms_of
from bihuan.enterprises.rules.matching import Candidate, Index, Known, Match, Wanted
from bihuan.orgs import queries as orgs


def match(town_id: UUID, wanted: Sequence[Wanted]) -> list[Match]:
    """Find each wanted enterprise of a list in the town, in a fixed number of queries; one answer per wanted, in order.

    By exact code, exact name, or name without place and kind of company; else near names for a person to choose
    from, or new. Merged files lead to their winner; closed enterprises are found too (look at `firm.state`).
    """
    index = index_of(town_id)
    answers: dict[Wanted, Match] = {}
    return [answers[one] if one in answers else answers.setdefault(one, index.find(one)) for one in wanted]


def index_of(town_id: UUID) -> Index:
    """Build the town's index of names and codes. Five queries."""
    return _index(town_id, Enterprise.objects.of_town(town_id))


def duplicates_of(town_id: UUID, wanted: Wanted, *, but: UUID | None = None) -> tuple[Candidate, ...]:
    """Return the firms that an entry may double: same code, same or near name, best first. but: the one changed.

    Only rows that share two characters in a row with the name, or the code, are read. Six queries.
    """
    index = _index(town_id, Enterprise.objects.of_town(town_id).resembling(wanted, places=place_names(town_id)))
    found = index.find(wanted)
    ranked = {one.firm.id: one for one in (*index.near(wanted), *found.candidates)}
    return tuple(sorted((one for key, one in ranked.items() if key != but), key=lambda one: -one.score))


def _index(town_id: UUID, rows: EnterpriseQuerySet) -> Index:
    keys = rows.order_by("id").values_list("id", "merged_into_id", "name", "plain_name", "uscc")
    told = list(keys)
    firms = {firm.id: firm for firm in firms_of(rows)}
    missing = {winner for _, winner, *_ in told if winner is not None} - set(firms)
    firms |= {firm.id: firm for firm in firms_of(Enterprise.objects.filter(pk__in=missing))}
    known = [
        Known(firm=firms[winner or key], name=name, plain=plain, uscc=uscc) for key, winner, name, plain, uscc in told
    ]
    return Index.of(known, places=place_names(town_id))


def place_names(town_id: UUID) -> tuple[str, ...]:
    """Return the names that enterprises of the town may carry in front: town, county, city, province. Two queries."""
    town = orgs.towns([town_id]).get(town_id)
    if town is None:
        return ()
    names = (town.name, town.short_name, town.county_name, town.city_name, town.province_name)
    bare = (name.removesuffix(end) for name, end in zip(names[:1] + names[2:], ("镇", "区", "市", "省"), strict=True))
    return tuple(dict.fromkeys(name for name in (*names, *bare) if len(name) > 1))
