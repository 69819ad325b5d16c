"""Administrators have duties, not rows: their lists are empty, never broken."""

import pytest
from django.urls import reverse

from tests.hazards.stage import Stage
from tests.web.conftest import Visit

LISTS = ("hazards:list", "hazards:major", "hazards:same_kinds", "enterprises:list", "documents:list", "desk:workbench")


@pytest.mark.parametrize("key", ["system_admin", "security_admin", "audit_admin"])
def test_given_an_administrator_when_any_list_is_opened_then_it_is_empty_and_never_breaks(
    enter: Visit, stage: Stage, key: str
) -> None:
    hazard = stage.report()
    client = enter(key)

    for name in LISTS:
        for query in ({}, {"q": "冲床"}, {"tab": "all", "page": "2"}, {"late": "overdue"}):
            answer = client.get(reverse(name), query, follow=True)  # a page too far leads to the last one
            assert answer.status_code in {200, 403, 404}, f"{name} {query}"
            assert hazard.number not in answer.content.decode()
