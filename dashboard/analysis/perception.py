"""What residents say in surveys, beside the nation, the goal and what is recorded."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.change import ChangeAnswer, change
from dashboard.analysis.members import series_of_areas
from dashboard.analysis.question import question
from dashboard.analysis.rows import Indicator
from dashboard.analysis.survey_power import SurveyPower, survey_power_in
from dashboard.analysis.survey_waves import (
    Wave,
    design_effect_of,
    difference_of,
    waves_in,
    waves_of,
)
from dashboard.analysis.target_path import choose_target
from dashboard.analysis.target_trajectory import TrajectoryAnswer, trajectory_in
from dashboard.metrics.comparability import why_not_comparable
from dashboard.metrics.periods import Window
from dashboard.metrics.reasons import NO_REASON, Reasons
from dashboard.metrics.significance import Significance
from dashboard.metrics.window_rows import SURVEY_WAVE

ENGLAND = "E92000001"
DONT_KNOW = "_dont_know"
"""Ends the id of the indicator that counts the don't knows to another's question."""
RECORDED_BASES = ("rolling_year", "ytd", "quarter")
"""On which recorded figures are compared; the first that can be."""


@dataclass(frozen=True)
class PerceptionAnswer:
    """One question put to residents.

    Attributes:
        waves: What they said, earliest first; empty where no figure is loaded.
        dont_know: Share of don't knows, earliest first; empty where none is loaded.
        national: What residents of England said, earliest first.
        difference: The last wave held against the one before; None with fewer than two.
        not_compared: Why a data note forbids to compare them; no reason where none does.
        target: The principal target; None where the plan sets none.
        power: What two waves can show of the target; None where there is none to show.
        recorded: Changes of the recorded indicators that it is read beside.
    """

    JSON = """
        indicator title=about.title area_name waves dont_know england=national difference
        not_compared goal=target.target? due power recorded illustrative
    """

    indicator: str
    about: Indicator
    area_name: str
    waves: tuple[Wave, ...]
    dont_know: tuple[Wave, ...]
    national: tuple[Wave, ...]
    difference: Significance | None
    not_compared: Reasons
    target: TrajectoryAnswer | None
    power: SurveyPower | None
    recorded: tuple[ChangeAnswer, ...]
    illustrative: bool

    def of_last_wave(self, others: tuple[Wave, ...]) -> Wave | None:
        """Return what others, the nation or the don't knows, are in the area's last wave."""
        last = self.waves[-1].name if self.waves else ""
        return next((wave for wave in others if wave.name == last), None)

    @property
    def due(self) -> str:
        """The day that the target is due; "" for none."""
        return "" if self.target is None else self.target.due


@question
def perception(view: AreaView) -> list[PerceptionAnswer]:
    """What residents say: surveys with intervals, England, goal, and the recorded beside them.

    One answer for each question of a survey, in the plan's order.
    """
    month = view.as_at or view.latest_month()
    view = view.at(month)
    return [_perception(view, each, month) for each in questions(view)]


def questions(view: AreaView) -> list[str]:
    """Return the ids of the percentages of surveys that the plan reports or that have figures.

    The don't knows to a question are no question of their own.
    """
    about = view.indicators
    asked = about[about["period_kind"].eq(SURVEY_WAVE) & about["unit"].eq("percent")].index
    listed = view.warehouse.frame("plan_indicators", plan=view.plan_id)["indicator_id"]
    planned = (
        [*listed, *(each.indicator_id for each in view.targets)] if view.is_plans_own_area else []
    )
    order = dict.fromkeys([*planned, *view.indicators_with_figures()])
    chosen = [each for each in order if each in asked]
    return [each for each in chosen if each.removesuffix(DONT_KNOW) not in chosen or
            not each.endswith(DONT_KNOW)]  # fmt: skip


def _perception(view: AreaView, indicator: str, as_at: pd.Period) -> PerceptionAnswer:
    series, about = view.series(indicator), view.indicator(indicator)
    waves = waves_in(view, indicator, as_at)
    target = _target(view, indicator, as_at)
    nation = series_of_areas(view, indicator, [ENGLAND])
    difference, forbidden = _difference(view, indicator, waves)
    return PerceptionAnswer(
        indicator=indicator,
        about=about,
        area_name=view.area_name,
        waves=waves,
        dont_know=_dont_know(view, indicator, as_at),
        national=waves_of(nation, as_at, design_effect_of(about))
        if view.area_code != ENGLAND
        else (),
        difference=difference,
        not_compared=forbidden,
        target=target,
        power=None if target is None else survey_power_in(view, target),
        recorded=_recorded(view, indicator, as_at),
        illustrative=bool(series["illustrative"].any()),
    )


def _difference(
    view: AreaView, indicator: str, waves: tuple[Wave, ...]
) -> tuple[Significance | None, Reasons]:
    """Hold the last wave against the one before, unless a data note forbids it."""
    if len(waves) < 2:  # noqa: PLR2004 - a difference is between two
        return None, NO_REASON
    before, now = waves[-2:]
    windows = (Window(now.month, now.month), Window(before.month, before.month))
    years = (now.month.year, before.month.year)
    forbidden = why_not_comparable(view.effects_on(indicator), *windows, years)
    if forbidden:
        return None, forbidden
    return difference_of(before, now), NO_REASON


def _dont_know(view: AreaView, indicator: str, as_at: pd.Period) -> tuple[Wave, ...]:
    companion = f"{indicator}{DONT_KNOW}"
    return waves_in(view, companion, as_at) if companion in view.indicators.index else ()


def _target(view: AreaView, indicator: str, as_at: pd.Period) -> TrajectoryAnswer | None:
    try:
        return trajectory_in(view, choose_target(view, indicator), as_at)
    except NoFiguresError:
        return None


def _recorded(view: AreaView, indicator: str, as_at: pd.Period) -> tuple[ChangeAnswer, ...]:
    """Return the change of each recorded indicator, on the first basis that can be compared."""
    ids = [each for each in view.indicator(indicator).recorded.split(";") if each]
    tried = (
        [change(view, each, basis, as_at=as_at, with_rate=False) for basis in RECORDED_BASES]
        for each in ids
        if len(view.series(each))
    )
    return tuple(next((one for one in many if one.change.is_comparable), many[0]) for many in tried)
