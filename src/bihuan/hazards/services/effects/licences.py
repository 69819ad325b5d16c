"""The safety licence of a listed unit: proposed to be suspended, and answered by who issued it (R3.29)."""

from bihuan.hazards.models import LicenceProposal
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.services.change import Change, effect


@effect(Act.PROPOSE_LICENCE_SUSPENSION)
def propose_suspension(change: Change) -> None:
    """The town proposes; the organ that issued the licence decides (令16号 art. 21)."""
    given, listing = change.given, change.listing_row
    assert listing is not None  # noqa: S101 -- the table has looked
    proposal = LicenceProposal(
        listing_id=listing.pk,
        town_id=change.row.town_id,
        licence=given.licence,
        organ=given.organ,
        number=given.number,
        reason=given.text,
        asked_at=change.now,
        asked_by=change.actor.name,
        asked_on=given.on or change.today,
    )
    change.new.append(proposal)
    change.set_listing(licence_proposal_id=proposal.pk)
    change.figures["licence"] = {"licence": given.licence, "organ": given.organ, "number": given.number}
    change.keep_files()
    change.say = f"建议{given.organ}暂扣{given.licence}"


@effect(Act.RECORD_LICENCE_ANSWER)
def record_answer(change: Change) -> None:
    """What the issuing organ decided."""
    given = change.given
    day = given.on or change.today
    change.answer(
        suspended=given.licence_suspended,
        answer=given.text,
        answered_on=day,
        answered_at=change.now,
        answered_by=change.actor.name,
    )
    change.set_listing(licence_proposal_id=None)
    change.figures["licence"] = {"suspended": given.licence_suspended, "on": day.isoformat()}
    change.keep_files()
    change.say = "发证机关决定暂扣许可证" if given.licence_suspended else "发证机关决定不暂扣许可证"
