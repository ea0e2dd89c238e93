"""Series: one indicator in one area, from one source, at one frequency, in one set of figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard.metrics import headline
from dashboard.metrics.headline import Candidate, in_headline_order
from dashboard.metrics.periods import MONTHS_A_YEAR, month_at
from dashboard.metrics.windows import SPAN_MONTHS, SURVEY_WAVE, month_ordinals

ILLUSTRATIVE, REAL = "illustrative", "real"
"""The two sets of figures; they are never beside each other in a series, a rank or a table."""
FOREVER = np.iinfo("int64").max


@dataclass(frozen=True)
class Series:
    """One series, with its figures.

    Attributes:
        indicator: The indicator's id.
        area: The area's code.
        source: Which source counts it; "illustrative" for made-up figures.
        frequency: month, quarter, year, rolling_year or survey_wave.
        alternative: Its place among the alternatives in the indicator's file.
        coverage: Share of the periods from its first to its last that have a figure.
        peers_share: Share of the area's group that has the same series; None without a group.
        figures: Rows of `indicator_period`, in order.
    """

    indicator: str
    area: str
    source: str
    frequency: str
    alternative: int
    coverage: float
    peers_share: float | None
    figures: pd.DataFrame

    @property
    def id(self) -> str:
        """Its name within an indicator and area, "ons_csp:rolling_year"."""
        return f"{self.source}:{self.frequency}"

    @property
    def figure_set(self) -> str:
        """The set that its figures belong to."""
        return ILLUSTRATIVE if self.source == ILLUSTRATIVE else REAL

    @cached_property
    def ends(self) -> np.ndarray:
        """Ordinals of the last months of its periods, in order.

        A period whose figure is suppressed is one: it is there, and said to be.
        """
        rows = self.figures
        known = rows[rows["value"].notna() | rows["suppression"].fillna("").ne("")]
        span = 1 if self.frequency == SURVEY_WAVE else SPAN_MONTHS[self.frequency]
        return np.unique(month_ordinals(known["period_start"]) + span - 1)

    def end_by(self, month: int) -> int | None:
        """Return the ordinal of its last period's end that is not after a month; None for none."""
        place = int(np.searchsorted(self.ends, month, side="right"))
        return int(self.ends[place - 1]) if place else None

    def candidate(self, month: int) -> Candidate | None:
        """Return what is known of it up to a month; None where it has no figure by then."""
        last = self.end_by(month)
        if last is None:
            return None
        if self.frequency == SURVEY_WAVE:
            has_before = bool((self.ends < last).any())
        else:
            has_before = last - MONTHS_A_YEAR in self.ends
        return Candidate(
            self.id, self.alternative, self.frequency, last, has_before, self.peers_share
        )


def series_in(facts: pd.DataFrame, figures: pd.DataFrame) -> Iterator[Series]:
    """Yield the series of one area, or of several.

    Args:
        facts: Rows of the mart `series`.
        figures: Rows of the mart `indicator_period` in the same areas.
    """
    keys = ["indicator_id", "area_code", "source_id", "period_kind"]
    rows = dict(iter(figures.groupby(keys, sort=False)))
    for each in facts.to_dict("records"):
        own = rows.get(tuple(each[key] for key in keys))
        if own is not None:
            share = each["peers_share"]
            yield Series(
                indicator=each["indicator_id"],
                area=each["area_code"],
                source=each["source_id"],
                frequency=each["period_kind"],
                alternative=int(each["alternative"]),
                coverage=float(each["coverage"]),
                peers_share=None if pd.isna(share) else float(share),
                figures=own,
            )


def headline_order(known: Iterable[Series], as_at: pd.Period | None = None) -> list[Series]:
    """Return the series of one indicator in one area, the headline first.

    Args:
        known: Its series, of one set of figures.
        as_at: The last month that counts; None for all there is.

    Returns:
        Those that have a figure by then; see `dashboard.metrics.headline`.
    """
    by_id = {each.id: each for each in known}
    month = FOREVER if as_at is None else as_at.ordinal
    found = [candidate for each in by_id.values() if (candidate := each.candidate(month))]
    return [by_id[each.series] for each in in_headline_order(found)]


def why_not_headline(series: Series, known: Iterable[Series], as_at: pd.Period | None) -> str:
    """Return what sets a series behind the headline; see `dashboard.metrics.headline`.

    Args:
        series: One of the indicator's.
        known: All of them that have a figure by the month.
        as_at: The last month that counts; None for all there is.
    """
    month = FOREVER if as_at is None else as_at.ordinal
    found = [candidate for each in known if (candidate := each.candidate(month))]
    return headline.why_not_headline(found, series.id)


def end_of(series: Series, as_at: pd.Period | None = None) -> pd.Period | None:
    """Return the last month of a series' own latest period that is not after a month."""
    last = series.end_by(FOREVER if as_at is None else as_at.ordinal)
    return None if last is None else month_at(last)
