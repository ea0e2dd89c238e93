"""Changes of many indicators and areas at once, each with the test whether chance explains it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.metrics.chance import exact_conditional_test
from dashboard.metrics.dispersion import NO_OVERDISPERSION, dispersion_between
from dashboard.metrics.periods import Window, windows_for
from dashboard.metrics.series_dispersion import dispersions_of
from dashboard.metrics.windows import totals_over
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse

INDICATOR = "indicator_id"
PARTNERSHIP = "partnership"
#: Before the first and after the last of all figures.
EVER, FOREVER = date(1, 1, 1), date(9999, 12, 31)
SERIES = ["source_id", "period_kind"]


def changes_with_chance(
    warehouse: Warehouse, figures: pd.DataFrame, as_at: str | pd.Period, basis: str
) -> pd.DataFrame:
    """Return the change of every series on a basis, with its p-value.

    Each series is as uneven as its own months, quarters or years ending each quarter up to as at
    were. Where there are too few of those, as uneven as the same source's and frequency's changes
    are among all partnerships.

    Args:
        warehouse: A published database.
        figures: area_code, indicator_id, source_id, period_kind, period_start, value (a count):
            one series of each area and indicator.
        as_at: the last month that counts.
        basis: month, quarter, ytd or rolling_year.

    Returns:
        area_code, indicator_id, `SERIES`, current, previous (NaN where incomplete), dispersion (1
        where there is nothing to tell it from) and p_value (two-sided; NaN without both figures).
    """
    by, windows = ["area_code", INDICATOR], windows_for(basis, as_at)
    names = figures[[*by, *SERIES]].drop_duplicates()
    both = _both_windows(figures, by, windows).merge(names, on=by)
    found = dispersions_of(figures, by, windows[0].last_month, windows[0])
    own = np.where(found.is_estimated, found.factor, np.nan)
    lacking = both.loc[np.isnan(own), SERIES].drop_duplicates()
    among = {
        (indicator, *series): factor
        for series in lacking.itertuples(index=False, name=None)
        for indicator, factor in dispersion_among_areas(
            warehouse, series[0], series[1], windows
        ).items()
    }
    keys = zip(both[INDICATOR], *(both[each] for each in SERIES), strict=True)
    factor = np.where(np.isnan(own), [among.get(key, NO_OVERDISPERSION) for key in keys], own)
    p = exact_conditional_test(both["previous"], both["current"], dispersion=factor)
    return both.assign(dispersion=factor, p_value=p)


@cached_per_build
def kind_of_area(view: AreaView) -> str:
    """Return what the view's area is among areas: a partnership, where nothing says otherwise.

    A police force is no measure of partnerships, nor they of it: real differences between areas
    grow with their size.
    """
    areas = view.warehouse.frame("areas")
    own = areas.loc[areas["area_code"].eq(view.area_code), "area_kind"]
    return str(own.iloc[0]) if len(own) else PARTNERSHIP


@cached_per_build
def dispersion_among_areas(
    warehouse: Warehouse,
    source: str,
    frequency: str,
    windows: tuple[Window, Window],
    kind: str = PARTNERSHIP,
) -> dict[str, float]:
    """Return how uneven each indicator's change is among all areas of a kind, by indicator.

    Of one source's series of one frequency, between two windows, the later first. Indicators that
    too few of the areas have figures of are left out.
    """
    areas = warehouse.frame("areas")
    places = areas.loc[areas["area_kind"].eq(kind), "area_code"].tolist()
    figures = warehouse.frame(
        "counts_of_areas", areas=places, since=min(each.first_day for each in windows),
        until=max(each.last_day for each in windows), source=source, frequency=frequency,
    )  # fmt: skip
    changes = _both_windows(figures, ["area_code", INDICATOR], windows)
    found = {
        str(indicator): dispersion_between(own["previous"], own["current"])
        for indicator, own in changes.groupby(INDICATOR)
    }
    return {name: float(each.factor) for name, each in found.items() if each.is_estimated}


def _both_windows(
    figures: pd.DataFrame, by: list[str], windows: tuple[Window, Window]
) -> pd.DataFrame:
    keys, totals = totals_over(figures, by, windows)
    return keys.assign(current=totals[:, 0], previous=totals[:, 1])
