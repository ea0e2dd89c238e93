"""What a total would be if one of its parts stood elsewhere. Arithmetic, not a forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


class Replaced(NamedTuple):
    """Many totals, each with one part replaced."""

    result: NDArray
    """whole - part + replaced_by."""
    change: NDArray
    """result - whole."""
    percent: NDArray
    """100 * change / whole; NaN where the whole is not above 0."""


class YearsReplaced(NamedTuple):
    """Many financial years to their end; as :class:`WhatIfYear`, NaN where no ratio can be had."""

    counted: NDArray
    as_things_go: NDArray
    with_part_replaced: NDArray


def replace_part(whole: float, part: float, replaced_by: float) -> WhatIf:
    """:func:`replace_parts` of one total.

    Args:
        whole: the total over a window.
        part: the part's count over the same window, counted in the whole.
        replaced_by: what the part would count in a window of that length.

    Raises:
        ValueError: the part is larger than its whole, or the replacement is below zero.
    """
    result, change, percent = (float(each) for each in replace_parts(whole, part, replaced_by))
    return WhatIf(whole, part, replaced_by, result, change, as_number(percent))


def replace_parts(whole: ArrayLike, part: ArrayLike, replaced_by: ArrayLike) -> Replaced:
    """Many wholes, each with a part's figure replaced; a missing figure gives NaN.

    Args:
        whole: totals over a window, any shape.
        part: the parts' counts over the same window, counted in the wholes.
        replaced_by: what the parts would count in a window of that length.

    Raises:
        ValueError: a part is larger than its whole, or a replacement is below zero.
    """
    every, own, instead = (np.asarray(each, dtype=float) for each in (whole, part, replaced_by))
    own, every = np.broadcast_arrays(own, every)
    if (larger := own > every).any():
        first = own[larger][0], every[larger][0]
        raise ValueError(
            "a part ({:,.0f}) cannot be larger than its whole ({:,.0f})".format(*first)
        )
    if (instead < 0).any():
        raise ValueError(f"a count cannot be below zero, and this is {np.nanmin(instead):,.0f}")
    result = every - own + instead
    return Replaced(result, result - every, percent_change(result, every))


def year_with_part_replaced(
    counted: tuple[float, float], last_year: tuple[float, float], rest: tuple[float, float, float]
) -> WhatIfYear:
    """:func:`years_with_part_replaced` of one year.

    Args:
        counted: this year so far: (everything else, the part).
        last_year: the same months of last year: (everything else, the part).
        rest: the months left: (everything else last year, the part last year, the part as
            replaced).

    Raises:
        ValueError: last year has nothing in the months so far, of one while there is some in the
            rest: no ratio can be had.
    """
    found = years_with_part_replaced(counted, last_year, rest)
    if np.isnan(found.as_things_go) and not np.isnan([*counted, *last_year, *rest]).any():
        raise ValueError("last year counted nothing in these months, so no ratio can be had")
    return WhatIfYear(*(float(each) for each in found))


def years_with_part_replaced(
    counted: ArrayLike, last_year: ArrayLike, rest: ArrayLike
) -> YearsReplaced:
    """The totals of many years when, in the months left, a part stands elsewhere.

    As things go, the months left of last year are multiplied by this year so far over the same
    months of last year, for the part and for everything else alone. With the part replaced, only
    its months left are those given.

    Args:
        counted: this year so far, (..., 2): everything else, the part.
        last_year: the same months of last year, (..., 2).
        rest: the months left, (..., 3): everything else last year, the part last year, the part
            as replaced.

    Returns:
        Arrays of shape (...); NaN where last year has nothing in the months so far, of one while
        there is some in the rest.
    """
    now, before, left = (np.asarray(each, dtype=float) for each in (counted, last_year, rest))
    going_on = left[..., :2] * now / np.where(before > 0, before, np.nan)
    going_on = np.where(left[..., :2] == 0, 0.0, going_on)
    so_far = now.sum(axis=-1)
    others, part = going_on[..., 0], going_on[..., 1]
    return YearsReplaced(so_far, so_far + others + part, so_far + others + left[..., 2])


def would_meet(result: float, level: float | None, lower_is_better: bool) -> bool | None:
    """True when a result is at least as good as a goal or a path; None without a level.

    Of many: :func:`~dashboard.metrics.polarity.is_at_least_as_good`.
    """
    return None if level is None else bool(is_at_least_as_good(result, level, lower_is_better))
