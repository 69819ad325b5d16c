"""How large a number may be that a person types: beyond it is a slip of the finger, or nonsense."""

from typing import Final

from bihuan.hazards.rules.facts import Facts

MOST_COUNTED: Final = 9_999  # checks of a month, places looked at, hazards found: no town has as many
MOST_MONEY_YUAN: Final = 100_000_000  # 1 亿元 on one hazard at once; also far from the bounds of the databases
_FEN: Final = 100
COUNT_SAY: Final = f"数字最大填 {MOST_COUNTED}。请核对是不是多按了几位。"
MONEY_SAY: Final = "花费最多填 1 亿元，单位是元。请核对是不是多按了几位。"


def counts_refused(*counts: int) -> str:
    """Return why counts that somebody typed are refused, or ""."""
    if min(counts) < 0:
        return "数字不能是负数。"
    return COUNT_SAY if max(counts) > MOST_COUNTED else ""


def a_possible_amount(facts: Facts) -> str:
    """Money spent on one hazard is neither negative nor beyond what a repair can cost."""
    fen = facts.given.money_fen
    if fen < 0:
        return "花费不能是负数。"
    return MONEY_SAY if fen > MOST_MONEY_YUAN * _FEN else ""
