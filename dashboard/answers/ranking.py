"""Where an area stands among those it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.answers.levels import counted
from dashboard.answers.members import counts_over, with_one_years_denominators
from dashboard.answers.picture import NoFiguresError, Picture, UnknownChoiceError
from dashboard.metrics.gap import THIRD, Gap, fewer_needed_to_reach
from dashboard.metrics.periods import parse_month, windows_for
from dashboard.metrics.ranking import (
    GroupMean,
    Place,
    mean_of_group,
    movement,
    place_of,
    rank_members,
)
from dashboard.metrics.windows import window_total
from dashboard.warehouse import Warehouse

#: The group that plans set ranks in: the police's, of which other groups are no substitute.
MOST_SIMILAR_GROUP = "Most Similar Group"

#: Offered to an area without a group: neighbours in administration, not alike.
SAME_FORCE = "Partnerships of the same police force"

#: Tried in this order when the reader names no basis: a plan speaks of the year to date, and
#: national tables hold years only.
BASES = ("ytd", "rolling_year")
ALL_BASES = (*BASES, "quarter", "month")
SMALLEST_GROUP = 2


@dataclass(frozen=True)
class RankingAnswer:
    """A group's members in order, and what follows for the area."""

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
    """area_code, area_name, count, denominator, value, lower, upper, rank, is_tied, is_own."""
    moved: pd.DataFrame
    """area_code, area_name, rank_before, rank_now, moved, among members with data in both."""
    mean: GroupMean
    gap: Gap
    lower_is_better: bool
    illustrative: bool
    published: str

    def to_dict(self) -> dict[str, object]:
        """Return plain values, for JSON."""
        own = self.moved[self.moved["area_code"] == self.area]
        before = None if own.empty else _whole(own["rank_before"].iloc[0])
        return {
            "indicator": self.indicator,
            "area": self.area,
            "area_name": self.area_name,
            "as_at": self.as_at,
            "basis": self.basis,
            "period": self.period,
            "rank": self.place.rank,
            "of": self.place.of,
            "with_data": self.place.with_data,
            "is_tied": self.place.is_tied,
            "rank_a_year_before": before,
            "group": self.group,
            "edition": self.edition,
            "source": self.source,
            "rate_per": self.rate_per,
            "denominator_year": self.denominator_year,
            "group_mean_unweighted": self.mean.unweighted,
            "group_mean_pooled": self.mean.pooled,
            "fewer_to_reach_third": self.gap.events,
            "illustrative": self.illustrative,
            "members": [
                {
                    "area": row["area_code"],
                    "name": row["area_name"],
                    "count": _plain(row["count"]),
                    "denominator": _plain(row["denominator"]),
                    "rate": _plain(row["value"]),
                    "lower": _plain(row["lower"]),
                    "upper": _plain(row["upper"]),
                    "rank": _whole(row["rank"]),
                }
                for row in self.members.to_dict("records")
            ],
        }


def ranking(
    warehouse: Warehouse,
    indicator: str,
    *,
    area: str = "",
    plan: str = "",
    as_at: str = "",
    basis: str = "",
    group: str = "",
    edition: str = "",
) -> RankingAnswer:
    """Return the ranking of an area in its group.

    Args:
        warehouse: A published database.
        indicator: An indicator id with a denominator.
        area: An area code; "" for the plan's own.
        plan: A plan id; "" for the area's, or the first.
        as_at: The last month that counts; "" for the latest with figures.
        basis: ytd, rolling_year, quarter or month; "" for the first of `BASES` with figures.
        group: Name of the peer group, or `SAME_FORCE`; "" for the area's newest.
        edition: Its edition; "" for its newest.

    Raises:
        UnknownChoiceError: No such plan, area, indicator, group or edition.
        NoFiguresError: The area has no group, or no figures of the indicator.
        ValueError: as_at or basis is not one.
    """
    picture = Picture.of(warehouse, plan, area)
    return ranking_in(picture, indicator, as_at=as_at, basis=basis, group=group, edition=edition)


def ranking_in(
    picture: Picture,
    indicator: str,
    *,
    as_at: str | pd.Period = "",
    basis: str = "",
    group: str = "",
    edition: str = "",
) -> RankingAnswer:
    """Return the ranking of a picture's area; see `ranking`."""
    about = picture.indicator(indicator)
    if not about["denominator"]:
        raise NoFiguresError(f"{about['title']} is not counted per resident, so it is not ranked")
    month = parse_month(as_at) if as_at else picture.latest_month(indicator)
    chosen, areas = _members(picture, group, edition)
    series = picture.warehouse.frame(
        "series_of_areas", indicator=indicator, areas=areas["area_code"].tolist()
    )
    basis = basis or _basis_with_figures(series, picture.area_code, month)
    now, before = windows_for(basis, month)
    lower, per = bool(about["lower_is_better"]), float(about["rate_per"])
    people = picture.warehouse.frame(
        "denominators", measure=about["denominator"], areas=areas["area_code"].tolist()
    )
    counts, year = with_one_years_denominators(
        counts_over(areas, series, now), people, now.last_month.year
    )
    counts_before, _ = with_one_years_denominators(
        counts_over(areas, series, before), people, before.last_month.year
    )
    members = rank_members(counts, lower, per)
    earlier = rank_members(counts_before, lower, per)
    moved = movement(earlier, members, lower).merge(areas[["area_code", "area_name"]])
    return RankingAnswer(
        indicator=indicator,
        title=str(about["title"]),
        area=picture.area_code,
        area_name=picture.area_name,
        as_at=str(month),
        basis=basis,
        period=now.label(),
        previous_period=before.label(),
        group=str(chosen["peer_group"]),
        edition=str(chosen["edition"]),
        source=str(chosen["source"]),
        rate_per=int(about["rate_per"]),
        denominator=str(about["denominator"]),
        denominator_year=year,
        place=place_of(members, picture.area_code),
        members=members.assign(is_own=members["area_code"].eq(picture.area_code)),
        moved=moved.assign(is_own=moved["area_code"].eq(picture.area_code)),
        mean=mean_of_group(members, per),
        gap=fewer_needed_to_reach(members, picture.area_code, THIRD, lower, per),
        lower_is_better=lower,
        illustrative=bool(series["illustrative"].any()),
        published="" if series.empty else str(pd.to_datetime(series["published"]).max().date()),
    )


def groups_of(picture: Picture) -> pd.DataFrame:
    """Return the groups that an area is compared in, the preferred first."""
    return picture.warehouse.frame(
        "peer_groups", area=picture.area_code, preferred=MOST_SIMILAR_GROUP
    )


def same_force(picture: Picture) -> pd.DataFrame:
    """Return area_code, area_name and force_name of the partnerships of the area's police force.

    They share a police force and nothing else that is known, so they are no similar group. Empty
    for an area without a force.
    """
    return picture.warehouse.frame("force_partnerships", area=picture.area_code)


def bases_with_figures(picture: Picture, indicator: str, as_at: str | pd.Period) -> list[str]:
    """Return the bases on which the indicator has a figure as at a month, the usual one first."""
    own = counted(picture.series(indicator))
    return [
        basis
        for basis in ALL_BASES
        if window_total(own, windows_for(basis, as_at)[0]).value is not None
    ]


def _members(picture: Picture, group: str, edition: str) -> tuple[pd.Series, pd.DataFrame]:
    """Return the group (peer_group, edition, source) and its members (area_code, area_name)."""
    if group != SAME_FORCE:
        chosen = choose_group(picture, group, edition)
        members = picture.warehouse.frame(
            "group_members",
            area=picture.area_code,
            peer_group=chosen["peer_group"],
            edition=chosen["edition"],
        )
        return chosen, members
    members = same_force(picture)
    if members["area_code"].nunique() < SMALLEST_GROUP:
        raise NoFiguresError(f"{picture.area_name} is the only partnership of its police force")
    source = f"the areas of {members['force_name'].iloc[0]} police force in the loaded tables"
    names = {"peer_group": SAME_FORCE, "edition": "", "source": source}
    return pd.Series(names), members


def choose_group(picture: Picture, group: str = "", edition: str = "") -> pd.Series:
    """Return the peer group asked for, or the area's newest.

    Raises:
        UnknownChoiceError: The area has no such group or edition.
        NoFiguresError: It has none at all.
    """
    groups = groups_of(picture)
    if group == MOST_SIMILAR_GROUP and group not in set(groups["peer_group"]):
        raise NoFiguresError(f"the members of {picture.area_name}'s {group} are not loaded")
    if groups.empty:
        raise NoFiguresError(
            f"no group is known that {picture.area_name} is compared in: add its members to "
            "peers.csv of the plan"
        )
    for what, choice in (("peer_group", group), ("edition", edition)):
        if choice and choice not in set(groups[what]):
            raise UnknownChoiceError(what.replace("_", " "), choice, groups[what])
        groups = groups[groups[what].eq(choice)] if choice else groups
    return groups.iloc[0]


def _basis_with_figures(series: pd.DataFrame, area: str, month: pd.Period) -> str:
    own = counted(series[series["area_code"] == area])
    for basis in BASES:
        if window_total(own, windows_for(basis, month)[0]).value is not None:
            return basis
    return BASES[-1]


def _plain(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else int(value)
