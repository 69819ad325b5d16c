"""Numbers of papers: written, read, cleaned of bracket noise, and checked against the day."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.documents.rules import (
    DOC_NO,
    FORMS,
    BadNumber,
    DocNo,
    PaperKind,
    content_hash,
    doc_no,
    normalise_doc_no,
    prefix_doubt,
    prefix_on,
    read_doc_no,
    series_of,
)

CHARACTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
ORGANS = st.text(CHARACTERS, min_size=1, max_size=6)
PREFIXES = st.text(CHARACTERS, min_size=2, max_size=8)
NUMBERS = st.builds(DocNo, ORGANS, PREFIXES, st.integers(1949, 2099), st.integers(1, 10**9))
NOISE = st.sampled_from(["", " ", "\u3000", "\n", "\t"])
OPEN, CLOSE = "〔[【［﹝〖（(", "〕]】］﹞〗）)"


@given(NUMBERS)
def test_given_any_parts_when_written_then_the_form_is_the_legal_one_and_reads_back(number: DocNo) -> None:
    written = doc_no(organ=number.organ, prefix=number.prefix, year=number.year, number=number.number)

    assert re.match(r"^（([\u4e00-\u9fa5]{1,6})）([\u4e00-\u9fa5]{2,8})〔(\d{4})〕([1-9]\d*)号$", written)
    assert read_doc_no(written) == number
    assert normalise_doc_no(written) == written


@given(NUMBERS, st.data())
def test_given_any_brackets_and_spaces_when_normalised_then_the_same_number_comes_out(
    number: DocNo, data: st.DataObject
) -> None:
    def one(of: str) -> str:
        return data.draw(st.sampled_from(list(of)))

    def noise() -> str:
        return data.draw(NOISE)

    serial = data.draw(st.sampled_from(["", "第", "0", "第00"])) + str(number.number)
    place, year = one(OPEN) + number.organ + one(CLOSE), one(OPEN) + noise() + str(number.year) + one(CLOSE)
    noisy = noise() + place + noise() + number.prefix + noise() + year + noise() + serial + noise() + "号" + noise()

    assert normalise_doc_no(noisy) == str(number)


@given(st.text(max_size=60))
def test_given_any_text_when_normalised_then_doing_it_again_changes_nothing(text: str) -> None:
    once = normalise_doc_no(text)

    assert normalise_doc_no(once) == once


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("苏安电〔2017 ] 5号", "苏安电〔2017〕5号"),
        ("苏安电(2017)5号", "苏安电〔2017〕5号"),
        ("安监总管四【２０１７】１２９号", "安监总管四〔2017〕129号"),
        ("（金）安监责改[2018]第012号", "（金）安监责改〔2018〕12号"),
        ("苏园安监责改字〔2017〕8号", "苏园安监责改字〔2017〕8号"),
        ("主席令第13号", "主席令第13号"),
        ("", ""),
    ],
)
def test_given_a_real_number_when_normalised_then_it_reads_as_the_law_writes_it(noisy: str, clean: str) -> None:
    assert normalise_doc_no(noisy) == clean


@pytest.mark.parametrize(
    ("organ", "prefix", "number"),
    [
        ("", "安监责改", 1),
        ("金坛区金城镇安", "安监责改", 1),
        ("金", "改", 1),
        ("金", "A监责改", 1),
        ("金", "安监责改", 0),
    ],
)
def test_given_parts_that_do_not_fit_when_written_then_it_is_refused(organ: str, prefix: str, number: int) -> None:
    with pytest.raises(BadNumber, match="请核对"):
        doc_no(organ=organ, prefix=prefix, year=2018, number=number)


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("day", [date(2017, 12, 18), date(2018, 12, 31), date(2019, 1, 1), date(2026, 11, 1)])
def test_given_a_kind_on_any_day_when_numbered_then_its_prefix_makes_a_legal_number(kind: PaperKind, day: date) -> None:
    written = doc_no(organ="金", prefix=prefix_on(kind, day), year=day.year, number=1)

    assert DOC_NO.match(written)
    read = read_doc_no(written)
    assert read is not None
    assert prefix_doubt(read, on=day) == ""


def test_given_the_reform_when_orders_are_numbered_then_the_prefix_follows_the_day() -> None:
    kinds = [kind for kind, form in FORMS.items() if form.case]

    assert [prefix_on(kind, date(2018, 12, 31)) for kind in kinds] == ["安监整改", "安监责改", "安监复查"]
    assert [prefix_on(kind, date(2019, 1, 1)) for kind in kinds] == ["应急整改", "应急责改", "应急复查"]


@pytest.mark.parametrize(
    ("prefix", "day", "doubted"),
    [
        ("应急责改", date(2018, 2, 14), True),
        ("安监责改", date(2018, 2, 14), False),
        ("安监责改", date(2019, 3, 1), True),
        ("应急责改", date(2019, 3, 1), False),
        ("安委督办", date(2018, 2, 14), False),
    ],
)
def test_given_a_prefix_and_a_day_when_they_do_not_fit_then_a_person_is_warned(
    prefix: str,
    day: date,
    doubted: bool,  # noqa: FBT001 -- a test parameter
) -> None:
    assert bool(prefix_doubt(DocNo("金", prefix, day.year, 12), on=day)) == doubted


def test_given_papers_of_a_case_when_their_series_is_asked_then_it_is_one_per_organ_and_others_have_their_own() -> None:
    series = {kind: series_of(kind, organ="金", prefix=prefix_on(kind, date(2018, 1, 1))) for kind in PaperKind}

    case = {kind for kind, name in series.items() if name == "case:金"}
    assert case == {PaperKind.RECTIFICATION_NOTICE, PaperKind.RECTIFICATION_ORDER, PaperKind.REVIEW_OPINION}
    assert len({name for kind, name in series.items() if kind not in case}) == len(PaperKind) - len(case)


def test_given_a_paper_when_anything_printed_changes_then_its_hash_does() -> None:
    facts = {"kind": PaperKind.REMINDER_LETTER, "number": "1", "template_version": "1", "fields": {"unit": "东村"}}
    changes = [
        {"kind": PaperKind.HAZARD_NOTICE},
        {"number": "2"},
        {"template_version": "2"},
        {"fields": {"unit": "西村"}},
    ]

    hashes = {content_hash(**{**facts, **change}) for change in [{}, *changes]}  # type: ignore[arg-type]

    assert len(hashes) == 5
