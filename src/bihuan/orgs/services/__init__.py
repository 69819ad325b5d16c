"""What orgs does. The names that other rooms and doors use stand here."""

from bihuan.orgs.services.duties import (
    attach_leader,
    cover_enterprises,
    name_department,
    name_departments,
    name_fields,
    write_duty_lists,
)
from bihuan.orgs.services.people import (
    FirstPassword,
    NewDemoAccount,
    NewUser,
    change_password,
    create_users,
    offer_demo_accounts,
    reset_password,
    set_active,
)
from bihuan.orgs.services.posts import (
    NewHolding,
    NewPost,
    create_post,
    create_posts,
    grant_role,
    hand_over_post,
    hold_post,
    hold_posts,
    withdraw_role,
)
from bihuan.orgs.services.units import NewUnit, close_unit, create_town, create_unit, create_units, rename_unit

__all__ = [
    "FirstPassword",
    "NewDemoAccount",
    "NewHolding",
    "NewPost",
    "NewUnit",
    "NewUser",
    "attach_leader",
    "change_password",
    "close_unit",
    "cover_enterprises",
    "create_post",
    "create_posts",
    "create_town",
    "create_unit",
    "create_units",
    "create_users",
    "grant_role",
    "hand_over_post",
    "hold_post",
    "hold_posts",
    "name_department",
    "name_departments",
    "name_fields",
    "offer_demo_accounts",
    "rename_unit",
    "reset_password",
    "set_active",
    "withdraw_role",
    "write_duty_lists",
]
