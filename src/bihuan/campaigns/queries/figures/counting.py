"""What each of the campaign's own figures counts, row by row: the figure is the sum of its rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Final

from bihuan.campaigns.queries.figures.book import Book
from bihuan.campaigns.rules.counted import Counted, DueFact, Part, RecordFact, TaskFact
from bihuan.campaigns.rules.drafting import PLAN_NAMES, PlanState
from bihuan.campaigns.rules.registers import (
    CHAIR_NAMES,
    PAPER_NAMES,
    RECORD_NAMES,
    STUDY_NAMES,
    Chair,
    PaperKind,
    RecordKind,
    StudyKind,
)
from bihuan.campaigns.rules.rhythm import Stretch, whole_weeks
from bihuan.campaigns.rules.units import Side
from bihuan.enterprises import queries as enterprises
from bihuan.kernel.calendar import day_of
from bihuan.kernel.paths import is_within

Rows = Iterable[Counted]
Count = Callable[[Book], Rows]
LESSONS: Final = (StudyKind.WARNING, StudyKind.TRAINING)


# -- units
def _of_units(keep: Callable[[Part], bool]) -> Count:
    def rows(book: Book) -> Rows:
        return [_unit_row(one) for one in book.here if keep(one)]

    return rows


def _unit_row(one: Part) -> Counted:
    plan = PLAN_NAMES[PlanState(one.plan or PlanState.MISSING)]
    have = "、".join(name for name, got in (("有机构", one.body), ("有分管负责人", one.leader)) if got)
    return Counted(one.name, one.name, one.first_plan_on, f"{have or '未报机构和负责人'}；子方案{plan}")


def _on_time(one: Part) -> bool:
    in_time = one.first_plan_on is not None and one.first_plan_on <= one.plan_due_on
    return one.plan == PlanState.ACCEPTED and in_time


units = _of_units(lambda one: True)
with_body = _of_units(lambda one: one.body)
with_leader = _of_units(lambda one: one.leader)
plans_accepted = _of_units(lambda one: one.plan == PlanState.ACCEPTED)
plans_on_time = _of_units(_on_time)


# -- tasks
def _of_tasks(keep: Callable[[Book, TaskFact], bool]) -> Count:
    def rows(book: Book) -> Rows:
        return [
            Counted(one.title, one.part.name, one.due_on, "已完成" if one.done else "未完成")
            for one in book.tasks
            if keep(book, one)
        ]

    return rows


tasks = _of_tasks(lambda _, one: True)
tasks_done = _of_tasks(lambda _, one: one.done)
tasks_due = _of_tasks(lambda book, one: book.within(one.due_on))
tasks_on_time = _of_tasks(lambda book, one: book.within(one.due_on) and one.done and one.done_by_due)
tasks_with_helpers = _of_tasks(lambda _, one: bool(one.helpers))
tasks_helped = _of_tasks(lambda _, one: bool(one.helpers) and one.helpers <= one.helped)


# -- decisions and key problems
def _of_due(kind: RecordKind, *, on_time: bool) -> Count:
    def rows(book: Book) -> Rows:
        return [_due_row(one) for one in book.due(kind) if not on_time or _in_time(one)]

    return rows


def _in_time(one: DueFact) -> bool:
    return one.done_on is not None and one.done_on <= one.due_on


def _due_row(one: DueFact) -> Counted:
    done = f"{one.done_on.month}月{one.done_on.day}日办结" if one.done_on else "未办结"
    return Counted(one.title, one.who, one.due_on, done)


issues_due = _of_due(RecordKind.DECISION, on_time=False)
issues_on_time = _of_due(RecordKind.DECISION, on_time=True)
problems_due = _of_due(RecordKind.PROBLEM, on_time=False)
problems_on_time = _of_due(RecordKind.PROBLEM, on_time=True)


# -- meetings and lessons, by unit
def _units_that(did: Callable[[Book], Iterable[RecordFact]], keep: Callable[[Part], bool] = lambda _: True) -> Count:
    """Count the participating units that have such a record; the first of each is shown."""

    def rows(book: Book) -> Rows:
        first: dict[object, RecordFact] = {}
        for one in did(book):
            first.setdefault(one.unit_id, one)
        return [
            Counted(part.name, part.name, first[part.unit_id].on, first[part.unit_id].title)
            for part in book.here
            if part.unit_id in first and keep(part)
        ]

    return rows


def _led_by(book: Book, chair: Chair) -> Iterator[RecordFact]:
    yield from (one for one in (*book.meetings, *book.studies) if one.chair is chair)


units_chaired = _units_that(lambda book: [one for one in book.meetings if one.chair is Chair.PRINCIPAL])
units_studied = _units_that(lambda book: [one for one in book.studies if one.study is StudyKind.RELAY])
leaders_acted = _units_that(lambda book: _led_by(book, Chair.LEADER), lambda part: part.leader)


def heads(book: Book) -> Rows:
    """Count the heads of villages and departments that take part, and one for each enterprise on the register."""
    yield from (Counted(f"{one.name}负责人", one.name) for one in book.here if one.side is not Side.OFFICE)
    if book.parts and book.place:
        firms = enterprises.active_at(book.place, book.asked.until, book.kept)
        yield Counted("在册企业主要负责人", "企业", note=f"{firms} 家", amount=firms)


def heads_trained(book: Book) -> Rows:
    """Count those of them who took part in a training or a warning lesson."""
    lessons = [one for one in book.lessons if one.study in LESSONS]
    of_units = {one.unit_id: one for one in reversed(lessons) if one.unit_head}
    for part in book.here:
        if part.side is not Side.OFFICE and part.unit_id in of_units:
            yield _lesson_row(f"{part.name}负责人", part.name, of_units[part.unit_id])
    taught = {pk: (name, one) for one in reversed(lessons) for pk, name in one.firms}
    if book.parts and book.place and taught:
        bearers = enterprises.bearers_of(list(taught), on=book.asked.until)
        of_firms = {bearers[pk]: said for pk, said in taught.items()}  # a double file that was merged is its winner
        paths = enterprises.active_paths(list(of_firms), town_ids=[book.row.town_id], on=book.asked.until)
        for pk, (name, one) in of_firms.items():
            if pk in paths and is_within(paths[pk], book.place):
                yield _lesson_row(f"{name}主要负责人", name, one)


def _lesson_row(title: str, who: str, one: RecordFact) -> Counted:
    kind = STUDY_NAMES[one.study] if one.study else ""
    return Counted(title, who, one.on, f"{kind}：{one.title}")


# -- weeks and days
def weeks(book: Book) -> Rows:
    """Count the whole weeks that have passed, for each member unit (departments and the office; R9.6)."""
    for part in book.here:
        if part.side is not Side.VILLAGE:
            yield from (Counted(part.name, part.name, one.first, "一周") for one in _weeks(book))


def weeks_scheduled(book: Book) -> Rows:
    """Count those of them in which the unit held a scheduling meeting."""
    held = {(one.unit_id, one.on - timedelta(days=one.on.weekday())) for one in book.meetings}
    for part in book.here:
        if part.side is not Side.VILLAGE:
            found = [one for one in _weeks(book) if (part.unit_id, one.first) in held]
            yield from (Counted(part.name, part.name, one.first, "有调度会") for one in found)


def _weeks(book: Book) -> list[Stretch]:
    return whole_weeks(book.asked.since, book.asked.until)


def days(book: Book) -> Rows:
    """Count the days of the period that have passed."""
    if book.is_whole:
        passed = (book.asked.until - book.asked.since).days + 1
        yield Counted("专项行动已进行的天数", "镇", book.asked.since, f"到 {book.asked.until:%Y-%m-%d}", amount=passed)


def days_recorded(book: Book) -> Rows:
    """Count those of them with at least one record."""
    if book.is_whole:
        by_day = Counter(one.on for one in _recorded(book))
        yield from (Counted("有记录的一天", "镇", on, f"{n} 条") for on, n in sorted(by_day.items()))


# -- records, papers, seats
def records(book: Book) -> Rows:
    """Count what was registered: reports of tasks, meetings, key problems, led inspections, lessons."""
    return [_record_row(one) for one in _recorded(book)]


def _recorded(book: Book) -> list[RecordFact]:
    every = (*book.task_reports, *book.meetings, *book.problem_records, *book.visit_records, *book.studies)
    return sorted(every, key=lambda one: (one.on, one.title))


def _record_row(one: RecordFact) -> Counted:
    note = RECORD_NAMES[one.kind] if one.kind else "任务进展"
    return Counted(one.title, one.who, one.on, note + (f"，{CHAIR_NAMES[one.chair]}主持" if one.chair else ""))


def records_in_extension(book: Book) -> Rows:
    """Count those dated after the first end, once it had been moved."""
    if not book.extensions:
        return []
    first_end = book.extensions[0].old_on
    return [_record_row(one) for one in _recorded(book) if one.on > first_end]


def records_of_extended(book: Book) -> Rows:
    """Count all records of a campaign whose end was moved; one that was not has no share of an extension."""
    return records(book) if book.extensions else []


def extensions(book: Book) -> Rows:
    """Count the documents by which the end was moved."""
    found = book.extensions if book.is_whole else []
    return [Counted(f"延期到 {one.new_on:%Y-%m-%d}", "镇", day_of(one.at), one.doc_number) for one in found]


def _papers(kind: PaperKind) -> Count:
    def rows(book: Book) -> Rows:
        found = [one for one in book.papers if one.kind == kind] if book.is_whole else []
        return [Counted(one.title, one.by, day_of(one.at), f"{PAPER_NAMES[kind]} {one.number}") for one in found]

    return rows


basis_documents = _papers(PaperKind.BASIS)
extension_documents = _papers(PaperKind.EXTENSION)


def _seats(*, filled: bool) -> Count:
    def rows(book: Book) -> Rows:
        found = [one for one in book.seats if one.filled or not filled] if book.is_whole else []
        return [Counted(one.title, one.who or "未定", note="有人" if one.filled else "空缺") for one in found]

    return rows


group_posts = _seats(filled=False)
group_posts_filled = _seats(filled=True)
