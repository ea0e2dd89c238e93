"""The places of a map, in words and shaded."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.pivot import CHANGE, COUNT, PERCENT, RATE
from dashboard.analysis.places import PlacesAnswer
from dashboard.charts.area_map import area_map
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.wording import NO_FIGURE, Unit, number_text
from dashboard.exhibits.words import in_period

SHADINGS = {
    RATE: "Rate per 1,000",
    COUNT: "Number",
    PERCENT: "Change on a year before, %",
    CHANGE: "Change on a year before",
}
"""What areas can be shaded by; the first is the default, since numbers follow population."""
_UNITS: dict[str, Unit] = {
    COUNT: "count", CHANGE: "change", PERCENT: "percent_change", RATE: "rate",
}  # fmt: skip
NOT_CALCULATED = "not calculated"


def shadings(answer: PlacesAnswer) -> dict[str, str]:
    """Return what the places can be shaded by: what any of them has a number of."""
    return {known: name for known, name in SHADINGS.items() if answer.figures[known].notna().any()}


def places_chart(answer: PlacesAnswer, shapes: pd.DataFrame, shading: str, *, source: str) -> Chart:
    """Draw the places that are in the boundaries.

    Args:
        answer: Of `dashboard.analysis.places`.
        shapes: area_code, area_name, rings, of the boundaries.
        shading: One of `shadings`.
        source: The line of `dashboard.exhibits.sources`.
    """
    shown = _shown(answer, shapes, shading)
    known = shown["value"].notna().sum()
    return area_map(
        shown,
        caption=Caption(
            title=_finding(shown, answer, shading),
            subtitle=f"{SHADINGS[shading]}, {answer.title}, {answer.period}"
            + (f" on {answer.previous_period}" if shading in (PERCENT, CHANGE) else "")
            + f"; {known} of {len(shown)} areas have a figure",
            source=source,
            illustrative=answer.illustrative,
        ),
        measure=SHADINGS[shading],
        unit=_UNITS[shading],
        own=answer.own,
    )


def places_download(answer: PlacesAnswer, shapes: pd.DataFrame) -> pd.DataFrame:
    """Return every figure of every place, at full precision, with its name."""
    names = shapes.drop_duplicates("area_code").set_index("area_code")["area_name"]
    figures = answer.figures
    named = figures["area_name"].where(figures["area_name"].ne(""), figures["place"].map(names))
    return figures.assign(area_name=named, counted=answer.title, period=answer.period)


def _shown(answer: PlacesAnswer, shapes: pd.DataFrame, shading: str) -> pd.DataFrame:
    figures = answer.figures.set_index("place")
    near = shapes[shapes["area_code"].isin(figures.index)]
    rows = near.merge(
        figures[["area_name", shading, "instead"]].rename(columns={shading: "value"}),
        left_on="area_code", right_index=True, suffixes=("_drawn", ""),
    )  # fmt: skip
    own_name = rows["area_name"].fillna("")
    names = own_name.where(own_name.ne(""), rows["area_name_drawn"])
    instead = rows["instead"].replace({NO_FIGURE: NO_FIGURE, "": NOT_CALCULATED})
    return rows.assign(
        area_name=names.where(names.ne(""), rows["area_code"]),
        value=rows["value"].astype(float),
        instead=instead,
    )


def _finding(shown: pd.DataFrame, answer: PlacesAnswer, shading: str) -> str:
    known = shown.dropna(subset=["value"]).sort_values("value")
    low, high = known.iloc[0], known.iloc[-1]
    unit = _UNITS[shading]
    what = answer.title[:1].upper() + answer.title[1:]
    most, least = "highest in", "lowest in"
    if shading in (PERCENT, CHANGE) and low["value"] < 0 < high["value"]:
        most, least = "rose most in", "fell most in"
    after = " per 1,000" if shading == RATE else ""
    ends = (
        f"{each['area_name']} ({number_text(each['value'], unit)}{after})" for each in (high, low)
    )
    return f"{what} {in_period(answer.period)}: {most} {next(ends)}, {least} {next(ends)}"
