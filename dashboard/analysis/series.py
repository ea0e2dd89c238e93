"""Series: one indicator in one area, from one source, at one frequency, in one set of figures.

And what else is read of one area under one plan, once for every month that it is seen as at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboard.analysis.rows import Indicator, Target, rows_of
from dashboard.analysis.small_areas import is_small_area, with_types
from dashboard.metrics import headline
from dashboard.metrics.headline import Candidate, in_headline_order
from dashboard.metrics.periods import MONTHS_A_YEAR, month_at
from dashboard.metrics.window_rows import SPAN_MONTHS, SURVEY_WAVE, month_ordinals
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse

ILLUSTRATIVE, REAL = "illustrative", "real"
"""The two sets of figures; they are never beside each other in a series, a rank or a table."""
FOREVER = np.iinfo("int64").max


@dataclass(frozen=True)
class Series:
    """One series, with its figures.

    Attributes:
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
    """Yield the series of one area, or of several, from their rows of the marts.

    Args:
        facts: Of `series`.
        figures: Of `indicator_period`.
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
    """Return those of an indicator's series that have a figure by a month, the headline first.

    They are of one area and one set of figures; see `dashboard.metrics.headline`.
    """
    by_id = {each.id: each for each in known}
    month = FOREVER if as_at is None else as_at.ordinal
    found = [candidate for each in by_id.values() if (candidate := each.candidate(month))]
    return [by_id[each.series] for each in in_headline_order(found)]


def why_not_headline(series: Series, known: Iterable[Series], as_at: pd.Period | None) -> str:
    """Return what sets one of an indicator's series behind the headline by a month.

    See `dashboard.metrics.headline`; the series are all that have a figure by then.
    """
    month = FOREVER if as_at is None else as_at.ordinal
    found = [candidate for each in known if (candidate := each.candidate(month))]
    return headline.why_not_headline(found, series.id)


def end_of(series: Series, as_at: pd.Period | None = None) -> pd.Period | None:
    """Return the last month of a series' own latest period that is not after a month."""
    last = series.end_by(FOREVER if as_at is None else as_at.ordinal)
    return None if last is None else month_at(last)


if TYPE_CHECKING:
    read_once = cached_property
else:

    class read_once(cached_property):  # noqa: N801 - a decorator, as the one it is made from
        """A property of an area under a plan that its views as at all months share."""

        def __get__(self, instance: AreaFigures, owner: type) -> object:
            """Return what was read of the area, reading it if it is the first time."""
            return super().__get__(instance.read, owner)


@dataclass(frozen=True)
class AreaFigures:
    """What is read of one area under one plan."""

    warehouse: Warehouse
    plan_id: str
    area_code: str

    @property
    def read(self) -> AreaFigures:
        """What is shared by the views of an area as at all months: this."""
        return self

    @read_once
    def indicators(self) -> pd.DataFrame:
        """Every indicator, by id."""
        return self.warehouse.frame("indicators").set_index("indicator_id", drop=False)

    @read_once
    def indicator_rows(self) -> dict[str, Indicator]:
        """Every indicator, by id."""
        return {each.indicator_id: each for each in rows_of(self.indicators, Indicator)}

    @read_once
    def plan(self) -> pd.Series:
        """The plan's row."""
        return self.warehouse.frame("plans").set_index("plan_id").loc[self.plan_id]

    @read_once
    def is_plans_own_area(self) -> bool:
        """Whether the area is the one that the plan is for."""
        return bool(self.plan_id) and str(self.plan["area_code"]) == self.area_code

    @read_once
    def shows_illustrative(self) -> bool:
        """Whether the plan is the worked example, through which made-up figures are seen."""
        return bool(self.plan_id) and str(self.plan["figure_set"]) == ILLUSTRATIVE

    @read_once
    def known_series(self) -> dict[str, list[Series]]:
        """Every series by indicator, of the set of figures that the indicator is shown with."""
        facts = self.warehouse.frame("series_facts", area=self.area_code)
        figures = self.warehouse.frame("series_of_area", area=self.area_code)
        if is_small_area(self.area_code):
            facts, figures = with_types(self.warehouse, facts, figures)
        real = set(self.warehouse.frame("plan_real_indicators", plan=self.plan_id)["indicator_id"])
        found: dict[str, list[Series]] = {}
        has_illustrative = facts["figure_set"].eq(ILLUSTRATIVE).any()
        for each in series_in(facts, figures):
            wants = self.shows_illustrative and has_illustrative and each.indicator not in real
            if each.figure_set == (ILLUSTRATIVE if wants else REAL):
                found.setdefault(each.indicator, []).append(each)
        return found

    @read_once
    def targets(self) -> list[Target]:
        """Targets of the plan, when it is this area's, in its own order."""
        if not self.is_plans_own_area:
            return []
        return rows_of(self.warehouse.frame("targets", plan=self.plan_id), Target)

    @read_once
    def notes(self) -> pd.DataFrame:
        """Data notes of the plan."""
        return self.warehouse.frame("notes", plan=self.plan_id)

    @read_once
    def held_periods(self) -> pd.DataFrame:
        """Periods of the area's indicators in which a figure is held as a suspected gap."""
        return self.warehouse.frame("held_periods", area=self.area_code)

    @read_once
    def confirmed_breaks(self) -> pd.DataFrame:
        """Breaks that a person confirmed."""
        return self.warehouse.frame("breaks", area=self.area_code)

    @read_once
    def effects(self) -> dict[str, list[tuple[str, str]]]:
        """Period and effect of each note and confirmed break, by indicator ("" for all)."""
        notes = self.notes if self.is_plans_own_area else self.notes.iloc[:0]
        found: dict[str, list[tuple[str, str]]] = {}
        for frame in (notes, self.confirmed_breaks):
            rows = zip(frame["indicator_id"], frame["period"], frame["effect"], strict=True)
            for indicator, period, effect in rows:
                text = period if isinstance(period, str) else ""
                found.setdefault(str(indicator), []).append((text, str(effect)))
        return found


@cached_per_build
def figures_of_area(warehouse: Warehouse, plan_id: str, area_code: str) -> AreaFigures:
    """Return what is read of one area under one plan."""
    return AreaFigures(warehouse, plan_id, area_code)
