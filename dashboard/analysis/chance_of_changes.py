"""Changes of many indicators and areas at once, each with the test whether chance explains it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.metrics.chance import exact_conditional_test
from dashboard.metrics.dispersion import dispersion_at
from dashboard.metrics.periods import windows_for
from dashboard.metrics.series_dispersion import histories_of
from dashboard.metrics.windows import totals_over
from dashboard.store.cache import cached_per_build

AREA, INDICATOR = "area_code", "indicator_id"
PARTNERSHIP = "partnership"
#: Before the first and after the last of all figures.
EVER, FOREVER = date(1, 1, 1), date(9999, 12, 31)


def changes_with_chance(figures: pd.DataFrame, as_at: str | pd.Period, basis: str) -> pd.DataFrame:
    """Return the change of every series on a basis, with its p-value.

    Args:
        figures: area_code, indicator_id, period_kind, period_start, value (a count): one series of
            each area and indicator.
        as_at: the last month that counts.
        basis: month, quarter, ytd or rolling_year.

    Returns:
        area_code, indicator_id, current, previous (NaN where incomplete), dispersion (as
        `dashboard.analysis.significance.factor_of` has it; NaN with neither figure) and p_value
        (two-sided; NaN without both).
    """
    by, windows = [AREA, INDICATOR], windows_for(basis, as_at)
    keys, totals = totals_over(figures, by, windows)
    both = keys.assign(current=totals[:, 0], previous=totals[:, 1])
    size = both[["current", "previous"]].mean(axis=1)
    history = histories_of(figures, by, windows[0].last_month)
    factor = dispersion_at(size, both[INDICATOR], history)
    p = exact_conditional_test(both["previous"], both["current"], dispersion=factor)
    return both.assign(dispersion=factor, p_value=p)


@cached_per_build
def kind_of_area(view: AreaView) -> str:
    """Return what the view's area is among areas: a partnership, where nothing says otherwise."""
    areas = view.warehouse.frame("areas")
    own = areas.loc[areas["area_code"].eq(view.area_code), "area_kind"]
    return str(own.iloc[0]) if len(own) else PARTNERSHIP
