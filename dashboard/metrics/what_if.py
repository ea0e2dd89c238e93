"""What a total would be if one of its parts stood elsewhere. Arithmetic, not a forecast."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.metrics.percent import percent_change
from dashboard.metrics.polarity import is_at_least_as_good
from dashboard.metrics.rounding import as_number


@dataclass(frozen=True)
class WhatIf:
    """A total with one part replaced, all else as it is."""

    whole: float
    part: float
    replaced_by: float
    result: float
    """whole - part + replaced_by."""
    change: float
    """result - whole."""
    percent: float | None
    """100 * change / whole; None when the whole is 0."""


@dataclass(frozen=True)
class WhatIfYear:
    """A financial year to its end, as things go and with a part replaced from here on."""

    counted: float
    """The whole, April up to as at."""
    as_things_go: float
    with_part_replaced: float


def replace_part(whole: float, part: float, replaced_by: float) -> WhatIf:
    """A total with the figure of one of its parts replaced.

    Args:
        whole: the total over a window.
        part: the part's count over the same window, counted in the whole.
        replaced_by: what the part would count in a window of that length.

    Raises:
        ValueError: the part is larger than its whole, or the replacement is below zero.
    """
    if part > whole:
        raise ValueError(f"a part ({part:,.0f}) cannot be larger than its whole ({whole:,.0f})")
    if replaced_by < 0:
        raise ValueError(f"a count cannot be below zero, and this is {replaced_by:,.0f}")
    result = whole - part + replaced_by
    percent = as_number(float(percent_change(result, whole)))
    return WhatIf(whole, part, replaced_by, result, result - whole, percent)


def year_with_part_replaced(
    counted: tuple[float, float], last_year: tuple[float, float], rest: tuple[float, float, float]
) -> WhatIfYear:
    """The total of a year when, in the months left, a part stands elsewhere.

    As things go, the months left of last year are multiplied by this year so far over the same
    months of last year, for the part and for everything else alone. With the part replaced, only
    its months left are those given.

    Args:
        counted: this year so far: (everything else, the part).
        last_year: the same months of last year: (everything else, the part).
        rest: the months left: (everything else last year, the part last year, the part as
            replaced).

    Raises:
        ValueError: last year has nothing in the months so far, of one while there is some in the
            rest: no ratio can be had.
    """
    others, part = (_going_on(*each) for each in zip(counted, last_year, rest[:2], strict=True))
    so_far = sum(counted)
    return WhatIfYear(so_far, so_far + others + part, so_far + others + rest[2])


def _going_on(now: float, before: float, rest: float) -> float:
    """What is left of last year, times this year so far over the same months of last year."""
    if rest == 0:
        return 0.0
    if before <= 0:
        raise ValueError("last year counted nothing in these months, so no ratio can be had")
    return rest * now / before


def would_meet(result: float, level: float | None, lower_is_better: bool) -> bool | None:
    """True when a result is at least as good as a goal or a path; None without a level."""
    return None if level is None else bool(is_at_least_as_good(result, level, lower_is_better))
