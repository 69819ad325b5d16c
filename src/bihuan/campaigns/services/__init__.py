"""What campaigns does. Each function is one use case, one transaction, and its events."""

from bihuan.campaigns.services.archiving import archive_campaign, close_campaign, finish_archiving
from bihuan.campaigns.services.clauses import (
    accept_clauses,
    add_clause,
    confirm_figures,
    join_clauses,
    mend_clause,
    set_aside,
    split_clause,
)
from bihuan.campaigns.services.duties import open_duties
from bihuan.campaigns.services.extending import correct_extension, extend_campaign
from bihuan.campaigns.services.following import finish, report_help, take_back
from bihuan.campaigns.services.group import add_seat, fill_members, fill_seat
from bihuan.campaigns.services.issuing import drop_campaign, issue_campaign
from bihuan.campaigns.services.leading import register_led_visit
from bihuan.campaigns.services.outline import mend_outline
from bihuan.campaigns.services.own import change_own_figure, drop_own_figure, take_own_figure
from bihuan.campaigns.services.papers import attach_paper, link_campaigns
from bihuan.campaigns.services.parties import give_clauses, settle_party
from bihuan.campaigns.services.reassigning import reassign_clause
from bihuan.campaigns.services.registers import decide, register_meeting, register_problem, register_study
from bihuan.campaigns.services.starting import mend_facts, start_campaign, start_from_text, understand_plan
from bihuan.campaigns.services.supervision import finish_sealing
from bihuan.campaigns.services.tasks import assign_tasks, report_task
from bihuan.campaigns.services.units import hand_in_plan, receive, review_plan

__all__ = [
    "accept_clauses",
    "add_clause",
    "add_seat",
    "archive_campaign",
    "assign_tasks",
    "attach_paper",
    "change_own_figure",
    "close_campaign",
    "confirm_figures",
    "correct_extension",
    "decide",
    "drop_campaign",
    "drop_own_figure",
    "extend_campaign",
    "fill_members",
    "fill_seat",
    "finish",
    "finish_archiving",
    "finish_sealing",
    "give_clauses",
    "hand_in_plan",
    "issue_campaign",
    "join_clauses",
    "link_campaigns",
    "mend_clause",
    "mend_facts",
    "mend_outline",
    "open_duties",
    "reassign_clause",
    "receive",
    "register_led_visit",
    "register_meeting",
    "register_problem",
    "register_study",
    "report_help",
    "report_task",
    "review_plan",
    "set_aside",
    "settle_party",
    "split_clause",
    "start_campaign",
    "start_from_text",
    "take_back",
    "take_own_figure",
    "understand_plan",
]
