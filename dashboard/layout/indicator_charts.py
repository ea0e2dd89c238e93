"""Charts of one indicator, each drawn once for all readers: a chart, or why there is none."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.analysis.change import ChangeAnswer
from dashboard.analysis.contribution import MONTH, TYPE, ContributionAnswer
from dashboard.analysis.picture import NoFiguresError
from dashboard.analysis.ranking import MOST_SIMILAR_GROUP
from dashboard.analysis.session import Session
from dashboard.charts.chart import Chart
from dashboard.charts.wording import long_month_text, number_or_none
from dashboard.exhibits.contribution import waterfall_chart
from dashboard.exhibits.control import control_exhibit
from dashboard.exhibits.control import finding as control_finding
from dashboard.exhibits.indicator import history_chart
from dashboard.exhibits.one_indicator import latest
from dashboard.exhibits.rank_target import rank_target_chart
from dashboard.exhibits.ranking import ranking_chart
from dashboard.exhibits.trajectory import trajectory_chart
from dashboard.exhibits.words import capital
from dashboard.layout.target_charts import judged
from dashboard.metrics.periods import parse_month
from dashboard.metrics.status import Status
from dashboard.store.cache import cached_per_build

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
def control_of(session: Session, indicator: str) -> Chart | str:
    """Draw the control chart."""
    about = session.picture.indicator(indicator)
    try:
        answer = session.control(indicator)
    except NoFiguresError:
        month = long_month_text(parse_month(session.as_at))
        return f"No figure of it is loaded for {session.picture.area_name} up to {month}."
    drawn = control_exhibit(answer, about, source=session.source(indicator))
    return f"No limits: {control_finding(answer, about)}." if drawn is None else drawn


@cached_per_build
def history_of(session: Session, indicator: str) -> Chart | None:
    """Draw all figures without limits; None without a figure."""
    picture = session.picture
    about = picture.indicator(indicator)
    return history_chart(
        picture.series(indicator),
        about,
        latest(about, usual_changes(session, indicator)),
        area_name=picture.area_name,
        as_at=session.as_at,
        source=session.source(indicator),
    )


def usual_changes(session: Session, indicator: str) -> list[ChangeAnswer]:
    """Return the changes that a headline is chosen from, the first to be said first."""
    return [session.change(indicator, basis) for basis in HEADLINE_BASES]


@cached_per_build
def target_of(session: Session, indicator: str, target: str) -> Chart | None:
    """Draw a target's path with the projection, or its place against the place asked for."""
    row = session.targets_on(indicator).set_index("target_id").loc[target]
    source = session.source(indicator)
    if row["goal"] == "rank":
        of_then = judged(session, row)
        return _place_asked_for(of_then, indicator, int(row["goal_number"]), str(row["due"]))
    return trajectory_chart(
        session.trajectory(indicator, target),
        session.picture.indicator(indicator),
        source=source,
        verdict=Status(
            row["status"],
            row["reason"],
            path=row["path_state"],
            probability=number_or_none(row["probability"]),
        ),
        projection=session.projection(indicator, target),
    )


@cached_per_build
def place_of(session: Session, indicator: str) -> Chart | str:
    """Draw the place in the peer group."""
    try:
        answer = session.ranking(indicator)
    except NoFiguresError as nothing:
        return sentence(nothing)
    return ranking_chart(answer, source=session.source(indicator))


@cached_per_build
def parts_of(session: Session, indicator: str, basis: str) -> Parts | str:
    """Draw what makes up a change: its types, or its months where it has no types."""
    try:
        answer = _broken_down(session, indicator, basis)
    except NoFiguresError:
        return NO_PARTS
    drawn = waterfall_chart(answer, source=session.source(indicator))
    if drawn is None:
        why = answer.change.not_comparable or "no part has figures of both periods"
        return f"Not broken down: {why}."
    return Parts(drawn, answer)


def sentence(nothing: Exception) -> str:
    """Return why there is nothing, as a sentence."""
    return f"{capital(str(nothing))}."


def _broken_down(session: Session, indicator: str, basis: str) -> ContributionAnswer:
    try:
        return session.contribution(indicator, basis, TYPE)
    except NoFiguresError:
        return session.contribution(indicator, basis, MONTH)


def _place_asked_for(session: Session, indicator: str, goal: int, due: str) -> Chart | None:
    try:
        ranking = session.ranking(indicator, group=MOST_SIMILAR_GROUP)
    except NoFiguresError:
        return None
    return rank_target_chart(ranking, goal=goal, due=due, source=session.source(indicator))
