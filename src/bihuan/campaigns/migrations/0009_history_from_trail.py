"""Write the history of campaigns that began before it was kept (0003), from the trail, which has always told it.

Steps of units, extensions with their papers, and the moves of deadlines: what an event says, and nothing else. What is
there already is left, so it can run twice. Seats of the leading group were no events then, and stay to be entered.
"""

from collections import defaultdict
from datetime import date

from django.db import migrations

SET_UP = ("campaign.unit_set_up", "campaign.plan_handed_in")
STATES = {
    "campaign.plan_handed_in": "handed_in",
    "campaign.plan_accepted": "accepted",
    "campaign.plan_returned": "returned",
}
KINDS = ("campaign.received", "campaign.extended", *SET_UP, *STATES)
BATCH = 200


def fill(apps, schema_editor):
    """Go through the issued campaigns one by one."""
    campaigns = apps.get_model("campaigns", "Campaign").objects.filter(issued_at__isnull=False)
    events = apps.get_model("trail", "Event").objects
    for row in campaigns.order_by("made_at", "id").iterator(chunk_size=BATCH):
        found = list(events.filter(subject_id=row.pk, kind__in=KINDS).order_by("at", "chain", "seq"))
        _steps(apps, row, found)
        _extensions(apps, row, [one for one in found if one.kind == "campaign.extended"])


def _steps(apps, row, events):
    """Write how each unit's part stood after each event that is older than the first step that was kept."""
    steps = apps.get_model("campaigns", "UnitStep").objects
    units = list(apps.get_model("campaigns", "CampaignUnit").objects.filter(campaign=row))
    by_name, by_path = {one.name: one for one in units}, defaultdict(list)
    for one in units:
        by_path[one.path].append(one)
    first = {}
    for unit_id, at in steps.filter(unit__campaign=row).order_by("-at").values_list("unit_id", "at"):
        first[unit_id] = at
    stood = {one.pk: {"received": False, "body": False, "leader": False, "plan_state": "missing"} for one in units}
    made = []
    for event in events:
        if event.kind == "campaign.extended":
            continue
        here = by_path[event.path]
        unit = by_name.get(event.after.get("unit")) or (here[0] if len(here) == 1 else None)
        if unit is None:
            continue  # which unit it was cannot be told for certain
        now = stood[unit.pk]
        if event.kind == "campaign.received":
            now["received"] = True
        if event.kind in SET_UP:
            now["body"], now["leader"] = bool(event.after.get("body")), bool(event.after.get("leader"))
        now["plan_state"] = STATES.get(event.kind, now["plan_state"])
        if unit.pk not in first or event.at < first[unit.pk]:
            made.append(steps.model(unit=unit, at=event.at, **now))
    steps.bulk_create(made, batch_size=BATCH)


def _extensions(apps, row, events):
    """Write the documents that moved the end, their papers, and the open tasks that moved with it."""
    extensions = apps.get_model("campaigns", "CampaignExtension").objects
    papers = apps.get_model("campaigns", "CampaignPaper").objects
    known = set(extensions.filter(campaign=row).values_list("at", flat=True))
    moved = []
    for event in events:
        old, new = _day(event.before.get("ends_on")), _day(event.after.get("ends_on"))
        if old is None or new is None:
            continue
        moved.append((event.at, old, new))
        if event.at in known:
            continue
        number = event.after.get("doc_number", "")
        said = {"at": event.at, "by": event.actor_name}
        extensions.create(campaign=row, doc_number=number, reason=event.reason, old_on=old, new_on=new, **said)
        papers.bulk_create(
            papers.model(campaign=row, kind="extension", title=f"延期到 {new}", number=number, file_id=file, **said)
            for file in event.evidence
        )
    _moves(apps, row, moved)


def _moves(apps, row, moved):
    """Write the moves of each task whose deadline is the end of a chain of extensions that begins at its first one."""
    moves, tasks = apps.get_model("campaigns", "TaskMove").objects, apps.get_model("campaigns", "Task").objects
    kept = set(moves.filter(task__campaign=row).values_list("task_id", "at"))
    made = []
    for pk, first, due in tasks.filter(campaign=row).values_list("pk", "first_due_on", "due_on"):
        chain, day = [], first
        for at, old, new in moved:
            if day != due and old == day:
                chain.append(moves.model(task_id=pk, at=at, from_on=old, to_on=new))
                day = new
        if day == due:
            made += [one for one in chain if (pk, one.at) not in kept]
    moves.bulk_create(made, batch_size=BATCH)


def _day(text):
    return date.fromisoformat(text) if text else None


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0008_interview_received"), ("trail", "0002_append_only")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
