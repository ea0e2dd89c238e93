"""Crime types as a tree: what each stands at, how it changed, and which parts add up."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.levels import counted, denominator_of, months_of
from dashboard.analysis.question import Basis, question
from dashboard.analysis.significance import factor_of
from dashboard.analysis.window_figures import NO_FIGURE, instead_of, window_figures
from dashboard.metrics.change import Change, change_between
from dashboard.metrics.contribution import nearest_wholes
from dashboard.metrics.dispersion import dispersion_at
from dashboard.metrics.intervals import rate_interval
from dashboard.metrics.periods import parse_month, windows_for
from dashboard.metrics.rates import rate_per
from dashboard.metrics.rolling import rolling_levels
from dashboard.metrics.rounding import as_number
from dashboard.metrics.series_dispersion import histories_of
from dashboard.metrics.window_rows import month_ordinals
from dashboard.store.cache import cached_per_build
from dashboard.store.errors import check_choice

COLUMNS = [
    "indicator_id", "title", "part_of", "depth", "current", "previous", "change", "percent",
    "percent_withheld", "not_comparable", "rate", "lower", "upper", "rate_per", "denominator",
    "denominator_year", "current_period", "previous_period", "current_instead",
    "previous_instead", "small_count_threshold", "illustrative", "catalogued",
]  # fmt: skip

_NOTHING = {NO_FIGURE: ""}
"""Only for a suppressed count does something stand in its place."""
MONTHS, TWELVE_MONTHS = "months", "twelve_months"
"""What a history is made of: each month's count, or the twelve months to each month."""


@question
def crime_types(
    view: AreaView,
    types: Annotated[str, "Ids with commas: offence_28g; all if left out."] = "",
    basis: Basis = "ytd",
) -> pd.DataFrame:
    """Every crime type that is counted, offences too, as a tree: count, change and rate.

    Returns:
        `COLUMNS`, one row for each count that the area has figures of, parts under their whole;
        depth is 0 for what is part of nothing that has figures, and part_of is then "". Rate, lower
        and upper (95%, widened as a change is tested) are those of the current count; missing
        without a denominator. current_instead and previous_instead say what is shown in place of a
        suppressed count; catalogued is false for single offences.

    Raises:
        UnknownChoiceError: There is no such type.
        NoFiguresError: The area has no figures.
    """
    as_at = view.as_at or view.latest_month()
    view = view.at(as_at)
    listed = tree_of_types(view).to_dict("records")
    named = view.indicators["catalogued"].to_dict()
    by_end: dict[pd.Period, list[dict]] = {}
    for found in listed:
        if not named[found["indicator_id"]]:
            _, end = view.own_period(found["indicator_id"], as_at)
            by_end.setdefault(end, []).append(found)
    rows: dict[str, list[object]] = {}
    for end, offences in by_end.items():
        rows |= _rows_of_offences(view, offences, end, basis)
    for found in listed:
        if found["indicator_id"] not in rows:
            rows[found["indicator_id"]] = _row(view, found, as_at, basis)
    table = pd.DataFrame([rows[found["indicator_id"]] for found in listed], columns=COLUMNS)
    chosen = [each.strip() for each in types.split(",") if each.strip()]
    for each in chosen:
        check_choice("crime type", each, table["indicator_id"])
    return table[table["indicator_id"].isin(chosen)] if chosen else table


@cached_per_build
def tree_of_types(view: AreaView) -> pd.DataFrame:
    """Return indicator_id, title, part_of and depth of every count, in the order of a tree.

    Trees come first, the largest whole first of all; counts outside any tree follow by title.
    What belongs to a whole without figures stands under the next larger one that has some.
    """
    counts = _counts(view)
    part_of = view.indicators["part_of"].to_dict()
    within = nearest_wholes(part_of, set(counts["indicator_id"]))
    counts = counts.assign(part_of=counts["indicator_id"].map(within))
    wholes = set(within.values()) - {""}
    tops = counts[counts["part_of"].eq("")]
    tops = tops.assign(alone=~tops["indicator_id"].isin(list(wholes)))
    rows: list[tuple[str, str, str, int]] = []
    for top in tops.sort_values(["alone", "title"])["indicator_id"]:
        rows += _branch(counts, top, 0)
    return pd.DataFrame(rows, columns=["indicator_id", "title", "part_of", "depth"])


def history_of_type(view: AreaView, indicator: str, kind: str, as_at: str) -> pd.DataFrame:
    """Return period (Timestamp, first day of its last month), value and instead, up to a month.

    `instead` is what stands for a suppressed figure of a month, "" for all others; the history is
    of `MONTHS` or of `TWELVE_MONTHS`.
    """
    series = view.series(indicator)
    if kind == MONTHS:
        found = months_of(series)
    else:
        levels = rolling_levels(counted(series)).rename(columns={"level": "value"})
        found = levels.assign(instead="").set_index("month")
    found = found[found.index <= parse_month(as_at)].sort_index()
    return found.set_index(pd.PeriodIndex(found.index, freq="M").to_timestamp()).reset_index(
        names="period"
    )


def kinds_of_history(view: AreaView, indicators: list[str], as_at: str) -> list[str]:
    """Return which histories there are for any of the indicators."""
    return [
        kind
        for kind in (MONTHS, TWELVE_MONTHS)
        if any(len(history_of_type(view, each, kind, as_at)) for each in indicators)
    ]


def _counts(view: AreaView) -> pd.DataFrame:
    with_figures = view.indicators_with_figures(offences_too=True)
    about = view.indicators[view.indicators["indicator_id"].isin(with_figures)]
    return about[about["unit"].eq("count") & about["aggregation"].eq("sum")]


def _branch(counts: pd.DataFrame, top: str, depth: int) -> list[tuple[str, str, str, int]]:
    own = counts.loc[top]
    parts = counts[counts["part_of"].eq(top)].sort_values("title")["indicator_id"]
    below = [row for part in parts for row in _branch(counts, part, depth + 1)]
    return [(top, str(own["title"]), str(own["part_of"]), depth), *below]


def _row(view: AreaView, found: dict, as_at: str | pd.Period, basis: str) -> list[object]:
    indicator = found["indicator_id"]
    about = view.indicator(indicator)
    series = view.series(indicator)
    # Counts add up to their whole whatever a note says of a part; a change heeds it as elsewhere.
    answer = change(view, indicator, basis, as_at=as_at, is_tested=False)
    moved, as_at = answer.change, answer.as_at
    people, year = _people(series, as_at, basis) if about.denominator else (None, None)
    per = about.rate_per
    wide = factor_of(view, indicator, windows_for(basis, as_at)[0]).value
    return [
        indicator, found["title"], found["part_of"], found["depth"], moved.current,
        moved.previous, moved.number, moved.percent, moved.percent_withheld,
        moved.not_comparable, *_rate(moved.current, people, per, wide), int(per),
        about.denominator, year, moved.current_label, moved.previous_label,
        *_instead(series, as_at, basis, moved), about.small_count_threshold,
        answer.illustrative, about.catalogued,
    ]  # fmt: skip


def _rows_of_offences(
    view: AreaView, offences: list[dict], as_at: str | pd.Period, basis: str
) -> dict[str, list[object]]:
    """Return the rows of many offences at once: one by one, a hundred would take seconds.

    Of series in periods of several lengths, those that one length alone does not fill are left out.
    """
    windows = windows_for(basis, as_at)
    series = pd.concat([view.series(each["indicator_id"]) for each in offences])
    now, before = (
        window_figures(series, [window]).set_index("indicator_id").replace({"instead": _NOTHING})
        for window in windows
    )
    history = histories_of(counted(series), ["indicator_id"], windows[0].last_month)
    names = sorted(series["indicator_id"].unique())
    sizes = pd.concat([each["count"].reindex(names) for each in (now, before)], axis=1).mean(axis=1)
    wide = pd.Series(dispersion_at(sizes, names, history), index=names)
    kinds = series.groupby("indicator_id")["period_kind"].nunique()
    made_up = series.groupby("indicator_id")["illustrative"].any()
    labels = [window.label() for window in windows]
    rows = {}
    for found in offences:
        known = found["indicator_id"]
        words = [str(each.at[known, "instead"]) for each in (now, before)]
        counts = [as_number(each.at[known, "count"]) for each in (now, before)]
        if kinds[known] > 1 and any(
            count is None and not word for count, word in zip(counts, words, strict=True)
        ):
            continue
        about = view.indicator(known)
        moved = change_between(counts[0], counts[1])
        people = as_number(now.at[known, "people"])
        rate = _rate(counts[0], people, about.rate_per, float(wide[known]))
        rows[known] = [
            known, found["title"], found["part_of"], found["depth"], *counts, moved.number,
            moved.percent, moved.percent_withheld, moved.not_comparable, *rate,
            about.rate_per, about.denominator, as_number(now.at[known, "people_year"]),
            *labels, *words, about.small_count_threshold, bool(made_up[known]), False,
        ]  # fmt: skip
    return rows


def _rate(
    count: float | None, people: float | None, per: float, dispersion: float
) -> tuple[float | None, float | None, float | None]:
    """Return the rate with its interval; three times None where there is none."""
    if count is None or people is None or count < 0:
        return None, None, None
    lower, upper = rate_interval(count, people, per, dispersion=dispersion)
    return float(rate_per(count, people, per)), float(lower), float(upper)


def _instead(
    series: pd.DataFrame, as_at: str | pd.Period, basis: str, moved: Change
) -> tuple[str, ...]:
    """Return what stands in place of the current and previous count; "" where they are known."""
    pairs = zip((moved.current, moved.previous), windows_for(basis, as_at), strict=True)
    return tuple(instead_of(series, window) if count is None else "" for count, window in pairs)


def _people(
    series: pd.DataFrame, as_at: str | pd.Period, basis: str
) -> tuple[float | None, int | None]:
    """Return the denominator of the current period, and its year."""
    window, _ = windows_for(basis, as_at)
    people = denominator_of(series, window)
    months = month_ordinals(series["period_start"])
    inside = (months >= window.first_month.ordinal) & (months <= window.last_month.ordinal)
    years = series["denominator_year"].to_numpy(dtype=float, na_value=np.nan)[inside]
    return people, None if np.isnan(years).all() else int(np.nanmax(years))
