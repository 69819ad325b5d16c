"""Reasons speak people's words: no concept is shown by a name that only our lexicon knows."""

import re
from datetime import date

from bihuan.standards.data.counting import read_fire
from bihuan.standards.data.judging import read_conditions, read_judge, read_lexicon, read_names
from bihuan.standards.rules.determine import Case, as_plain
from bihuan.standards.rules.determine.telling import need_of
from bihuan.standards.rules.determine.weighing import Held
from tests.standards.test_judging_pairs import PAIRS, place_of

NAMES = read_names()
QUOTED = re.compile("“[^”]*”")  # the words of the finding itself
WORDINGS = {
    name: {word.lstrip("^=") for word in words if "…" not in word} for name, words in read_lexicon().concepts.items()
}
IN_CONDITIONS = {
    name
    for many in read_conditions().of.values()
    for condition in many
    for term in condition.terms
    for name in term.concepts
}


def test_given_every_concept_of_the_conditions_when_named_then_its_name_is_a_wording_or_it_has_another() -> None:
    assert sorted(one for one in IN_CONDITIONS if one not in NAMES and one not in WORDINGS[one]) == []
    assert sorted(set(NAMES) - IN_CONDITIONS) == []
    assert [one for one, called in NAMES.items() if not called.strip()] == []


def test_given_every_term_of_every_condition_when_a_reason_tells_what_is_missing_then_no_inner_name_is_in_it() -> None:
    inner = {one for one, called in NAMES.items() if one not in called and one not in WORDINGS[one]}
    leaks = set()
    for rule in read_judge().rules:
        for condition in rule.conditions:
            for term in condition.terms:
                said = need_of(Held(term, holds=None), rule.names)
                known = "".join(NAMES.get(one, one) for one in term.concepts)
                rest = said.replace(known, "")
                leaks |= {(rule.item.id, one) for one in term.concepts if one in inner and one in rest}

    assert leaks == set()


def test_given_hits_and_near_misses_when_explained_then_no_inner_name_is_in_any_reason() -> None:
    """What the clauses themselves say, and the kinds of place, are no names of ours."""
    inner = {one for one, called in NAMES.items() if one not in called and one not in WORDINGS[one]}
    known = "".join([*NAMES.values(), *(rule.item.text for rule in read_judge().rules)])
    known += "".join(one.name for one in read_fire().kinds.values()) + "".join(read_lexicon().concepts["无中毒风险"])
    inner = {one for one in inner if one not in known}
    leaks = []
    for pair in PAIRS:
        for side in ("hit", "miss"):
            case = Case(pair[side], date.fromisoformat(pair["found_on"]), place_of(pair["enterprise"]))
            plain = as_plain(read_judge().determine(case), 1)
            said = f"{plain['reason']}{[(one['for'], one['against']) for one in plain['candidates']]}"
            leaks += [(pair[side], one) for one in inner if one in QUOTED.sub("", said)]

    assert len(inner) > 200
    assert leaks == []
