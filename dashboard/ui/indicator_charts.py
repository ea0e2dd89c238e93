"""Charts of one indicator, each drawn once for all readers: a chart, or why there is none."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.change import ChangeAnswer, change
from dashboard.analysis.contribution import MONTH, TYPE, ContributionAnswer, contribution
from dashboard.analysis.control import control
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.projection import projection
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.analysis.rows import Verdict
from dashboard.analysis.status import verdict_on
from dashboard.analysis.target_trajectory import path_of
from dashboard.charts.chart import Chart
from dashboard.metrics.periods import month_label, parse_month
from dashboard.store.cache import cached_per_build
from dashboard.words.contribution import waterfall_chart
from dashboard.words.control_chart import control_chart
from dashboard.words.control_chart import finding as control_finding
from dashboard.words.indicator import history_chart
from dashboard.words.levels import capital
from dashboard.words.one_indicator import latest
from dashboard.words.rank_target import rank_target_chart
from dashboard.words.ranking import ranking_chart
from dashboard.words.reasons import reason_in_words
from dashboard.words.sources import source_of_indicators
from dashboard.words.trajectory import trajectory_chart

NO_PARTS = "Nothing is counted within it, by type or by month, so its change has no parts."
HEADLINE_BASES = ("ytd", "rolling_year")


class Parts(NamedTuple):
    """What makes up a change, drawn, and the answer that it was drawn from."""

    chart: Chart
    answer: ContributionAnswer

    @property
    def is_by_type(self) -> bool:
        """Whether the parts are types, not months."""
        return self.answer.way == TYPE


@cached_per_build
def control_of(view: AreaView, indicator: str, *, trend: bool = False) -> Chart | str:
    """Draw the control chart, with limits around one level or around a trend."""
    about = view.indicator(indicator)
    try:
        answer = control(view, indicator, trend=trend)
    except NoFiguresError:
        month = month_label(parse_month(view.as_at_text))
        return f"No figure of it is loaded for {view.area_name} up to {month}."
    drawn = control_chart(answer, about, source=source_of_indicators(view, indicator))
    return f"No limits: {control_finding(answer, about)}." if drawn is None else drawn


@cached_per_build
def history_of(view: AreaView, indicator: str) -> Chart | None:
    """Draw all figures without limits; None without a figure."""
    about = view.indicator(indicator)
    return history_chart(
        view.series(indicator),
        about,
        latest(usual_changes(view, indicator)),
        area_name=view.area_name,
        as_at=view.as_at_text,
        source=source_of_indicators(view, indicator),
    )


def usual_changes(view: AreaView, indicator: str) -> list[ChangeAnswer]:
    """Return the changes that a headline is chosen from, the first to be said first."""
    return [change(view, indicator, basis) for basis in HEADLINE_BASES]


@cached_per_build
def target_of(view: AreaView, indicator: str, target: str) -> Chart | None:
    """Draw a target's path with the projection, or its place against the place asked for."""
    found = verdict_on(view, target)
    source = source_of_indicators(view, indicator)
    if found.goal == "rank":
        of_then = judged(view, found)
        return _place_asked_for(of_then, indicator, found.place_asked, found.due)
    return trajectory_chart(
        path_of(view, indicator, target),
        view.indicator(indicator),
        source=source,
        verdict=found,
        projection=projection(view, indicator, target),
    )


def judged(view: AreaView, target: Verdict) -> AreaView:
    """Return the view of the month that a target is judged by: of a closed one, its last."""
    return view.at((target.due or target.closed)[:7]) if target.closed else view


@cached_per_build
def place_of(view: AreaView, indicator: str) -> Chart | str:
    """Draw the place in the peer group."""
    try:
        answer = ranking_answer(view, indicator)
    except NoFiguresError as nothing:
        return sentence(nothing)
    return ranking_chart(answer, source=source_of_indicators(view, indicator))


@cached_per_build
def parts_of(view: AreaView, indicator: str, basis: str) -> Parts | str:
    """Draw what makes up a change: its types, or its months where it has no types."""
    try:
        answer = _broken_down(view, indicator, basis)
    except NoFiguresError:
        return NO_PARTS
    drawn = waterfall_chart(answer, source=source_of_indicators(view, indicator))
    if drawn is None:
        why = reason_in_words(answer.change.not_comparable) or "no part has figures of both periods"
        return f"Not broken down: {why}."
    return Parts(drawn, answer)


def sentence(nothing: Exception) -> str:
    """Return why there is nothing, as a sentence."""
    return f"{capital(str(nothing))}."


def _broken_down(view: AreaView, indicator: str, basis: str) -> ContributionAnswer:
    try:
        return contribution(view, indicator, TYPE, basis)
    except NoFiguresError:
        return contribution(view, indicator, MONTH, basis)


def _place_asked_for(view: AreaView, indicator: str, goal: int, due: str) -> Chart | None:
    try:
        ranking = ranking_answer(view, indicator, group=MOST_SIMILAR_GROUP)
    except NoFiguresError:
        return None
    return rank_target_chart(
        ranking, goal=goal, due=due, source=source_of_indicators(view, indicator)
    )
