"""Forms ask for papers only those whose papers take the town's numbers."""

import pytest
from django.urls import reverse

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import Source
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db


def test_given_an_enterprise_that_orders_itself_when_the_form_opens_then_no_paper_is_asked_for(
    stage: Stage, enter: Visit
) -> None:
    own = stage.do(stage.report("safety", source=Source.SELF_CHECK), Act.CONFIRM, "safety", level="general")
    other = stage.confirmed()

    def asks(who: str, where: str) -> set[str]:
        page = enter(who).get(where).content.decode()
        return {name for name in ("is_order", "second_officer", "issue_paper") if f'name="{name}"' in page}

    assert asks("safety", reverse("hazards:act", args=[own.pk, "assign"])) == set()
    assert asks("office", reverse("hazards:act", args=[other.pk, "assign"])) == {
        "is_order",
        "second_officer",
        "issue_paper",
    }
    small = stage.delegate(stage.rectified(), "东村")
    assert asks("village_east", reverse("field:review", args=[small.pk])) == set()
    assert asks("office", reverse("field:review", args=[small.pk])) == {"issue_paper"}
