"""One area under one plan, as at a month: the series that every answer starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard.analysis.rows import Indicator, Target
from dashboard.analysis.series import (
    ILLUSTRATIVE,
    REAL,
    AreaFigures,
    Series,
    end_of,
    figures_of_area,
    headline_order,
)
from dashboard.metrics.comparability import bears_on
from dashboard.metrics.periods import Window, month_at, parse_month
from dashboard.metrics.window_rows import SURVEY_WAVE
from dashboard.store.cache import cached_per_build
from dashboard.store.errors import NoFiguresError, UnknownChoiceError, check_choice
from dashboard.store.warehouse import Warehouse

NO_PLAN = "none"
"""Asked for as a plan: the area without any, with its real figures."""


def names_of_areas(warehouse: Warehouse, codes: Iterable[str] = ()) -> dict[str, str]:
    """Return the names of all areas with figures by code; of small areas only those in `codes`."""
    areas = warehouse.frame("areas")
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    small = [code for code in codes if code not in names]
    if small:
        more = warehouse.frame("areas_named", areas=small)
        names |= dict(zip(more["area_code"], more["area_name"], strict=True))
    return names


@cached_per_build
def view_of(
    warehouse: Warehouse, plan: str = "", area: str = "", as_at: str = "", series: str = ""
) -> AreaView:
    """Return an area under a plan as at a month, read once for all readers; see `AreaView.of`."""
    return AreaView.of(warehouse, plan, area, as_at, series)


@dataclass(frozen=True)
class AreaView(AreaFigures):
    """One area, seen under one plan, as at a month.

    Attributes:
        plan_id: The plan, or "" for an area that has none.
        area_code: The area, or "" when the plan's document does not name it.
        area_name: Its name, or "area not given".
        as_at: The last month that counts; None for all there is. Each indicator shows its own
            latest period that is not after it.
        series_asked: A series to look at instead of the headline, "ons_csp:rolling_year", where
            an indicator has it; "" for the headline.
    """

    area_name: str
    as_at: pd.Period | None = None
    series_asked: str = ""

    @classmethod
    def of(
        cls,
        warehouse: Warehouse,
        plan: str = "",
        area: str = "",
        as_at: str | pd.Period = "",
        series: str = "",
    ) -> AreaView:
        """Return the view of an area under a plan.

        Args:
            warehouse: A published database.
            plan: A plan id; `NO_PLAN` for none; "" for the area's own (the worked example only
                where the area has no real figures), or for the first plan.
            area: An area code; "" for the plan's own, or without a plan for the partnership that
                the installation is for.
            as_at: The last month that counts, "2009-12"; "" for all there is.
            series: A series to look at where an indicator has it; "" for the headline.

        Raises:
            UnknownChoiceError: There is no such plan or area.
            ValueError: as_at is not a month.
        """
        plans = warehouse.frame("plans").set_index("plan_id")
        check_choice("plan", "" if plan == NO_PLAN else plan, plans.index)
        area = area or ("" if plan else warehouse.own_partnership())
        names = names_of_areas(warehouse, [area] if area else [])
        check_choice("area", area, names)
        if not plan:
            plan = plan_of_area(warehouse, area) if area else next(iter(plans.index), "")
        plan = "" if plan == NO_PLAN else plan
        area = area or (str(plans.loc[plan, "area_code"]) if plan else "")
        month = parse_month(as_at) if as_at else None
        name = str(names.get(area, "area not given"))
        return cls(warehouse, plan, area, name, month, series)

    @property
    def as_at_text(self) -> str:
        """The last month that counts, "2009-12"; "" for all there is."""
        return "" if self.as_at is None else str(self.as_at)

    def at(self, as_at: str | pd.Period = "") -> AreaView:
        """Return this area under this plan as at another month; "" for the month it has."""
        if not as_at or (month := parse_month(as_at)) == self.as_at:
            return self
        return replace(self, as_at=month)

    @cached_property
    def read(self) -> AreaFigures:
        """What is read of the area, shared by its views as at all months."""
        return figures_of_area(self.warehouse, self.plan_id, self.area_code)

    def indicator(self, indicator_id: str) -> Indicator:
        """Return what is known of an indicator.

        Raises:
            UnknownChoiceError: There is no such indicator.
        """
        rows = self.indicator_rows
        if indicator_id not in rows:
            raise UnknownChoiceError("indicator", indicator_id, self.indicators.index)
        return rows[indicator_id]

    def targets_on(self, indicator_id: str) -> list[Target]:
        """Return the targets on an indicator, the principal one first."""
        return [each for each in self.targets if each.indicator_id == indicator_id]

    def all_series(self, indicator_id: str) -> list[Series]:
        """Return every series of an indicator that has a figure by the month, the headline first.

        Raises:
            UnknownChoiceError: There is no such indicator.
        """
        if indicator_id not in self._ordered:
            self.indicator(indicator_id)
            known = self.known_series.get(indicator_id, [])
            self._ordered[indicator_id] = headline_order(known, self.as_at)
        return self._ordered[indicator_id]

    @cached_property
    def _ordered(self) -> dict[str, list[Series]]:
        return {}

    def headline(self, indicator_id: str) -> Series | None:
        """Return an indicator's headline series, or the one the reader chose; None without any.

        Without a figure by the month it is the first of those that begin later.
        """
        known = self.all_series(indicator_id)
        every = self.known_series.get(indicator_id, [])
        asked = (each for each in every if each.id == self.series_asked)
        known = known or headline_order(every)
        return next(asked, known[0] if known else None)

    def series(self, indicator_id: str) -> pd.DataFrame:
        """Return the figures of an indicator's headline series; empty when there are none."""
        found = self.headline(indicator_id)
        return self._no_figures if found is None else found.figures

    @cached_per_build
    def counted(self, indicator_id: str) -> pd.DataFrame:
        """Return those figures with their numerators as values, which can be added up."""
        figures = self.series(indicator_id)
        return figures.assign(value=figures["numerator"])

    def series_like(self, indicator_id: str, other: Series | None) -> pd.DataFrame:
        """Return the figures of an indicator from another series' source, at its frequency.

        What is added up or set side by side comes from one source: empty where that has none.
        """
        known = self.known_series.get(indicator_id, [])
        found = (each.figures for each in known if other is not None and each.id == other.id)
        return next(found, self._no_figures)

    @cached_property
    def _no_figures(self) -> pd.DataFrame:
        return self.warehouse.frame("no_figures")

    @cached_property
    def is_illustrative(self) -> bool:
        """Whether any figure that is shown of the area is made up."""
        # All series of an indicator are of one set of figures.
        return any(many[0].figure_set == ILLUSTRATIVE for many in self.known_series.values())

    def header(self, as_at: str | pd.Period, indicator_id: str = "") -> dict[str, Any]:
        """Return the fields of an `AreaAnswer`; with an indicator, of an `IndicatorAnswer`."""
        found = {"area": self.area_code, "area_name": self.area_name, "as_at": str(as_at)}
        if not indicator_id:
            return {**found, "illustrative": self.is_illustrative}
        shown = self.headline(indicator_id)
        return {
            **found,
            "illustrative": shown is not None and shown.figure_set == ILLUSTRATIVE,
            "indicator": indicator_id,
            "title": self.indicator(indicator_id).title,
        }

    @property
    def real_indicators(self) -> list[str]:
        """Ids of the catalogue's indicators with real figures."""
        known, named = self.known_series, self.indicators_with_figures()
        return [name for name in named if known[name][0].figure_set == REAL]

    def indicators_with_figures(self, *, offences_too: bool = False) -> list[str]:
        """Return the ids of the indicators that the area has complete figures of.

        Args:
            offences_too: Also of single offences, which no catalogue has and no meeting looks at.
        """
        named = self.indicators["catalogued"].to_dict()
        known = self.known_series.items()
        with_figures = [name for name, many in known if any(len(each.ends) for each in many)]
        return [name for name in with_figures if offences_too or named[name]]

    def period_end(self, indicator_id: str) -> pd.Period:
        """Return the last month of an indicator's own latest period, not after the view's.

        Raises:
            UnknownChoiceError: There is no such indicator.
            NoFiguresError: It has no figures by then.
        """
        found = self.headline(indicator_id)
        end = None if found is None else end_of(found, self.as_at)
        if end is not None:
            return end
        title = self.indicator(indicator_id).title
        raise NoFiguresError(f"no figures for {title} in {self.area_name}: load some, then build")

    def own_period(
        self, indicator_id: str, as_at: str | pd.Period = ""
    ) -> tuple[AreaView, pd.Period]:
        """Return the view as at a month, and the end of the indicator's own latest period by it.

        A view that is as at a month already keeps its series when it looks further back, so
        that what is compared over time is one series. No month stands for the view's own, or for
        all there is.

        Raises:
            UnknownChoiceError: There is no such indicator.
            NoFiguresError: It has no figures, and no month is given.
            ValueError: as_at is not a month.
        """
        month = parse_month(as_at) if as_at else self.as_at
        view = self if self.as_at is not None or month is None else self.at(month)
        series = view.headline(indicator_id)
        end = None if series is None else end_of(series, month)
        if series is not None and series.frequency == SURVEY_WAVE and end is not None:
            # A wave stands until the next one: it is seen from the month that is asked for.
            end = month
        # Where it has no figure by then the month itself stands, so that this can be said of it.
        return view, end or month or view.period_end(indicator_id)

    def latest_month(self, indicator_id: str = "") -> pd.Period:
        """Return the last month for which there are figures: the default of "as at".

        It is that of an indicator, or of all that are counted: surveys do not move it while
        anything is counted.

        Raises:
            NoFiguresError: There are none.
        """
        if indicator_id:
            return self.period_end(indicator_id)
        shown = map(self.headline, self.indicators_with_figures(offences_too=True))
        ends = [
            (each.frequency != SURVEY_WAVE, end.ordinal)
            for each in shown
            if each is not None and (end := end_of(each, self.as_at)) is not None
        ]
        if not ends:
            raise NoFiguresError(f"no figures in {self.area_name}: load some, then build")
        return month_at(max(ends)[1])

    @cached_per_build
    def months_with_figures(self) -> list[pd.Period]:
        """Return every month that a period of any series ends with, in order: what "as at" can be.

        More figures only add to them.
        """
        known = self.known_series.values()
        ends = {int(end) for many in known for each in many for end in each.ends}
        return [month_at(end) for end in sorted(ends)]

    def notes_on(self, indicator_id: str) -> pd.DataFrame:
        """Return the notes that bear on an indicator of the plan's own area."""
        if not self.is_plans_own_area:
            return self.notes.iloc[:0]
        return self.notes[self.notes["indicator_id"].isin(["", indicator_id])]

    def breaks_on(self, indicator_id: str) -> pd.DataFrame:
        """Return the breaks in an indicator's series: the plan's notes, and those people confirmed.

        Returns:
            indicator_id, area_code, period (as written), effect ("break"), statement, decided_by
            and decided_at ("" for the plan's); a period that is blank says of none where it begins.
        """
        noted = self.notes_on(indicator_id)
        noted = noted[noted["effect"].eq("break")].assign(decided_by="", decided_at="")
        confirmed = self.confirmed_breaks
        confirmed = confirmed[confirmed["indicator_id"].eq(indicator_id)]
        return pd.concat([noted[list(confirmed.columns)], confirmed], ignore_index=True)

    def effects_on(self, indicator_id: str) -> list[tuple[str, str]]:
        """Return period and effect of each note and confirmed break that bears on an indicator."""
        effects = self.effects
        return [*effects.get("", []), *effects.get(indicator_id, [])]

    def own_effects(
        self, indicator_id: str, windows: Iterable[Window], surveys: Iterable[int | None] = ()
    ) -> list[str]:
        """Return the effects of the plan's notes, and confirmed breaks, on this very indicator.

        Args:
            indicator_id: An indicator id.
            windows: The months that figures are of: a note on others does not bear on them.
            surveys: Years of the surveys that figures are of.
        """
        known, waves = list(windows), list(surveys)
        return [
            effect
            for period, effect in self.effects.get(indicator_id, [])
            if bears_on(period, known, waves)
        ]


def plan_of_area(warehouse: Warehouse, area: str) -> str:
    """Return the plan that an area is seen under when nobody names one; "" for none.

    Its own, the last made first; the worked example only where there are no real figures, which
    would stand aside for made-up ones.
    """
    plans = warehouse.frame("plans").set_index("plan_id")
    own = plans[plans["area_code"].eq(area)]
    real = own[own["figure_set"].ne(ILLUSTRATIVE)]
    if len(real):
        return str(real.index[0])
    sets = _figure_sets(warehouse, area)
    if ILLUSTRATIVE in sets and REAL not in sets:
        worked = plans.index[plans["figure_set"].eq(ILLUSTRATIVE)]
        return next(iter(worked), "")
    return ""


def has_real_figures(warehouse: Warehouse, area: str) -> bool:
    """Return whether an area has any series of real figures."""
    return REAL in _figure_sets(warehouse, area)


def _figure_sets(warehouse: Warehouse, area: str) -> set[str]:
    return set(warehouse.frame("series_facts", area=area)["figure_set"])
