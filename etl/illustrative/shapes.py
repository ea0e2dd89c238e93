"""From totals of windows to months: seasons, a smooth level between windows, and noise.

Everything is whole-number arithmetic on a seeded generator, so that the same bytes come out on
every platform. Each series has a generator of its own: changing one leaves the others alone.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SEED = 20100131
FIRST_YEAR, FIRST_MONTH = 2006, 4
MONTHS_A_YEAR = 12

#: How busy each calendar month is, January first; 100 is usual. Made up, after the seasons that
#: recorded crime is known for: burglary in the dark months, violence in the warm ones.
SHAPES: dict[str, tuple[int, ...]] = {
    "even": (100,) * MONTHS_A_YEAR,
    "winter": (113, 105, 101, 94, 90, 87, 89, 91, 97, 105, 115, 113),
    "vehicle": (108, 102, 102, 97, 96, 95, 94, 96, 99, 106, 108, 97),
    "summer": (89, 89, 98, 102, 108, 110, 112, 108, 100, 100, 95, 95),
    "night_life": (88, 92, 97, 98, 102, 102, 104, 103, 104, 109, 101, 112),
    "damage": (93, 92, 104, 108, 107, 102, 101, 98, 97, 108, 106, 89),
    "fire": (80, 82, 105, 112, 110, 105, 108, 104, 96, 112, 118, 76),
    "trade": (93, 92, 99, 98, 101, 102, 103, 102, 101, 104, 105, 103),
    "streets": (82, 84, 96, 105, 110, 113, 120, 118, 102, 108, 96, 76),
    "school": (98, 100, 104, 97, 105, 106, 96, 84, 98, 106, 108, 96),
    "work": (94, 98, 104, 100, 103, 104, 106, 98, 104, 106, 102, 84),
}

_PER_MILLE = 1000
#: Variation of a month beyond that of chance, in thousandths of its level.
_OVERDISPERSION = 30
_DRAWS = 3  # the sum of three even draws from -s to s has a standard deviation of s
_LEVEL_SCALE = 1_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """Months that have to add up to a total.

    Attributes:
        first: Its first month, counted from April 2006 (0).
        months: How many.
        total: What they add up to.
    """

    first: int
    months: int
    total: int


def month_text(index: int) -> str:
    """Return a month, counted from April 2006, as the template writes it: "2009-12"."""
    ordinal = FIRST_YEAR * MONTHS_A_YEAR + FIRST_MONTH - 1 + index
    return f"{ordinal // MONTHS_A_YEAR}-{ordinal % MONTHS_A_YEAR + 1:02d}"


def generator_of(*names: str) -> np.random.Generator:
    """Return the generator of one series, by the names of its area and measure."""
    return np.random.Generator(np.random.PCG64([SEED, zlib.crc32("/".join(names).encode())]))


def season(shape: str, first: int, months: int) -> int:
    """Return how busy some months are together; a usual month counts 100."""
    return sum(_season_of(shape, month) for month in range(first, first + months))


def _season_of(shape: str, month: int) -> int:
    return SHAPES[shape][(FIRST_MONTH - 1 + month) % MONTHS_A_YEAR]


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Return whole numbers in proportion to the weights that add up to the total exactly.

    Largest remainders get what rounding down leaves over; of equal ones the first.

    Raises:
        ValueError: The weights add up to nothing.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights must add up to more than zero")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def months_of(windows: Sequence[Window], shape: str, random: np.random.Generator) -> list[int]:
    """Return monthly counts whose windows add up to their totals.

    Args:
        windows: End to end, in order.
        shape: One of `SHAPES`.
        random: Draws the noise: that of chance for the size of the count, and a little more.
    """
    levels = [
        window.total * _LEVEL_SCALE // season(shape, window.first, window.months)
        for window in windows
    ]
    middles = [2 * window.first + window.months - 1 for window in windows]
    counts: list[int] = []
    for window in windows:
        noise = _noise(random, window)
        weights = [
            _season_of(shape, month) * _level_at(2 * month, middles, levels) * noise[i]
            for i, month in enumerate(range(window.first, window.first + window.months))
        ]
        counts += share_out(window.total, weights)
    return counts


def _level_at(place: int, middles: list[int], levels: list[int]) -> int:
    """Return the level on the line between the middles of two windows; beyond them the nearest."""
    if place <= middles[0]:
        return levels[0]
    for i in range(1, len(middles)):
        before, after = middles[i - 1], middles[i]
        if place <= after:
            rise = (levels[i] - levels[i - 1]) * (place - before)
            return levels[i - 1] + rise // (after - before)
    return levels[-1]


def _noise(random: np.random.Generator, window: Window) -> list[int]:
    a_month = max(1, window.total // window.months)
    spread = math.isqrt(_PER_MILLE**2 // a_month + _OVERDISPERSION**2)
    spread = min(spread, _PER_MILLE // (_DRAWS + 1))
    draws = random.integers(-spread, spread, size=(window.months, _DRAWS), endpoint=True)
    return [_PER_MILLE + int(drawn) for drawn in draws.sum(axis=1)]
