"""What is done in supervision, bulletins, interviews and accountability. Each is one use case, one transaction."""

from bihuan.campaigns.services.supervision.bulletins import (
    ask_units,
    draft_brief,
    draft_circular,
    edit_bulletin,
    exempt,
    issue_bulletin,
    withdraw_bulletin,
)
from bihuan.campaigns.services.supervision.cases import hand_over, register_decision
from bihuan.campaigns.services.supervision.findings import (
    answer_finding,
    enter_finding,
    review_finding,
    set_finding_aside,
)
from bihuan.campaigns.services.supervision.hearing import answer_circular, hear, reply, review_correction
from bihuan.campaigns.services.supervision.interviews import (
    call_interview,
    cancel_interview,
    follow_up_interview,
    hold_interview,
    receive_interview,
)
from bihuan.campaigns.services.supervision.packs import finish_sealing, seal_case
from bihuan.campaigns.services.supervision.rounds import (
    NewFinding,
    cancel_round,
    close_round,
    feed_back,
    hold_round,
    note_finding,
    plan_rounds,
)

__all__ = [
    "NewFinding",
    "answer_circular",
    "answer_finding",
    "ask_units",
    "call_interview",
    "cancel_interview",
    "cancel_round",
    "close_round",
    "draft_brief",
    "draft_circular",
    "edit_bulletin",
    "enter_finding",
    "exempt",
    "feed_back",
    "finish_sealing",
    "follow_up_interview",
    "hand_over",
    "hear",
    "hold_interview",
    "hold_round",
    "issue_bulletin",
    "note_finding",
    "plan_rounds",
    "receive_interview",
    "register_decision",
    "reply",
    "review_correction",
    "review_finding",
    "seal_case",
    "set_finding_aside",
    "withdraw_bulletin",
]
