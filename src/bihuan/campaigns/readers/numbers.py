"""The numbers that Word writes by itself before paragraphs: they are not in the text, and headings hang on them."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN: Final = "零一二三四五六七八九"
_CHINESE: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting"}
)
_LEVELS: Final = 9


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass
class Numbers:
    """Counts what Word counts."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by list id
    kinds: dict[str, str] = field(default_factory=dict)  # list id → the abstract list that it counts with
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)  # list id → levels that it begins anew, from what

    @classmethod
    def of(cls, document: Any) -> "Numbers":
        """Return the counter of a document; without lists it counts nothing."""
        made = cls()
        part = next(
            (
                one.target_part
                for one in document.part.rels.values()
                if one.reltype.endswith("/numbering") and not one.is_external
            ),
            None,
        )
        if part is None:
            return made
        root = part.element if hasattr(part, "element") else _parsed(part.blob)
        abstract = {one.get(f"{_W}abstractNumId", ""): _levels(one) for one in root.iterchildren(f"{_W}abstractNum")}
        for one in root.iterchildren(f"{_W}num"):
            kind = one.find(f"{_W}abstractNumId")
            if kind is not None:
                number = one.get(f"{_W}numId", "")
                made.kinds[number] = kind.get(f"{_W}val", "")
                made.levels[number] = abstract.get(made.kinds[number], {})
                made.restarts[number] = _restarts(one)
        made.styles = _of_styles(document)
        return made

    def before(self, paragraph: Any, style_id: str) -> str:
        """Return the number that Word shows before a paragraph, "" for none; bullets are none."""
        listed = _listed(paragraph.find(f"{_W}pPr")) or self.styles.get(style_id)
        if listed is None:
            return ""
        number, level = listed
        known = self.levels.get(number, {})
        if level not in known or not "".join(str(one.text or "") for one in paragraph.iter(f"{_W}t")).strip():
            return ""
        counts = self.counts[self.kinds[number]]
        for depth, start in self.restarts.pop(number, {}).items():
            counts[depth] = start - 1
        counts[level] = counts.get(level, known[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if known[level].format in {"bullet", "none"}:
            return ""
        return re.sub(r"%(\d)", lambda found: _shown(known, counts, int(found[1]) - 1), known[level].text)


def _shown(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    one = levels.get(level)
    if one is None:
        return ""
    value = counts.get(level, one.start)
    return _in_han(value) if one.format in _CHINESE else _circled(value) if "Circle" in one.format else str(value)


def _in_han(value: int) -> str:
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
    return head + (_HAN[ones] if ones or not tens else "")


def _circled(value: int) -> str:
    return chr(0x245F + value) if 1 <= value <= 20 else str(value)


def _listed(properties: Any) -> tuple[str, int] | None:
    if properties is None:
        return None
    number = properties.find(f"{_W}numPr/{_W}numId")
    level = properties.find(f"{_W}numPr/{_W}ilvl")
    if number is None or number.get(f"{_W}val", "0") == "0":
        return None
    depth = level.get(f"{_W}val", "0") if level is not None else "0"
    return number.get(f"{_W}val", ""), int(depth) if depth.isdecimal() else 0


def _of_styles(document: Any) -> dict[str, tuple[str, int]]:
    """Return the list and level of each style that has one, of its own or of the style that it is based on."""
    own: dict[str, tuple[str, int] | None] = {}
    above: dict[str, str] = {}
    for style in document.styles.element.iterchildren(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        own[name] = _listed(style.find(f"{_W}pPr"))
        above[name] = _value(style, "basedOn", "")
    found = {}
    for name in own:
        at, seen = name, set[str]()
        while at in own and own[at] is None and at not in seen:
            seen.add(at)
            at = above[at]
        if listed := own.get(at):
            found[name] = listed
    return found


def _restarts(number: Any) -> dict[int, int]:
    """Return the levels that a list begins anew though it counts with an older one."""
    found = {}
    for one in number.iterchildren(f"{_W}lvlOverride"):
        depth, start = one.get(f"{_W}ilvl", ""), _value(one, "startOverride", "")
        if depth.isdecimal() and start.isdecimal():
            found[int(depth)] = int(start)
    return found


def _levels(abstract: Any) -> dict[int, _Level]:
    found = {}
    for one in abstract.iterchildren(f"{_W}lvl"):
        depth = one.get(f"{_W}ilvl", "")
        if depth.isdecimal() and int(depth) < _LEVELS:
            start = _value(one, "start", "1")
            found[int(depth)] = _Level(
                _value(one, "numFmt", "decimal"), _value(one, "lvlText", ""), int(start) if start.isdecimal() else 1
            )
    return found


def _value(node: Any, name: str, default: str) -> str:
    child = node.find(f"{_W}{name}")
    return str(child.get(f"{_W}val", default)) if child is not None else default


def _parsed(blob: bytes) -> Any:
    from docx.oxml import parse_xml  # only where a list is kept as plain bytes

    return parse_xml(blob)
