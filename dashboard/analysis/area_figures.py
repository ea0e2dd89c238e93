"""What is read of one area under one plan, once for every month that it is seen as at."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from dashboard.analysis.rows import Indicator, Target, rows_of
from dashboard.analysis.series import ILLUSTRATIVE, REAL, Series, series_in
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse


class AreaFigures:
    """What is read of one area under one plan, once for every month of interest."""

    def __init__(self, warehouse: Warehouse, plan_id: str, area_code: str) -> None:
        """Begin with nothing read."""
        self.warehouse = warehouse
        self.plan_id = plan_id
        self.area_code = area_code

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator, by id."""
        return self.warehouse.frame("indicators").set_index("indicator_id", drop=False)

    @cached_property
    def indicator_rows(self) -> dict[str, Indicator]:
        """Every indicator, by id."""
        return {each.indicator_id: each for each in rows_of(self.indicators, Indicator)}

    @cached_property
    def plan(self) -> pd.Series:
        """The plan's row."""
        return self.warehouse.frame("plans").set_index("plan_id").loc[self.plan_id]

    @cached_property
    def is_plans_own_area(self) -> bool:
        """Whether the area is the one that the plan is for."""
        return bool(self.plan_id) and str(self.plan["area_code"]) == self.area_code

    @cached_property
    def shows_illustrative(self) -> bool:
        """Whether the plan is the worked example, through which made-up figures are seen."""
        return bool(self.plan_id) and str(self.plan["figure_set"]) == ILLUSTRATIVE

    @cached_property
    def series(self) -> dict[str, list[Series]]:
        """Every series by indicator, of the set of figures that the indicator is shown with."""
        facts = self.warehouse.frame("series_facts", area=self.area_code)
        figures = self.warehouse.frame("series_of_area", area=self.area_code)
        real = set(self.warehouse.frame("plan_real_indicators", plan=self.plan_id)["indicator_id"])
        found: dict[str, list[Series]] = {}
        has_illustrative = facts["figure_set"].eq(ILLUSTRATIVE).any()
        for each in series_in(facts, figures):
            wants = self.shows_illustrative and has_illustrative and each.indicator not in real
            if each.figure_set == (ILLUSTRATIVE if wants else REAL):
                found.setdefault(each.indicator, []).append(each)
        return found

    @cached_property
    def targets(self) -> list[Target]:
        """Targets of the plan, when it is this area's, in its own order."""
        if not self.is_plans_own_area:
            return []
        return rows_of(self.warehouse.frame("targets", plan=self.plan_id), Target)

    @cached_property
    def notes(self) -> pd.DataFrame:
        """Data notes of the plan."""
        return self.warehouse.frame("notes", plan=self.plan_id)

    @cached_property
    def held_periods(self) -> pd.DataFrame:
        """Periods of the area's indicators in which a figure is held as a suspected gap."""
        return self.warehouse.frame("held_periods", area=self.area_code)

    @cached_property
    def confirmed_breaks(self) -> pd.DataFrame:
        """Breaks that a person confirmed."""
        return self.warehouse.frame("breaks", area=self.area_code)

    @cached_property
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
