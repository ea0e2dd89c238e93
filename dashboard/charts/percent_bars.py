"""What moved: changes in percent as bars from a common zero, worse in orange and better in blue."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import row_axis
from dashboard.charts.chart import Caption, Chart, alt_text, table_of
from dashboard.charts.drawing import Drawing, bar
from dashboard.charts.labels import shortened, wrapped
from dashboard.charts.wording import Unit, number_text

NAME_WIDTH, SMALL, ROW = 23, 13, 38
"""Characters of a name on one line, and pixels of its letters and of a row."""
FRAME = 32
NOTE = "Pale: chance could explain it"
BAR = 0.66
ROOM_OF_LABEL = 0.5
"""Share of the longest bar that its number needs beyond its end."""
PALE = 0.4
"""How opaque a bar is whose change chance could explain."""
COLUMNS = {
    "Indicator": "title",
    "Change": "change",
    "Change, %": "percent",
    "Chance": "chance",
}
UNITS: dict[str, Unit] = {"Change": "change", "Change, %": "percent_change"}


def percent_bars(moved: pd.DataFrame, *, caption: Caption) -> Chart:
    """Draw changes in percent, the largest rise first: orange for the worse, blue for the better.

    Args:
        moved: title, change, percent, is_worse, is_sure (whether chance would not
            explain it; the bar of another is pale) and chance (in words).
        caption: The words around it.

    Raises:
        ValueError: There is no row.
    """
    if moved.empty:
        raise ValueError("nothing moved: the frame has no row")
    ordered = moved.sort_values("percent", ascending=False, ignore_index=True)
    titles, percents = ordered["title"].astype(str).tolist(), ordered["percent"].astype(float)
    names = [shortened(title, width=NAME_WIDTH) for title in titles]
    texts = [number_text(percent, "percent_change") for percent in percents]
    drawing = Drawing(FRAME + len(names) * ROW)
    drawing.add_trace(
        bar(
            x=percents.tolist(),
            y=list(range(len(names))),
            orientation="h",
            name="Change",
            width=BAR,
            marker={
                "color": [
                    theme.ORANGE if worse else theme.DARK_BLUE for worse in ordered["is_worse"]
                ],
                "opacity": [1.0 if sure else PALE for sure in ordered["is_sure"]],
            },
            text=texts,
            textposition="outside",
            textfont={"size": SMALL, "color": theme.TEXT},
            cliponaxis=False,
        ),
        hover=[
            f"{wrapped(title)}: <b>{text}</b><br>{chance}"
            for title, text, chance in zip(titles, texts, ordered["chance"], strict=True)
        ],
    )
    room = percents.abs().max() * ROOM_OF_LABEL or 1.0
    low, high = min(percents.min(), 0.0), max(percents.max(), 0.0)
    drawing.update_xaxes(
        range=[low - (room if low else 0), high + (room if high else 0)],
        showticklabels=False, zeroline=True, zerolinecolor=theme.TEXT, zerolinewidth=1.5,
    )  # fmt: skip
    row_axis(drawing, names)
    drawing.update_yaxes(tickfont={"size": SMALL})
    if not ordered["is_sure"].all():
        drawing.add_annotation(
            x=1, xref="paper", xanchor="right", y=0, yref="paper", yanchor="top", text=NOTE,
            font={"size": 12, "color": theme.QUIET_TEXT},
        )  # fmt: skip
    drawing.set_margin(t=4, b=22)
    said = "; ".join(
        f"{title} {text}, {chance}"
        for title, text, chance in zip(titles, texts, ordered["chance"], strict=True)
    )
    alt = alt_text(caption, "Bar chart of changes in percent, largest rise first", said)
    return Chart(drawing.figure(), caption, alt, table_of(ordered, COLUMNS, UNITS), UNITS)
