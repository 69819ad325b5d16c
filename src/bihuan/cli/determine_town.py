"""`bihuan determine --town`: the judge of a town, which knows its own words and standards (needs the database)."""

from bihuan.standards.rules.determine import Judge


class UnknownTown(ValueError):  # noqa: N818 -- the name is wrong, not the program
    """No town of that name or code; its text says which there are."""


def judge_of_town(wanted: str) -> Judge:
    """Return the judge of a town by its code or name, full or short. Raises UnknownTown."""
    import django  # only now: without a town the command needs neither settings nor database

    django.setup()
    from django.db import DatabaseError

    from bihuan.orgs import queries as orgs
    from bihuan.standards import queries as standards

    try:
        towns = list(orgs.all_towns())
    except DatabaseError:
        raise UnknownTown("读不到数据库，不知道有哪些镇：请先建库（bihuan migrate），或者不写 --town。") from None
    found = [one for one in towns if wanted in {one.code, one.name, one.short_name}]
    if len(found) != 1:
        known = "、".join(f"{one.name}（{one.code}）" for one in towns[:20]) or "一个也没有"
        raise UnknownTown(f"没有、或者不止一个叫“{wanted}”的镇，请写全名或行政区划代码。现有：{known}")
    return standards.judge_at(found[0].path)
