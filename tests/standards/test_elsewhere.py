"""A clause that does not hold on the day: the reason names what stands in its place."""

from dataclasses import replace
from datetime import date

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.criteria import Replaced
from bihuan.standards.rules.determine import Case, Enterprise, Level, Verdict, reason

FOUND = Case("钢包耳轴从来没探过伤", date(2024, 3, 1), Enterprise("钢铁", ("冶金",), ("炼钢",)))


def verdict() -> Verdict:
    found = read_judge().by_conditions.determine(FOUND)
    assert found.level is Level.GENERAL
    assert found.elsewhere is not None
    return found


def test_given_a_list_that_was_followed_by_another_when_told_then_the_one_in_force_is_named() -> None:
    assert "现行的是《工贸企业重大事故隐患判定标准》" in reason(verdict())


def test_given_a_list_that_was_replaced_here_when_told_then_the_one_in_its_place_is_named() -> None:
    met = verdict()
    assert met.elsewhere is not None
    instead = Replaced(date(2024, 1, 1), None, "320413101-gongmao", "《新清单》（市安委〔2024〕1号）")
    of_old = replace(met.elsewhere, standard=replace(met.elsewhere.standard, replaced=(instead,)))

    told = reason(replace(met, elsewhere=of_old))

    assert "自2024-01-01起在这里由《新清单》（市安委〔2024〕1号）代替" in told
