"""A small checklist of a town's own, for the tests of checklists."""

from bihuan.standards.rules import Feature, Sector
from bihuan.standards.rules.listing import Draft, DraftItem, Source, SourceKind

DUTY = Source(SourceKind.LAW, "work-safety-2014", "第三十八条")
SPARKS = Source(SourceKind.CRITERION, "gongmao-2017-dust-03")
TYPED = Source(SourceKind.TYPED, "示范镇安委〔2018〕3号第二条")
WOOD = Draft(
    "木器厂打磨工位",
    "打磨木器的厂用",
    frozenset({Sector.LIGHT_INDUSTRY}),
    frozenset({Feature.WOOD_DUST}),
    (
        DraftItem(1, "打磨台", "看吸尘罩有没有接上", (DUTY, TYPED)),
        DraftItem(2, "除尘器", "看泄爆片", (SPARKS,)),
    ),
)
