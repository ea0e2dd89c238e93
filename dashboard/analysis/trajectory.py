"""Everything about one target: path and range of chance, its year, the record, other targets.

One call for pages, `safecity show trajectory` and notebooks.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.path_range import RequiredRun, dispersion_in, range_in, required_run_in
from dashboard.analysis.projected_place import ProjectedPlace, projected_place_in
from dashboard.analysis.projection import PLACE_METHOD
from dashboard.analysis.question import Indicator, Target, question
from dashboard.analysis.ranking import ranking_at
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import target_status
from dashboard.analysis.survey_power import SurveyPower, survey_power_in
from dashboard.analysis.target_path import seen_with_target
from dashboard.analysis.target_trajectory import TrajectoryAnswer, seen_at, trajectory_in
from dashboard.metrics.gap import fewer_needed_to_reach, no_gap
from dashboard.metrics.periods import parse_month
from dashboard.metrics.rank_uncertainty import chance_within
from dashboard.metrics.reasons import Reason
from dashboard.metrics.rounding import as_number
from dashboard.metrics.trajectory import month_shares, strictest, what_each_path_gives
from dashboard.metrics.year_path import annual_level_at, target_year, year_beside_path, year_path

SEASONAL, TWELFTHS = "seasonal", "a twelfth each month"
LISTED = [
    "target_id", "kind", "goal_stated", "target", "due", "path_now", "actual", "status", "reason",
    "because", "needed_per_month", "probability", "goal_is_illustrative",
]  # fmt: skip


@dataclass(frozen=True)
class RankGoal:
    """The place that a target sets, and the place that the area has.

    Attributes:
        goal: The place, or better, that meets the target.
        place: The place held; None where there is none.
        events_needed: Fewer (or, higher being better, more) events that would give the place, the
            others unchanged; None where that cannot be said.
        chance: That the true place is as good as asked for, as things are; None without a place.
        chance_up: That it is truly better than in the period before; None likewise.
        chance_down: That it is truly worse.
        reason: Why there is no place, or no number of events; "" when there are both.
    """

    JSON = """
        goal place of=group_size period fewer_needed_to_reach_it=events_needed
        chance_of_it_now=chance chance_moved_up=chance_up chance_moved_down=chance_down
        method_of_chances reason *at_due
    """

    goal: int
    place: int | None
    group_size: int
    period: str
    events_needed: int | None
    reason: Reason | str = ""
    chance: float | None = None
    chance_up: float | None = None
    chance_down: float | None = None
    at_due: ProjectedPlace | None = None

    @property
    def method_of_chances(self) -> str:
        """How the chances were computed; "" where they were not."""
        return PLACE_METHOD if self.chance is not None else ""


@dataclass(frozen=True)
class TargetOutlook:
    """One target from every side.

    Attributes:
        dispersion: Variance of the yearly counts over their mean; None where not known.
        chance: month, level, lower_95, lower_80, upper_80, upper_95: the path and what chance alone
            gives around it; empty where that is not known.
        year: As `dashboard.metrics.year_path.year_beside_path`: the target's year, month by month
            and added up; empty for what is not counted by month.
        spread: How the year's level is spread over its months.
        targets: Every target on the indicator, a row each: `LISTED`.
        covers: What keeping to the path of one target gives for the others on their due dates.
        strictest: The target that asks most.
    """

    JSON = """
        *trajectory status=status.status reason=status.reason because=status.because
        probability=status.probability probability_reason=status.probability_reason
        probability_method=status.probability_method significance=status.significance
        in_words dispersion range=chance year=year_label year_is_spread=spread
        months_of_year=year required_run=run survey_power=survey rank targets_on_indicator=targets
        each_path_gives=covers strictest_target=strictest
    """

    trajectory: TrajectoryAnswer
    status: Verdict
    dispersion: float | None
    chance: pd.DataFrame
    year: pd.DataFrame
    year_label: str
    spread: str
    run: RequiredRun | None
    survey: SurveyPower | None
    rank: RankGoal | None
    targets: pd.DataFrame
    covers: pd.DataFrame
    strictest: str


@question
def trajectory(view: AreaView, indicator: Indicator, target: Target = "") -> TargetOutlook:
    """A target's path with its range of chance, its year, what is needed, and its companions.

    See `dashboard.analysis.target_path.choose_target` for the errors.
    """
    view, chosen, as_at = seen_with_target(view, indicator, target)
    path = trajectory_in(view, chosen, as_at)
    rows = target_status(view, as_at, indicator=path.indicator)
    paths = _others(view, path, as_at)
    view, as_at = seen_at(view, chosen, as_at)[:2]
    goals = pd.DataFrame(
        {
            "target_id": list(paths),
            "level": [each.target for each in paths.values()],
            "due": [parse_month(each.due[:7]) if each.due else None for each in paths.values()],
        }
    )
    dispersion = dispersion_in(view, path.indicator, as_at)
    year, label, spread = _year(view, path, as_at, dispersion)
    lower = path.lower_is_better
    return TargetOutlook(
        trajectory=path,
        status=next(each for each in rows_of(rows, Verdict) if each.target_id == path.target_id),
        dispersion=dispersion,
        chance=range_in(view, path),
        year=year,
        year_label=label,
        spread=spread,
        run=required_run_in(view, path),
        survey=survey_power_in(view, path),
        rank=_rank_goal(view, path),
        targets=rows[LISTED],
        covers=what_each_path_gives({k: v.path for k, v in paths.items()}, goals, lower),
        strictest=strictest(goals, lower),
    )


def _others(
    view: AreaView, path: TrajectoryAnswer, as_at: pd.Period
) -> dict[str, TrajectoryAnswer]:
    """Return the target and every other given one on its indicator that asks for a level, by id."""
    found = [
        trajectory_in(view, each, as_at)
        for each in view.targets_on(path.indicator)
        if each.goal_is_given or each.target_id == path.target_id
    ]
    return {each.target_id: each for each in found if each.goal not in ("rank", "not_given")}


def _year(
    view: AreaView, path: TrajectoryAnswer, as_at: pd.Period, dispersion: float | None
) -> tuple[pd.DataFrame, str, str]:
    """Return the target's year around a month beside what was counted, its label and spread."""
    about = view.indicator(path.indicator)
    series = view.counted(path.indicator)
    year = target_year(as_at, parse_month(path.due[:7]) if path.due else None)
    level = annual_level_at(path.path, year, path.target)
    is_monthly = bool(series["period_kind"].eq("month").any())
    if not about.is_count or level is None or not is_monthly:
        return pd.DataFrame(), "", ""
    shares = month_shares(series, year.first_month)
    spread = SEASONAL if shares.shares else TWELFTHS
    months = year_path(level, year, shares)
    # A dispersion that is not known leaves the range out: it would be a Poisson's, too narrow.
    wide = float("nan") if dispersion is None else dispersion
    return year_beside_path(months, series, as_at, wide), year.label(), spread


def _rank_goal(view: AreaView, path: TrajectoryAnswer) -> RankGoal | None:
    """Return an area's place compared with the place that a target sets; None of another goal."""
    if path.goal != "rank" or path.goal_number is None:
        return None
    indicator, goal = path.indicator, int(path.goal_number)
    try:
        found = ranking_at(view, indicator, path.as_at)
    except NoFiguresError as error:
        return RankGoal(goal, None, 0, "", None, str(error))
    lower, gap = found.lower_is_better, no_gap(goal)
    if not found.place.is_withheld:
        gap = fewer_needed_to_reach(found.members, view.area_code, goal, lower_is_better=lower)
    return RankGoal(
        goal=goal,
        place=found.place.rank,
        group_size=found.place.of,
        period=found.period,
        events_needed=gap.events,
        reason=found.place.why_withheld(found.period) if found.place.is_withheld else gap.reason,
        chance=as_number(float(chance_within(found.certainty.distribution, goal))),
        chance_up=found.certainty.chance_up,
        chance_down=found.certainty.chance_down,
        at_due=projected_place_in(view, indicator, goal, parse_month(path.as_at), path.due),
    )
