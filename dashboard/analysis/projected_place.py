"""The place in the group that an area is heading for, if every member goes on as it does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.comparison import Comparison, compared
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.members import counts_by_month
from dashboard.analysis.projected_total import history_in, projected_over, why_not_by
from dashboard.analysis.siblings import in_its_surroundings
from dashboard.metrics.goals import due_window
from dashboard.metrics.intervals import CONFIDENCE_95
from dashboard.metrics.path_range import CONFIDENCE_80
from dashboard.metrics.periods import MONTHS_A_YEAR, Window, month_label, parse_month
from dashboard.metrics.projected_rank import DRAWS, draw_totals, projected_ranks
from dashboard.metrics.projection.history import FEWEST_EVENTS, FEWEST_MONTHS, History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.siblings import CHOSEN, fit_chosen
from dashboard.metrics.rank_uncertainty import chance_within, interval_of_rank
from dashboard.metrics.reasons import Because, Reason, because
from dashboard.store.cache import cached_per_build

PROJECTED_METHOD = (
    f"every member's due year projected alike, {CHOSEN}, {DRAWS:,} draws; the trend of all known, "
    "members' shares of it independent, the same members and residents at the due date as now"
)


@dataclass(frozen=True)
class ProjectedPlace:
    """The place that an area is heading for, or why that cannot be said.

    Attributes:
        goal: The place, or better, that meets the target.
        due: The month that it is due, in words; "" when not given.
        chance: That the place at the due date is as good as asked for, if every member goes on as
            it does; None without a projection.
        places_80: Best and worst end of the places that hold it four times in five.
        places_95: The same, nineteen times in twenty.
        with_data: Members that are projected.
        reason: Why there is no chance; "" when there is one.
    """

    JSON = """
        chance_of_it_at_due_date=chance place_at_due_date_80=places_80
        place_at_due_date_95=places_95 period_at_due_date=period members_projected=with_data
        edition denominator_year method_at_due_date=method reason_at_due_date=reason
        at_due_date_in_words
    """

    goal: int
    due: str
    period: str = ""
    chance: float | None = None
    places_80: tuple[int | None, int | None] = (None, None)
    places_95: tuple[int | None, int | None] = (None, None)
    with_data: int = 0
    edition: str = ""
    denominator_year: int | None = None
    reason: Reason | str = ""

    @property
    def method(self) -> str:
        """How the chance was computed; "" where it was not."""
        return PROJECTED_METHOD if self.chance is not None else ""


def projected_place_in(
    view: AreaView, indicator: str, goal: int, as_at: pd.Period, due: str
) -> ProjectedPlace:
    """Return the chance of a place at the due date, if every member goes on as it does.

    Args:
        view: The area under its plan.
        indicator: What is ranked.
        goal: The place that meets the target.
        as_at: The last month that counts.
        due: The due date, ISO; "" when not given.
    """
    named = month_label(parse_month(due[:7])) if due else ""
    if reason := why_not_by(due, as_at):
        return ProjectedPlace(goal, named, reason=reason)
    month = parse_month(due[:7])
    try:
        found, chances, members = _chances(view, indicator, as_at, month)
    except NoFiguresError as error:
        return ProjectedPlace(goal, named, reason=error.why or str(error))
    ends = [interval_of_rank(chances, level) for level in (CONFIDENCE_80, CONFIDENCE_95)]
    return ProjectedPlace(
        goal=goal,
        due=named,
        period=due_window(month).label(),
        chance=float(chance_within(chances, goal)),
        places_80=(int(ends[0][0]), int(ends[0][1])),
        places_95=(int(ends[1][0]), int(ends[1][1])),
        with_data=members,
        edition=found.group.edition,
        denominator_year=found.denominator_year,
    )


@cached_per_build
def _chances(
    view: AreaView, indicator: str, as_at: pd.Period, due: pd.Period
) -> tuple[Comparison, NDArray, int]:
    """Return the comparison, the chances of every place at the due date, and of how many.

    Raises:
        NoFiguresError: The area is in no group, or one of the members is not projected.
    """
    own, reason = history_in(view, indicator, as_at)
    if own is None:
        raise NoFiguresError("nothing is projected", reason)
    found = compared(view, indicator, as_at=str(as_at), group=MOST_SIMILAR_GROUP)
    if not found.is_rankable:
        raise NoFiguresError("no place is given", because(Because.PLACE_WITHHELD))
    return found, *chances_of_places(found, own, due_window(due))


def chances_of_places(found: Comparison, own: History, window: Window) -> tuple[NDArray, int]:
    """Return the chances of every place of the area over a window to come, and among how many.

    Args:
        found: The figures of a group's members; those that have one now are projected.
        own: The area's own months, from which on those of the others are looked at.
        window: Twelve months, the last of them to come.

    Raises:
        NoFiguresError: One of the members cannot be projected, or the area has no figure.
    """
    members = found.members[found.members["count"].notna() & found.members["denominator"].gt(0)]
    codes = members["area_code"].tolist()
    area = found.view.area_code
    if area not in codes:
        raise NoFiguresError("the area has no place now")
    months = range(own.months[0].ordinal, own.last_month.ordinal + 1)
    whole = found.series[found.series["coverage"].ge(1)]
    counts = counts_by_month(whole, codes, months)
    histories = [
        _history(found, code, row, own.months) for code, row in zip(codes, counts, strict=True)
    ]
    short = sum(each is None for each in histories)
    if short:
        why = because(Because.FEW_MEMBERS, short, len(codes), FEWEST_MONTHS, FEWEST_EVENTS)
        raise NoFiguresError("no place is projected", why)
    totals = _projected([each for each in histories if each is not None], window)
    people = members["denominator"].to_numpy(dtype=float)
    place = codes.index(area)
    return projected_ranks(draw_totals(totals), people, place, found.lower_is_better), len(codes)


def _history(
    found: Comparison, code: str, counts: NDArray, months: pd.PeriodIndex
) -> History | None:
    """Return the run of months that ends with the last; None where it is too short or empty."""
    missing = np.flatnonzero(np.isnan(counts) | (counts < 0))
    start = int(missing[-1]) + 1 if len(missing) else 0
    run = counts[start:]
    if len(run) < FEWEST_MONTHS or run[-MONTHS_A_YEAR:].sum() < FEWEST_EVENTS:
        return None
    indicator = found.about.indicator_id
    known = in_its_surroundings(found.view, indicator, run, pd.PeriodIndex(months[start:]), code)
    return known if (~np.isnan(known.learnt_from)).sum() >= FEWEST_MONTHS else None


def _projected(histories: list[History], window: Window) -> NegativeBinomials:
    """Return the totals of a window of every member, those of histories alike at once."""
    kinds = [each.kind for each in histories]
    found: dict[int, NegativeBinomials] = {}
    for kind in dict.fromkeys(kinds):
        places = [place for place, each in enumerate(kinds) if each == kind]
        alike = History.stacked([histories[place] for place in places])
        total = projected_over(fit_chosen(alike, is_beside_siblings=True), alike, window)
        for row, place in enumerate(places):
            found[place] = total.rows(np.arange(len(places)) == row)
    return NegativeBinomials.stacked([found[place] for place in range(len(histories))])
