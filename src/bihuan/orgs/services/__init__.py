"""What orgs does. The names that other rooms and doors use stand here."""

from bihuan.orgs.services.closing import close_unit
from bihuan.orgs.services.duties import (
    attach_leader,
    attach_leaders,
    cover_enterprises,
    name_department,
    name_departments,
    name_fields,
    uncover_enterprises,
    write_duty_lists,
)
from bihuan.orgs.services.firms import EnterprisePerson, register_enterprise_people
from bihuan.orgs.services.following import follow
from bihuan.orgs.services.founding import NewAdmin, NewTown, SheetHasProblems, found_town, import_plan
from bihuan.orgs.services.handing_over import hand_over_post
from bihuan.orgs.services.people import (
    FirstPassword,
    NewDemoAccount,
    NewUser,
    change_password,
    create_users,
    note_session,
    offer_demo_accounts,
    reset_password,
    set_active,
    set_certificate,
    tidy_sessions,
    unlock,
)
from bihuan.orgs.services.posts import (
    NewHolding,
    NewPost,
    create_post,
    create_posts,
    grant_role,
    hold_post,
    hold_posts,
    withdraw_role,
)
from bihuan.orgs.services.screens import OpenedScreen, note_screen_seen, open_screen, revoke_screen
from bihuan.orgs.services.superiors import NewSuperior, seat_superior
from bihuan.orgs.services.units import NewUnit, create_town, create_unit, create_units, rename_unit
from bihuan.orgs.services.workbook import UnreadableWorkbook, read_workbook

__all__ = [
    "EnterprisePerson",
    "FirstPassword",
    "NewAdmin",
    "NewDemoAccount",
    "NewHolding",
    "NewPost",
    "NewSuperior",
    "NewTown",
    "NewUnit",
    "NewUser",
    "OpenedScreen",
    "SheetHasProblems",
    "UnreadableWorkbook",
    "attach_leader",
    "attach_leaders",
    "change_password",
    "close_unit",
    "cover_enterprises",
    "create_post",
    "create_posts",
    "create_town",
    "create_unit",
    "create_units",
    "create_users",
    "follow",
    "found_town",
    "grant_role",
    "hand_over_post",
    "hold_post",
    "hold_posts",
    "import_plan",
    "name_department",
    "name_departments",
    "name_fields",
    "note_screen_seen",
    "note_session",
    "offer_demo_accounts",
    "open_screen",
    "read_workbook",
    "register_enterprise_people",
    "rename_unit",
    "reset_password",
    "revoke_screen",
    "seat_superior",
    "set_active",
    "set_certificate",
    "tidy_sessions",
    "uncover_enterprises",
    "unlock",
    "withdraw_role",
    "write_duty_lists",
]
