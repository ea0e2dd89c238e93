"""What indicators are added up from: their alternatives, as parts and the measures of each part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from etl.catalogue.indicator import ANY_OF, Indicator, Numerator
from etl.offences import GROUP_SCHEME, Classification

COLUMNS = {
    "indicator_id": "str",
    "alternative": "int64",
    "part": "str",
    "parts_needed": "int64",
    "measure_code": "str",
    "first_month": "int64",
    "last_month": "int64",
}
#: Months of measures that were always counted, or still are.
ALWAYS_FROM, ALWAYS_TO = 0, 999_999
_MONTHS_IN_YEAR = 12


def numerator_table(indicators: Iterable[Indicator], offences: Classification) -> pd.DataFrame:
    """Return one row for each indicator, alternative, part and measure, with `COLUMNS`.

    A part is a measure, or several of which a publication prints those that were counted then: the
    codes of a group of offences, or what one classification was replaced by. first_month and
    last_month say when a measure was counted, as 12 * year + month.

    Args:
        indicators: The indicators.
        offences: The offence classification, with the codes that only files have.
    """
    validity = offences.validity()
    rows = [
        (indicator.id, position, part, len(parts), measure, *_months(validity.get(measure)))
        for indicator in indicators
        for position, numerator in enumerate(indicator.numerator)
        for parts in (parts_of(numerator, offences),)
        for part, measures in parts.items()
        for measure in measures
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def parts_of(numerator: Numerator, offences: Classification) -> dict[str, list[str]]:
    """Return the measures of each part of a numerator."""
    parts: dict[str, list[str]] = {}
    for named in numerator.measures:
        if named.startswith(GROUP_SCHEME):
            parts |= offences.parts(named.removeprefix(GROUP_SCHEME))
        else:
            parts[named] = [measure.strip() for measure in named.split(ANY_OF)]
    return parts


def _months(days: tuple[str, str] | None) -> tuple[int, int]:
    first, last = days or ("", "")
    return _month(first, ALWAYS_FROM), _month(last, ALWAYS_TO)


def _month(day: str, otherwise: int) -> int:
    if not day:
        return otherwise
    when = date.fromisoformat(day)
    return when.year * _MONTHS_IN_YEAR + when.month
