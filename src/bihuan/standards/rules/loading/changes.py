"""What loading a file would change: item by item, side by side, and from which day it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bihuan.standards.rules.comparing import Change, ChangeKind, likeness, marked, paired
from bihuan.standards.rules.concluding import is_fire
from bihuan.standards.rules.counting import COMPREHENSIVE
from bihuan.standards.rules.criteria import Criterion, Library, Standard
from bihuan.standards.rules.loading.counting import counting_says
from bihuan.standards.rules.loading.files import Loaded
from bihuan.standards.rules.sectors import EVERY_SECTOR, FEATURE_NAMES, SECTOR_NAMES

MEANT: Final = "没有一条对得上：先核对代替的是不是这个标准，确实全部换了的打勾确认再办。"
LEAST_ALIKE: Final = 0.55  # from which a packaged item is shown beside an uploaded one


class LoadKind(StrEnum):
    """What loading a file would be."""

    NEW = "new"
    NEXT = "next"
    REPLACES = "replaces"
    CORRECTION = "correction"
    SAME = "same"


LOAD_NAMES: Final[Mapping[LoadKind, str]] = {
    LoadKind.NEW: "新标准",
    LoadKind.NEXT: "新版",
    LoadKind.REPLACES: "代替全国标准的新版",
    LoadKind.CORRECTION: "更正",
    LoadKind.SAME: "没有变化",
}
_FACTS: Final = (
    ("title", "名称"),
    ("document_number", "文号"),
    ("issuer", "发布单位"),
    ("sector_word", "行业"),
    ("issued_on", "印发"),
    ("effective_on", "施行"),
    ("effective_until", "用到"),
    ("supersedes", "代替"),
    ("source_note", "来源说明"),
    ("confidence", "核对情况"),
)


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of the standard as a whole that would change; "" where it is not given."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item on the preview. also: what changes beside its words. alike: the packaged item that is closest to it.

    decides: how it will be weighed, in words.
    """

    change: Change
    also: tuple[str, ...] = ()
    alike: Criterion | None = None
    decides: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What loading a file would change. before: what it corrects or takes the place of; None for a new standard.

    revision: the version of what it was made against, 0 for nothing; who confirms hands it back. replaces: the packaged
    standard in whose place it stands, or stood; then a second person approves (None where it stands beside).
    """

    kind: LoadKind
    loaded: Loaded
    before: Loaded | None
    facts: tuple[FactChange, ...]
    lines: tuple[ItemLine, ...]
    from_when: str
    revision: int
    replaces: Standard | None = None

    @property
    def alike(self) -> int:
        """How many items have a packaged item that is close to them."""
        return sum(one.alike is not None for one in self.lines)

    @property
    def is_unmatched(self) -> bool:
        """Tell whether it takes the place of a packaged list of which not one clause has a counterpart in it.

        Then another list is named by mistake, or what held before ends whole; a person says that this is meant. The
        next version of a text that stands in the place of one is held against that text.
        """
        if self.replaces is None or self.kind not in {LoadKind.REPLACES, LoadKind.NEXT} or self.before is None:
            return False
        followed = any(one.change.earlier and one.change.later for one in self.lines)
        return bool(self.before.criteria) and not followed

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many items are new, changed, gone and the same."""
        return {kind: sum(one.change.kind is kind for one in self.lines) for kind in ChangeKind}

    @property
    def touched(self) -> tuple[str, ...]:
        """The clauses of the earlier text that change or go."""
        kinds = {ChangeKind.CHANGED, ChangeKind.DROPPED}
        return tuple(one.change.earlier.clause for one in self.lines if one.change.kind in kinds and one.change.earlier)


def previewed(
    new: Loaded,
    *,
    current: Loaded | None,
    earlier: Loaded | None,
    revision: int,
    packaged: Library,
    today: date,
    replaces: Standard | None = None,
) -> Preview:
    """Hold a sound file against what is kept. current: the same id as it is now; earlier: what it supersedes.

    revision: that of the text that the preview was made against, 0 for none. replaces: the packaged standard whose
    place is taken or given back.
    """
    before, kind = _before(new, current, earlier)
    pairs = _pairs(new, before, kind)
    lines = [*_lines(new, before, pairs, packaged)]
    facts = _facts(before, new) if kind is LoadKind.CORRECTION else ()
    return Preview(kind, new, before, facts, tuple(lines), from_when(new, today=today), revision, replaces)


def _before(new: Loaded, current: Loaded | None, earlier: Loaded | None) -> tuple[Loaded | None, LoadKind]:
    if current is not None:
        return current, LoadKind.SAME if current.digest == new.digest else LoadKind.CORRECTION
    if earlier is None:
        return None, LoadKind.NEW
    return earlier, LoadKind.NEXT if earlier.area else LoadKind.REPLACES


def _pairs(new: Loaded, before: Loaded | None, kind: LoadKind) -> Mapping[str, Criterion]:
    """Return the earlier item of each new one: of the same id in a correction, the closest in wording else."""
    if before is None:
        return {}
    if kind in {LoadKind.NEXT, LoadKind.REPLACES}:
        return paired(before.criteria, new.criteria)
    old = {item.id: item for item in before.criteria}
    return {item.id: old[item.id] for item in new.criteria if item.id in old}


def _lines(new: Loaded, before: Loaded | None, pairs: Mapping[str, Criterion], packaged: Library) -> Sequence[ItemLine]:
    taken = before.standard.id if before else ""
    national = [item for item in _in_force(new, packaged) if item.standard_id != taken]
    lines = [
        ItemLine(*_compared(pairs.get(item.id), item, before, new), _alike(item, national), _decides(item, new))
        for item in new.criteria
    ]
    followed = {item.id for item in pairs.values()}
    gone = [item for item in (before.criteria if before else ()) if item.id not in followed]
    dropped = [Change(ChangeKind.DROPPED, item, None, before=((item.text, False),)) for item in gone]
    return [*lines, *(ItemLine(one) for one in dropped)]


def _compared(
    old: Criterion | None, new: Criterion, before: Loaded | None, after: Loaded
) -> tuple[Change, tuple[str, ...]]:
    if old is None or before is None:
        return Change(ChangeKind.ADDED, None, new, after=((new.text, False),)), ()
    also = tuple(name for name, one, other in _beside(old, new, before, after) if one != other)
    kind = ChangeKind.SAME if old.text == new.text and not also else ChangeKind.CHANGED
    return Change(kind, old, new, *marked(old.text, new.text)), also


def _beside(old: Criterion, new: Criterion, before: Loaded, after: Loaded) -> Sequence[tuple[str, object, object]]:
    return (
        ("条号", old.clause, new.clause),
        ("类别", old.group, new.group),
        ("适用行业", old.sectors, new.sectors),
        ("安全特征", old.features, new.features),
        ("常见说法", (old.objects, old.cues), (new.objects, new.cues)),
        ("不算的情形", old.counter_cues, new.counter_cues),
        ("是否由人判断", (old.open_ended, old.refers_to), (new.open_ended, new.refers_to)),
        ("说明", old.note, new.note),
        ("判定条件", before.conditions.get(old.id), after.conditions.get(new.id)),
        ("问题", before.asks.get(old.id), after.asks.get(new.id)),
    )


def _in_force(new: Loaded, packaged: Library) -> Sequence[Criterion]:
    on = new.standard.effective_on
    return packaged.of(packaged.in_force(on)) if on is not None else ()


def _alike(item: Criterion, national: Sequence[Criterion]) -> Criterion | None:
    scored = [(likeness(item, one), one) for one in national if item.sectors & one.sectors]
    score, best = max(scored, key=lambda one: one[0], default=(0.0, None))
    return best if score >= LEAST_ALIKE else None


def _decides(item: Criterion, loaded: Loaded) -> str:
    if item.open_ended or item.refers_to:
        return "由人判断，不自动下结论"
    if item.kind == COMPREHENSIVE:
        told = item.id in loaded.conditions or item.id in loaded.asks
        return (
            "综合判定要素，够数才提示疑似" if told else "综合判定要素，没有判定条件：说法相近的由人看，够数才提示疑似"
        )
    if item.id in loaded.conditions:
        return "按文件里的判定条件判"
    return "没有判定条件：按说法相近提示，由人判断"


def _facts(before: Loaded | None, new: Loaded) -> tuple[FactChange, ...]:
    if before is None:
        return ()
    pairs = [(name, getattr(before.standard, key), getattr(new.standard, key)) for key, name in _FACTS]
    was, now = ("；".join(counting_says(one.procedure, one.criteria)) for one in (before, new))
    pairs.append(("综合判定计数", was, now))
    return tuple(FactChange(name, _shown(old), _shown(now)) for name, old, now in pairs if old != now)


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def from_when(new: Loaded, *, today: date) -> str:
    """Say from which day hazards are judged by it: by the day they were found, never by the newest."""
    standard = new.standard
    begins, until = standard.effective_on, standard.effective_until
    if begins is None:
        return ""
    end = f"到{until.isoformat()}为止" if until else ""
    if begins > today:
        return f"{begins.isoformat()}起发现的隐患用它判定{end}；那以前发现的，照那时有效的标准。"
    past = "，装入以前发现、还没有定级的也可以引用；已经定级的不变" if begins < today else ""
    return f"{begins.isoformat()}起发现的隐患用它判定{end}{past}。"


def concerns(loaded: Loaded) -> tuple[str, ...]:
    """Return in words what places its items can concern: sectors, then features."""
    named = frozenset().union(*(item.sectors for item in loaded.criteria))
    sectors = ["各行业"] if named >= EVERY_SECTOR else sorted(SECTOR_NAMES[one] for one in named)
    features = sorted({FEATURE_NAMES[one] for item in loaded.criteria for one in item.features})
    return (*sectors, *features)


def _national(preview: Preview) -> Sequence[str]:
    """Say what taking the place of a packaged standard means."""
    if preview.replaces is None:
        return ()
    said = [
        f"{preview.replaces.cited_as}是全国的标准：装入后先等上级批准，批准以前不起作用；以后停用它，全国的那一版从那天起恢复。"
    ]
    every, ends = len(preview.before.criteria) if preview.before else 0, preview.counts[ChangeKind.DROPPED]
    if preview.kind is LoadKind.REPLACES and ends:
        said.append(
            f"注意：全国那一版{every}条里有{ends}条在上传的文件里没有对应的条目，代替以后这{ends}条在这里不再适用。"
            f"请逐条核对是取消了，还是漏抄了。{MEANT if preview.is_unmatched else ''}"
        )
    elif preview.is_unmatched:
        said.append(f"注意：{MEANT}")
    return said


def _counting(preview: Preview) -> Sequence[str]:
    """Say of a list of fire how its comprehensive elements are counted, or that they are not."""
    new, before = preview.loaded, preview.before
    if not is_fire(new.standard):
        return ()
    was = counting_says(before.procedure, before.criteria) if before is not None else ()
    if new.procedure is not None:
        now = f"综合判定按文件计数：{'；'.join(counting_says(new.procedure, new.criteria))}。"
        return (now, *([f"原来的计数：{'；'.join(was)}。请逐条核对。"] if was else []))
    counted = sum(one.kind == COMPREHENSIVE for one in before.criteria) if before else 0
    ends = f"原来按程序计数的{counted}条综合判定要素，代替以后不再计数。" if counted else ""
    written = [one for one in new.criteria if one.id in new.conditions or one.id in new.asks]
    alone = sum(not (one.open_ended or one.refers_to) for one in written)
    said = f"文件没有写综合判定怎么计数（procedure），系统不计数，够不够数由人判断。{ends}"
    if alone:
        said += (
            f"这个文件里有{alone}条写了判定条件或问题，单独一条成立就提示疑似重大火灾隐患：请核对它们都是直接判定要素；"
            "综合判定的要素请写明判定方式和计数（照模板），或者把“由人判断”写“是”。"
        )
    return (said,)


def backdated(preview: Preview, *, today: date) -> str:
    """Say why a text cannot take the place of a packaged one from a day that is past; "" where it may.

    What was found before keeps the list that stood when it was found; a correction may keep the day it has.
    """
    begins = preview.loaded.standard.effective_on
    if preview.replaces is None or begins is None or begins >= today:
        return ""
    held = preview.before.standard.effective_on if preview.before and preview.kind is LoadKind.CORRECTION else None
    if held is not None and begins >= held:
        return ""
    return (
        f"代替全国的标准不能从{begins.isoformat()}算起：那以后已经发现的隐患要按当时的标准判定。"
        f"请把施行日（effective_on）写成{today.isoformat()}或以后的一天，原件的施行日写在说明（source_note）里。"
    )


@dataclass(frozen=True, slots=True)
class Touched:
    """What loading would touch, as far as somebody sees it: open hazards and active enterprises.

    citing: hazards that rest on the earlier text; reworded: on a clause of it that changes; undecided: found while the
    new text is in force and not yet confirmed. concerned: enterprises to which it can apply, of all on the register.
    """

    citing: int
    reworded: int
    undecided: int
    concerned: int
    registered: int


def effects(preview: Preview, touched: Touched | None) -> tuple[str, ...]:
    """Say in sentences what loading would touch and leave alone. touched: None where nobody asks about rows."""
    before, said = preview.before, [preview.from_when]
    if preview.kind in {LoadKind.NEXT, LoadKind.REPLACES} and before is not None:
        said.append(f"它代替{before.standard.cited_as}；那一版用到它施行的前一天为止。")
    said += _national(preview)
    said += _counting(preview)
    if touched is None:
        return tuple(said)
    if before is not None and not touched.citing:
        said.append(f"没销号的隐患里没有依据{before.standard.cited_as}的。")
    elif before is not None:
        said.append(
            f"没销号的隐患里有{touched.citing}条依据{before.standard.cited_as}，其中{touched.reworded}条引用的条款有改动"
            "或不再列入。它们都保持原来的依据，复查也按原来的依据，不重新定级。"
        )
    said.append(f"施行期内发现、还没有核实定级的隐患{touched.undecided}条，核实时可以引用；系统不会替人改级别。")
    said.append(f"按登记的行业和安全特征，适用的企业{touched.concerned}家（在册{touched.registered}家）。")
    return tuple(said)
