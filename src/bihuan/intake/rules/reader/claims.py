"""Read what a row claims (R3.33)."""

from datetime import date, datetime
from typing import Final

from bihuan.intake.rules.cells import Cell, text_of
from bihuan.intake.rules.claims import Claim, read_closed, read_status
from bihuan.intake.rules.days import Anchor, read_day
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.items import Item
from bihuan.intake.rules.layout import Record
from bihuan.intake.rules.reader.base import CellReader
from bihuan.intake.rules.reader.days import LATER_DAYS

SHOWN: Final = 40
_UNDONE: Final = frozenset({Claim.OPEN, Claim.IN_PROGRESS})
_DONE: Final = frozenset({Claim.RECTIFIED, Claim.CLOSED})


class ClaimReader(CellReader):
    """Reads a row's claim out of the status column, ticks, days, words in columns of days, and closing."""

    def _read_claims(self, record: Record, item: Item) -> None:
        stated = self._stated(record, item)
        worded = [claim for which in LATER_DAYS if (claim := self._worded(item, which)) is not None]
        closed = self._closed(record, item)
        implied = self._implied(item, worded, closed=closed)
        item.claim = stated or implied or Claim.OPEN
        if stated is Claim.RECTIFIED and implied is Claim.CLOSED:
            item.claim = Claim.CLOSED
        if stated in _UNDONE and implied in _DONE:
            sentence = "写的是没整改完，后面的列又写了完成或销号，先按没整改完算"
            self.doubt(item, "claims_disagree", Field.STATUS, sentence)

    def _stated(self, record: Record, item: Item) -> Claim | None:
        """Return what the status column or a tick claims; None when it says nothing."""
        ticked = self.ticked(record, Field.STATUS)
        cell: Cell = ticked or self.first(record, Field.STATUS)
        text = text_of(cell)
        if not text and item.deadline_kind == "claim_in_deadline":
            text = cell = item.texts[Field.DEADLINE]
        if not text:
            return None
        item.texts[Field.STATUS] = text
        if isinstance(cell, date | datetime):
            item.values.setdefault(Field.RECTIFIED_ON, cell.date() if isinstance(cell, datetime) else cell)
            return Claim.RECTIFIED
        reading = read_status(cell)
        if reading.unclear and not self._day_in_status(item, text):
            self.doubt(
                item, "status_unclear", Field.STATUS, f"“{text[:SHOWN]}”看不出整改没有，先按未整改算，原话已留着"
            )
            return reading.claim
        if reading.claim in {Claim.RECTIFIED, Claim.CLOSED} or reading.unclear:
            self._day_in_status(item, text)
            return Claim.RECTIFIED if reading.unclear else reading.claim
        return reading.claim

    def _day_in_status(self, item: Item, text: str) -> bool:
        """Take the day out of "2.8已整改"; tell whether there was one."""
        start = item.day(Field.FOUND_ON)
        reading = read_day(text, Anchor(start) if start else self.sheet.forward, last=True)
        if reading.day is None or reading.doubt in {"day_only", "month_only"}:
            return False
        item.values.setdefault(Field.RECTIFIED_ON, reading.day)
        return True

    def _worded(self, item: Item, which: Field) -> Claim | None:
        """Read words in a column of days: 已整改到位 in 到位时间 claims it done on an unknown day."""
        text = item.texts.get(which, "")
        if not text or item.day(which) is not None or any(problem.field == which for problem in item.problems):
            return None
        reading = read_status(text)
        if reading.unclear:
            self.doubt(item, f"{which.value}_unclear", which, f"“{text[:SHOWN]}”看不懂是哪一天，原话已留着")
            return None
        claim = reading.claim
        if which is Field.CLOSED_ON and claim is Claim.RECTIFIED:
            if not read_closed(text):  # 已整改待复查 where the day of closing should stand
                self.doubt(item, "closed_on_unclear", which, f"“{text[:SHOWN]}”不是销号的日期，原话已留着")
                return claim
            claim = Claim.CLOSED
        if claim in {Claim.RECTIFIED, Claim.CLOSED}:
            self.doubt(item, f"{which.value}_without_day", which, f"“{text[:SHOWN]}”没有写日期，只记所称，日期不详")
            return claim
        return claim if which is Field.RECTIFIED_ON else None

    def _closed(self, record: Record, item: Item) -> bool:
        cell = self.first(record, Field.CLOSED) or self.ticked(record, Field.CLOSED)
        text = text_of(cell)
        if text:
            item.texts[Field.CLOSED] = text
            item.values[Field.CLOSED] = self._answer(item, cell, text)
        return item.values.get(Field.CLOSED) is True or item.day(Field.CLOSED_ON) is not None

    def _answer(self, item: Item, cell: Cell, text: str) -> bool | None:
        """Tell whether the closing column says closed; a day alone does, 已整改 with a day does not."""
        answer = read_closed(text)
        if answer is False or (answer is None and not read_status(text).unclear):
            return answer
        start = item.day(Field.FOUND_ON)
        reading = read_day(cell, Anchor(start) if start else self.sheet.forward, last=True)
        if reading.day is not None and not reading.doubt:
            item.values.setdefault(Field.CLOSED_ON, reading.day)
            return True
        if answer is None:
            self.doubt(
                item, "closed_unclear", Field.CLOSED, f"“{text[:SHOWN]}”看不出销号没有，先按没销号算，原话已留着"
            )
        return answer

    def _implied(self, item: Item, worded: list[Claim], *, closed: bool) -> Claim | None:
        if closed or Claim.CLOSED in worded:
            return Claim.CLOSED
        done_on = item.day(Field.RECTIFIED_ON)
        if (
            (done_on is not None and done_on <= self.frame.today)
            or Claim.RECTIFIED in worded
            or _is_done_in_closing(item)
        ):
            return Claim.RECTIFIED
        result = item.text(Field.REVIEW_RESULT)
        if result:
            reading = read_status(result)
            if not reading.unclear:
                return reading.claim
        return worded[0] if worded else None


def _is_done_in_closing(item: Item) -> bool:
    """Tell whether the closing column says rectified though not closed: 已整改待复查."""
    return read_status(item.texts.get(Field.CLOSED, "")).claim in _DONE
