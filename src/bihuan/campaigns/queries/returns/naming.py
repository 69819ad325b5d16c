"""What the headings of a town's forms can name, and the words of a form that nobody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from bihuan.campaigns.models import ReturnForm
from bihuan.campaigns.queries.participants import participants_of
from bihuan.campaigns.rules.returns.binding import Binding
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.forms import FormState, counts_too_much, named_words
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.lines import FormView, UnreadWord
from bihuan.campaigns.rules.returns.meaning import Meaning, What
from bihuan.campaigns.rules.returns.names import Names, Place, places_of
from bihuan.campaigns.rules.returns.suggest import meanings_said


def names_of(town_id: UUID) -> Names:
    """Return what headings can name in a town: its units, sectors, and what people said of words in forms in use."""
    said: dict[str, Place] = {}
    forms = ReturnForm.objects.filter(town_id=town_id).exclude(state=FormState.BINDING).order_by("made_at")
    for words in forms.values_list("words", flat=True):
        said |= {word: place for word, place in places_of(words).items() if place != Place()}
    return Names(tuple(participants_of(town_id)), said)


def names_of_form(row: ReturnForm) -> Names:
    """Return the same for one form, whose own words come first; of no other form but one that is still being bound."""
    found = names_of(row.town_id)
    return Names(found.units, {**found.said, **places_of(row.words)})


def with_names(row: ReturnForm, view: FormView) -> FormView:
    """Return a form's view with what its headings name. Three queries; a form of ours has no names but its own."""
    if row.code:
        return view
    names, slots = names_of_form(row), list(view.slots.values())
    said = meanings_said(slots, names, view.grid.titles)
    return replace(
        view,
        unread=unread_words(slots, view.bindings, said, names),
        named=frozenset(one for one, meaning in said.items() if meaning.unread or meaning.place != Place()),
        too_wide=frozenset(one for one, meaning in said.items() if counts_too_much(view.bindings.get(one), meaning)),
    )


def unread_words(
    slots: Sequence[Slot], bindings: Mapping[str, Binding], said: Mapping[str, Meaning], names: Names
) -> list[UnreadWord]:
    """Return the words that nobody knows, each with the cells that nobody has bound because of it."""
    cells: dict[str, list[Slot]] = {}
    for slot in slots:
        meaning, binding = said[slot.address], bindings.get(slot.address)
        if meaning.what is not What.UNKNOWN and (binding is None or counts_too_much(binding, meaning)):
            for word in meaning.unread:
                cells.setdefault(word, []).append(slot)
    return [
        UnreadWord(word, _line(word, found[0]), tuple(one.address for one in found), tuple(names.near(word)))
        for word, found in cells.items()
    ]


def _line(word: str, slot: Slot) -> str:
    return "行" if any(word in head for head in slot.row_heads) else "列"


def unplaced(row: ReturnForm, slots: Sequence[Slot], bindings: Mapping[str, Binding]) -> list[Doubt]:
    """Return the cells of a form in use that count more than their headings name, which nobody has confirmed (R9.8).

    A form of ours is bound as it is declared.
    """
    if row.code:
        return []
    said = meanings_said(slots, Names(said=places_of(row.words)))
    return [
        Doubt(
            "R9.8",
            (slot.address,),
            f"{slot.label}写着{named_words(said[slot.address])}，取的却是全部的数，没有人确认过。"
            "请镇安监办在“报表样式”里定它是哪个单位或行业，再报送。",
            firm=True,
        )
        for slot in slots
        if counts_too_much(bindings.get(slot.address), said[slot.address])
    ]
