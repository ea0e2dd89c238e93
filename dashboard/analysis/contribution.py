"""Which types, areas and months make up a change, adding up exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.chance_of_changes import PARTNERSHIP, kind_of_area
from dashboard.analysis.change import change
from dashboard.analysis.crime_types import tree_of_types
from dashboard.analysis.levels import counted, denominator_of
from dashboard.analysis.members import series_of_areas
from dashboard.analysis.question import Basis, Indicator, IndicatorAnswer, question
from dashboard.metrics.change import Change
from dashboard.metrics.contribution import (
    contributions,
    nearest_wholes,
    rate_effects,
    rounded_to_add_up,
)
from dashboard.metrics.periods import Window, month_label, parse_month, windows_for
from dashboard.metrics.windows import totals_over, window_total

TYPE, AREA, MONTH = "type", "area", "month"
WAYS = (TYPE, AREA, MONTH)
REST = {
    TYPE: "All that is in none of these types",
    AREA: "All that is in none of these areas",
    MONTH: "All that is in none of these months",
}
"""What a remainder row is called."""


@dataclass(frozen=True)
class ContributionAnswer(IndicatorAnswer):
    """A change and the parts that make it up.

    Attributes:
        way: One of `WAYS`.
        change: Of the whole.
        parts: part_id ("" for the remainder), part (its title), previous, current, change, points,
            points_shown (to one place, adding up to the whole's), share, is_remainder; largest
            fall first, remainder last.
        rate: The whole's rate before and now with what count and population did to it, and the
            denominators; None where there is no denominator of both periods.
        missing: Titles of the parts that have no figure of one of the periods.
    """

    JSON = """
        indicator title area area_name as_at basis by=way current_period=change.current_label
        previous_period=change.previous_label current=change.current previous=change.previous
        change=change.number percent=change.percent not_comparable=change.not_comparable parts
        parts_without_figures=missing rate illustrative
    """

    basis: str
    way: str
    change: Change
    parts: pd.DataFrame
    rate: dict[str, float] | None
    lower_is_better: bool
    missing: tuple[str, ...] = ()


@question
def contribution(
    view: AreaView,
    indicator: Indicator,
    by: Annotated[str, "type, area (of a force) or month."] = TYPE,
    basis: Basis = "ytd",
) -> ContributionAnswer:
    """Which types, areas or months make up a change, adding up exactly.

    Raises:
        UnknownChoiceError: There is no such indicator.
        NoFiguresError: The area has no figures of it, or no parts of that kind.
        ValueError: by or basis is not one, or the indicator is not a count that adds up.
    """
    if by not in WAYS:
        raise ValueError(f"'{by}' is not a way to break a change down; choose {', '.join(WAYS)}")
    about = view.indicator(indicator)
    if not about.is_count:
        raise ValueError(f"{about.title} is not a count that adds up, so it has no parts")
    view, _ = view.own_period(indicator)
    # Counts of parts add up whatever a note says of one of them; the change of the whole heeds it.
    answer = change(view, indicator, basis)
    month, whole = parse_month(answer.as_at), answer.change
    windows = windows_for(basis, month)
    parts = {TYPE: _parts_by_type, AREA: _parts_by_area, MONTH: _parts_by_month}[by](
        view, indicator, windows
    )
    if parts.empty:
        raise NoFiguresError(f"{about.title} in {view.area_name} has no parts by {by}")
    return ContributionAnswer(
        **view.header(month, indicator),
        basis=basis,
        way=by,
        change=whole,
        parts=_added_up(parts, whole, REST[by]),
        rate=_rate(view, indicator, windows, whole),
        lower_is_better=about.lower_is_better,
        missing=tuple(parts.loc[parts[["previous", "current"]].isna().any(axis=1), "title"]),
    )


def parts_in(view: AreaView, whole: str) -> list[str]:
    """Return the ids of everything within a whole that has figures, at any depth.

    Raises:
        UnknownChoiceError: There is no such indicator.
    """
    view.indicator(whole)
    tree = tree_of_types(view)
    within = dict(zip(tree["indicator_id"], tree["part_of"], strict=True))
    return [each for each in within if nearest_wholes(within, {whole, each})[each] == whole]


def _parts_by_type(view: AreaView, whole: str, windows: tuple[Window, Window]) -> pd.DataFrame:
    """Return the direct parts of a whole among what has figures of both windows.

    A part without them is named, unless finer parts of it have theirs: those stand for it.
    """
    parts_of: dict[str, list[str]] = {}
    tree, series = tree_of_types(view), view.headline(whole)
    for each, of in zip(tree["indicator_id"], tree["part_of"], strict=True):
        parts_of.setdefault(of, []).append(each)
    known: dict[str, list[float | None]] = {}
    missing: dict[str, list[float | None]] = {}

    def take_parts(of: str) -> bool:
        """Take the parts of a whole; no further down than figures are missing."""
        before = len(known)
        for each in parts_of.get(of, []):
            figures = view.series_like(each, series)
            totals = [_total(figures, window) for window in reversed(windows)]
            if None not in totals:
                known[each] = totals
            elif not take_parts(each) and of == whole:
                missing[each] = totals
        return len(known) > before

    take_parts(whole)
    titles = view.indicators["title"]
    return pd.DataFrame(
        [(each, titles[each], *totals) for each, totals in (known | missing).items()],
        columns=["part_id", "title", "previous", "current"],
    ).astype({"previous": float, "current": float})


def _parts_by_area(view: AreaView, whole: str, windows: tuple[Window, Window]) -> pd.DataFrame:
    """Return the partnerships of a force, whose figures its own is made of."""
    areas = view.warehouse.frame("areas")
    if kind_of_area(view) != "force":
        raise NoFiguresError(f"{view.area_name} is no police force: it has no areas within it")
    inside = areas[areas["area_kind"].eq(PARTNERSHIP) & areas["force_code"].eq(view.area_code)]
    figures = counted(series_of_areas(view, whole, inside["area_code"].tolist()))
    keys, totals = totals_over(figures, ["area_code"], windows)
    now, before = (pd.Series(each, index=keys["area_code"]) for each in totals.T)
    known = inside[inside["area_code"].isin(now.index)]
    named = known[["area_code", "area_name"]].set_axis(["part_id", "title"], axis="columns")
    codes = named["part_id"]
    return named.assign(previous=codes.map(before), current=codes.map(now)).reset_index(drop=True)


def _parts_by_month(view: AreaView, whole: str, windows: tuple[Window, Window]) -> pd.DataFrame:
    """Return the months of the window, each on the same month of the window before."""
    figures = view.series(whole)
    rows = [
        (str(now), month_label(now), *(_total(figures, Window(each, each)) for each in (then, now)))
        for now, then in zip(windows[0].months, windows[1].months, strict=True)
    ]
    found = pd.DataFrame(rows, columns=["part_id", "title", "previous", "current"])
    found = found.astype({"previous": float, "current": float})
    return found if found["current"].notna().any() else found.iloc[:0]


def _total(figures: pd.DataFrame, window: Window) -> float | None:
    return window_total(counted(figures), window).value


def _added_up(parts: pd.DataFrame, change: Change, rest: str) -> pd.DataFrame:
    whole = pd.DataFrame({"previous": [change.previous], "current": [change.current]}, dtype=float)
    titles = parts.set_index("part_id")["title"]
    found = contributions(parts.rename(columns={"part_id": "part"}).drop(columns="title"), whole)
    named = found["part"].map(titles).where(~found["is_remainder"], rest)
    ids = found["part"].where(~found["is_remainder"], "")
    columns = ["previous", "current", "change", "points", "share", "is_remainder"]
    shown = rounded_to_add_up(found["points"])
    return found[columns].assign(part_id=ids, part=named, points_shown=shown)[
        ["part_id", "part", *columns[:4], "points_shown", *columns[4:]]
    ]


def _rate(
    view: AreaView, indicator: str, windows: tuple[Window, Window], change: Change
) -> dict[str, float] | None:
    """Return what count and population did to the rate; None without both denominators."""
    about, series = view.indicator(indicator), view.series(indicator)
    if not about.denominator or change.previous is None or change.current is None:
        return None
    now, before = (denominator_of(series, window) for window in windows)
    if not now or not before:
        return None
    per = float(about.rate_per)
    effects = rate_effects(change.previous, change.current, before, now, per)
    return {
        "per": per,
        "previous": per * change.previous / before,
        "current": per * change.current / now,
        "by_the_count": float(effects.count),
        "by_the_population": float(effects.population),
        "previous_denominator": before,
        "current_denominator": now,
    }


def choose_part(view: AreaView, whole: str, part: str) -> str:
    """Return a part of a whole that has figures.

    Raises:
        UnknownChoiceError: It is none, or has no figures.
    """
    known = parts_in(view, whole)
    if part not in known:
        raise UnknownChoiceError(f"part of {whole}", part, known)
    return part
