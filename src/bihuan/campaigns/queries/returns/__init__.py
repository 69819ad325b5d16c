"""What is asked of returns. The names that doors and services use stand here."""

from bihuan.campaigns.queries.returns.anew import with_anew
from bihuan.campaigns.queries.returns.choices import Choices, Figure, choices_of, remembered
from bihuan.campaigns.queries.returns.due import DueReturn, Of, due_by_unit, due_for, opened_of
from bihuan.campaigns.queries.returns.filling import Counted, count
from bihuan.campaigns.queries.returns.finding import form_for, forms_for, hands_of
from bihuan.campaigns.queries.returns.later import later_rows
from bihuan.campaigns.queries.returns.of_duties import DutyOffer, duty_offer, forms_of_duties
from bihuan.campaigns.queries.returns.owed import owed_for
from bihuan.campaigns.queries.returns.packs import Download, original_of, pack_of, workbook_of
from bihuan.campaigns.queries.returns.searching import forms_found_for, found_for
from bihuan.campaigns.queries.returns.showing import return_for, tried
from bihuan.campaigns.queries.returns.succession import Succession, succession_for, successor_of
from bihuan.campaigns.queries.returns.waiting import waiting_for

__all__ = [
    "Choices",
    "Counted",
    "Download",
    "DueReturn",
    "DutyOffer",
    "Figure",
    "Of",
    "Succession",
    "choices_of",
    "count",
    "due_by_unit",
    "due_for",
    "duty_offer",
    "form_for",
    "forms_for",
    "forms_found_for",
    "forms_of_duties",
    "found_for",
    "hands_of",
    "later_rows",
    "opened_of",
    "original_of",
    "owed_for",
    "pack_of",
    "remembered",
    "return_for",
    "succession_for",
    "successor_of",
    "tried",
    "waiting_for",
    "with_anew",
    "workbook_of",
]
