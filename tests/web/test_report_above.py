"""The county reports from the field: an enterprise by its name, and no public place."""

import pytest
from django.urls import reverse

from bihuan.hazards.models import Hazard
from bihuan.kernel.ids import new_id
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db


def test_given_the_county_when_it_reports_then_a_firm_is_found_and_a_public_place_is_told_where_to_go(
    enter: Visit, stage: Stage
) -> None:
    client, address = enter("superior"), reverse("field:report")
    said = {"id": str(new_id()), "place": stage.firm.name, "description": "通道堵塞", "source": "covert"}

    refused = client.post(address, said | {"kind": "public_place"})
    assert (refused.status_code, "请交所在的镇或村" in refused.content.decode()) == (422, True)
    assert Hazard.objects.count() == 0

    assert client.post(address, said).status_code == 303
    assert Hazard.objects.get().enterprise_id == stage.firm.id
