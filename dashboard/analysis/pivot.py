"""A table of the reader's own: what stands in its rows, its columns and its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import (
    AreaView,
    NoFiguresError,
    UnknownChoiceError,
    names_of_areas,
)
from dashboard.analysis.change import forbidden_by_notes
from dashboard.analysis.names import distinct_names, kinds_of
from dashboard.analysis.series import Series
from dashboard.analysis.small_areas import figures_of_areas
from dashboard.analysis.window_figures import NO_FIGURE, VALUES, window_figures
from dashboard.metrics.periods import (
    MONTHS_A_QUARTER,
    MONTHS_A_YEAR,
    Window,
    financial_year_window,
    later,
    month_at,
    parse_month,
    quarter_label,
    quarter_window,
    windows_for,
)
from dashboard.metrics.reasons import Reasons
from dashboard.metrics.window_rows import ends_of, month_ordinals, spans_of
from dashboard.store.cache import cached_per_build

TYPE, AREA = "type", "area"
YEAR, QUARTER, MONTH = "year", "quarter", "month"
PERIODS = (YEAR, QUARTER, MONTH)
ROLLING = "rolling"
AXES = (TYPE, AREA, *PERIODS)
MOST_PERIODS = 24
"""The latest of these are in the table; more would not be read."""
COUNT, CHANGE, PERCENT, RATE = "count", "change", "percent", "rate"
NOT_COMPARABLE = "not_comparable"
CELLS = (COUNT, CHANGE, PERCENT, RATE)


@dataclass(frozen=True)
class PivotAnswer:
    """A table of the reader's own.

    Attributes:
        rows: What a row is, one of `AXES`.
        columns: What a column is, another of these.
        cells: One of `CELLS`.
        long: type, area, period, indicator_id, area_code, all values of each cell, why a count is
            missing (instead) and why a change is not given (not_comparable).
        table: The cells' numbers, rows by columns, in order; NaN where there is none.
        instead: What stands in place of a missing number, of the same shape.
        period: The period of every cell, where none of the axes is one; else "".
        is_cut: Whether earlier periods were left out.
    """

    rows: str
    columns: str
    cells: str
    long: pd.DataFrame
    table: pd.DataFrame
    instead: pd.DataFrame
    period: str
    is_cut: bool
    illustrative: bool


@cached_per_build
def pivot(
    view: AreaView,
    indicators: Sequence[str],
    rows: str = TYPE,
    columns: str = YEAR,
    cells: str = COUNT,
    areas: Sequence[str] = (),
    basis: str = "ytd",
) -> PivotAnswer:
    """Return a table of counts of the reader's own, of the view's area where none are named.

    Raises:
        UnknownChoiceError: There is no such area.
        NoFiguresError: There are no figures to fill it.
        ValueError: rows, columns or cells cannot be put together.
    """
    axes = (rows, columns)
    if rows == columns or not set(axes) <= set(AXES):
        raise ValueError(f"rows and columns are two of {', '.join(AXES)}, not {rows} and {columns}")
    if cells not in CELLS:
        raise ValueError(f"'{cells}' is no content of a cell; choose {', '.join(CELLS)}")
    if set(axes) <= set(PERIODS):
        raise ValueError("rows and columns cannot both be periods: set types or areas against them")
    chosen = list(indicators) if TYPE in axes else list(indicators)[:1]
    known = names_of_areas(view.warehouse, areas)
    for unknown in set(areas) - known.keys():
        raise UnknownChoiceError("area", unknown, known)
    places = (list(areas) or [view.area_code])[: None if AREA in axes else 1]
    as_at = view.as_at or view.latest_month()
    view = view.at(as_at)
    series = _series(view, chosen, places)
    windows, is_cut = _windows(series, axes, as_at, basis)
    long = _long(view, series, windows, (chosen, places), known)
    if long[COUNT].isna().all():
        raise NoFiguresError("There are no figures of what is chosen, for these periods.")
    why = NOT_COMPARABLE if cells in (CHANGE, PERCENT) else "instead"
    table, instead = (_wide(long, rows, columns, each) for each in (cells, why))
    return PivotAnswer(
        rows=rows,
        columns=columns,
        cells=cells,
        long=long,
        table=table.astype(float),
        instead=instead.fillna(NO_FIGURE),
        period="" if set(axes) & set(PERIODS) else next(iter(windows)),
        is_cut=is_cut,
        illustrative=bool(series["illustrative"].any()),
    )


def _series(view: AreaView, indicators: list[str], areas: list[str]) -> pd.DataFrame:
    titles = [view.indicator(each).title for each in indicators]
    # Of several types one source counts all, or parts would not add up to their whole.
    first = view.headline(indicators[0])
    own = [view.series_like(each, first) for each in indicators]
    if areas != [view.area_code]:
        own = [_in_areas(view, each, areas, first) for each in indicators]
    series = pd.concat([each for each in own if len(each)] or own, ignore_index=True)
    if series.empty:
        raise NoFiguresError(f"There are no figures of {', '.join(titles)} in what is chosen.")
    return series


def _in_areas(
    view: AreaView, indicator: str, areas: list[str], like: Series | None
) -> pd.DataFrame:
    """Return an indicator in other areas, as the first of them that has a series has it."""
    elsewhere = (AreaView.of(view.warehouse, area=each, as_at=view.as_at or "") for each in areas)
    found = like or next((each.headline(indicator) for each in elsewhere), None)
    if found is None:
        return view.series(indicator)
    return figures_of_areas(view.warehouse, indicator, areas, found.source, found.frequency)


def _windows(
    series: pd.DataFrame, axes: tuple[str, str], as_at: str | pd.Period, basis: str
) -> tuple[dict[str, Window], bool]:
    """Return the windows by what they are called, in order, and whether earlier are left out."""
    last = parse_month(as_at)
    kind = next((axis for axis in axes if axis in PERIODS), "")
    if not kind:
        window, _ = windows_for(basis, last)
        return {window.label(): window}, False
    known = series[series["numerator"].notna()]
    longest = {YEAR: MONTHS_A_YEAR, QUARTER: MONTHS_A_QUARTER, MONTH: 1}[kind]
    known = known[spans_of(known["period_kind"]) <= longest]
    if known.empty:
        raise NoFiguresError(f"What is chosen is not counted by {kind}.")
    first = int(month_ordinals(known["period_start"]).min())
    if kind == YEAR and (spans_of(known["period_kind"]) == MONTHS_A_YEAR).all():
        # Rolling years: those that end as the latest does, or none would fit a financial year.
        ends = ends_of(known)
        last = month_at(int(ends[ends <= last.ordinal].max(initial=first)))
        kind, first = (
            ROLLING,
            last.ordinal - (last.ordinal - first) // MONTHS_A_YEAR * MONTHS_A_YEAR,
        )
    windows: dict[str, Window] = {}
    while first <= last.ordinal:
        whole = _whole_period(kind, month_at(first))
        cut = Window(whole.first_month, month_at(min(whole.last_month.ordinal, last.ordinal)))
        is_quarter = kind == QUARTER and cut == whole
        windows[quarter_label(cut.first_month) if is_quarter else cut.label()] = cut
        first = whole.last_month.ordinal + (MONTHS_A_YEAR if kind == ROLLING else 1)
    latest = dict(list(windows.items())[-MOST_PERIODS:])
    return latest, len(latest) < len(windows)


def _whole_period(kind: str, month: pd.Period) -> Window:
    if kind == ROLLING:
        return Window(later(month, 1 - MONTHS_A_YEAR), month)
    if kind == YEAR:
        return financial_year_window(month)
    return quarter_window(month) if kind == QUARTER else Window(month, month)


def _long(
    view: AreaView,
    series: pd.DataFrame,
    windows: dict[str, Window],
    chosen: tuple[list[str], list[str]],
    names: Mapping[str, str],
) -> pd.DataFrame:
    long = window_figures(series, list(windows.values()))
    long["period"] = long["window"].map(dict(enumerate(windows)))
    long[NOT_COMPARABLE] = _why_not_comparable(view, long, list(windows.values()))
    long.loc[long[NOT_COMPARABLE].map(bool), [CHANGE, PERCENT]] = float("nan")
    titles = distinct_names({each: str(view.indicators["title"][each]) for each in chosen[0]})
    kinds = kinds_of(view.warehouse.frame("areas"))
    places = distinct_names({each: str(names[each]) for each in chosen[1]}, kinds)
    for column, values, order in (
        (TYPE, long["indicator_id"].map(titles), list(titles.values())),
        (AREA, long["area_code"].map(places), list(places.values())),
        ("period", long["period"], list(windows)),
    ):
        long[column] = pd.Categorical(values, list(dict.fromkeys(order)), ordered=True)
    long = long.sort_values([TYPE, AREA, "period"], ignore_index=True)
    text = long.astype({TYPE: "str", AREA: "str", "period": "str"})
    words = [*VALUES, "instead", NOT_COMPARABLE]
    return text[[TYPE, AREA, "period", "indicator_id", "area_code", *words]]


def _why_not_comparable(
    view: AreaView, long: pd.DataFrame, windows: Sequence[Window]
) -> list[str | Reasons]:
    """Return why a cell has no change: its count is missing, or a note of the area forbids it."""
    compared = [(window, window.moved_by(-MONTHS_A_YEAR)) for window in windows]
    rows = zip(
        long["instead"], long["indicator_id"], long["area_code"], long["window"], strict=True
    )
    return [
        instead or forbidden_by_notes(view, indicator, area, compared[at]) or ""
        for instead, indicator, area, at in rows
    ]


def _wide(long: pd.DataFrame, rows: str, columns: str, values: str) -> pd.DataFrame:
    index, across = (axis if axis in (TYPE, AREA) else "period" for axis in (rows, columns))
    wide = long.pivot_table(
        index=index, columns=across, values=values, aggfunc="first", sort=False, dropna=False
    )
    return wide.reindex(
        index=list(dict.fromkeys(long[index])), columns=list(dict.fromkeys(long[across]))
    ).rename_axis(index=None, columns=None)
