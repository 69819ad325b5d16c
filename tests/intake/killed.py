"""Steps that a killed import is tested with, each in a process of its own: `python -m tests.intake.killed STEP`."""

import json
import sys

import django

ROWS = 1_500


def prepare() -> None:
    """Make a town and a draft of many rows in a migrated database."""
    from tests.intake.stage import HEAD, make_list_stage, workbook

    stage = make_list_stage()
    firm = stage.firms[0].name
    rows = [
        [n, "2018-01-15", "区安委办", "坛安办〔2018〕4号", firm, "东村", f"第{n}处无护栏", "一般", "2月底前", "未整改"]
        for n in range(ROWS)
    ]
    stage.start("清单.xlsx", workbook([HEAD, *rows]))


def enter() -> None:
    """Say that it begins, and enter the draft."""
    from bihuan.intake import services
    from bihuan.intake.models import ImportRun
    from bihuan.orgs import queries
    from bihuan.orgs.models import User
    from tests.intake.stage import NOW

    run = ImportRun.objects.get()
    actor = queries.actor_for(User.objects.get(pk=run.owner_id).pk, on=NOW.date())
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    services.commit(run_id=run.pk, seen_version=run.version, actor=actor, now=NOW)
    sys.stdout.write("entered\n")


def count() -> None:
    """Print what is on the books."""
    from bihuan.documents.models import NumberSeries
    from bihuan.hazards.models import Hazard, SameKindTask
    from bihuan.intake.models import ImportRun, SuperiorItem, SuperiorList
    from bihuan.trail.models import Event
    from bihuan.trail.queries.proof import verify

    told = {
        "lists": SuperiorList.objects.count(),
        "items": SuperiorItem.objects.count(),
        "hazards": Hazard.objects.count(),
        "tasks": SameKindTask.objects.count(),
        "events": Event.objects.filter(kind="hazard.report").count(),
        "state": ImportRun.objects.get().state,
        "numbers": sum(NumberSeries.objects.filter(series="hazard").values_list("last", flat=True)),
        "sound": verify().holds,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "enter": enter, "count": count}[sys.argv[1]]()
