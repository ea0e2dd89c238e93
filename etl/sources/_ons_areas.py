"""What a row of an ONS crime table is about, and codes of the Government Statistical Service."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Country letter, kind of area, number.
AREA_CODE = re.compile(r"[EWK][0-9]{8}")
#: Kind of area by the first characters of its code.
KIND_BY_CODE = {
    "E12": "region",
    "E92": "country",
    "W92": "country",
    "K04": "country",
    "E23": "force",
    "W15": "force",
}
ASK_FOR_CODE = "write the code as the Office for National Statistics publishes it"


class PlaceError(Exception):
    """A row does not say what it is about; carries the column, the rule and what to do."""

    def __init__(self, column: str, rule: str, what_to_do: str) -> None:
        """Keep what a problem needs; `column` is one of the table's place columns."""
        super().__init__(rule)
        self.column, self.rule, self.what_to_do = column, rule, what_to_do


@dataclass(frozen=True, slots=True)
class Place:
    """One area, with the fields of `etl.sources.AREA_COLUMNS`."""

    area_code: str
    area_name: str
    area_kind: str
    force_code: str
    force_name: str
    local_authority_codes: str
