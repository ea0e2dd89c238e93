"""What pages ask: the answers of one area at one time, each worked out once for all readers."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis import agreement as agreement_answers
from dashboard.analysis import crime_types as type_answers
from dashboard.analysis import gaps as gap_answers
from dashboard.analysis.actions import actions_in
from dashboard.analysis.change import ChangeAnswer, change_in
from dashboard.analysis.chosen_target import choose_target
from dashboard.analysis.comparison import Comparison, bases_with_figures, compared
from dashboard.analysis.contribution import ContributionAnswer, contribution_in
from dashboard.analysis.control import ControlAnswer, control_chart_in
from dashboard.analysis.exceptions import ExceptionsAnswer, exceptions_in
from dashboard.analysis.funnel import FunnelAnswer, funnel_of
from dashboard.analysis.movement import MovementAnswer, movement_of
from dashboard.analysis.outlook import TargetOutlook, outlook_in
from dashboard.analysis.perception import PerceptionAnswer, perceptions_in
from dashboard.analysis.picture import Picture
from dashboard.analysis.pivot import PivotAnswer, pivot_in
from dashboard.analysis.places import PlacesAnswer, places_in
from dashboard.analysis.projection import ProjectionAnswer, projection_in
from dashboard.analysis.projection_record import projection_record
from dashboard.analysis.ranking import RankingAnswer, ranking_of
from dashboard.analysis.recent_levels import recent_levels
from dashboard.analysis.review import review
from dashboard.analysis.revisions import RevisionsAnswer, moved_in, revisions_in
from dashboard.analysis.scenario import Scenario, scenario_in
from dashboard.analysis.season import SeasonAnswer, season_in
from dashboard.analysis.since import quarter_before
from dashboard.analysis.status import target_status
from dashboard.analysis.trajectory import TrajectoryAnswer, trajectory_in
from dashboard.analysis.trend import TrendAnswer, trend_in
from dashboard.analysis.whatif import WhatIfAnswer, what_if_in
from dashboard.analysis.worth import WorthAnswer, worth_in
from dashboard.exhibits.sources import source_of_several
from dashboard.metrics.periods import parse_month
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse


@cached_per_build
def picture_of(warehouse: Warehouse, plan: str, area: str) -> Picture:
    """Return what is known of an area under a plan; see `Picture.of`."""
    return Picture.of(warehouse, plan, area)


@dataclass(frozen=True)
class Session:
    """The answers of one area under one plan, as at one month.

    Attributes:
        warehouse: The build that answers come from.
        plan: The plan id; "" for an area that has none.
        area: The area code; "" for the plan's own.
        as_at: The last month that counts, "2009-12"; "" before it is chosen.
    """

    warehouse: Warehouse
    plan: str = ""
    area: str = ""
    as_at: str = ""

    @property
    def picture(self) -> Picture:
        """What is known of the area: indicators, series, targets, notes."""
        return picture_of(self.warehouse, self.plan, self.area).at(self.as_at)

    @cached_per_build
    def frame(self, query: str, **parameters: Hashable) -> pd.DataFrame:
        """Return the result of a named query of the warehouse."""
        return self.warehouse.frame(query, **parameters)

    @cached_per_build
    def review(self) -> pd.DataFrame:
        """Return every indicator in meeting order; see `dashboard.analysis.review`."""
        return review(self.picture, self.as_at)

    @cached_per_build
    def targets(self) -> pd.DataFrame:
        """Return the verdict on every target; see `dashboard.analysis.status`."""
        return target_status(self.picture, self.as_at)

    @cached_per_build
    def targets_on(self, indicator: str) -> pd.DataFrame:
        """Return the verdicts on one indicator's targets; see `dashboard.analysis.status`."""
        return target_status(self.picture, self.as_at, indicator=indicator)

    @cached_per_build
    def trajectory(self, indicator: str, target: str = "") -> TrajectoryAnswer:
        """Return the trajectory of a target; see `dashboard.analysis.trajectory`."""
        return trajectory_in(self.picture, self._target(indicator, target), self._month)

    @cached_per_build
    def projection(self, indicator: str, target: str = "") -> ProjectionAnswer:
        """Return what a target's indicator is heading for; see `dashboard.analysis.projection`."""
        return projection_in(self.picture, self._target(indicator, target), self._month)

    @cached_per_build
    def outlook(self, indicator: str, target: str = "") -> TargetOutlook:
        """Return a target from every side; see `dashboard.analysis.outlook`."""
        return outlook_in(self.picture, self._target(indicator, target), self._month)

    @cached_per_build
    def scenario(
        self,
        indicator: str,
        target: str,
        *,
        percent: float | None = None,
        part: str = "",
        level_of: str = "",
    ) -> Scenario:
        """Return a target if months to come went otherwise; see `dashboard.analysis.scenario`."""
        chosen = self._target(indicator, target)
        return scenario_in(
            self.picture, chosen, self.as_at, percent=percent, part=part, level_of=level_of
        )

    @cached_per_build
    def projection_record(self) -> pd.DataFrame:
        """Return how projections did; see `dashboard.analysis.projection_record`."""
        return projection_record(self.warehouse)

    @cached_per_build
    def change(self, indicator: str, basis: str) -> ChangeAnswer:
        """Return a change; see `dashboard.analysis.change`."""
        return change_in(self.picture, indicator, as_at=self.as_at, basis=basis)

    @cached_per_build
    def ranking(
        self,
        indicator: str,
        basis: str = "",
        group: str = "",
        edition: str = "",
        rate_base: str = "",
    ) -> RankingAnswer:
        """Return a ranking; see `dashboard.analysis.ranking`."""
        return ranking_of(self._comparison(indicator, basis, group, edition, rate_base))

    @cached_per_build
    def movement(
        self, indicator: str, basis: str, group: str, edition: str, rate_base: str
    ) -> MovementAnswer:
        """Return places over time; see `dashboard.analysis.movement`."""
        return movement_of(self._comparison(indicator, basis, group, edition, rate_base))

    @cached_per_build
    def funnel(
        self,
        indicator: str,
        basis: str,
        group: str,
        edition: str,
        rate_base: str,
        among: str = "group",
    ) -> FunnelAnswer:
        """Return a funnel; see `dashboard.analysis.funnel`."""
        return funnel_of(self._comparison(indicator, basis, group, edition, rate_base), among)

    @cached_per_build
    def crime_types(self, basis: str) -> pd.DataFrame:
        """Return every count as a tree; see `dashboard.analysis.crime_types`."""
        return type_answers.crime_types_in(self.picture, self.as_at, basis)

    @cached_per_build
    def bases(self, indicator: str) -> list[str]:
        """Return the bases on which the indicator has a figure, the usual one first."""
        return bases_with_figures(self.picture, indicator, self.as_at)

    def actions(self, progress: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the action plan with its states; see `dashboard.analysis.actions`."""
        return actions_in(self.picture, self.as_at, progress)

    @cached_per_build
    def source(self, *indicators: str) -> str:
        """Return source and vintage of indicators; see `dashboard.exhibits.sources`."""
        about = self.picture.indicators.loc[list(indicators)]
        series = [self.picture.series(each) for each in indicators]
        return source_of_several(about, series, self.frame("loads"))

    @cached_per_build
    def agreement(self) -> pd.DataFrame:
        """Return the plan's figures beside the computed; see `dashboard.analysis.agreement`."""
        return agreement_answers.agreement(Picture.of(self.warehouse, self.plan))

    @cached_per_build
    def gaps(self, area: str) -> pd.DataFrame:
        """Return what is held as a suspected gap; see `dashboard.analysis.gaps`; "" for all."""
        return gap_answers.gaps(self.warehouse, area)

    @cached_per_build
    def revisions(self, since: str = "") -> RevisionsAnswer:
        """Return what moved since a day; see `dashboard.analysis.revisions`."""
        return revisions_in(self.picture, since=since)

    @cached_per_build
    def control(self, indicator: str) -> ControlAnswer:
        """Return the control chart of an indicator; see `dashboard.analysis.control`."""
        return control_chart_in(self.picture, indicator, as_at=self.as_at)

    @cached_per_build
    def trend(self, indicator: str) -> TrendAnswer:
        """Return the recent trend of an indicator; see `dashboard.analysis.trend`."""
        return trend_in(self.picture, indicator, as_at=self.as_at)

    @cached_per_build
    def moved(self, since: str = "") -> tuple[str, pd.DataFrame]:
        """Return the figures that moved since a day; see `dashboard.analysis.revisions`."""
        return moved_in(self.picture, since=since)

    @cached_per_build
    def exceptions(self) -> ExceptionsAnswer:
        """Return what needs a decision, what has gone quiet; `dashboard.analysis.exceptions`."""
        before = replace(self, as_at=quarter_before(self.as_at))
        return exceptions_in(self.picture, self.as_at, self.review(), before.review())

    @cached_per_build
    def contribution(self, indicator: str, basis: str, way: str = "type") -> ContributionAnswer:
        """Return what makes up a change; see `dashboard.analysis.contribution`."""
        return contribution_in(self.picture, indicator, as_at=self.as_at, basis=basis, way=way)

    @cached_per_build
    def what_if(self, indicator: str, part: str, level_of: str) -> WhatIfAnswer:
        """Return a total with a part at an earlier level; see `dashboard.analysis.whatif`."""
        return what_if_in(self.picture, indicator, part, level_of=level_of, as_at=self.as_at)

    @cached_per_build
    def recent_levels(self) -> pd.DataFrame:
        """Return how every indicator moved; see `dashboard.analysis.recent_levels`."""
        return recent_levels(self.picture, self.as_at)

    @cached_per_build
    def perceptions(self) -> list[PerceptionAnswer]:
        """Return what residents say in surveys; see `dashboard.analysis.perception`."""
        return perceptions_in(self.picture, self.as_at)

    @cached_per_build
    def season(self, indicator: str) -> SeasonAnswer:
        """Return the months of an indicator, year by year; see `dashboard.analysis.season`."""
        return season_in(self.picture, indicator, self.as_at)

    @cached_per_build
    def places(self, indicator: str, basis: str, codes: tuple[str, ...]) -> PlacesAnswer:
        """Return the figures of the places of a map; see `dashboard.analysis.places`."""
        return places_in(self.picture, indicator, codes, as_at=self.as_at, basis=basis)

    @cached_per_build
    def pivot(
        self,
        shape: tuple[str, str, str],
        basis: str,
        indicators: tuple[str, ...],
        areas: tuple[str, ...],
    ) -> PivotAnswer:
        """Return a table by rows, columns and cells; see `dashboard.analysis.pivot`."""
        rows, columns, cells = shape
        return pivot_in(
            self.picture, indicators, rows=rows, columns=columns, cells=cells, areas=areas,
            as_at=self.as_at, basis=basis,
        )  # fmt: skip

    @cached_per_build
    def worth(self) -> WorthAnswer:
        """Return which indicators are worth reporting; see `dashboard.analysis.worth`."""
        return worth_in(self.picture, self.as_at)

    @property
    def _month(self) -> pd.Period:
        return parse_month(self.as_at)

    def _target(self, indicator: str, target: str) -> pd.Series:
        return choose_target(self.picture, indicator, target)

    def _comparison(self, indicator: str, *options: str) -> Comparison:
        basis, group, edition, rate_base = options
        return compared(
            self.picture, indicator, as_at=self.as_at, basis=basis, group=group, edition=edition,
            rate_base=rate_base,
        )  # fmt: skip
