"""Solves the window totals that the facts ask for, and makes Southampton's monthly counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.illustrative import facts
from etl.illustrative.facts import Part, Quarterly, Yearly
from etl.illustrative.shapes import Window, generator_of, months_of, season

SUMMERS = (0, 12, 24, 36)  # April to December of 2006 to 2009
WINTERS = (9, 21, 33)  # January to March of 2007 to 2009
SUMMER_MONTHS, WINTER_MONTHS, QUARTER_MONTHS = 9, 3, 3
_PER_CENT = 100


def totals_by_change(size: int, changes: Sequence[float]) -> list[int]:
    """Return the totals of April to December 2006 to 2009 from that of 2008 and three changes."""
    in_2007 = round(size / (1 + changes[1] / _PER_CENT))
    in_2006 = round(in_2007 / (1 + changes[0] / _PER_CENT))
    return [in_2006, in_2007, size, round(size * (1 + changes[2] / _PER_CENT))]


def windows_of(
    summers: Sequence[int], shape: str, winters: Sequence[float] | None = None
) -> list[Window]:
    """Return the seven windows of a series whose Aprils to Decembers are known.

    Args:
        summers: Totals of April to December 2006 to 2009.
        shape: Its season.
        winters: Percent changes of January to March 2008 and 2009; without them each winter is as
            busy as the season makes it at the mean level of the summers beside it.
    """
    levels = [
        total / season(shape, first, SUMMER_MONTHS)
        for total, first in zip(summers, SUMMERS, strict=True)
    ]
    cold = [
        round((levels[i] + levels[i + 1]) / 2 * season(shape, first, WINTER_MONTHS))
        for i, first in enumerate(WINTERS)
    ]
    for i, change in enumerate(winters or ()):
        cold[i + 1] = round(cold[i] * (1 + change / _PER_CENT))
    windows = [Window(first, SUMMER_MONTHS, n) for first, n in zip(SUMMERS, summers, strict=True)]
    windows += [Window(first, WINTER_MONTHS, n) for first, n in zip(WINTERS, cold, strict=True)]
    return sorted(windows, key=lambda window: window.first)


def southampton_counts() -> dict[str, list[int]]:
    """Return the monthly counts of Southampton, April 2006 on, by measure without scheme."""
    windows = {each.measure: _windows_by_change(each) for each in facts.CRIME_TYPES + facts.COUNTS}
    shapes = {each.measure: each.shape for each in facts.CRIME_TYPES + facts.COUNTS}
    windows[facts.REMAINDER], shapes[facts.REMAINDER] = _remainder(windows), "trade"
    for part in facts.PARTS:
        windows[part.measure], shapes[part.measure] = _windows_of_part(part, windows), part.shape
    for count in facts.BY_QUARTER:
        windows[count.measure], shapes[count.measure] = _quarters(count), count.shape
    return {
        measure: months_of(windows[measure], shapes[measure], generator_of(facts.AREA, measure))
        for measure in sorted(windows)
    }


def _windows_by_change(count: Yearly) -> list[Window]:
    return windows_of(totals_by_change(count.size, count.changes), count.shape, count.winters)


def _remainder(windows: Mapping[str, list[Window]]) -> list[Window]:
    """Return what is left of all crime for the crime type that takes the rest."""
    others = [totals_by_change(each.size, each.changes) for each in facts.CRIME_TYPES]
    whole = totals_by_change(facts.ALL_CRIME_SIZE, facts.ALL_CRIME_CHANGES)
    summers = [n - sum(parts) for n, *parts in zip(whole, *others, strict=True)]
    return windows_of(summers, "trade")


def _windows_of_part(part: Part, windows: Mapping[str, list[Window]]) -> list[Window]:
    return [
        Window(whole.first, whole.months, round(whole.total * part.percent / _PER_CENT))
        for whole in windows[part.whole]
    ]


def _quarters(count: Quarterly) -> list[Window]:
    return [
        Window(i * QUARTER_MONTHS, QUARTER_MONTHS, total) for i, total in enumerate(count.quarters)
    ]
