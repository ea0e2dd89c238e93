"""An area among its peers: bars in order of rank, each with the interval of its rate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import HEADROOM, known, row_axis
from dashboard.charts.chart import Caption, Chart, alt_text, table_of
from dashboard.charts.drawing import Drawing, bar, scatter
from dashboard.charts.labels import row_height, wrapped
from dashboard.charts.wording import NO_DATA, Unit, number_text, places_of_small, rank_text

NOTE = "Note"
FRAME = 56
"""Pixels above and below the bars, for the mean's label and the axis."""
VALUE_COLUMN = 64
"""Pixels kept on the right for the values."""
HALO = 5
"""Width of the page-coloured line under an interval, which keeps it visible on its bar."""


def ranked_bars(
    members: pd.DataFrame,
    *,
    caption: Caption,
    own_area: str,
    measure: str,
    mean: float | None = None,
    mean_label: str = "Group mean",
) -> Chart:
    """Draw a group's members best first, with intervals, the own area set apart.

    The own area has the dark colour, and its name and value are bold. Values stand in a column of
    their own on the right, where no bar is too short for them.

    Args:
        members: area_code, area_name, rank (missing without data), value; lower and upper where
            there are intervals. One row a member.
        caption: The words around it.
        own_area: Code of the area looked at.
        measure: What a value is, as a column heading: "Crimes per 1,000 residents".
        mean: Mean of the group; None for no line.
        mean_label: What the mean is called.

    Raises:
        ValueError: There is no row, or the own area is not a member.
    """
    if own_area not in set(members["area_code"]):
        raise ValueError(f"{own_area} is not among the {len(members)} members of the group")
    ordered = members.sort_values(["rank", "area_name"], na_position="last", ignore_index=True)
    ordered = ordered.assign(is_own=ordered["area_code"].eq(own_area))
    if "lower" not in ordered:
        ordered = ordered.assign(lower=None, upper=None)
    # Two places where all rates are small, so that they are told apart; else one.
    write = partial(
        number_text, unit="rate", places=places_of_small(ordered["value"].max(), "rate")
    )
    ordered["text"] = [write(value, missing=NO_DATA) for value in ordered["value"]]
    drawing = _draw_rows(ordered, write)
    mean_text = "" if mean is None else write(mean)
    if mean is not None:
        drawing.add_line(x=mean, line={"color": theme.DARK_PINK, "width": 2, "dash": "dash"})
        drawing.label_top(mean, f"{mean_label} {mean_text}", xanchor="right")
        drawing.set_margin(t=30)
    top = max(known([*ordered["value"], *ordered["upper"], mean]), default=1.0)
    low = min(known([*ordered["value"], *ordered["lower"], 0.0]))
    drawing.update_xaxes(
        range=[low * HEADROOM, top * 1.04 or 1.0], tickformat=",", ticksuffix="", showgrid=True,
        nticks=5,
    )  # fmt: skip
    columns = {"Rank": "rank", "Area": "area_name", measure: "value"}
    if ordered["lower"].notna().any():
        columns |= {"Lower 95%": "lower", "Upper 95%": "upper"}
    units: dict[str, Unit] = dict.fromkeys(list(columns)[2:], "rate")
    table = table_of(ordered, columns, units)
    note = NOTE if ordered["value"].isna().any() else ""
    if note:
        table[note] = ordered["value"].isna().map({True: NO_DATA, False: ""})
    alt = _alt(caption, ordered, f"{mean_label}: {mean_text}" if mean_text else "")
    return Chart(drawing.figure(), caption, alt, table, units | {"Rank": "rank"}, note_column=note)


def _draw_rows(ordered: pd.DataFrame, write: Callable[[float], str]) -> Drawing:
    """Draw a bar for each area with its interval, its rank and name before it, its value after."""
    ranks = ["–" if pd.isna(rank) else str(int(rank)) for rank in ordered["rank"]]
    names = [
        wrapped(f"{rank}  {name}", bold=bool(own))
        for rank, name, own in zip(ranks, ordered["area_name"], ordered["is_own"], strict=True)
    ]
    drawing = Drawing(FRAME + row_height(names) * len(ordered))
    drawing.add_trace(
        bar(
            x=ordered["value"].astype(float),
            y=list(ordered.index),
            orientation="h",
            name="Members",
            marker={
                "color": ordered["is_own"].map({True: theme.OWN, False: theme.OTHERS}).tolist()
            },
            width=0.8,
        ),
        hover=_hover(ordered, write),
    )
    _draw_intervals(drawing, ordered)
    for position, (text, own) in enumerate(zip(ordered["text"], ordered["is_own"], strict=True)):
        drawing.label_right(position, f"<b>{text}</b>" if own else text, xshift=8)
    row_axis(drawing, names)
    drawing.set_margin(r=VALUE_COLUMN)
    return drawing


def _hover(ordered: pd.DataFrame, write: Callable[[float], str]) -> list[str]:
    with_data = int(ordered["rank"].notna().sum())
    lines = []
    for row in ordered.to_dict("records"):
        place = rank_text(row["rank"], len(ordered), with_data)
        between = ""
        if known([row["lower"], row["upper"]]):
            between = f"<br>95% interval {write(row['lower'])} to {write(row['upper'])}"
        lines.append(f"{wrapped(row['area_name'])}: <b>{row['text']}</b><br>{place}{between}")
    return lines


def _draw_intervals(drawing: Drawing, ordered: pd.DataFrame) -> None:
    rows = ordered[ordered["lower"].notna() & ordered["upper"].notna() & ordered["value"].notna()]
    if rows.empty:
        return
    for colour, thickness in ((theme.PAGE, HALO), (theme.TEXT, 1.5)):
        drawing.add_trace(
            scatter(
                x=rows["value"].astype(float),
                y=list(rows.index),
                mode="markers",
                name="95% interval",
                marker={"size": 1, "color": colour},
                error_x={
                    "type": "data",
                    "array": (rows["upper"] - rows["value"]).astype(float).tolist(),
                    "arrayminus": (rows["value"] - rows["lower"]).astype(float).tolist(),
                    "color": colour,
                    "thickness": thickness,
                    "width": 4,
                },
                hoverinfo="skip",
            )
        )


def _alt(caption: Caption, ordered: pd.DataFrame, mean: str) -> str:
    with_data = ordered.dropna(subset=["rank"])
    own = ordered[ordered["is_own"]].iloc[0]
    place = rank_text(own["rank"], len(ordered), len(with_data))
    ends = ""
    if not with_data.empty:
        best, worst = with_data.iloc[0], with_data.iloc[-1]
        ends = (
            f"Best is {best['area_name']} with {best['text']}, "
            f"last is {worst['area_name']} with {worst['text']}"
        )
    without = ordered.loc[ordered["value"].isna(), "area_name"]
    return alt_text(
        caption,
        f"Bar chart of {len(ordered)} areas, best first",
        f"{own['area_name']} is {place} with {own['text']}",
        ends,
        mean,
        f"No data for {', '.join(without)}" if len(without) else "",
    )
