"""What pages ask: the answers of one area at one time, each worked out once for all readers.

Everything is cached under the name of the database it came from, so that a newly published build
is seen at the next click, and nothing of an older one is mixed in.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.answers import agreement as agreement_answers
from dashboard.answers import crime_types as type_answers
from dashboard.answers.actions import actions_in
from dashboard.answers.change import ChangeAnswer, change_in
from dashboard.answers.comparison import Comparison, bases_with_figures, compared
from dashboard.answers.contribution import ContributionAnswer, contribution_in
from dashboard.answers.control import ControlAnswer, control_chart_in
from dashboard.answers.exceptions import ExceptionsAnswer, exceptions_in
from dashboard.answers.funnel import FunnelAnswer, funnel_of
from dashboard.answers.gaps import gap_table
from dashboard.answers.movement import MovementAnswer, movement_of
from dashboard.answers.outlook import TargetOutlook, outlook_in
from dashboard.answers.perception import PerceptionAnswer, perceptions_in
from dashboard.answers.picture import Picture
from dashboard.answers.pivot import PivotAnswer, pivot_in
from dashboard.answers.places import PlacesAnswer, places_in
from dashboard.answers.projection import ProjectionAnswer, projection_in
from dashboard.answers.projection_record import projection_record
from dashboard.answers.ranking import RankingAnswer, ranking_of
from dashboard.answers.recent_levels import recent_levels
from dashboard.answers.review import review
from dashboard.answers.revisions import RevisionsAnswer, moved_in, revisions_in
from dashboard.answers.scenario import Scenario, scenario_in
from dashboard.answers.season import SeasonAnswer, season_in
from dashboard.answers.since import quarter_before
from dashboard.answers.status import target_status
from dashboard.answers.trajectory import TrajectoryAnswer, choose_target, trajectory_in
from dashboard.answers.trend import TrendAnswer, trend_in
from dashboard.answers.whatif import WhatIfAnswer, what_if_in
from dashboard.answers.worth import WorthAnswer, worth_in
from dashboard.exhibits.sources import source_of_several
from dashboard.metrics.periods import parse_month
from dashboard.warehouse import NothingPublishedError, Warehouse
from etl import publish
from etl.datadir import DataDir

#: A build that is being read stays open while the next one is taken up.
_BUILDS_OPEN = 2
_PICTURES = 64
_ANSWERS = 1024


def data_dir() -> DataDir:
    """Return the data folder that the app was started on."""
    return DataDir(Path(os.environ.get("SAFECITY_DATA_DIR", "data")))


def current_database() -> str:
    """Return the name of the database that is published now.

    Raises:
        NothingPublishedError: There is none.
    """
    published = publish.current(data_dir())
    if published is None:
        raise NothingPublishedError("No database is built yet. Run: safecity build")
    return published.database


class _Build:
    """A published database and the pictures read from it.

    They are kept and let go together, and the database closes when the last reader lets go: a
    picture that outlived its database could not be asked anything more.
    """

    def __init__(self, database: str) -> None:
        self.warehouse = Warehouse(data_dir())
        if self.warehouse.published.database != database:
            # Kept under this name it would mix two builds; nothing is kept of a call that raises.
            self.warehouse.close()
            raise NothingPublishedError("New figures were published this moment. Reload the page.")
        self.picture = lru_cache(_PICTURES)(partial(Picture.of, self.warehouse))
        self.comparison = lru_cache(_PICTURES)(partial(_compared, self.picture))


def _compared(
    picture_of: Callable[[str, str], Picture],
    key: tuple[str, str, str],
    indicator: str,
    options: tuple[str, str, str, str],
) -> Comparison:
    (plan, area, as_at), (basis, group, edition, rate_base) = key, options
    return compared(
        picture_of(plan, area), indicator, as_at=as_at, basis=basis, group=group, edition=edition,
        rate_base=rate_base,
    )  # fmt: skip


@st.cache_resource(max_entries=_BUILDS_OPEN, show_spinner=False)
def _build(database: str) -> _Build:
    return _Build(database)


def _warehouse(database: str) -> Warehouse:
    return _build(database).warehouse


def _picture(database: str, plan: str, area: str) -> Picture:
    return _build(database).picture(plan, area)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _frame(database: str, query: str, parameters: dict[str, object]) -> pd.DataFrame:
    return _warehouse(database).frame(query, **parameters)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _review(database: str, plan: str, area: str, as_at: str) -> pd.DataFrame:
    return review(_picture(database, plan, area), as_at)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _targets(database: str, plan: str, area: str, as_at: str) -> pd.DataFrame:
    return target_status(_picture(database, plan, area), as_at)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _targets_on(database: str, plan: str, area: str, as_at: str, indicator: str) -> pd.DataFrame:
    return target_status(_picture(database, plan, area), as_at, indicator=indicator)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _trajectory(
    database: str, plan: str, area: str, as_at: str, indicator: str, target: str
) -> TrajectoryAnswer:
    picture = _picture(database, plan, area)
    return trajectory_in(picture, choose_target(picture, indicator, target), parse_month(as_at))


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _projection(
    database: str, plan: str, area: str, as_at: str, indicator: str, target: str
) -> ProjectionAnswer:
    picture = _picture(database, plan, area)
    return projection_in(picture, choose_target(picture, indicator, target), parse_month(as_at))


@st.cache_resource(max_entries=_ANSWERS, show_spinner=False)
def _outlook(
    database: str, plan: str, area: str, as_at: str, indicator: str, target: str
) -> TargetOutlook:
    picture = _picture(database, plan, area)
    return outlook_in(picture, choose_target(picture, indicator, target), parse_month(as_at))


@st.cache_resource(max_entries=_ANSWERS, show_spinner=False)
def _scenario(
    database: str, key: tuple[str, str, str], target: tuple[str, str], change: tuple
) -> Scenario:
    (plan, area, as_at), (percent, part, level_of) = key, change
    picture = _picture(database, plan, area)
    chosen = choose_target(picture, *target)
    return scenario_in(picture, chosen, as_at, percent=percent, part=part, level_of=level_of)


@st.cache_data(max_entries=1, show_spinner=False)
def _projection_record() -> pd.DataFrame:
    return projection_record()


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _change(
    database: str, plan: str, area: str, as_at: str, indicator: str, basis: str
) -> ChangeAnswer:
    return change_in(_picture(database, plan, area), indicator, as_at=as_at, basis=basis)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _ranking(
    database: str, key: tuple[str, str, str], indicator: str, options: tuple[str, str, str, str]
) -> RankingAnswer:
    return ranking_of(_build(database).comparison(key, indicator, options))


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _movement(
    database: str, key: tuple[str, str, str], indicator: str, options: tuple[str, str, str, str]
) -> MovementAnswer:
    return movement_of(_build(database).comparison(key, indicator, options))


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _funnel(
    database: str,
    key: tuple[str, str, str],
    indicator: str,
    options: tuple[str, str, str, str],
    among: str,
) -> FunnelAnswer:
    return funnel_of(_build(database).comparison(key, indicator, options), among)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _crime_types(database: str, plan: str, area: str, as_at: str, basis: str) -> pd.DataFrame:
    return type_answers.crime_types(_picture(database, plan, area), as_at, basis)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _bases(database: str, plan: str, area: str, as_at: str, indicator: str) -> list[str]:
    return bases_with_figures(_picture(database, plan, area), indicator, as_at)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _source(database: str, plan: str, area: str, indicators: tuple[str, ...]) -> str:
    picture = _picture(database, plan, area)
    about = picture.indicators.loc[list(indicators)]
    series = [picture.series(each) for each in indicators]
    return source_of_several(about, series, _frame(database, "loads", {}))


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _gaps(database: str, area: str) -> pd.DataFrame:
    return gap_table(_warehouse(database), area=area)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _revisions(database: str, plan: str, area: str, since: str) -> RevisionsAnswer:
    return revisions_in(_picture(database, plan, area), since=since)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _agreement(database: str, plan: str) -> pd.DataFrame:
    return agreement_answers.agreement_table(_warehouse(database), plan=plan)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _control(database: str, plan: str, area: str, as_at: str, indicator: str) -> ControlAnswer:
    return control_chart_in(_picture(database, plan, area), indicator, as_at=as_at)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _trend(database: str, plan: str, area: str, as_at: str, indicator: str) -> TrendAnswer:
    return trend_in(_picture(database, plan, area), indicator, as_at=as_at)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _moved(database: str, plan: str, area: str, since: str) -> tuple[str, pd.DataFrame]:
    return moved_in(_picture(database, plan, area), since=since)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _actions(
    database: str, plan: str, area: str, as_at: str, progress: pd.DataFrame | None
) -> pd.DataFrame:
    return actions_in(_picture(database, plan, area), as_at, progress)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _exceptions(database: str, plan: str, area: str, as_at: str) -> ExceptionsAnswer:
    now, before = (_review(database, plan, area, each) for each in (as_at, quarter_before(as_at)))
    return exceptions_in(_picture(database, plan, area), as_at, now, before)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _contribution(
    database: str, plan: str, area: str, as_at: str, indicator: str, basis: str, way: str
) -> ContributionAnswer:
    picture = _picture(database, plan, area)
    return contribution_in(picture, indicator, as_at=as_at, basis=basis, way=way)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _what_if(
    database: str, plan: str, area: str, as_at: str, indicator: str, part: str, level_of: str
) -> WhatIfAnswer:
    picture = _picture(database, plan, area)
    return what_if_in(picture, indicator, part, level_of=level_of, as_at=as_at)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _season(database: str, plan: str, area: str, as_at: str, indicator: str) -> SeasonAnswer:
    return season_in(_picture(database, plan, area), indicator, as_at)


@st.cache_data(max_entries=_PICTURES, show_spinner=False)
def _places(
    database: str, key: tuple[str, str, str], indicator: str, basis: str, codes: tuple[str, ...]
) -> PlacesAnswer:
    plan, area, as_at = key
    picture = _picture(database, plan, area)
    return places_in(picture, indicator, codes, as_at=as_at, basis=basis)


@st.cache_data(max_entries=_PICTURES, show_spinner=False)
def _pivot(
    database: str,
    key: tuple[str, str, str],
    shape: tuple[str, str, str],
    basis: str,
    indicators: tuple[str, ...],
    areas: tuple[str, ...],
) -> PivotAnswer:
    (plan, area, as_at), (rows, columns, cells) = key, shape
    return pivot_in(
        _picture(database, plan, area), indicators, rows=rows, columns=columns, cells=cells,
        areas=areas, as_at=as_at, basis=basis,
    )  # fmt: skip


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _worth(database: str, plan: str, area: str, as_at: str) -> WorthAnswer:
    return worth_in(_picture(database, plan, area), as_at)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _recent_levels(database: str, plan: str, area: str, as_at: str) -> pd.DataFrame:
    return recent_levels(_picture(database, plan, area), as_at)


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _perceptions(database: str, plan: str, area: str, as_at: str) -> list[PerceptionAnswer]:
    return perceptions_in(_picture(database, plan, area), as_at)


@dataclass(frozen=True)
class Session:
    """The answers of one area under one plan, as at one month.

    Attributes:
        database: The build that they come from.
        plan: The plan id; "" for an area that has none.
        area: The area code; "" for the plan's own.
        as_at: The last month that counts, "2009-12"; "" before it is chosen.
    """

    database: str
    plan: str = ""
    area: str = ""
    as_at: str = ""

    @property
    def picture(self) -> Picture:
        """What is known of the area: indicators, series, targets, notes."""
        return _picture(self.database, self.plan, self.area)

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        """Return the result of a named query of the warehouse."""
        return _frame(self.database, query, parameters)

    def review(self) -> pd.DataFrame:
        """Return every indicator in meeting order; see `dashboard.answers.review`."""
        return _review(self.database, self.plan, self.area, self.as_at)

    def targets(self) -> pd.DataFrame:
        """Return the verdict on every target; see `dashboard.answers.status`."""
        return _targets(self.database, self.plan, self.area, self.as_at)

    def targets_on(self, indicator: str) -> pd.DataFrame:
        """Return the verdicts on one indicator's targets; see `dashboard.answers.status`."""
        return _targets_on(self.database, self.plan, self.area, self.as_at, indicator)

    def trajectory(self, indicator: str, target: str = "") -> TrajectoryAnswer:
        """Return the trajectory of a target; see `dashboard.answers.trajectory`."""
        return _trajectory(self.database, self.plan, self.area, self.as_at, indicator, target)

    def projection(self, indicator: str, target: str = "") -> ProjectionAnswer:
        """Return what a target's indicator is heading for; see `dashboard.answers.projection`."""
        return _projection(self.database, self.plan, self.area, self.as_at, indicator, target)

    def outlook(self, indicator: str, target: str = "") -> TargetOutlook:
        """Return a target from every side; see `dashboard.answers.outlook`. Not to be altered."""
        return _outlook(self.database, self.plan, self.area, self.as_at, indicator, target)

    def scenario(
        self,
        indicator: str,
        target: str,
        *,
        percent: float | None = None,
        part: str = "",
        level_of: str = "",
    ) -> Scenario:
        """Return a target if months to come went otherwise; see `dashboard.answers.scenario`."""
        key = (self.plan, self.area, self.as_at)
        return _scenario(self.database, key, (indicator, target), (percent, part, level_of))

    def projection_record(self) -> pd.DataFrame:
        """Return how projections did; see `dashboard.answers.projection_record`."""
        return _projection_record()

    def change(self, indicator: str, basis: str) -> ChangeAnswer:
        """Return a change; see `dashboard.answers.change`."""
        return _change(self.database, self.plan, self.area, self.as_at, indicator, basis)

    def ranking(
        self,
        indicator: str,
        basis: str = "",
        group: str = "",
        edition: str = "",
        rate_base: str = "",
    ) -> RankingAnswer:
        """Return a ranking; see `dashboard.answers.ranking`."""
        options = (basis, group, edition, rate_base)
        return _ranking(self.database, (self.plan, self.area, self.as_at), indicator, options)

    def movement(self, indicator: str, *options: str) -> MovementAnswer:
        """Return places over time; see `dashboard.answers.movement`. Options as `ranking`'s."""
        basis, group, edition, rate_base = options
        return _movement(
            self.database,
            (self.plan, self.area, self.as_at),
            indicator,
            (basis, group, edition, rate_base),
        )

    def funnel(self, indicator: str, *options: str, among: str = "group") -> FunnelAnswer:
        """Return a funnel; see `dashboard.answers.funnel`. Options as `ranking`'s."""
        basis, group, edition, rate_base = options
        return _funnel(
            self.database,
            (self.plan, self.area, self.as_at),
            indicator,
            (basis, group, edition, rate_base),
            among,
        )

    def crime_types(self, basis: str) -> pd.DataFrame:
        """Return every count as a tree; see `dashboard.answers.crime_types`."""
        return _crime_types(self.database, self.plan, self.area, self.as_at, basis)

    def bases(self, indicator: str) -> list[str]:
        """Return the bases on which the indicator has a figure, the usual one first."""
        return _bases(self.database, self.plan, self.area, self.as_at, indicator)

    def actions(self, progress: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the action plan with its states; see `dashboard.answers.actions`."""
        return _actions(self.database, self.plan, self.area, self.as_at, progress)

    def source(self, *indicators: str) -> str:
        """Return source and vintage of indicators; see `dashboard.exhibits.sources`."""
        return _source(self.database, self.plan, self.area, indicators)

    def agreement(self) -> pd.DataFrame:
        """Return the plan's figures beside the computed; see `dashboard.answers.agreement`."""
        return _agreement(self.database, self.plan)

    def gaps(self, area: str) -> pd.DataFrame:
        """Return what is held as a suspected gap; see `dashboard.answers.gaps`; "" for all."""
        return _gaps(self.database, area)

    def revisions(self, since: str = "") -> RevisionsAnswer:
        """Return what moved since a day; see `dashboard.answers.revisions`."""
        return _revisions(self.database, self.plan, self.area, since)

    def control(self, indicator: str) -> ControlAnswer:
        """Return the control chart of an indicator; see `dashboard.answers.control`."""
        return _control(self.database, self.plan, self.area, self.as_at, indicator)

    def trend(self, indicator: str) -> TrendAnswer:
        """Return the recent trend of an indicator; see `dashboard.answers.trend`."""
        return _trend(self.database, self.plan, self.area, self.as_at, indicator)

    def moved(self, since: str = "") -> tuple[str, pd.DataFrame]:
        """Return the figures that moved since a day; see `dashboard.answers.revisions`."""
        return _moved(self.database, self.plan, self.area, since)

    def exceptions(self) -> ExceptionsAnswer:
        """Return what needs a decision, what has gone quiet; `dashboard.answers.exceptions`."""
        return _exceptions(self.database, self.plan, self.area, self.as_at)

    def contribution(self, indicator: str, basis: str, way: str = "type") -> ContributionAnswer:
        """Return what makes up a change; see `dashboard.answers.contribution`."""
        return _contribution(self.database, self.plan, self.area, self.as_at, indicator, basis, way)

    def what_if(self, indicator: str, part: str, level_of: str) -> WhatIfAnswer:
        """Return a total with a part at an earlier level; see `dashboard.answers.whatif`."""
        return _what_if(self.database, self.plan, self.area, self.as_at, indicator, part, level_of)

    def recent_levels(self) -> pd.DataFrame:
        """Return how every indicator moved; see `dashboard.answers.recent_levels`."""
        return _recent_levels(self.database, self.plan, self.area, self.as_at)

    def perceptions(self) -> list[PerceptionAnswer]:
        """Return what residents say in surveys; see `dashboard.answers.perception`."""
        return _perceptions(self.database, self.plan, self.area, self.as_at)

    def season(self, indicator: str) -> SeasonAnswer:
        """Return the months of an indicator, year by year; see `dashboard.answers.season`."""
        return _season(self.database, self.plan, self.area, self.as_at, indicator)

    def places(self, indicator: str, basis: str, codes: tuple[str, ...]) -> PlacesAnswer:
        """Return the figures of the places of a map; see `dashboard.answers.places`."""
        key = (self.plan, self.area, self.as_at)
        return _places(self.database, key, indicator, basis, codes)

    def pivot(
        self,
        shape: tuple[str, str, str],
        basis: str,
        indicators: tuple[str, ...],
        areas: tuple[str, ...],
    ) -> PivotAnswer:
        """Return a table by rows, columns and cells; see `dashboard.answers.pivot`."""
        key = (self.plan, self.area, self.as_at)
        return _pivot(self.database, key, shape, basis, indicators, areas)

    def worth(self) -> WorthAnswer:
        """Return which indicators are worth reporting; see `dashboard.answers.worth`."""
        return _worth(self.database, self.plan, self.area, self.as_at)
