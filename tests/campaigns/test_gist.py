"""The heart of a clause in few words, and the paper that it wants."""

import pytest

from bihuan.campaigns.rules.gist import LONGEST, deliverable_of, gist_of
from bihuan.campaigns.rules.text import fold


@pytest.mark.parametrize(
    ("sentence", "gist", "deliverable"),
    [
        ("各村要于5月底前制定具体实施方案，并报镇安办。", "制定具体实施方案", "实施方案"),
        ("按照“谁主管谁负责”的要求，各部门要认真履行监管职责，确保平稳。", "认真履行监管职责", None),
        ("积极借鉴汛期行之有效的做法，实行领导包片。", "积极借鉴汛期行之有效的做法", None),
        ("由县应急局牵头，县公安局配合，对露天矿山逐一核查。", "对露天矿山逐一核查", None),
        ("成立以镇长为组长的防汛工作领导小组，各村也要成立相应机构。", "成立防汛工作领导小组", None),
        ("每月25日前将隐患排查台账报县安委办。", "报送隐患排查台账", "隐患排查台账"),
        ("办公室设在镇应急办，承担日常工作。", "承担日常工作", None),
    ],
)
def test_given_a_clause_when_shortened_then_its_demand_is_left(
    sentence: str, gist: str, deliverable: str | None
) -> None:
    assert (gist_of(fold(sentence)), deliverable_of(fold(sentence))) == (gist, deliverable)


def test_given_a_very_long_clause_when_shortened_then_it_is_cut_with_a_mark() -> None:
    gist = gist_of("严格排查" + "企业车间仓库" * 20 + "。")

    assert len(gist) == LONGEST
    assert gist.endswith("…")
