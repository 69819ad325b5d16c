"""Download a sealed pack: made again of its contents, and refused where the bytes are not those that were sealed."""

import hashlib
from uuid import UUID

from bihuan.campaigns.models import SealedPack
from bihuan.campaigns.queries.supervision.evidence import opened
from bihuan.campaigns.queries.supervision.showing import case_for
from bihuan.campaigns.readers.packing import packed
from bihuan.campaigns.rules.supervision.packing import contents_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal


def pack_for(viewer: Actor, campaign_id: UUID, case_id: UUID, pack_id: UUID) -> tuple[str, bytes]:
    """Return the name and the bytes of a sealed pack. Raises NotFound, and Refusal while it is being sealed."""
    case_for(viewer, campaign_id, case_id)
    pack = SealedPack.objects.filter(pk=pack_id, of_id=case_id).first()
    if pack is None:
        raise NotFound("campaigns.no_pack", "没有找到这个证据包。")
    if pack.sealed_at is None:
        raise Refusal("campaigns.sealing", "证据包还在封存，请过几分钟再下载。")
    made = packed(contents_of(pack.contents), opened)
    if hashlib.sha256(made).hexdigest() != pack.sha256:
        raise Refusal("campaigns.pack_broken", "证据包和封存时的校验值不一致，没有下载。请报系统管理员核对文件库。")
    return f"证据包-{pack.on}-{pack.sha256[:12]}.zip", made
