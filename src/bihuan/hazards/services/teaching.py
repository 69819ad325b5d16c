"""The suggestion learns from what a town decided: words are added with what they change, proposals answered."""

from datetime import datetime

from bihuan.hazards.queries.lessons import Change, change_by, proposals_for
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Outdated
from bihuan.standards import queries as standards
from bihuan.standards.rules.teaching import Lesson, Proposal, Target, read_wordings
from bihuan.standards.services.words import add_words, may_teach, refuse_proposal

GONE = "这条建议已经不在了：有人刚答复过，或者决定有了变化。请刷新页面再看。"


def teach(
    *, kind: Target, target: str, wordings: str, why: str, actor: Actor, now: datetime
) -> tuple[tuple[Lesson, ...], Change]:
    """Add own words, all or none; the event keeps what they change in decisions and in the packaged sentences."""
    may_teach(actor)
    lessons = read_wordings(standards.judge_at(""), kind, target, wordings)
    change = change_by(actor, lessons)
    added = add_words(
        kind=kind, target=target, wordings=wordings, why=why, figures=_figures(change), actor=actor, now=now
    )
    return added, change


def accept_proposal(*, lesson: Lesson, why: str, actor: Actor, now: datetime) -> Lesson:
    """Take up a word that the town's decisions propose, with these as its evidence."""
    may_teach(actor)
    proposal = _proposal(actor, lesson)
    add_words(
        kind=lesson.kind,
        target=lesson.target,
        wordings=lesson.wording,
        why=why.strip() or f"从{len(proposal.turned)}条决定中学到",
        evidence=proposal.turned,
        figures=_figures(change_by(actor, [lesson])),
        actor=actor,
        now=now,
    )
    return lesson


def turn_down_proposal(*, lesson: Lesson, why: str, actor: Actor, now: datetime) -> None:
    """Turn a proposed word down; it is not proposed again."""
    may_teach(actor)
    proposal = _proposal(actor, lesson)
    refuse_proposal(lesson=lesson, evidence=proposal.turned, why=why.strip() or "不采用", actor=actor, now=now)


def _proposal(actor: Actor, lesson: Lesson) -> Proposal:
    found = next((one for one, _ in proposals_for(actor) if one.lesson == lesson), None)
    if found is None:
        raise Outdated("own_word.gone", GONE)
    return found


def _figures(change: Change) -> dict[str, int]:
    return {
        "decisions": change.decisions.cases,
        "decisions_better": change.decisions.better,
        "decisions_worse": change.decisions.worse,
        "samples": change.samples.cases,
        "samples_better": change.samples.better,
        "samples_worse": change.samples.worse,
    }
