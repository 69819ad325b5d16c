"""Which rows each name counts."""

from collections.abc import Mapping
from typing import Final

from bihuan.campaigns.queries.figures import counting, leading

NAMES: Final[Mapping[str, counting.Count]] = {
    "campaigns.units": counting.units,
    "campaigns.units_with_body": counting.with_body,
    "campaigns.units_with_leader": counting.with_leader,
    "campaigns.plans_accepted": counting.plans_accepted,
    "campaigns.plans_on_time": counting.plans_on_time,
    "campaigns.tasks": counting.tasks,
    "campaigns.tasks_done": counting.tasks_done,
    "campaigns.tasks_due": counting.tasks_due,
    "campaigns.tasks_on_time": counting.tasks_on_time,
    "campaigns.tasks_with_helpers": counting.tasks_with_helpers,
    "campaigns.tasks_helped": counting.tasks_helped,
    "campaigns.issues_due": counting.issues_due,
    "campaigns.issues_on_time": counting.issues_on_time,
    "campaigns.problems_due": counting.problems_due,
    "campaigns.problems_on_time": counting.problems_on_time,
    "campaigns.units_chaired": counting.units_chaired,
    "campaigns.units_studied": counting.units_studied,
    "campaigns.leaders_acted": counting.leaders_acted,
    "campaigns.heads": counting.heads,
    "campaigns.heads_trained": counting.heads_trained,
    "campaigns.weeks": counting.weeks,
    "campaigns.weeks_scheduled": counting.weeks_scheduled,
    "campaigns.days": counting.days,
    "campaigns.days_recorded": counting.days_recorded,
    "campaigns.records": counting.records,
    "campaigns.records_in_extension": counting.records_in_extension,
    "campaigns.records_of_extended": counting.records_of_extended,
    "campaigns.extensions": counting.extensions,
    "campaigns.basis_documents": counting.basis_documents,
    "campaigns.extension_documents": counting.extension_documents,
    "campaigns.group_posts": counting.group_posts,
    "campaigns.group_posts_filled": counting.group_posts_filled,
    "inspections.led_visits": leading.visits,
    "inspections.led_visits_made": leading.visits_made,
    "inspections.led_visits_due": leading.visits_due_of,
    "inspections.principals": leading.principals,
    "inspections.principals_led_enough": leading.principals_led_enough,
}
# What belongs to the town alone: its days, papers, leading group and leaders; a unit has no figure of it, not a zero.
# Who is a candidate, and why one was exempted, is for the town to know.
TOWN_ONLY: Final = frozenset(
    {
        "campaigns.days",
        "campaigns.days_recorded",
        "campaigns.basis_documents",
        "campaigns.extension_documents",
        "campaigns.group_posts",
        "campaigns.group_posts_filled",
        "inspections.led_visits",
        "inspections.led_visits_made",
        "inspections.led_visits_due",
        "inspections.principals",
        "inspections.principals_led_enough",
        "campaigns.accountability_decisions",
        "campaigns.accountability_concluded",
        "campaigns.people_held",
        "campaigns.criticised_or_exempted",
        "campaigns.meeting_a_ground",
    }
)
