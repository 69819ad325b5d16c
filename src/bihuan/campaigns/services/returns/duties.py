"""Start the return that a plan asks for: one press makes a duty to report a form with its deadline (R9.4, R9.7)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, ReturnForm, Task
from bihuan.campaigns.queries.issuing import duty_title
from bihuan.campaigns.queries.returns.of_duties import duty_at, forms_of_duties
from bihuan.campaigns.rules.drafting import TaskState
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.reported import Duty
from bihuan.campaigns.services.loading import campaign_to
from bihuan.campaigns.services.returns.forms import start_form
from bihuan.campaigns.services.returns.obliged import owed_with
from bihuan.campaigns.services.texts import longest
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal


@transaction.atomic
def start_duty_form(
    *,
    campaign_id: UUID,
    duty_no: int,
    title: str,
    due: str,
    unit_ids: Sequence[UUID],
    code: str = "F1",
    to_whom: str = "",
    actor: Actor,
    now: datetime,
) -> UUID:
    """Start a return for a duty to report of an issued plan, as `start_form` does; returns the form's id.

    duty_no: its place among the duties as they are kept. The open tasks of the duty in whose days a return falls due
    are fulfilled by it and are no to-do beside it. Raises Refusal for a duty that has a form already.
    """
    row = campaign_to(CampaignAct.ASSIGN, actor, campaign_id)
    duty = duty_at(row, duty_no)
    if duty_no in forms_of_duties(actor, row.pk):
        raise Refusal("returns.duty_started", "这项要求已经设成报表了，在“报表样式”里看。")
    form_id = start_form(
        title=title, due=due, unit_ids=unit_ids, code=code, to_whom=to_whom, campaign_id=row.pk, actor=actor, now=now
    )
    ReturnForm.objects.filter(pk=form_id).update(duty_no=duty_no)
    form = ReturnForm.objects.select_related("campaign").get(pk=form_id)
    owed_with(form, _tasks(row, duty, form, now), first=day_of(now))
    return form_id


def _tasks(row: Campaign, duty: Duty, form: ReturnForm, now: datetime) -> list[Task]:
    """Return the open tasks of a duty that fall due from today on; those of periods to come will follow the form."""
    found = row.tasks.filter(form=None, opens_on__isnull=False, due_on__gte=day_of(now)).exclude(state=TaskState.DONE)
    rows = list(found.select_related("unit"))
    regular = [one.pk for one in row.regular_duties.filter(form=None) if one.duty == duty.as_json()]
    row.regular_duties.filter(pk__in=regular).update(form=form)
    title = duty_title(duty)[: longest(Task, "title")]
    return [one for one in rows if one.duty_id in regular or (one.duty_id is None and one.title.startswith(title))]
