"""A projection drawn: a band of 95%, one of 80%, and the median as a dotted line."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.drawing import Drawing, band, scatter
from dashboard.charts.wording import Unit, month_text, number_text

FAN_COLUMNS = ["month", "low_95", "low_80", "median", "high_80", "high_95"]
COLUMN_NAMES = {
    "median": "Projected",
    "low_80": "80% from",
    "high_80": "80% to",
    "low_95": "95% from",
    "high_95": "95% to",
}
NOT_PROJECTED = "not projected"
BANDS = (("95%", "low_95", "high_95", 0.16), ("80%", "low_80", "high_80", 0.26))
"""Name, bounds and how opaque: the inner lies on the outer."""
HOVER = "Projected, %{customdata[0]}: <b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>"


def draw_fan(
    drawing: Drawing, fan: pd.DataFrame, now: tuple[pd.Timestamp, float] | None, unit: Unit
) -> None:
    """Draw the bands and the median of a projection, from the latest figure on.

    Args:
        drawing: What it is drawn on.
        fan: `FAN_COLUMNS`, month as Timestamp, in order.
        now: The latest figure, in which the bands begin; None where there is none.
        unit: Of the figures.
    """
    start = [] if now is None else [now]
    months = [*(month for month, _ in start), *fan["month"]]
    begins = [value for _, value in start]
    for name, low, high, opacity in BANDS:
        ends = ([*begins, *fan[column].astype(float)] for column in (low, high))
        drawing.add_trace(
            band(months, *ends, name=f"{name} interval", colour=theme.MID_BLUE, opacity=opacity)
        )
    said = [
        (month_text(row["month"]), number_text(row["median"], unit), _intervals(row, unit))
        for row in fan.to_dict("records")
    ]
    drawing.add_trace(
        scatter(
            x=months,
            y=[*begins, *fan["median"].astype(float)],
            mode="lines",
            name="Projected",
            line={"color": theme.OWN, "dash": "dot", "width": 2},
            customdata=[*(("", "", "") for _ in start), *said],
            hovertemplate=HOVER,
        )
    )


def fan_table(fan: pd.DataFrame, months: pd.Series) -> pd.DataFrame:
    """Return the projection as columns of a table with these months as rows."""
    by_month = fan.set_index("month").reindex(pd.DatetimeIndex(months))
    columns = by_month[list(COLUMN_NAMES)].rename(columns=COLUMN_NAMES)
    return columns.astype(float).reset_index(drop=True)


def fan_alt(fan: pd.DataFrame, unit: Unit) -> str:
    """Return where a projection ends, in a sentence."""
    last = fan.to_dict("records")[-1]
    return (
        f"Projected: {number_text(last['median'], unit)} in {month_text(last['month'])}, "
        f"{_intervals(last, unit)}."
    )


def _intervals(row: dict, unit: Unit) -> str:
    """Return both intervals of a month: "80% between 10 and 20, 95% between 8 and 23"."""
    parts = [
        f"{name} between {number_text(row[low], unit)} and {number_text(row[high], unit)}"
        for name, low, high, _ in reversed(BANDS)
    ]
    return ", ".join(parts)
