"""Read the chains in order: for rebuilding what follows events."""

from bihuan.trail.models import ChainHead, Event


def chains() -> list[str]:
    """Return the names of all chains."""
    return list(ChainHead.objects.order_by("chain").values_list("chain", flat=True))


def events_after(chain: str, seq: int, limit: int) -> list[Event]:
    """Return at most `limit` events of a chain after a place in it, in order."""
    return list(Event.objects.filter(chain=chain, seq__gt=seq).order_by("seq")[:limit])
