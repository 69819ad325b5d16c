"""What every cell of the three superiors' forms wants, written by hand from the forms, not from what is suggested."""

from typing import Final

from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source

THIS, SO_FAR = PeriodKind.THIS, PeriodKind.CUMULATIVE
FOUND, DONE, LISTED, MONEY = "hazards.found_fact", "hazards.rectified", "hazards.ever_listed", "hazards.money"


def _measure(name: str, level: str, period: PeriodKind, **more: object) -> Binding:
    return Binding(Source.MEASURE, name=name, level=level, period=period, **more)  # type: ignore[arg-type] # -- a table


def weekly() -> dict[str, Binding]:
    """The county's weekly: 26 cells, of which ten wait for their rooms."""
    cells: dict[str, Binding] = {}
    for column, period in (("D", THIS), ("E", SO_FAR)):
        for row, room in ((5, "inspections"), (6, "inspections"), *((row, "enforcement") for row in (15, 16, 17))):
            cells[f"{column}{row}"] = Binding(Source.TYPED, waits=(room,))
        cells[f"{column}7"] = _measure(FOUND, "general", period)
        cells[f"{column}8"] = _measure(FOUND, "major", period)
        cells[f"{column}9"] = Binding(Source.SUM, cells=(f"{column}7", f"{column}8"))
        cells[f"{column}10"] = _measure(DONE, "general", period)
        cells[f"{column}11"] = _measure(DONE, "major", period)
        cells[f"{column}12"] = Binding(Source.SUM, cells=(f"{column}10", f"{column}11"))
        cells[f"{column}13"] = _measure(LISTED, "", period)
        cells[f"{column}14"] = _measure(MONEY, "", period, amount="万元")
    return cells


SECTORS: Final = ("machinery", "light_industry", "chemical", "construction", "fire_crowded")


def monthly() -> dict[str, Binding]:
    """The city's monthly: 66 cells, so far this year, the total first."""
    cells: dict[str, Binding] = {}
    for row in range(5, 11):
        for part, whole, rate in (("D", "C", "E"), ("G", "F", "H"), ("J", "I", "K")):
            cells[f"{rate}{row}"] = Binding(Source.RATE, cells=(f"{part}{row}", f"{whole}{row}"))
        cells[f"I{row}"] = Binding(Source.SUM, cells=(f"C{row}", f"F{row}"))
        cells[f"J{row}"] = Binding(Source.SUM, cells=(f"D{row}", f"G{row}"))
    for column in "CDFGLM":
        cells[f"{column}5"] = Binding(Source.SUM, cells=tuple(f"{column}{row}" for row in range(6, 11)))
    for row, sector in enumerate(SECTORS, start=6):
        of = {"sectors": (sector,)}
        cells[f"C{row}"] = _measure(FOUND, "general", SO_FAR, **of)
        cells[f"D{row}"] = _measure(DONE, "general", SO_FAR, **of)
        cells[f"F{row}"] = _measure(FOUND, "major", SO_FAR, **of)
        cells[f"G{row}"] = _measure(DONE, "major", SO_FAR, **of)
        cells[f"L{row}"] = _measure(LISTED, "", SO_FAR, **of)
        cells[f"M{row}"] = _measure(MONEY, "", SO_FAR, amount="万元", **of)
    return cells


def villages(east: str, west: str) -> dict[str, Binding]:
    """The village table: 21 cells. east, west: ids of the villages."""
    cells: dict[str, Binding] = {}
    for row, unit in ((6, {"unit_id": east}), (7, {"unit_id": west}), (8, {})):
        cells[f"C{row}"] = _measure(FOUND, "", THIS, **unit)
        cells[f"D{row}"] = _measure(FOUND, "major", THIS, **unit)
        cells[f"E{row}"] = _measure(DONE, "", THIS, **unit)
        cells[f"F{row}"] = _measure(FOUND, "", SO_FAR, **unit)
        cells[f"G{row}"] = _measure(DONE, "", SO_FAR, **unit)
    for row in (6, 7, 8):
        cells[f"H{row}"] = Binding(Source.DIFFERENCE, cells=(f"F{row}", f"G{row}"))
        cells[f"I{row}"] = Binding(Source.RATE, cells=(f"G{row}", f"F{row}"))
    return cells


def pairs(east: str, west: str) -> dict[str, Binding]:
    """The district's weekly: 36 cells, the total first, of which six wait for their room."""
    cells: dict[str, Binding] = {}
    columns = {
        "B": (FOUND, "", THIS),
        "C": (FOUND, "major", THIS),
        "D": (FOUND, "", SO_FAR),
        "E": (FOUND, "major", SO_FAR),
        "F": (DONE, "", THIS),
        "G": (DONE, "major", THIS),
        "H": (DONE, "", SO_FAR),
        "I": (DONE, "major", SO_FAR),
    }
    for column, (name, level, period) in columns.items():
        cells[f"{column}6"] = _measure(name, level, period)
        for row, unit in ((7, east), (8, west)):
            cells[f"{column}{row}"] = _measure(name, level, period, unit_id=unit)
    for row in (6, 7, 8):
        cells[f"J{row}"] = Binding(Source.DIFFERENCE, cells=(f"D{row}", f"H{row}"))
        cells[f"K{row}"] = Binding(Source.RATE, cells=(f"H{row}", f"D{row}"))
    for column in "LM":
        cells[f"{column}6"] = Binding(Source.SUM, cells=(f"{column}7", f"{column}8"))
        for row in (7, 8):
            cells[f"{column}{row}"] = Binding(Source.TYPED, waits=("enforcement",))
    return cells


def across(east: str, west: str) -> dict[str, Binding]:
    """The city's table: 60 cells; totals of the sectors across, of the villages by district and of the districts."""
    cells: dict[str, Binding] = {}
    for first, sector in (("C", "machinery"), ("G", "light_industry")):
        for offset, (name, level) in enumerate(
            ((FOUND, "general"), (DONE, "general"), (FOUND, "major"), (DONE, "major"))
        ):
            column = chr(ord(first) + offset)
            for row, unit in ((6, east), (8, west)):
                cells[f"{column}{row}"] = _measure(name, level, SO_FAR, unit_id=unit, sectors=(sector,))
            cells[f"{column}7"] = Binding(Source.SUM, cells=(f"{column}6",))
            cells[f"{column}9"] = Binding(Source.SUM, cells=(f"{column}8",))
            cells[f"{column}10"] = _measure(name, level, SO_FAR, sectors=(sector,))
    for column in "KLMN":
        parts = (chr(ord(column) - 8), chr(ord(column) - 4))
        for row in range(6, 11):
            cells[f"{column}{row}"] = Binding(Source.SUM, cells=tuple(f"{one}{row}" for one in parts))
    return cells
