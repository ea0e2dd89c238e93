"""Which crime types changed: a signed bar for each, with number and percent."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import known
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, bar
from dashboard.charts.labels import row_height, wrapped
from dashboard.charts.wording import NO_FIGURE, Unit, change_text

FRAME = 40
NOT_CALCULATED = "not calculated"
NAME_WIDTH = 28
MARGIN = 0.04
"""Share of the longest bar that is kept free at the ends of the axis."""


def bars_by_type(types: pd.DataFrame, *, caption: Caption) -> Chart:
    """Draw the change of each crime type, largest fall first, from a common zero line.

    Falls are blue and to the left, rises orange and to the right. Number and percent, with their
    sign, stand under the type's name, where they fit on a phone.

    Args:
        types: title, current, previous, change, percent (missing where it is withheld). One row a
            type; a row without a change is named as having no figure.
        caption: The words around it.

    Raises:
        ValueError: There is no row.
    """
    if types.empty:
        raise ValueError("no crime types to draw: the frame has no row")
    ordered = types.sort_values("change", na_position="last", ignore_index=True)
    texts = [
        change_text(row["change"], row["percent"]) if pd.notna(row["change"]) else NO_FIGURE
        for row in ordered.to_dict("records")
    ]
    names = [
        f"{wrapped(str(title), width=NAME_WIDTH)}<br><b>{text}</b>"
        for title, text in zip(ordered["title"], texts, strict=True)
    ]
    changes = ordered["change"].astype(float)
    drawing = Drawing(FRAME + row_height(names) * len(ordered))
    drawing.add_trace(
        bar(
            x=changes.fillna(0),
            y=list(ordered.index),
            orientation="h",
            name="Change",
            marker={"color": [theme.ORANGE if value > 0 else theme.DARK_BLUE for value in changes]},
            customdata=[
                (wrapped(str(title)), text)
                for title, text in zip(ordered["title"], texts, strict=True)
            ],
            hovertemplate="%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
            width=0.7,
        )
    )
    _scale(drawing, changes, names)
    table = pd.DataFrame(
        {
            "Type": ordered["title"],
            "Now": ordered["current"].astype(float),
            "Before": ordered["previous"].astype(float),
            "Change": changes,
            "Change, %": ordered["percent"].astype(float),
        }
    )
    units: dict[str, Unit] = {
        "Now": "count",
        "Before": "count",
        "Change": "change",
        "Change, %": "percent_change",
    }
    listed = "; ".join(f"{t} {x}" for t, x in zip(ordered["title"], texts, strict=True))
    alt = alt_text(caption, "Bar chart of changes by type, largest fall first", listed)
    return Chart(
        drawing.figure(), caption, alt, table, units, missing={"Change, %": NOT_CALCULATED}
    )


def _scale(drawing: Drawing, changes: pd.Series, names: list[str]) -> None:
    numbers = known(changes)
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    margin = max(-low, high) * MARGIN or 1.0
    drawing.update_xaxes(
        range=[low - margin, high + margin],
        tickformat=",",
        nticks=4,
        showgrid=True,
        zeroline=True,
        zerolinecolor=theme.TEXT,
        zerolinewidth=1.5,
    )
    drawing.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=names,
        range=[len(names) - 0.4, -0.6],
        showgrid=False,
        ticks="",
        ticklabelstandoff=6,
    )
