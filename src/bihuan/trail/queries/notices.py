"""Read the bell."""

from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.trail.models import Notice
from bihuan.trail.rules import NoticeLine


def addressed_to(viewer: Actor) -> Q:
    """Return the condition under which a notice is for this person: by name, or by the post held now."""
    mine = Q(user_id=viewer.user_id) if viewer.user_id is not None else Q(pk__in=[])
    if viewer.post_id is not None:
        mine |= Q(post_id=viewer.post_id)
    return mine


def notices_for(viewer: Actor, first_n: int = 20, *, only_unread: bool = False) -> list[NoticeLine]:
    """Return the newest notices of this person; one query."""
    notices = Notice.objects.filter(addressed_to(viewer))
    if only_unread:
        notices = notices.filter(read_at=None)
    return [_line(notice) for notice in notices.order_by("-told_at", "-id")[:first_n]]


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
