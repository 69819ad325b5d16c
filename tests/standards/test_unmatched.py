"""A text of which no clause has a counterpart in the list that it replaces: two people say that this is meant."""

import pytest

from bihuan.standards import services
from bihuan.standards.data import read_library
from bihuan.standards.data.writing import as_yaml
from bihuan.standards.models import LoadedStandard
from bihuan.standards.rules import BadValue, ChangeKind
from bihuan.standards.rules.loading import effects
from bihuan.standards.services import loading
from bihuan.trail import queries as trail
from tests.standards.local import book
from tests.standards.replacing import CLAUSE, FACTS, NATIONAL, STANDARD, approve, holding, propose
from tests.town import SmallTown, make_town


@pytest.fixture
def town(db: None) -> SmallTown:
    services.load_reference_data()
    return make_town()


def test_given_a_text_of_which_no_clause_matches_when_it_would_replace_a_list_then_each_of_the_two_says_it_is_meant(
    town: SmallTown,
) -> None:
    with pytest.raises(BadValue) as proposing:
        propose(town, unmatched=False)
    nothing = LoadedStandard.objects.count()
    found = propose(town)
    with pytest.raises(BadValue) as approving:
        approve(town, unmatched=False)
    between = holding()
    approve(town)

    assert (found.is_unmatched, nothing, between, holding()) == (True, 0, {NATIONAL}, {STANDARD})
    assert {one.value.field for one in (proposing, approving)} == {"unmatched"}
    assert "没有一条对得上" in proposing.value.say
    assert any("没有一条对得上" in one for one in effects(found, None))
    every = len([one for one in read_library().criteria if one.standard_id == NATIONAL])
    assert [one.figures["unmatched"] for one in trail.events_of([loading.loaded_subject(STANDARD)])] == [every, every]


def test_given_a_text_with_one_clause_of_the_list_when_it_replaces_it_then_no_more_is_asked(town: SmallTown) -> None:
    made = book(**FACTS)
    kept = next(one for one in read_library().criteria if (one.standard_id, one.clause) == (NATIONAL, CLAUSE))
    made["criteria"][0] |= {"clause": CLAUSE, "text": kept.text, "cues": list(kept.cues), "group": kept.group}

    found = propose(town, text=as_yaml(made), unmatched=False, compared=True)

    assert (found.is_unmatched, found.counts[ChangeKind.SAME] + found.counts[ChangeKind.CHANGED]) == (False, 1)
