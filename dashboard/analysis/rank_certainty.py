"""How certain an area's place is: the interval of its rank, and the chances of other places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.analysis.comparison import Comparison
from dashboard.analysis.levels import counted
from dashboard.metrics.dispersion import NO_HISTORY, History, dispersion_at
from dashboard.metrics.gap import THIRD, Gap, fewer_needed_to_reach, no_gap, others_going_on
from dashboard.metrics.group_distance import Distance, from_pooled_mean, from_unweighted_mean
from dashboard.metrics.rank_uncertainty import (
    Moved,
    chance_of_moving,
    chance_within,
    every_members_distribution,
    interval_of_rank,
    rank_distribution,
)
from dashboard.metrics.ranking import Place, quartile_of
from dashboard.metrics.rounding import as_number, as_whole_number
from dashboard.metrics.series_dispersion import histories_of
from dashboard.metrics.significance import LIKE_SERIES, OWN_HISTORY

NO_MOVE = Moved(*(np.array(np.nan) for _ in range(3)))
"""The chances of having moved, where no place is given."""


@dataclass(frozen=True)
class MeanDistance:
    """The area's rate less a mean of the group, which includes the area."""

    JSON = "mean difference lower upper p is_clear"

    mean: float | None
    difference: float | None
    lower: float | None
    upper: float | None
    p: float | None

    @property
    def is_clear(self) -> bool | None:
        """Whether chance would not explain it, at 95%; None where it cannot be said."""
        if self.lower is None or self.upper is None:
            return None
        return self.lower > 0 or self.upper < 0


@dataclass(frozen=True)
class RankCertainty:
    """How certain an area's place in its group is."""

    JSON = """
        rank_lower rank_upper chance_top_three chance_moved_up=chance_up
        chance_same_place=chance_same chance_moved_down=chance_down dispersion dispersion_from
        quartile from_mean_unweighted=from_unweighted from_mean_pooled=from_pooled
        fewer_to_reach_third_if_others_go_on=gap_going_on.events
    """

    dispersion: float | None
    """How many times chance's own variance the area's count is taken to have, as in a change."""
    dispersion_from: str
    """As `dashboard.metrics.significance.Significance` has it."""
    distribution: NDArray
    """The chance of place 1, 2, …, adding up to 1; NaN without a figure or where none is given."""
    rank_lower: int | None
    rank_upper: int | None
    """Ends of the 95% interval of the rank."""
    chance_top_three: float | None
    chance_up: float | None
    """Of a better place than in the previous period; the three add up to 1."""
    chance_same: float | None
    chance_down: float | None
    quartile: int | None
    from_unweighted: MeanDistance
    from_pooled: MeanDistance
    gap_going_on: Gap
    """The gap to third if each other member moves on as over the last year."""


def rank_certainty_of(
    comparison: Comparison, members: pd.DataFrame, earlier: pd.DataFrame, place: Place
) -> tuple[RankCertainty, pd.DataFrame]:
    """Return how certain a place is, and the members with rank_lower, rank_upper, chance_top_three.

    Args:
        comparison: The figures.
        members: Of the ranking: area_code, count, denominator, and what `with_dispersion` adds.
        earlier: area_code, count of the previous period.
        place: Of the area.
    """
    area, is_given = comparison.view.area_code, comparison.is_rankable
    low, per = comparison.lower_is_better, comparison.about.rate_per
    before = members["area_code"].map(earlier.set_index("area_code")["count"])
    whole = members.assign(count_before=before)
    own = int(np.flatnonzero(members["area_code"] == area)[0])
    count, people = (whole[name].to_numpy(float) for name in ("count", "denominator"))
    wide = members["dispersion"].to_numpy(float)
    known = count if is_given else np.full(len(count), np.nan)
    chances = every_members_distribution(known, people, wide, low)
    lower, upper = interval_of_rank(chances)
    moved = _moved(comparison, whole, own, wide) if is_given else NO_MOVE
    going_on = others_going_on(whole, area)
    top = chance_within(chances, THIRD)
    certainty = RankCertainty(
        dispersion=as_number(float(wide[own])),
        dispersion_from=OWN_HISTORY if members["is_own_history"][own] else LIKE_SERIES,
        distribution=chances[own],
        rank_lower=as_whole_number(lower[own]),
        rank_upper=as_whole_number(upper[own]),
        chance_top_three=as_number(top[own]),
        chance_up=as_number(float(moved.up)),
        chance_same=as_number(float(moved.same)),
        chance_down=as_number(float(moved.down)),
        quartile=quartile_of(place.rank, place.with_data),
        from_unweighted=_plain(from_unweighted_mean(count, people, own, wide, per)),
        from_pooled=_plain(from_pooled_mean(count, people, own, wide, per)),
        gap_going_on=fewer_needed_to_reach(going_on, area, THIRD, low, per)
        if is_given
        else no_gap(THIRD),
    )
    ends = {"rank_lower": lower, "rank_upper": upper}
    columns = {name: pd.array(end, dtype="Int64") for name, end in ends.items()}
    return certainty, members.assign(**columns, chance_top_three=top)


def with_dispersion(comparison: Comparison, earlier: pd.DataFrame) -> pd.DataFrame:
    """Return a comparison's members with dispersion and is_own_history.

    Each member's factor is that of a test of its change (`significance.factor_of`), NaN without a
    count.

    Args:
        comparison: The figures.
        earlier: The members over the same months a year before.
    """
    figures, members = counted(comparison.series), comparison.members
    found = histories_of(figures, ["area_code"], comparison.now.last_month)
    at = pd.Index(sorted(figures["area_code"].unique())).get_indexer(members["area_code"])
    history = History(
        *(np.where(at >= 0, each[at], no) for each, no in zip(found, NO_HISTORY, strict=True))
    )
    before = members["area_code"].map(earlier.set_index("area_code")["count"])
    size = pd.concat([members["count"], before], axis=1).mean(axis=1)
    wide = dispersion_at(size, comparison.about.indicator_id, history)
    wide = np.where(members["count"].isna(), np.nan, wide)
    return members.assign(dispersion=wide, is_own_history=history.is_own)


def _moved(comparison: Comparison, members: pd.DataFrame, own: int, wide: NDArray) -> Moved:
    """The chances of a better, the same and a worse place, among members with both periods."""
    counts = members[["count_before", "count"]].to_numpy(float).T
    people = members["denominator"].where(~np.isnan(counts).any(axis=0)).to_numpy(float)
    before, now = (
        rank_distribution(each[None], people, own, wide, comparison.lower_is_better)[0]
        for each in counts
    )
    return chance_of_moving(before, now)


def _plain(distance: Distance) -> MeanDistance:
    return MeanDistance(*(as_number(float(part)) for part in distance))
