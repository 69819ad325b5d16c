"""Read the bell."""

from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from bihuan.kernel.actor import Actor
from bihuan.trail.models import Notice
from bihuan.trail.rules import NoticeLine, Page


def addressed_to(viewer: Actor) -> Q:
    """Return the condition under which a notice is for this person: by name, or by the post held now."""
    mine = Q(user_id=viewer.user_id) if viewer.user_id is not None else Q(pk__in=[])
    if viewer.post_id is not None:
        mine |= Q(post_id=viewer.post_id)
    return mine


def notices_for(viewer: Actor, first_n: int = 20, *, only_unread: bool = False) -> list[NoticeLine]:
    """Return the newest notices of this person and of the post held now; two queries, each along its own index."""
    addresses = [Q(user_id=viewer.user_id)] if viewer.user_id is not None else []
    addresses += [Q(post_id=viewer.post_id)] if viewer.post_id is not None else []
    if only_unread:
        addresses = [one & Q(read_at=None) for one in addresses]
    newest: list[Notice] = []
    for one in addresses:
        newest += Notice.objects.filter(one).order_by("-told_at", "-id")[:first_n]
    newest.sort(key=lambda notice: (notice.told_at, notice.id), reverse=True)
    return [_line(notice) for notice in newest[:first_n]]


def notices_page(viewer: Actor, *, page: int = 1, size: int = 20) -> Page[NoticeLine]:
    """Return a page of all notices of this person and of the post held now: the unread first, then the newest."""
    rows = Notice.objects.filter(addressed_to(viewer)).annotate(
        is_read=ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    )
    page = max(1, page)
    shown = rows.order_by("is_read", "-told_at", "-id")[(page - 1) * size : page * size]
    return Page(tuple(_line(notice) for notice in shown), number=page, size=size, total=rows.count())


def notice_for(viewer: Actor, notice_id: UUID) -> NoticeLine | None:
    """Return one notice of this person, however old; None for another's or none."""
    found = Notice.objects.filter(addressed_to(viewer), pk=notice_id).first()
    return _line(found) if found is not None else None


def unread_count(viewer: Actor, *, at_most: int = 100) -> int:
    """Count the unread notices of this person, up to a bound that a badge can show."""
    unread = Notice.objects.filter(addressed_to(viewer), read_at=None)
    return unread[:at_most].count()


def _line(notice: Notice) -> NoticeLine:
    return NoticeLine(
        id=notice.id,
        kind=notice.kind,
        say=notice.say,
        told_at=notice.told_at,
        read_at=notice.read_at,
        subject_type=notice.subject_type,
        subject_id=notice.subject_id,
        url_name=notice.url_name,
        url_args=tuple(notice.url_args),
    )
