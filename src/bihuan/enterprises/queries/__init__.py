"""What enterprises answers. The names that other rooms and doors use stand here."""

from bihuan.enterprises.queries.alike import Alike, alike
from bihuan.enterprises.queries.figures import active_among, active_below
from bihuan.enterprises.queries.files import (
    FirmFile,
    as_firms,
    coordinates,
    entry_for,
    file_for,
    firm_by_token,
    firm_for,
    firms,
    qr_token_for,
    registered_on,
)
from bihuan.enterprises.queries.licences import LicenceRef, licences_of
from bihuan.enterprises.queries.lists import (
    Filters,
    FirmRow,
    Sort,
    active_but,
    called,
    closed_ids,
    export_rows,
    found_for,
    listing,
    tallies,
)
from bihuan.enterprises.queries.matching import duplicates_of, index_of, match, place_names
from bihuan.enterprises.queries.responsibility import (
    answering,
    gaps,
    paths_of_town,
    responsible_for,
    villages_of,
    waiting_for,
)
from bihuan.enterprises.queries.sheets import ImportDraft, import_for, sheet_known, sheet_of, template_for

__all__ = [
    "Alike",
    "Filters",
    "FirmFile",
    "FirmRow",
    "ImportDraft",
    "LicenceRef",
    "Sort",
    "active_among",
    "active_below",
    "active_but",
    "alike",
    "answering",
    "as_firms",
    "called",
    "closed_ids",
    "coordinates",
    "duplicates_of",
    "entry_for",
    "export_rows",
    "file_for",
    "firm_by_token",
    "firm_for",
    "firms",
    "found_for",
    "gaps",
    "import_for",
    "index_of",
    "licences_of",
    "listing",
    "match",
    "paths_of_town",
    "place_names",
    "qr_token_for",
    "registered_on",
    "responsible_for",
    "sheet_known",
    "sheet_of",
    "tallies",
    "template_for",
    "villages_of",
    "waiting_for",
]
