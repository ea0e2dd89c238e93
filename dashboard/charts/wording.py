"""Numbers, months and gaps as people read them; used by charts, tables and sentences alike.

Percentages have no decimal place in text and one in tables; negative numbers carry a real minus
sign; what is missing is said in words.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd

from dashboard.metrics.periods import month_label
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.rounding import as_number, round_half_up

Unit = Literal["count", "rate", "percent", "change", "percent_change", "rank"]
"""How a number is written; "change" and "percent_change" carry a sign."""

Month = date | pd.Timestamp | pd.Period

MINUS = "\N{MINUS SIGN}"
NOT_GIVEN = "not given"
NO_FIGURE = "no figure"
NO_DATA = "no data"

IN_TEXT: dict[Unit, int] = {"rate": 1}
"""Decimal places in a sentence or a label; none where it does not say."""
IN_TABLE: dict[Unit, int] = {"rate": 1, "percent": 1, "percent_change": 1}
"""Decimal places in a table; none where it does not say."""

_SIGNED = {"change", "percent_change"}
_PER_CENT = {"percent", "percent_change"}


def number_text(
    value: float | None,
    unit: Unit = "count",
    *,
    places: int | None = None,
    missing: str = NO_FIGURE,
) -> str:
    """Return a number as text: "3,114", "12%", "−6.6%", "+312", "13th".

    Args:
        value: The number; a percentage is a number of percent (12, not 0.12).
        unit: How it is written.
        places: Decimal places; those of text (`IN_TEXT`) when not given.
        missing: What is said when there is no number.
    """
    number = as_number(value)
    if number is None:
        return missing
    if unit == "rank":
        return ordinal(int(number))
    decimals = IN_TEXT.get(unit, 0) if places is None else places
    rounded = round_half_up(number, decimals)
    digits = f"{abs(rounded):,.{max(decimals, 0)}f}"
    sign = MINUS if rounded < 0 else "+" if rounded > 0 and unit in _SIGNED else ""
    return f"{sign}{digits}{'%' if unit in _PER_CENT else ''}"


def pounds_text(pounds: float | None, *, missing: str = NOT_GIVEN) -> str:
    """Return a sum of money in whole pounds: "£2,997,500"; "not given" without one."""
    number = as_number(pounds)
    return missing if number is None else f"£{number_text(number)}"


SMALL_RATE, PLACES_OF_SMALL = 10, 2


def places_of_small(value: float | None, unit: Unit) -> int | None:
    """Return two places for a small rate, so that it can be told from others; else None."""
    number = as_number(value)
    is_small = unit == "rate" and number is not None and abs(number) < SMALL_RATE
    return PLACES_OF_SMALL if is_small else None


def table_text(value: float | None, unit: Unit, *, missing: str = NO_FIGURE) -> str:
    """Return a number as a table has it: percentages to one place."""
    return number_text(value, unit, places=IN_TABLE.get(unit, 0), missing=missing)


def change_text(number: float | None, percent: float | None) -> str:
    """Return number and percent: "−312 (−12%)"; the number alone where percent is withheld."""
    text = number_text(number, "change")
    return (
        text if as_number(percent) is None else f"{text} ({number_text(percent, 'percent_change')})"
    )


def moved_text(percent: float | None) -> str:
    """Return what happened as a verb: "fell 12%", "rose 3%", "did not change"."""
    known = as_number(percent)
    if known is None:
        return "cannot be compared"
    rounded = round_half_up(known)
    if rounded == 0:
        return "did not change" if known == 0 else "changed by less than 1%"
    return f"{'fell' if rounded < 0 else 'rose'} {number_text(abs(rounded), 'percent')}"


def rank_text(rank: int | None, of: int, with_data: int | None = None) -> str:
    """Return a place in a group: "13th of 15", "13th of 15 (14 with data)", "not ranked of 15"."""
    place = "not ranked" if rank is None or pd.isna(rank) else ordinal(int(rank))
    part = "" if with_data is None or with_data == of else f" ({with_data} with data)"
    return f"{place} of {of}{part}"


def suppressed_text(threshold: int) -> str:
    """Return what stands for a count that is too small to show: "fewer than 5"."""
    return f"fewer than {threshold}"


def month_text(month: Month) -> str:
    """Return a month in short: "Dec 2009"."""
    return f"{month.strftime('%b')} {month.year}"


def months_table(months: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the path and the figures of months (month, path, actual), readable, a row each."""
    numbers = months[["path", "actual"]].astype(float).set_axis(["Path", measure], axis=1)
    return pd.concat([months["month"].map(month_text).rename("Month"), numbers], axis=1)


def day_text(day: date | pd.Timestamp) -> str:
    """Return a day: "24 April 2025"."""
    return f"{day.day} {month_label(day)}"
