"""Compares a reading with the gold: precision, recall and F1 of clauses, parties and dates.

Usage: python -m tests.campaigns.scoring [--misses] [NAME…]   (from the root, with src on the path)
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any, Final

from bihuan.campaigns.readers import read_file
from bihuan.campaigns.rules import read_plan

HERE: Final = Path(__file__).resolve().parent
ALIKE: Final = 0.8  # of two texts without punctuation, to be the same sentence


@dataclass
class Score:
    """Counts of one kind of thing: right, found in all, wanted in all; and what was missed or too much."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right of found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right of wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0

    def count(self, where: str, found: Iterable[Any], wanted: Iterable[Any]) -> None:
        """Count two collections of values."""
        left, right = list(found), list(wanted)
        self.found += len(left)
        self.wanted += len(right)
        for one in left:
            if one in right:
                self.right += 1
                right.remove(one)
            else:
                self.misses.append(f"{where}: + {one}")
        self.misses += [f"{where}: - {one}" for one in right]

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right, self.found + other.found, self.wanted + other.wanted, self.misses + other.misses
        )


KINDS: Final = (
    "clauses",
    "parties",
    "dates",
    "goals",
    "headings",
    "basis",
    "head",
    "reporting",
    "group",
    "implied",
    "frequency",
    "deliverable",
)
Scores = dict[str, Score]


@cache
def reading_of(file: str) -> dict[str, Any]:
    """Return the reading of a plan."""
    return read_plan(read_file(HERE / "plans" / file)).as_json()


def golds(names: Sequence[str] = ()) -> list[tuple[str, dict[str, Any]]]:
    """Return the golds, all or those named."""
    files = sorted((HERE / "gold").glob("*.json"))
    return [
        (file.stem, json.loads(file.read_text(encoding="utf-8")))
        for file in files
        if not names or any(name in file.stem for name in names)
    ]


def plain(text: str | None) -> str:
    """Return a text without spaces, punctuation and width."""
    return re.sub(r"[\s、，,。；;：:（）()“”《》〔〕\[\]！？]", "", unicodedata.normalize("NFKC", text or ""))


def score(gold: dict[str, Any], read: dict[str, Any]) -> Scores:
    """Return the scores of one reading."""
    scores = {kind: Score() for kind in KINDS}
    pairs = _pairs(gold["clauses"], read["clauses"], scores["clauses"])
    for wanted, found in pairs:
        where = (wanted or found or {})["text"][:24]
        scores["parties"].count(where, _parties(found), _parties(wanted))
        scores["dates"].count(where, _dates(found), _dates(wanted))
        if wanted and found:
            scores["implied"].count(where, [found["parties_implied"]], [wanted["parties_implied"]])
            for key in ("frequency", "deliverable"):
                scores[key].count(where, _near(found[key], wanted[key]), filter(None, [wanted[key]]))
    _rest(scores, gold, read)
    return scores


def _narrow(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFKC", text)


def _near(found: str | None, wanted: str | None) -> list[str]:
    """Return what was found, as the gold says it when one holds the other."""
    if found and wanted and (plain(found) in plain(wanted) or plain(wanted) in plain(found)):
        return [wanted]
    return [found] if found else []


def _rest(scores: Scores, gold: dict[str, Any], read: dict[str, Any]) -> None:
    scores["goals"].count("goal", [plain(one["text"]) for one in read["goals"]], map(plain, gold["goals"]))
    flat = [(one["level"], plain(one["text"])) for one in _flat(read["headings"])]
    scores["headings"].count("heading", flat, [(one["level"], plain(one["text"])) for one in gold["headings"]])
    for kind, keys in (("basis", ("title", "number")), ("reporting", ("what", "to", "when"))):
        scores[kind].count(
            kind,
            [tuple(_narrow(one[key]) for key in keys) for one in read[kind]],
            [tuple(_narrow(one[key]) for key in keys) for one in gold[kind]],
        )
    for key in ("title", "doc_number", "issuing_body"):
        scores["head"].count(key, [plain(read[key])], [plain(gold[key])])
    scores["dates"].count("issue_date", filter(None, [read["issue_date"]]), filter(None, [gold["issue_date"]]))
    for key in ("start", "end"):
        found, wanted = read["period"], gold["period"]
        scores["dates"].count(
            key,
            [(key, found[key])] if found[f"{key}_text"] else [],
            [(key, wanted[key])] if wanted[f"{key}_text"] else [],
        )
    scores["group"].count("group", _group(read["leading_group"]), _group(gold["leading_group"]))


def _group(group: dict[str, Any] | None) -> list[tuple[str, str]]:
    if not group:
        return []
    posts = group.get("posts", {key: value for key, value in group.items() if key != "name"})
    return [("name", plain(group["name"])), *((post, plain(name)) for post, names in posts.items() for name in names)]


def _flat(headings: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for one in headings:
        yield one
        yield from _flat(one["children"])


def _parties(clause: dict[str, Any] | None) -> list[str]:
    return [plain(name) for name in clause["parties"]] if clause else []


def _dates(clause: dict[str, Any] | None) -> list[str]:
    """Return the day of a deadline, "?" where the text has words for it but no day; nothing without a deadline."""
    if not clause or not clause["deadline_text"]:
        return []
    return [clause["deadline"] or "?"]


def _pairs(
    gold: list[dict[str, Any]], read: list[dict[str, Any]], counts: Score
) -> list[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    left = list(read)
    pairs: list[tuple[dict[str, Any] | None, dict[str, Any] | None]] = []
    for wanted in gold:
        found = next((one for one in left if _alike(wanted["text"], one["text"])), None)
        if found:
            left.remove(found)
        pairs.append((wanted, found))
        counts.misses += [] if found else [f"- {wanted['section']} {wanted['text']}"]
    counts.misses += [f"+ {one['id']} {one['text']}" for one in left]
    counts.right += sum(1 for _, found in pairs if found)
    counts.found += len(read)
    counts.wanted += len(gold)
    return pairs + [(None, one) for one in left]


def _alike(one: str, other: str) -> bool:
    left, right = plain(one), plain(other)
    if left == right:
        return True
    match = SequenceMatcher(None, left, right, autojunk=False)
    return match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE


def total(all_scores: Iterable[Scores]) -> Scores:
    """Return the sum of scores."""
    made = {kind: Score() for kind in KINDS}
    for scores in all_scores:
        made = {kind: made[kind] + scores[kind] for kind in KINDS}
    return made


def table(named: Sequence[tuple[str, Scores]]) -> str:
    """Return the scores as a table of text."""
    head = (
        f"{'':28}" + "".join(f"{kind[:8]:>16}" for kind in KINDS[:3]) + "".join(f"{kind[:8]:>9}" for kind in KINDS[3:])
    )
    rows = [head]
    for name, scores in [*named, ("all", total(one for _, one in named))]:
        cells = "".join(
            f"  {scores[kind].precision:4.2f} {scores[kind].recall:4.2f} {scores[kind].f1:4.2f}" for kind in KINDS[:3]
        )
        rows.append(f"{name:28}" + cells + "".join(f"{scores[kind].f1:9.2f}" for kind in KINDS[3:]))
    return "\n".join(rows)


def main() -> None:
    """Print the table, and with --misses what was missed (-) or too much (+)."""
    names = [one for one in sys.argv[1:] if not one.startswith("--")]
    named = [(name, score(gold, reading_of(gold["file"]))) for name, gold in golds(names)]
    if "--misses" in sys.argv:
        for name, scores in named:
            for kind in KINDS:
                for miss in scores[kind].misses:
                    sys.stdout.write(f"{name[:12]} {kind}: {miss}\n")
    sys.stdout.write(table(named) + "\n")


if __name__ == "__main__":
    main()
