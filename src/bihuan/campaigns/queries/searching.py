"""What the global search finds of campaigns: plans, the sentences of their text, bulletins; each by who sees it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Replace

from bihuan.campaigns.models import Bulletin, Campaign, CampaignPaper, Clause
from bihuan.campaigns.queries.plan import chapter_of
from bihuan.campaigns.rules.life import STATE_NAMES, CampaignState
from bihuan.campaigns.rules.supervision.states import BULLETIN_NAMES, KIND_NAMES, BulletinKind, BulletinState
from bihuan.documents.rules import normalise_doc_no
from bihuan.kernel.actor import Actor
from bihuan.kernel.waiting import Found

MOST_WORDS: Final = 5
AROUND: Final = 12  # characters of a sentence before the word that was looked for
SHOWN: Final = 44  # characters of it that an answer shows
# How a number's brackets and blanks may stand in what was read or typed; `normalise_doc_no` writes the usual ones.
_ALIKE: Final = {
    "[": "〔",
    "【": "〔",
    "［": "〔",
    "〖": "〔",
    "(": "〔",
    "（": "〔",
    "]": "〕",
    "】": "〕",
    "］": "〕",
}
_ALIKE_TOO: Final = {"〗": "〕", ")": "〕", "）": "〕", " ": "", "\u3000": "", "第": ""}


def found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Return the campaigns with these words in title or number, or in those of what they are based on. One query."""
    rows = Campaign.objects.open_to(viewer).annotate(
        plain_number=_plain("doc_number"), basis_text=Cast("basis", TextField())
    )
    papers = CampaignPaper.objects.filter(campaign_id=OuterRef("pk")).annotate(plain_number=_plain("number"))
    for word in words.split()[:MOST_WORDS]:
        number = normalise_doc_no(word)
        paper = papers.filter(Q(title__icontains=word) | Q(plain_number__icontains=_bracketed(number)))
        named = Q(title__icontains=word) | Q(plain_number__icontains=_bracketed(number)) | Q(Exists(paper))
        rows = rows.filter(named | Q(basis_text__contains=number) | Q(basis_text__contains=_escaped(number)))
    return [
        Found(
            "专项行动",
            one.title or one.file_name,
            " · ".join(part for part in (one.doc_number, STATE_NAMES[CampaignState(one.state)]) if part),
            "campaigns:show",
            (one.pk,),
        )
        for one in rows.order_by("-made_at", "-id")[:first_n]
    ]


def _plain(column: str) -> Replace | F:
    """Return a column with every bracket as 〔〕 and without blanks, as `_bracketed` writes what is looked for."""
    found: Replace | F = F(column)
    for old, new in {**_ALIKE, **_ALIKE_TOO}.items():
        found = Replace(found, Value(old), Value(new))
    return found


def _bracketed(number: str) -> str:
    for old, new in {**_ALIKE, **_ALIKE_TOO}.items():
        number = number.replace(old, new)
    return number


def _escaped(text: str) -> str:
    """Return a text as SQLite keeps it inside JSON."""
    return json.dumps(text)[1:-1]


def clauses_found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Return the sentences that order something and hold these words, of the plans that the viewer reads. One query."""
    said = words.split()[:MOST_WORDS]
    rows = Clause.objects.in_text().filter(campaign__in=Campaign.objects.open_to(viewer))
    found = _with(rows.exclude(campaign__state=CampaignState.DROPPED), said, "text")
    found = found.select_related("campaign").order_by("-campaign__made_at", "paragraph", "start")[:first_n]
    return [_clause(one, said) for one in found]


def _clause(one: Clause, said: Sequence[str]) -> Found:
    title = one.campaign.title or one.campaign.file_name
    if one.campaign.state == CampaignState.DRAFT:
        return Found(
            "方案要求", _around(one.text, said), title, "campaigns:check", (one.campaign_id,), query=f"#c-{one.pk}"
        )
    query = f"section={quote(chapter_of(one.section))}#{quote(one.label)}"
    return Found("方案要求", _around(one.text, said), title, "campaigns:show", (one.campaign_id,), query=query)


def _around(text: str, said: Sequence[str]) -> str:
    """Return the piece of a sentence in which the first word stands."""
    at = text.lower().find(said[0].lower()) if said else 0
    start = max(at - AROUND, 0)
    piece = text[start : start + SHOWN]
    return ("…" if start else "") + piece + ("…" if start + SHOWN < len(text) else "")


def bulletins_found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Return the briefs, summaries and circulars with these words in their titles that the viewer sees. One query."""
    rows = Bulletin.objects.open_to(viewer).filter(campaign__in=Campaign.objects.open_to(viewer))
    found = _with(rows, words.split()[:MOST_WORDS], "title").order_by("-made_at", "id")[:first_n]
    return [
        Found(
            KIND_NAMES[BulletinKind(one.kind)],
            one.title,
            BULLETIN_NAMES[BulletinState(one.state)],
            "campaigns:bulletin",
            (one.campaign_id, one.pk),
        )
        for one in found
    ]


def _with(rows: QuerySet[Any], said: Sequence[str], column: str) -> QuerySet[Any]:
    for word in said:
        rows = rows.filter(**{f"{column}__icontains": word})
    return rows
