"""A rate whose parts count different hazards says so in its counting rule; one of the same hazards says nothing."""

import pytest

from bihuan.campaigns.rules.returns.binding import NOT_ALIKE, Binding, Source, not_alike
from bihuan.campaigns.rules.returns.builtin import BUILT_IN, laid_out

FOUND = Binding(Source.MEASURE, name="hazards.found_fact")
RATE = Binding(Source.RATE, cells=("A1", "B1"))


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ("hazards.put_right", NOT_ALIKE),
        ("hazards.closed", NOT_ALIKE),
        ("hazards.rectified", ""),
        ("hazards.in.closed", ""),
    ],
)
def test_given_a_rate_over_what_was_found_when_its_numerator_is_of_acts_then_it_says_that_it_may_pass_100(
    above: str, said: str
) -> None:
    bindings = {"A1": Binding(Source.MEASURE, name=above), "B1": FOUND, "C1": RATE}

    assert not_alike(RATE, bindings) == said
    assert not_alike(FOUND, bindings) == ""


def test_given_every_form_of_ours_when_its_rates_are_read_then_each_has_the_same_hazards_above_and_below() -> None:
    rates = 0
    for form in BUILT_IN:
        _, bindings = laid_out(form, {})
        for one in bindings.values():
            rates += one.source is Source.RATE
            assert not_alike(one, bindings) == "", form.code
    assert rates
