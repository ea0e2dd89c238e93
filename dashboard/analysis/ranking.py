"""Where an area stands among those it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.comparison import ComparedAnswer, Comparison, compared
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.question import Basis, Edition, GroupId, Indicator, RateBase, question
from dashboard.analysis.rank_certainty import RankCertainty, rank_certainty_of, with_dispersion
from dashboard.metrics.gap import THIRD, Gap, fewer_needed_to_reach, no_gap
from dashboard.metrics.rank_movement import movement
from dashboard.metrics.ranking import GroupMean, Place, mean_of_group, place_of, rank_members
from dashboard.metrics.rounding import as_whole_number
from dashboard.store.cache import cached_per_build

#: A member as it is shown: columns of `RankingAnswer.members`, and their keys in JSON.
MEMBER_COLUMNS = {
    "area_code": "area", "area_name": "name", "count": "count", "denominator": "denominator",
    "value": "rate", "lower": "lower", "upper": "upper", "rank": "rank",
    "rank_lower": "rank_lower", "rank_upper": "rank_upper",
    "chance_top_three": "chance_top_three",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RankingAnswer(ComparedAnswer):
    """A group's members in order, and what follows for the area."""

    JSON = f"""
        {ComparedAnswer.HEADER} rank=place.rank of=place.of with_data=place.with_data
        is_tied=place.is_tied is_withheld=place.is_withheld members_without_data=missing_members
        rank_a_year_before edition_in_force group_mean_unweighted=mean.unweighted
        group_mean_pooled=mean.pooled fewer_to_reach_third=gap.events *certainty
        members=member_rows
    """

    previous_period: str
    place: Place
    members: pd.DataFrame
    """area_code, area_name, count, denominator, value, lower, upper, rank, is_tied, is_own,
    dispersion, rank_lower, rank_upper, chance_top_three."""
    moved: pd.DataFrame
    """area_code, area_name, rank_before, rank_now, moved, among members with data in both."""
    mean: GroupMean
    gap: Gap
    published: str
    certainty: RankCertainty
    missing_members: tuple[str, ...] = ()
    """Names of members without a figure of the same series in the same period."""
    edition_in_force: str = ""
    """Of the group, on the last day compared; "" where not known or not an edition of it."""

    @property
    def rank_a_year_before(self) -> int | None:
        """The area's rank over the same months a year before; None where it has none."""
        own = self.moved[self.moved["area_code"] == self.area]
        return None if own.empty else as_whole_number(own["rank_before"].iloc[0])

    @property
    def member_rows(self) -> list[dict[str, object]]:
        """The members, with ranks as whole numbers."""
        shown = self.members.rename(columns=MEMBER_COLUMNS)[list(MEMBER_COLUMNS.values())]
        return [
            {key: as_whole_number(value) if "rank" in key else value for key, value in row.items()}
            for row in shown.to_dict("records")
        ]


@question
def ranking(
    view: AreaView,
    indicator: Indicator,
    basis: Basis = "",
    group: GroupId = "",
    edition: Edition = "",
    rate_base: RateBase = "",
) -> RankingAnswer:
    """Where an area stands in its group.

    See `dashboard.analysis.comparison.compared`, for the errors too.
    """
    return ranking_of(compared(view, indicator, basis, group, edition, rate_base))


@cached_per_build
def ranking_at(view: AreaView, indicator: str, as_at: str | pd.Period) -> RankingAnswer:
    """Return the ranking in the group that plans set ranks in, as at a month; see `ranking`."""
    return ranking_of(compared(view, indicator, group=MOST_SIMILAR_GROUP, as_at=str(as_at)))


def ranking_of(comparison: Comparison) -> RankingAnswer:
    """Return the ranking of a comparison's area. Both periods are on one year's denominators."""
    area = comparison.view.area_code
    lower, per = comparison.lower_is_better, comparison.about.rate_per
    earlier = rank_members(comparison.counts_in(comparison.before), lower, per)
    members = rank_members(with_dispersion(comparison, earlier), lower, per)
    names = comparison.members[["area_code", "area_name"]]
    moved = movement(earlier, members, lower).merge(names)
    place = place_of(members, area)
    certainty, members = rank_certainty_of(comparison, members, earlier, place)
    return RankingAnswer(
        **comparison.header(),
        previous_period=comparison.before.label(),
        place=place,
        members=members.assign(is_own=members["area_code"].eq(area)),
        moved=moved.assign(is_own=moved["area_code"].eq(area)),
        mean=mean_of_group(members, per),
        gap=fewer_needed_to_reach(members, area, THIRD, lower, per)
        if comparison.is_rankable
        else no_gap(THIRD),
        missing_members=comparison.missing_members,
        published=comparison.published,
        certainty=certainty,
        edition_in_force=comparison.group.in_force,
    )
