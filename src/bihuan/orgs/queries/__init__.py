"""What orgs answers. The names that other rooms and doors use stand here."""

from bihuan.orgs.queries.actors import actor_for, actors_for
from bihuan.orgs.queries.duties import (
    lead_departments,
    leaders,
    responsibility_gaps,
    supporting_departments,
    unresolved_pairs,
)
from bihuan.orgs.queries.posts import (
    holders,
    holdings_of,
    post,
    posts,
    posts_held_by,
    posts_of_enterprises,
    posts_of_units,
    posts_with_role,
    superior_posts,
    users,
)
from bihuan.orgs.queries.units import (
    all_towns,
    town,
    towns,
    towns_below,
    unit,
    unit_by_name,
    units,
    units_below,
    units_by_name,
    units_by_path,
)

__all__ = [
    "actor_for",
    "actors_for",
    "all_towns",
    "holders",
    "holdings_of",
    "lead_departments",
    "leaders",
    "post",
    "posts",
    "posts_held_by",
    "posts_of_enterprises",
    "posts_of_units",
    "posts_with_role",
    "responsibility_gaps",
    "superior_posts",
    "supporting_departments",
    "town",
    "towns",
    "towns_below",
    "unit",
    "unit_by_name",
    "units",
    "units_below",
    "units_by_name",
    "units_by_path",
    "unresolved_pairs",
    "users",
]
