"""What is done with returns. The names that doors use stand here."""

from bihuan.campaigns.services.returns.binding import How, bind_anew, bind_cells, bind_like, name_word
from bihuan.campaigns.services.returns.duties import start_duty_form
from bihuan.campaigns.services.returns.filling import (
    ask_special,
    begin_return,
    check_return,
    correct_return,
    lock_return,
    note_receipt,
    send_back,
    send_return,
    type_cells,
)
from bihuan.campaigns.services.returns.forms import (
    adopt_form,
    mend_form,
    name_owers,
    retire_form,
    start_form,
    upload_form,
    use_form,
)
from bihuan.campaigns.services.returns.succession import say_heading, switch_form, upload_successor

__all__ = [
    "How",
    "adopt_form",
    "ask_special",
    "begin_return",
    "bind_anew",
    "bind_cells",
    "bind_like",
    "check_return",
    "correct_return",
    "lock_return",
    "mend_form",
    "name_owers",
    "name_word",
    "note_receipt",
    "retire_form",
    "say_heading",
    "send_back",
    "send_return",
    "start_duty_form",
    "start_form",
    "switch_form",
    "type_cells",
    "upload_form",
    "upload_successor",
    "use_form",
]
