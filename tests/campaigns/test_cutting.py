"""Cutting long sentences into parts that can each be answered."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.campaigns.readers import read_file
from bihuan.campaigns.rules import read_plan
from bihuan.campaigns.rules.cutting import cuts_of
from bihuan.campaigns.rules.drafting import part_label
from tests.campaigns.clauses_2017 import WORDS
from tests.campaigns.stage import PLANS


def test_given_the_plan_of_2017_when_cut_then_its_parts_are_the_79_of_the_rules() -> None:
    reading = read_plan(read_file(PLANS / "plan-jincheng-2017.docx")).as_json()
    texts = [one["text"] for name in ("remarks", "goals", "clauses") for one in reading[name]]
    wanted = [text[: text.find(words)] for text in texts for words in WORDS.values() if text.find(words) > 0]
    made = [text[:cut] for text in texts for cut in cuts_of(text)]

    assert sorted(made) == sorted(wanted)
    assert sum(1 + len(cuts_of(text)) for text in texts) == len(WORDS) == 79


def test_given_what_only_says_for_whom_when_cut_then_it_stays_with_what_follows() -> None:
    text = "全面抓好上级交办清单整改落实，对不能立即整改的，要坚决落实责任、措施、资金、时限和预案。"

    assert [text[cut:] for cut in cuts_of(text)] == ["对不能立即整改的，要坚决落实责任、措施、资金、时限和预案。"]


@given(st.text(alphabet="要督促企业整改隐患，；、。挂牌督办", max_size=60))
def test_given_any_sentence_when_cut_then_the_parts_are_the_sentence(text: str) -> None:
    cuts = cuts_of(text)

    assert cuts == sorted(set(cuts))
    assert all(0 < cut < len(text) for cut in cuts)


def test_given_many_parts_when_labelled_then_the_letters_go_on() -> None:
    assert [part_label("三-1", number) for number in (0, 25, 26)] == ["三-1a", "三-1z", "三-1aa"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("要认真调度并严格督促本行业整改。", ["要认真调度", "并严格督促本行业整改。"]),
        (
            "实行领导干部分片挂钩负责制、重点企业派驻驻点监管。",
            ["实行领导干部分片挂钩负责制、", "重点企业派驻驻点监管。"],
        ),
        ("针对季节性特点规律，突出易发多发的单位。", ["针对季节性特点规律，", "突出易发多发的单位。"]),
        ("按照“管行业必须管安全”的要求，认真履行监管职责。", ["按照“管行业必须管安全”的要求，认真履行监管职责。"]),
        ("出具确认书后上报主管部门，方可组织开工复产。", ["出具确认书", "后上报主管部门，方可组织开工复产。"]),
    ],
)
def test_given_a_sentence_when_cut_then_each_part_calls_for_its_own_figure(text: str, parts: list[str]) -> None:
    bounds = [0, *cuts_of(text), len(text)]

    assert [text[start:end] for start, end in pairwise(bounds)] == parts
