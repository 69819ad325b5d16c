"""Say that an act is refused, and that nothing has changed."""

from typing import Any

import pytest

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Event
from tests.hazards.stage import Stage


def refused(stage: Stage, hazard: Hazard, act: Act, who: str, say: str, **given: Any) -> None:
    """The act is refused with this sentence, and neither row nor trail has changed."""
    before, events = facts_of(hazard), Event.objects.count()
    with pytest.raises(Refusal, match=say):
        stage.do(hazard, act, who, **given)
    assert (facts_of(hazard), Event.objects.count()) == (before, events)


def facts_of(hazard: Hazard) -> dict[str, Any]:
    return Hazard.objects.filter(pk=hazard.pk).values().get()
