"""The history of one indicator: a line with a marker for every period."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import labelled_axis, line_axis, month_axis, value_axis
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import FEW_POINTS, Drawing, scatter
from dashboard.charts.gaps import with_gaps
from dashboard.charts.labels import label_over, label_point
from dashboard.charts.wording import NO_FIGURE, Unit, month_text, number_text, suppressed_text

MARKER_SIZE = 7
NOTE = "Note"
LABEL_REACH = 0.2
"""Share of the axis that a label at its end covers at 390 pixels."""
LABEL_RISE = 0.25
"""Share of the highest value that a label of two lines covers."""


def line_of_periods(
    history: pd.DataFrame,
    *,
    caption: Caption,
    measure: str,
    unit: Unit = "count",
    suppress_below: int = 0,
) -> Chart:
    """Draw the history of one indicator, from zero, its first and last value labelled.

    A period without a figure, or a month left out, breaks the line; two or three figures are
    points. A count under `suppress_below` is neither drawn nor in the table, which says "fewer than
    5" instead.

    Args:
        history: period (Timestamp, its first day), value (missing allowed), one row a period, in
            order; `name` ("Dec 2009", "Q3 2009/10", "2009/10") where periods are not months;
            `instead`, what stands for a suppressed figure and "" for others, where there are any.
        caption: The words around it.
        measure: What a value is, as a column heading: "Recorded crimes".
        unit: Of the values.
        suppress_below: Counts under it are not shown; 0 for none.

    Raises:
        ValueError: There is no row.
    """
    if history.empty:
        raise ValueError("no history to draw: the frame has no row")
    shown = _shown(history if "name" in history else with_gaps(history), unit, suppress_below)
    drawing = Drawing()
    drawing.add_trace(
        scatter(
            x=shown["period"],
            y=shown["value"],
            mode="lines+markers" if shown["value"].count() > FEW_POINTS else "markers",
            name=measure,
            line={"color": theme.OWN, "width": 2.5},
            marker={"color": theme.OWN, "size": MARKER_SIZE},
            customdata=shown[["name", "text"]].to_numpy(),
            hovertemplate="%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
            connectgaps=False,
        )
    )
    # Few figures are points, whose heights are compared; a line is looked at for its course.
    axis = line_axis if shown["value"].count() > FEW_POINTS else value_axis
    axis(drawing, shown["value"], unit)
    if "name" in history:
        labelled_axis(drawing, shown["period"], shown["name"])
    else:
        month_axis(drawing, shown["period"].iloc[0], shown["period"].iloc[-1])
    _label_ends(drawing, shown)
    table = _table(shown, measure)
    note = NOTE if NOTE in table else ""
    alt = _alt(caption, shown)
    return Chart(drawing.figure(), caption, alt, table, {measure: unit}, note_column=note)


def _shown(history: pd.DataFrame, unit: Unit, suppress_below: int) -> pd.DataFrame:
    values = history["value"].astype(float)
    too_small = values.lt(suppress_below) if suppress_below else values.isna() & False
    names = history["name"] if "name" in history else history["period"].map(month_text)
    text = values.map(lambda value: number_text(value, unit))
    note = pd.Series("", index=history.index).mask(values.isna(), NO_FIGURE)
    if "instead" in history:
        words = history["instead"].fillna("")
        note = note.mask(values.isna() & words.ne(""), words)
    return pd.DataFrame(
        {
            "period": pd.to_datetime(history["period"]),
            "name": names,
            "value": values.mask(too_small),
            "text": text.mask(too_small, suppressed_text(suppress_below)),
            "note": note.mask(too_small, suppressed_text(suppress_below)),
        }
    ).reset_index(drop=True)


def _label_ends(drawing: Drawing, shown: pd.DataFrame) -> None:
    """Label the first and last value at their points, clear of the line around them on a phone.

    Above a point that is the highest around, below the lowest; else over its neighbours, with a
    line that leads to the point.
    """
    drawn = shown.dropna(subset=["value"])
    if drawn.empty:
        return
    span = (shown["period"].iloc[0], shown["period"].iloc[-1])
    reach = (span[1] - span[0]) * LABEL_REACH
    rise = LABEL_RISE * max(float(drawn["value"].max()), 0.0)
    for row in drawn.iloc[[0, -1]].drop_duplicates("period").to_dict("records"):
        at = (row["period"], float(row["value"]))
        is_around = drawn["period"].between(at[0] - reach, at[0] + reach)
        around = drawn.loc[is_around & drawn["period"].ne(at[0]), "value"]
        text = f"<b>{row['text']}</b><br>{row['name']}"
        if around.le(at[1]).all():
            label_point(drawing, at, text, span, above=True)
        elif around.ge(at[1]).all() and at[1] > rise:
            label_point(drawing, at, text, span, above=False)
        else:
            label_over(drawing, at, float(around.max()), text, span)


def _alt(caption: Caption, shown: pd.DataFrame) -> str:
    drawn = shown.dropna(subset=["value"])
    if drawn.empty:
        return alt_text(caption, "Line chart without a figure to show")
    first, last = drawn.iloc[0], drawn.iloc[-1]
    high, low = drawn.loc[drawn["value"].idxmax()], drawn.loc[drawn["value"].idxmin()]
    gaps = len(shown) - len(drawn)
    return alt_text(
        caption,
        f"Line chart from {first['text']} in {first['name']} to {last['text']} in {last['name']}; "
        f"highest {high['text']} in {high['name']}, lowest {low['text']} in {low['name']}",
        f"{gaps} of {len(shown)} periods are not shown" if gaps else "",
    )


def _table(shown: pd.DataFrame, measure: str) -> pd.DataFrame:
    table = pd.DataFrame({"Period": shown["name"], measure: shown["value"]})
    return table.assign(**{NOTE: shown["note"]}) if shown["note"].ne("").any() else table
