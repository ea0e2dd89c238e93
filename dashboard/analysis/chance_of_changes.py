"""Changes of many indicators and areas at once, each with the test whether chance explains it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from dashboard.analysis.kept import kept
from dashboard.analysis.picture import Picture
from dashboard.metrics.chance import exact_conditional_test
from dashboard.metrics.dispersion import dispersion_between
from dashboard.metrics.periods import windows_for
from dashboard.metrics.series_dispersion import dispersions_of
from dashboard.metrics.windows import totals_over

INDICATOR = "indicator_id"
PARTNERSHIP = "partnership"
#: Before the first and after the last of all figures.
EVER, FOREVER = date(1, 1, 1), date(9999, 12, 31)


def changes_with_chance(
    figures: pd.DataFrame, by: Sequence[str], as_at: str | pd.Period, basis: str
) -> pd.DataFrame:
    """Return the change of every series on a basis, with its p-value.

    Each series is as uneven as its own months, quarters or years ending each quarter up to as at
    were. Where there are too few of those, as uneven as the areas' changes of the same indicator
    are among each other.

    Args:
        figures: the columns of ``by``, period_start, period_kind, value (a count).
        by: what tells the series apart: indicator_id, and area_code where there are several.
        as_at: the last month that counts.
        basis: month, quarter, ytd or rolling_year.

    Returns:
        The columns of ``by``, current, previous (NaN where incomplete), dispersion (1 where there
        is nothing to tell it from) and p_value (two-sided; NaN without both figures).
    """
    both = _both_windows(figures, list(by), as_at, basis)
    now, _ = windows_for(basis, as_at)
    own = dispersions_of(figures, by, now.last_month, now)
    between = _dispersion_among(both)
    factor = np.where(own.is_estimated, own.factor, both[INDICATOR].map(between).fillna(1.0))
    p = exact_conditional_test(both["previous"], both["current"], dispersion=factor)
    return both.assign(dispersion=factor, p_value=p)


@kept
def kind_of_area(picture: Picture) -> str:
    """Return what the picture's area is among areas: a partnership, where nothing says otherwise.

    A police force is no measure of partnerships, nor they of it: real differences between areas
    grow with their size.
    """
    areas = picture.warehouse.frame("areas")
    own = areas.loc[areas["area_code"].eq(picture.area_code), "area_kind"]
    return str(own.iloc[0]) if len(own) else PARTNERSHIP


def dispersion_among_areas(
    picture: Picture, as_at: str | pd.Period, basis: str, kind: str = PARTNERSHIP
) -> dict[str, float]:
    """Return how uneven each indicator's change is among all areas of a kind, by indicator.

    Indicators that too few of them have figures of are left out.
    """
    return _dispersion_among(_among_areas(picture, as_at, basis, kind))


def _both_windows(
    figures: pd.DataFrame, by: list[str], as_at: str | pd.Period, basis: str
) -> pd.DataFrame:
    keys, totals = totals_over(figures, by, windows_for(basis, as_at))
    return keys.assign(current=totals[:, 0], previous=totals[:, 1])


def _dispersion_among(changes: pd.DataFrame) -> dict[str, float]:
    """Return the factor of each indicator, from how differently its areas changed."""
    found = {
        str(indicator): dispersion_between(own["previous"], own["current"])
        for indicator, own in changes.groupby(INDICATOR)
    }
    return {name: float(each.factor) for name, each in found.items() if each.is_estimated}


def _among_areas(picture: Picture, as_at: str | pd.Period, basis: str, kind: str) -> pd.DataFrame:
    """Return how every indicator changed in every area of a kind that has figures."""
    areas = picture.warehouse.frame("areas")
    places = areas.loc[areas["area_kind"].eq(kind), "area_code"].tolist()
    now, before = windows_for(basis, as_at)
    figures = picture.warehouse.frame(
        "counts_of_areas", areas=places, since=before.first_day, until=now.last_day
    )
    return _both_windows(figures, ["area_code", INDICATOR], as_at, basis)
