"""From the page of a plan to the return that it asks for: all filled in, one press."""

from typing import Any

from django.urls import reverse

from bihuan.campaigns.models import ReturnForm
from tests.campaigns.stage import NOW, CampaignStage
from tests.campaigns.test_duties import PLAN
from tests.town import SmallTown
from tests.web.conftest import Visit


def test_given_the_plan_page_when_the_office_presses_once_then_the_return_is_started(
    town: SmallTown, visit: Visit, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = NOW.date().isoformat()
    stage = CampaignStage(town)
    row = stage.issued(stage.read_text(PLAN))
    href = reverse("campaigns:start_return", args=(row.pk, 0))
    plan = reverse("campaigns:show", args=(row.pk,))
    client = visit("office")

    assert href in client.get(plan).content.decode()
    assert href not in visit("village_east").get(plan).content.decode()
    form = client.get(href).context["form"]
    given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    refused = client.post(href, given | {"due": "有空就报"})
    answer = client.post(href, given)

    assert refused.status_code == 422
    assert "看不出报送时间" in refused.content.decode()
    [made] = ReturnForm.objects.filter(campaign=row)
    assert answer.headers["Location"] == reverse("campaigns:return_form", args=(made.pk,))
    after = client.get(plan).content.decode()
    assert href not in after
    assert "用报表报" in after
    assert client.get(href).headers["Location"] == answer.headers["Location"]
