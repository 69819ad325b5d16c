"""What a form of a campaign lets a person write is as long as the column that keeps it, not longer and not shorter."""

import pytest
from django import forms
from django.db.models import Model

from bihuan.campaigns.models import (
    CampaignExtension,
    CampaignPaper,
    Decision,
    GroupSeat,
    LedVisit,
    Meeting,
    Problem,
    Study,
    Task,
    TaskHelp,
    TaskReport,
)
from bihuan.campaigns.services.texts import longest
from bihuan.web.campaigns import group, record_forms, steering, tasks

FIELDS: list[tuple[type[forms.Form], type[Model], tuple[str, ...]]] = [
    (steering.ExtendForm, CampaignExtension, ("doc_number", "reason")),
    (tasks.ReportForm, TaskReport, ("note",)),
    (tasks.AssignForm, Task, ("title",)),
    (record_forms.HelpForm, TaskHelp, ("note",)),
    (record_forms.MeetingForm, Meeting, ("title", "host", "place", "others", "note")),
    (record_forms.ProblemForm, Problem, ("problem", "raised_by", "decision")),
    (record_forms.LedVisitForm, LedVisit, ("companions", "record_no", "findings")),
    (record_forms.StudyForm, Study, ("title",)),
    (record_forms.DecisionForm, Decision, ("issue", "text")),
    (record_forms.FinishForm, Decision, ("result",)),
    (group.PaperForm, CampaignPaper, ("title", "number")),
    (group.SeatForm, GroupSeat, ("holder",)),
]


@pytest.mark.parametrize(("form", "model", "names"), FIELDS)
def test_given_a_form_when_a_person_writes_then_it_ends_where_the_column_does(
    form: type[forms.Form], model: type[Model], names: tuple[str, ...]
) -> None:
    most = {name: getattr(form.base_fields[name], "max_length", None) for name in names}

    assert most == {name: longest(model, name) for name in names}
