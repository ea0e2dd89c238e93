"""Where an area stands among those it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.comparison import Comparison, compared
from dashboard.analysis.groups import Kind
from dashboard.analysis.parameters import Basis, Edition, GroupId, Indicator, RateBase
from dashboard.analysis.question import question
from dashboard.analysis.rank_certainty import (
    PlaceChances,
    RankCertainty,
    place_chances,
    rank_certainty_of,
)
from dashboard.metrics.gap import THIRD, Gap, fewer_needed_to_reach, no_gap
from dashboard.metrics.rank_movement import movement
from dashboard.metrics.ranking import (
    GroupMean,
    Place,
    mean_of_group,
    place_of,
    rank_members,
)
from dashboard.metrics.rounding import as_whole_number
from dashboard.store.cache import cached_per_build

#: A member as it is shown: columns of `RankingAnswer.members`, and their keys in JSON.
MEMBER_COLUMNS = {
    "area_code": "area", "area_name": "name", "count": "count", "denominator": "denominator",
    "value": "rate", "lower": "lower", "upper": "upper", "rank": "rank",
    "rank_lower": "rank_lower", "rank_upper": "rank_upper",
    "chance_top_three": "chance_top_three",
}  # fmt: skip


@dataclass(frozen=True)
class RankingAnswer:
    """A group's members in order, and what follows for the area."""

    JSON = """
        indicator area area_name as_at basis period rank=place.rank of=place.of
        with_data=place.with_data is_tied=place.is_tied is_withheld=place.is_withheld
        members_without_data=missing_members rank_a_year_before group group_kind
        edition_in_force edition source rate_per denominator denominator_year
        group_mean_unweighted=mean.unweighted group_mean_pooled=mean.pooled
        fewer_to_reach_third=gap.events *certainty illustrative members=member_rows
    """

    indicator: str
    title: str
    area: str
    area_name: str
    as_at: str
    basis: str
    period: str
    previous_period: str
    group: str
    edition: str
    source: str
    rate_per: int
    denominator: str
    denominator_year: int | None
    place: Place
    members: pd.DataFrame
    """area_code, area_name, count, denominator, value, lower, upper, rank, is_tied, is_own,
    rank_lower, rank_upper, chance_top_three."""
    moved: pd.DataFrame
    """area_code, area_name, rank_before, rank_now, moved, among members with data in both."""
    mean: GroupMean
    gap: Gap
    lower_is_better: bool
    illustrative: bool
    published: str
    certainty: RankCertainty
    group_kind: Kind
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
    return ranking_of(
        compared(view, indicator, basis=basis, group=group, edition=edition, rate_base=rate_base)
    )


@cached_per_build
def comparison_in(view: AreaView, indicator: str, as_at: pd.Period, group: str = "") -> Comparison:
    """Return the figures that `ranking` ranks; it raises the errors of `compared`."""
    return compared(view, indicator, as_at=as_at, group=group)


@cached_per_build
def place_in(view: AreaView, indicator: str, as_at: pd.Period, group: str = "") -> Place:
    """Return the place alone, from the comparison that `ranking` uses: a tenth of the work.

    Raises:
        UnknownChoiceError: No such indicator or group.
        NoFiguresError: The area has no group, or no figures of the indicator.
    """
    found = comparison_in(view, indicator, as_at, group)
    members = rank_members(found.members, found.lower_is_better, found.per)
    return place_of(members, view.area_code)


@cached_per_build
def place_chances_in(
    view: AreaView, indicator: str, as_at: pd.Period, group: str = ""
) -> PlaceChances:
    """Return how certain the place of `place_in` is; it raises the same errors."""
    found = comparison_in(view, indicator, as_at, group)
    return place_chances(found, found.members, found.counts_in(found.before))


def ranking_of(comparison: Comparison) -> RankingAnswer:
    """Return the ranking of a comparison's area. Both periods are on one year's denominators."""
    about, area = comparison.about, comparison.view.area_code
    lower, per = comparison.lower_is_better, comparison.per
    members = rank_members(comparison.members, lower, per)
    earlier = rank_members(comparison.counts_in(comparison.before), lower, per)
    names = comparison.members[["area_code", "area_name"]]
    moved = movement(earlier, members, lower).merge(names)
    place = place_of(members, area)
    certainty, members = rank_certainty_of(comparison, members, earlier, place)
    return RankingAnswer(
        indicator=about.indicator_id,
        title=about.title,
        area=area,
        area_name=comparison.view.area_name,
        as_at=str(comparison.month),
        basis=comparison.basis,
        period=comparison.now.label(),
        previous_period=comparison.before.label(),
        group=comparison.group.name,
        edition=comparison.group.edition,
        source=comparison.group.source,
        rate_per=about.rate_per,
        denominator=comparison.denominator,
        denominator_year=comparison.denominator_year,
        place=place,
        members=members.assign(is_own=members["area_code"].eq(area)),
        moved=moved.assign(is_own=moved["area_code"].eq(area)),
        mean=mean_of_group(members, per),
        gap=fewer_needed_to_reach(members, area, THIRD, lower, per)
        if comparison.is_rankable
        else no_gap(THIRD),
        missing_members=comparison.missing_members,
        lower_is_better=lower,
        illustrative=bool(comparison.series["illustrative"].any()),
        published=comparison.published,
        certainty=certainty,
        group_kind=comparison.group.kind,
        edition_in_force=comparison.group.in_force,
    )
