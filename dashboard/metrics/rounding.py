"""Rounding as documents round: half away from zero, to any number of places."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

DIGITS_KEPT = 9
"""Decimal places kept before rounding, so that 28.499999999999996 (0.285 * 100) counts as 28.5."""


def round_half_up(value: float, decimals: int = 0) -> float:
    """Round a half away from zero, as printed documents do (12.5 to 13, -12.5 to -13).

    Python's own ``round`` takes a half to the even neighbour and would give 12.

    Args:
        value: a finite number.
        decimals: places after the point; negative for tens (-1), hundreds (-2) and so on.

    Returns:
        The rounded number; never minus zero.

    Raises:
        ValueError: the value is missing or infinite.
    """
    if not math.isfinite(value):
        raise ValueError(f"only a finite number can be rounded, not {value}")
    exact = Decimal(format(value, f".{DIGITS_KEPT}f"))
    step = Decimal(1).scaleb(-decimals)
    rounded = (exact / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    return float(rounded) + 0.0


def in_words_number(value: float, decimals: int = 0) -> str:
    """Write a number with thousands separators and at most so many places: 3114.0 to "3,114"."""
    text = f"{round_half_up(value, decimals):,.{max(decimals, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_number(value: float | None) -> float | None:
    """Give a float, or None for any of the ways in which a figure is missing (`pd.NA` too)."""
    if value is None or value is pd.NA or math.isnan(value):
        return None
    return float(value)


def as_whole_number(value: float | None) -> int | None:
    """Give a whole number, or None where it is missing; see :func:`as_number`."""
    known = as_number(value)
    return None if known is None else int(known)
