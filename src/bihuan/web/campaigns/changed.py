"""What people changed of an order after issue, in words."""

from bihuan.campaigns.rules.lines import ChangeLine, ClauseLine
from bihuan.kernel.calendar import day_of
from bihuan.web.words import day_words


def has_day_by_hand(line: ClauseLine) -> bool:
    """Tell whether a person set the deadline that stands: that change says why."""
    return bool(line.due_on) and any(one.to_on == line.due_on != one.from_on for one in line.changes)


def changed_words(one: ChangeLine) -> str:
    """Say what a person changed of an order, when and why."""
    parties = f"由“{'、'.join(one.from_parties) or '没有写'}”改为“{'、'.join(one.to_parties)}”办"
    days = [f"{on.year}年{on.month}月{on.day}日" if on else "没有单独写时限" for on in (one.from_on, one.to_on)]
    said = [parties if one.from_parties != one.to_parties else "", f"时限由{days[0]}改为{days[1]}"]
    what = "，".join(each for each in (said if one.from_on != one.to_on else said[:1]) if each)
    return f"{day_words(day_of(one.at))}{one.by}改：{what}（{one.why}）"
