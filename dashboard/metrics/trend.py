"""Is there a recent trend? The test of five years' values that Fingertips uses.

A weighted straight line through the last five yearly values, its slope held against its own error
(chi-square over 9.5495, p under 0.002), and called only if every line with one year left out
slopes the same way, so that no single year makes a trend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

POINTS = 5
"""Values that a recent trend looks at (Fingertips, recent trends)."""
CHI_SQUARE_LIMIT = 9.54953570608324
"""Chi-square with one degree of freedom, p = 0.002 (Fingertips, TrendMarkerCalculator)."""
WIDTH_IN_ERRORS = 3.92
"""A 95% interval is this many standard errors wide, 2 * 1.96 (Fingertips)."""
POINTS_OVERLAPPING = 8
"""Our convention: overlapping years are looked at over two years of quarters."""
QUARTERS_A_YEAR = 4
FLAT = 1e-9
"""A slope under this share of the whole line's is flat but for rounding."""
_POINTS_TO_FIT = 3
INCREASING, DECREASING = "increasing", "decreasing"
NO_CHANGE, CANNOT_CALCULATE = "no significant change", "cannot be calculated"
BETTER, WORSE = "getting better", "getting worse"


@dataclass(frozen=True)
class RecentTrend:
    """The trend of each series; arrays of the series' shape, NaN where it cannot be calculated."""

    slope: NDArray
    """Per step from one value to the next, in the unit of the values."""
    chi_square: NDArray
    p_value: NDArray
    signs_agree: NDArray
    """True where all lines with one value left out slope as the whole does."""
    word: NDArray
    """"increasing", "decreasing", "no significant change" or "cannot be calculated"."""

    def in_words(self, lower_is_better: bool) -> NDArray:
        """The words with what they mean: "increasing and getting worse"."""
        rise, fall = (WORSE, BETTER) if lower_is_better else (BETTER, WORSE)
        words = {INCREASING: f"{INCREASING} and {rise}", DECREASING: f"{DECREASING} and {fall}"}
        flat = [words.get(word, word) for word in np.ravel(self.word).tolist()]
        return np.array(flat, dtype=object).reshape(np.shape(self.word))[()]


def recent_trend(values: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> RecentTrend:
    """The recent trend of values that do not overlap, such as years.

    weight = (3.92 / (upper - lower))^2; slope and its error s of the weighted least-squares line
    over 1 to 5; chi-square = (slope / s)^2 (Fingertips, trend marker definition). With fewer than
    five values, or a value or an interval missing or of no width among the last five, it cannot
    be calculated. A line with one value left out that is flat shares no sign (Fingertips' code
    counts it as upwards, so that a rise could be called where the same fall is not).

    Args:
        values: (…, years), equally spaced, oldest first; more than five are cut to the last.
        lower: lower 95% limits, same shape.
        upper: upper 95% limits, same shape.

    Raises:
        ValueError: the three differ in shape.
    """
    y, errors = _errors(values, lower, upper, POINTS)
    precision = np.zeros((*y.shape, y.shape[-1]))
    at = np.arange(y.shape[-1])
    with np.errstate(divide="ignore"):
        precision[..., at, at] = errors**-2.0
    return _trend(y, precision, POINTS)


def recent_trend_overlapping(values: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> RecentTrend:
    """The recent trend of rolling totals that share periods, such as years ending each quarter.

    Two years that end k quarters apart share 4 - k of their quarters: their errors correlate by
    1 - k/4. Where there are values enough, every fourth back from the last is taken, which share
    nothing, and the test is :func:`recent_trend`. With less history the last eight are fitted by
    generalised least squares with that correlation (Aitken 1935), on the same limit; the
    leave-one-out lines use the same weights. Without the correlation such a series would be called
    a trend far too often.

    Args:
        values: (…, quarters), oldest first.
        lower: lower 95% limits, same shape.
        upper: upper 95% limits, same shape.

    Returns:
        The trend, its slope per step of the values used (a year, or a quarter).

    Raises:
        ValueError: the three differ in shape.
    """
    y = np.asarray(values, dtype=float)
    if y.shape[-1] > (POINTS - 1) * QUARTERS_A_YEAR:
        last = slice(None, None, -QUARTERS_A_YEAR)
        three = (np.asarray(each, dtype=float)[..., last][..., ::-1] for each in
                 (values, lower, upper))  # fmt: skip
        return recent_trend(*three)
    y, errors = _errors(values, lower, upper, POINTS_OVERLAPPING)
    points = np.arange(y.shape[-1])
    apart = np.abs(points[:, None] - points[None, :])
    covariance = (
        np.maximum(0.0, 1 - apart / QUARTERS_A_YEAR) * errors[..., :, None] * errors[..., None, :]
    )
    known = np.isfinite(covariance).all(axis=(-1, -2))
    safe = np.where(known[..., None, None], covariance, np.eye(len(points)))
    precision = np.where(known[..., None, None], np.linalg.inv(safe), np.nan)
    return _trend(y, precision, POINTS_OVERLAPPING)


def _errors(
    values: ArrayLike, lower: ArrayLike, upper: ArrayLike, points: int
) -> tuple[NDArray, NDArray]:
    """The last values and their standard errors, NaN where an interval has no width."""
    y, low, high = (np.asarray(each, dtype=float) for each in (values, lower, upper))
    if not y.shape == low.shape == high.shape:
        raise ValueError("values, lower and upper limits are of one shape")
    y, low, high = (np.atleast_1d(each)[..., -points:] for each in (y, low, high))
    return y, np.where(high > low, high - low, np.nan) / WIDTH_IN_ERRORS


def _slope(y: NDArray, precision: NDArray) -> tuple[NDArray, NDArray]:
    """Slope of the generalised least-squares line over 1, 2, … and its standard error."""
    x = np.arange(1.0, y.shape[-1] + 1)
    one = precision.sum(axis=(-1, -2))
    sum_x = (precision @ x).sum(axis=-1)
    sum_xx = (precision @ x) @ x
    sum_y = (precision @ y[..., None])[..., 0].sum(axis=-1)
    sum_xy = (precision @ y[..., None])[..., 0] @ x
    spread = one * sum_xx - sum_x**2
    return (one * sum_xy - sum_x * sum_y) / spread, np.sqrt(one / spread)


def _trend(y: NDArray, precision: NDArray, points: int) -> RecentTrend:
    with np.errstate(invalid="ignore", divide="ignore"):
        slope, error = _slope(y, precision)
        chi_square = (slope / error) ** 2
        agree = np.ones(slope.shape, dtype=bool)
        for left_out in range(y.shape[-1] if y.shape[-1] >= _POINTS_TO_FIT else 0):
            kept = np.ones(y.shape[-1])
            kept[left_out] = 0.0
            partial, _ = _slope(y, precision * kept[:, None] * kept[None, :])
            agree &= partial * np.sign(slope) > FLAT * np.abs(slope)
    known = np.isfinite(chi_square) & (y.shape[-1] >= points)
    called = known & agree & (chi_square > CHI_SQUARE_LIMIT)
    words = np.select(
        [~known, called & (slope < 0), called],
        [CANNOT_CALCULATE, DECREASING, INCREASING],
        default=NO_CHANGE,
    )
    blank = np.where(known, 0.0, np.nan)
    p_value = chdtrc(1, chi_square)
    return RecentTrend(
        (slope + blank)[()], (chi_square + blank)[()], (p_value + blank)[()], (agree & known)[()],
        words.astype(object)[()],
    )  # fmt: skip
