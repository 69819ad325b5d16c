"""What people read names no rule of our own book: they are told the law, the document or the plan."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.grounding import grounds_in_words, without_codes
from bihuan.campaigns.rules.supervision.figures import FIGURES
from bihuan.stats import queries as stats

HERE = Path(__file__).parents[2] / "src" / "bihuan"
CODE = re.compile(r"(?<![A-Za-z0-9])(?:[RL]\d+\.\d+[a-z]?|L\d{1,2}(?![\w-])|§\d+)")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
SCOPED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def _sentences(path: Path) -> Iterator[str]:
    """Yield the texts of a module that are not its docstrings."""
    tree = ast.parse(path.read_text())
    told = {id(one.body[0].value) for one in ast.walk(tree) if isinstance(one, SCOPED) and _has_docstring(one)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told:
            yield one.value


def _has_docstring(one: ast.AST) -> bool:
    return isinstance(one, SCOPED) and ast.get_docstring(one) is not None


def test_given_the_sentences_of_campaigns_when_people_read_them_then_none_has_a_number_of_our_rules() -> None:
    rooms = [HERE / "campaigns", HERE / "web" / "campaigns"]
    files = [path for room in rooms for path in room.rglob("*.py") if "migrations" not in path.parts]
    found = {
        (path.name, text) for path in files for text in _sentences(path) if CHINESE.search(text) and CODE.search(text)
    }
    pages = {
        path.name
        for path in (HERE / "web" / "templates" / "campaigns").glob("*.html")
        if CODE.search(COMMENT.sub("", path.read_text()))
    }

    assert len(files) > 100
    assert (found, pages) == (set(), set())


def test_given_every_figure_when_its_ground_is_told_then_it_is_words_and_so_is_its_meaning() -> None:
    for one in (*CATALOGUE, *FIGURES):
        words = grounds_in_words(one.source)
        assert not CODE.search(words), one.key
        assert bool(words) == bool(one.source), one.key
    for told in (*stats.measures().values(), *stats.asked_figures().values()):
        assert not CODE.search(told.meaning), told.name
    assert without_codes("过了整改期限还没有提交整改的隐患（R3.13）") == "过了整改期限还没有提交整改的隐患"
