"""Periods that are left out of a series which comes at regular steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

REGULAR_FROM = 0.5
"""A series is regular where so large a share of its steps is equally long; surveys often are not.

Our own choice: with fewer than half alike there is no step that a reader would miss."""


def left_out(months: Sequence[int]) -> list[int]:
    """Return the months at which a figure would be expected between the first and the last.

    The step of a series is the one that it takes most often, the shorter of two as frequent. Where
    it begins with two steps or more of another, longer length, it was published less often then,
    and nothing is missing there. A series whose steps are mostly unlike has no month left out.

    Args:
        months: Of the figures, counted in months from any one (`Period.ordinal`); rising.

    Returns:
        In order; none of fewer than three figures, since one step alone says nothing.
    """
    at = np.asarray(months, dtype=int)
    steps = np.diff(at)
    if len(steps) < 2:  # noqa: PLR2004 - one step has none to be compared with
        return []
    lengths, counts = np.unique(steps, return_counts=True)
    usual = int(lengths[counts.argmax()])
    if counts.max() < REGULAR_FROM * len(steps):
        return []
    begin = _published_less_often(steps, usual)
    ends = zip(at[begin:-1], at[begin + 1 :], strict=True)
    return [int(month) for first, last in ends for month in range(first + usual, last, usual)]


def _published_less_often(steps: np.ndarray, usual: int) -> int:
    """Return how many steps at the beginning are of another length, all the same; 0 of one."""
    alike = int(np.argmax(np.append(steps, -1) != steps[0]))
    return alike if steps[0] > usual and alike > 1 else 0
