"""A town teaches the suggestion its own words, and takes them back; every step is dated and told by an event."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, Outdated
from bihuan.kernel.ids import new_id
from bihuan.standards import queries
from bihuan.standards.data.judging import judging_version
from bihuan.standards.models import OwnWord, Stamp
from bihuan.standards.queries.words import word_for, words_stamp
from bihuan.standards.rules.teaching import (
    MAY_TEACH,
    BadWord,
    Lesson,
    Target,
    read_wordings,
    teaching_path,
    version_with,
)
from bihuan.trail import services as trail
from bihuan.trail.news import News

WORDS: Final = UUID("01900000-0000-7000-8000-00000000a0b1")  # the space of the subjects of words
SUBJECT: Final = "words"


def words_subject(path: str) -> UUID:
    """Return the subject of the events about a unit's own words."""
    return uuid5(WORDS, path)


def may_teach(actor: Actor) -> str:
    """Return the path for which this person may add words. Raises NotAllowed for who may not."""
    path = teaching_path(actor)
    if not path or not actor.has_role(*MAY_TEACH):
        raise NotAllowed("own_word.not_allowed", "提示用词由镇安监办（或上级安委办）增补。您遇到的说法请告诉他们。")
    return path


@transaction.atomic
def add_words(
    *,
    kind: Target,
    target: str,
    wordings: str,
    why: str,
    evidence: Collection[str | UUID] = (),
    figures: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[Lesson, ...]:
    """Add words, all or none, for the actor's town (or the unit above towns that they stand for) and all below it.

    evidence: the decisions that proposed them, none for words that somebody thought of. figures: what they were seen
    to change, for the event. A proposal of the same that was turned down is taken up again by it.
    """
    path = may_teach(actor)
    lessons = read_wordings(queries.judge_at(""), kind, target, wordings)
    if not why.strip():
        raise BadWord("own_word.no_why", "请写明为什么加，如：本地木器厂都这么叫。", field="why")
    _refuse_known(path, lessons)
    _end(_standing(path, lessons).filter(refused=True), why="改为采用", actor=actor, now=now)
    _write(path, lessons, why=why, evidence=evidence, refused=False, actor=actor, now=now)
    said = "、".join(one.says for one in lessons)
    _tell("words.added", f"提示用词加了：{said}", path, lessons, reason=why, figures=figures, actor=actor, now=now)
    return lessons


def _refuse_known(path: str, lessons: Sequence[Lesson]) -> None:
    rows = (
        OwnWord.objects.holding_at(path).standing().filter(refused=False, wording__in=[one.wording for one in lessons])
    )
    known = {(one.kind, one.target, one.wording): one for one in rows}
    for lesson in lessons:
        row = known.get((lesson.kind.value, lesson.target, lesson.wording))
        if row is not None:
            say = f"“{lesson.wording}”{row.unit_name}已经加过（{row.added_by}），不用再加。全部改好后一起保存。"
            raise BadWord("own_word.known", say, field="wordings")


@transaction.atomic
def refuse_proposal(*, lesson: Lesson, evidence: Collection[str | UUID], why: str, actor: Actor, now: datetime) -> None:
    """Turn a proposal of the town's decisions down, so that it is not made again until somebody reconsiders it."""
    path = may_teach(actor)
    if _standing(path, [lesson]).exists():
        raise Outdated("own_word.answered", "这条建议刚刚有人答复过。请刷新页面再看。")
    _write(path, [lesson], why=why, evidence=evidence, refused=True, actor=actor, now=now)
    say = f"不采用提示用词的建议：{lesson.says}"
    _tell("words.refused", say, path, [lesson], reason=why, actor=actor, now=now)


@transaction.atomic
def end_word(*, word_id: UUID, why: str = "", actor: Actor, now: datetime) -> Lesson:
    """Withdraw an own word, or reconsider a refused proposal; it stays on record with who and when."""
    path, found = may_teach(actor), word_for(actor, word_id)
    if found.path != path:
        raise NotAllowed("own_word.of_another", f"这个说法是{found.unit_name}加的，由他们停用。")
    _end(OwnWord.objects.filter(pk=word_id).standing(), why=why, actor=actor, now=now, expected=1)
    kind, say = ("words.reconsidered", "重新考虑提示用词的建议") if found.refused else ("words.ended", "停用提示用词")
    _tell(kind, f"{say}：{found.lesson.says}", path, [found.lesson], reason=why, actor=actor, now=now)
    return found.lesson


def _standing(path: str, lessons: Collection[Lesson]) -> Any:
    rows = OwnWord.objects.filter(path=path).standing()
    first = next(iter(lessons))
    return rows.filter(kind=first.kind, target=first.target, wording__in=[one.wording for one in lessons])


def _write(
    path: str,
    lessons: Sequence[Lesson],
    *,
    why: str,
    evidence: Collection[str | UUID],
    refused: bool,
    actor: Actor,
    now: datetime,
) -> None:
    rows = [
        OwnWord(
            town_id=actor.town_id,
            path=path,
            unit_name=actor.unit_name,
            kind=one.kind,
            target=one.target,
            wording=one.wording,
            why=why.strip(),
            learned=bool(evidence),
            refused=refused,
            evidence=[str(key) for key in evidence],
            added_at=now,
            added_by=actor.name,
            added_by_id=actor.user_id,
        )
        for one in lessons
    ]
    try:
        with transaction.atomic():
            OwnWord.objects.bulk_create(rows)
    except IntegrityError:
        raise Outdated("own_word.at_once", "刚刚有人加了同样的说法。请刷新页面再看。") from None


def _end(rows: Any, *, why: str, actor: Actor, now: datetime, expected: int | None = None) -> None:
    moved = rows.update(ended_at=now, ended_by=actor.name, ended_by_id=actor.user_id, ended_why=why.strip())
    if expected is not None and moved != expected:
        raise Outdated("own_word.ended_already", "刚刚有人停用了它。请刷新页面再看。")


def _tell(
    kind: str,
    say: str,
    path: str,
    lessons: Sequence[Lesson],
    *,
    reason: str,
    figures: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Draw a new stamp, so that every process reads the words again, and leave the event."""
    Stamp.objects.update_or_create(scope=words_stamp(path), defaults={"token": new_id()})
    news = News(
        kind,
        say,
        SUBJECT,
        words_subject(path),
        actor.town_id,
        unit_id=actor.unit_id if actor.town_id is None else None,
        path=path,
        reason=reason.strip(),
        figures={
            "words": [[one.kind.value, one.target, one.wording] for one in lessons],
            "version": version_with(judging_version(), queries.own_lessons(path)),
            **(figures or {}),
        },
    )
    trail.record([news], actor=actor, now=now)
