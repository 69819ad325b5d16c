"""R3.5: where a finding may be said to come from, by the role of who reports it, on the table and in the service."""

from typing import Final

import pytest

from bihuan.hazards.rules.sources import MAY_SAY, default_source, sources_of
from bihuan.hazards.rules.states import FileRole, Source
from bihuan.hazards.rules.steps import REPORTING
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import Role
from tests.hazards.stage import Stage

PEOPLE: Final = (
    ("office", Role.SAFETY_OFFICE),
    ("chief", Role.SAFETY_CHIEF),
    ("inspector", Role.INSPECTOR),
    ("industry", Role.DEPARTMENT),
    ("village_east", Role.VILLAGE),
    ("leader", Role.LEADER),
    ("chair", Role.COMMITTEE_CHAIR),
    ("group", Role.SUPERVISION_GROUP),
    ("boss", Role.PRINCIPAL),
    ("safety", Role.SAFETY_OFFICER),
)


def test_given_every_role_that_reports_when_asked_then_it_may_say_its_default_and_no_superiors_item() -> None:
    assert set(MAY_SAY) == set(REPORTING)
    for role in REPORTING:
        said = sources_of([role])
        assert default_source([role]) in said
        assert Source.SUPERIOR not in said


def test_given_two_roles_when_asked_then_the_first_default_holds_and_both_may_be_said() -> None:
    assert default_source([Role.LEADER, Role.VILLAGE]) == Source.VILLAGE_PATROL
    assert set(sources_of([Role.LEADER, Role.SERVICE_AGENCY])) == {*MAY_SAY[Role.LEADER], Source.EXPERT}


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "role"), PEOPLE)
def test_given_a_person_when_they_report_from_every_source_then_the_service_holds_to_the_role(
    stage: Stage, who: str, role: Role
) -> None:
    held = set(stage.by(who).role_names)
    assert role in held

    for source in (one for one in Source if one is not Source.SUPERIOR):
        if source in sources_of(held):
            assert stage.report(who, source=source).source == source
        else:
            with pytest.raises(Refusal, match="不由您的岗位登记。请改选") as refused:
                stage.report(who, source=source)
            assert refused.value.field == "source"


@pytest.mark.django_db
def test_given_a_village_that_acts_for_an_enterprise_when_reported_then_it_is_a_self_check(stage: Stage) -> None:
    paper = stage.proof("village_east", FileRole.PAPER, kind="document")

    row = stage.report("village_east", source=Source.SELF_CHECK, acting_for="鑫达机械厂", files=paper)

    assert (row.source, row.self_found) == (Source.SELF_CHECK, True)
