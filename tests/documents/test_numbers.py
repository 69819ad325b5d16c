from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import transaction

from bihuan.documents import queries, rules, services
from bihuan.documents.rules import PaperKind
from bihuan.kernel.actor import PLATFORM
from tests.documents.drafts import WHOLE, draft

TOWN = UUID("01900000-0000-7000-8000-000000000001")
NOON = datetime(2018, 2, 14, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_given_a_series_when_numbers_are_taken_then_they_follow_each_other_without_gap() -> None:
    first = services.take_numbers(town_id=TOWN, series="hazard", year=2018, count=3)
    second = services.take_numbers(town_id=TOWN, series="hazard", year=2018, count=2)
    other_year = services.take_numbers(town_id=TOWN, series="hazard", year=2019, count=1)

    assert [*first, *second] == [1, 2, 3, 4, 5]
    assert list(other_year) == [1]


def test_given_an_act_that_fails_when_it_had_taken_numbers_then_they_are_given_back() -> None:
    with transaction.atomic():
        services.take_numbers(town_id=TOWN, series="hazard", year=2018, count=3)
        transaction.set_rollback(True)

    assert list(services.take_numbers(town_id=TOWN, series="hazard", year=2018, count=1)) == [1]


def test_given_an_order_when_its_review_opinion_follows_then_both_share_one_serial() -> None:
    order = services.issue_many([draft(PaperKind.RECTIFICATION_ORDER)], town_id=TOWN, actor=PLATFORM, now=NOON)[0]
    first, second = services.issue_many(
        [draft(PaperKind.REVIEW_OPINION, follows=order.id), draft(PaperKind.REVIEW_OPINION, follows=order.id)],
        town_id=TOWN,
        actor=PLATFORM,
        now=NOON,
    )

    assert order.doc_no == "（金）安监责改〔2018〕1号"
    assert first.doc_no == "（金）安监复查〔2018〕1号"
    assert first.fields["earlier"]["doc_no"] == WHOLE[PaperKind.REVIEW_OPINION]["earlier"]["doc_no"]
    assert second.doc_no == "（金）安监复查〔2018〕2号"


def test_given_a_paper_when_void_then_its_number_stays_and_the_next_one_is_new() -> None:
    paper = services.issue_many([draft(PaperKind.LISTING_NOTICE)], town_id=TOWN, actor=PLATFORM, now=NOON)[0]

    services.void(paper_id=paper.id, seen_version=1, reason="对象写错", actor=PLATFORM, now=NOON)

    following = services.issue_many([draft(PaperKind.LISTING_NOTICE)], town_id=TOWN, actor=PLATFORM, now=NOON)[0]
    assert queries.paper_for(PLATFORM, paper.id).is_void
    assert [paper.number, following.number] == [1, 2]


def test_given_bracket_noise_when_normalised_then_the_number_reads_as_written_in_law() -> None:
    assert rules.normalise_doc_no("苏安电〔2017 ] 5号") == "苏安电〔2017〕5号"
    assert rules.read_doc_no("(金) 安监责改 [2018] 012 号") == rules.DocNo("金", "安监责改", 2018, 12)
    assert rules.prefix_doubt(rules.DocNo("金", "应急责改", 2018, 12), on=date(2018, 2, 1))


def test_given_an_opinion_that_names_no_earlier_paper_when_it_follows_one_then_the_snapshot_names_it() -> None:
    order = services.issue_many([draft(PaperKind.RECTIFICATION_ORDER)], town_id=TOWN, actor=PLATFORM, now=NOON)[0]
    following = draft(PaperKind.REVIEW_OPINION, follows=order.id, earlier=None)

    opinion = services.issue_many([following], town_id=TOWN, actor=PLATFORM, now=NOON)[0]

    named = {"title": "责令限期整改指令书", "doc_no": order.doc_no, "issued_on": "2018-02-14"}
    assert opinion.fields["earlier"] == named
    assert opinion.is_genuine
