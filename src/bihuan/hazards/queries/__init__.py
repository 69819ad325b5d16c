"""What the heart answers. The names that other rooms and doors use stand here."""

from bihuan.hazards.queries.basis import BasisTouched, basis_touched
from bihuan.hazards.queries.board import Board, BoardRow, board
from bihuan.hazards.queries.doers import doer_of
from bihuan.hazards.queries.earlier import (
    Again,
    Progress,
    found_before,
    progress_of,
    reported_in,
    saved_views,
    self_reported,
    self_reports,
)
from bihuan.hazards.queries.figures import LateAnswer, late_answers
from bihuan.hazards.queries.judged import judged, judged_clauses, judged_months
from bihuan.hazards.queries.ledger import FoundThere, LedgerLine, found_by_day, ledger_lines, stopped_on
from bihuan.hazards.queries.level_steps import level_steps
from bihuan.hazards.queries.lists import (
    HazardLine,
    Listed,
    export_lines,
    found_for,
    lines_of,
    listing,
    tab_counts,
    written_so,
)
from bihuan.hazards.queries.of_firm import OpenOfFirm, open_of_firm
from bihuan.hazards.queries.of_unit import ANSWERABLE, may_rectify_at, open_of_unit
from bihuan.hazards.queries.page import brief_for, doubles_of, evidence_of, hazard_for, pairs_for
from bihuan.hazards.queries.same_kind import (
    TaskLine,
    TaskView,
    alike_for,
    answering_posts,
    same_kind_for,
    same_kind_paper,
    same_kind_tasks,
)
from bihuan.hazards.queries.superiors import is_superior_called
from bihuan.hazards.queries.tables import MajorLine, SignedView, majors_between, signed_scan, signed_tables
from bihuan.hazards.queries.views import HazardBrief, HazardView
from bihuan.hazards.queries.waiting import waiting_for

__all__ = [
    "ANSWERABLE",
    "Again",
    "BasisTouched",
    "Board",
    "BoardRow",
    "FoundThere",
    "HazardBrief",
    "HazardLine",
    "HazardView",
    "LateAnswer",
    "LedgerLine",
    "Listed",
    "MajorLine",
    "OpenOfFirm",
    "Progress",
    "SignedView",
    "TaskLine",
    "TaskView",
    "alike_for",
    "answering_posts",
    "basis_touched",
    "board",
    "brief_for",
    "doer_of",
    "doubles_of",
    "evidence_of",
    "export_lines",
    "found_before",
    "found_by_day",
    "found_for",
    "hazard_for",
    "is_superior_called",
    "judged",
    "judged_clauses",
    "judged_months",
    "late_answers",
    "ledger_lines",
    "level_steps",
    "lines_of",
    "listing",
    "majors_between",
    "may_rectify_at",
    "open_of_firm",
    "open_of_unit",
    "pairs_for",
    "progress_of",
    "reported_in",
    "same_kind_for",
    "same_kind_paper",
    "same_kind_tasks",
    "saved_views",
    "self_reported",
    "self_reports",
    "signed_scan",
    "signed_tables",
    "stopped_on",
    "tab_counts",
    "waiting_for",
    "written_so",
]
