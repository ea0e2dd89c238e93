"""The months of a seasonal path: what each month may hold, and what it held."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import month_axis, value_axis
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, bar, scatter
from dashboard.charts.labels import label_point
from dashboard.charts.wording import month_text, months_table, number_text


def monthly_path(months: pd.DataFrame, *, caption: Caption) -> Chart:
    """Draw each month's share of the path as a dashed step and each month's figure as a bar.

    Args:
        months: month (Timestamp), path, actual; actual is missing in months still to come.
        caption: The words around it.

    Raises:
        ValueError: There is no row.
    """
    if months.empty:
        raise ValueError("no months to draw: the frame has no row")
    words = [
        f"{month_text(row['month'])}: <b>{number_text(row['actual'])}</b>, "
        f"path {number_text(row['path'])}"
        for row in months.to_dict("records")
    ]
    drawing = Drawing()
    drawing.add_trace(
        bar(
            x=months["month"],
            y=months["actual"].astype(float),
            name="Actual",
            marker={"color": theme.OWN},
        ),
        hover=words,
    )
    drawing.add_trace(
        scatter(
            x=months["month"],
            y=months["path"].astype(float),
            mode="lines",
            name="Path",
            line={"color": theme.ORANGE, "dash": "dash", "width": 3, "shape": "hvh"},
        ),
        hover=words,
    )
    first, last = months["month"].iloc[0], months["month"].iloc[-1]
    value_axis(drawing, [*months["path"], *months["actual"]], "count")
    month_axis(drawing, first, last)
    label_point(
        drawing, (last, float(months["path"].iloc[-1])), "<b>Path</b>", (first, last), above=True
    )
    table = months_table(months, "Actual")
    plain = "; ".join(words).replace("<b>", "").replace("</b>", "")
    alt = alt_text(caption, "Bar chart of months beside their path", plain)
    return Chart(drawing.figure(), caption, alt, table, units={"Path": "count", "Actual": "count"})
