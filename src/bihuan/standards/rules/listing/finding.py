"""Find what an item may rest on by words: articles that the packaged lists cite, laws by name, criteria."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.standards.rules.checklists import Law
from bihuan.standards.rules.criteria import Library
from bihuan.standards.rules.listing.drafts import Source, SourceKind, source_of
from bihuan.standards.rules.search import Wanted, search

MOST_OF_A_KIND: Final = 8
BETWEEN: Final = "~"  # the sources of one thing found


@dataclass(frozen=True, slots=True)
class Article:
    """An article that a packaged list cites, in each version of its law. about: what it is cited for."""

    versions: tuple[tuple[Law, str], ...]
    about: str


@dataclass(frozen=True, slots=True)
class Found:
    """Something that an item may rest on. sources: one, or the article in each version of its law.

    to_cite: it is a law of which the article is still to say. mark: why it cannot be cited on the day itself, or what
    is to be preferred to it; "" where it can.
    """

    sources: tuple[Source, ...]
    name: str
    about: str
    to_cite: bool = False
    mark: str = ""

    @property
    def code(self) -> str:
        """The sources as one text, for a form."""
        return BETWEEN.join(one.code for one in self.sources)


def sources_of(code: str) -> tuple[Source, ...]:
    """Read the sources of something found."""
    return tuple(source for one in code.split(BETWEEN) if (source := source_of(one)) is not None)


def found_for(
    words: str, *, on: date, articles: Iterable[Article], laws: Iterable[Law], library: Library
) -> Sequence[Found]:
    """Return what fits all of the words, in force on a day or later: articles, then criteria, then laws by name.

    An article comes with all versions of its law, so that each day cites the one that was in force.
    """
    wanted = words.split()
    if not wanted:
        return ()
    cited = [found for one in articles if (found := _cited(one, wanted, on)) is not None]
    clauses = [
        Found(
            (Source(SourceKind.CRITERION, one.id),),
            f"《{library.standard(one.standard_id).title}》{one.clause}",
            one.text,
            mark=_preferred(library, one.standard_id, on),
        )
        for one in search(library, Wanted(on, words))
    ]
    named = [
        Found(
            (Source(SourceKind.LAW, one.id),),
            f"《{one.title}》",
            one.document_number,
            to_cite=True,
            mark=_begins(one, on),
        )
        for one in laws
        if _lasts(one, on) and _has_all(wanted, f"{one.title} {one.document_number}")
    ]
    return (*cited[:MOST_OF_A_KIND], *clauses[:MOST_OF_A_KIND], *named[:MOST_OF_A_KIND])


def _cited(one: Article, wanted: Sequence[str], on: date) -> Found | None:
    """Return an article where it fits, named as it is cited on the day."""
    lasting = [(law, article) for law, article in one.versions if _lasts(law, on)]
    if not lasting or not _has_all(
        wanted, " ".join([one.about, *(f"{law.title} {article}" for law, article in lasting)])
    ):
        return None
    held = [(law, article) for law, article in lasting if law.holds_on(on)]
    law, article = (held or lasting)[0]
    sources = tuple(Source(SourceKind.LAW, version.id, its) for version, its in one.versions)
    others = f"（另有{len(sources) - 1}个版本，按检查那天选）" if len(sources) > 1 else ""
    return Found(sources, f"《{law.title}》{article}", f"{one.about}{others}", mark=_begins(law, on))


def _begins(law: Law, on: date) -> str:
    return "" if law.holds_on(on) else f"{law.in_force_from.isoformat()}起施行，那以前检查时不引它"


def _preferred(library: Library, standard_id: str, on: date) -> str:
    standard = library.standard(standard_id)
    if standard.is_preferred_on(on):
        return ""
    return f"还没有废止，但优先用更新的{library.standard(standard.preferred_successor).cited_as}"


def _lasts(law: Law, on: date) -> bool:
    return law.in_force_until is None or law.in_force_until >= on


def _has_all(words: Iterable[str], text: str) -> bool:
    return all(word in text for word in words)
