"""Sources on a line of time: a bar from first to last period, and the day of the newest figures."""

from __future__ import annotations

import textwrap
from html import escape

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, bar, scatter
from dashboard.charts.labels import wrapped
from dashboard.charts.wording import day_text, month_text

ROW = 37
"""Pixels of a source: its name, and its bar under it."""
FRAME = 44
NAME_AT, BAR_AT, BAR_WIDTH = -0.2, 0.24, 0.3
"""Of a row of height 1, from its middle down."""
LONGEST_NAME, BESIDE_BEHIND = 38, 30
"""Characters of a name that a phone has room for beside the month; the table has it whole."""
CURRENT, BEHIND = "Current", "Behind"
COLOURS = {CURRENT: theme.OWN, BEHIND: theme.ORANGE}


def timeline_of_sources(sources: pd.DataFrame, *, caption: Caption) -> Chart:
    """Draw each source from its first to its last period, those that are behind set apart.

    The name stands over the bar, so that a phone's whole width is left for time; at its right
    stands the month that it ends with, and whether it is behind.

    Args:
        sources: source, counted ("months, quarters"), indicators, first and last (the first day
            of the first and the last month), published (Timestamps; missing where no file says
            it), is_current. A row a source, in order.
        caption: The words around it.
    """
    rows = sources.assign(state=sources["is_current"].map({True: CURRENT, False: BEHIND}))
    drawing = Drawing(FRAME + ROW * len(rows))
    starts, ends = rows["first"], rows["last"] + pd.offsets.MonthEnd(0)
    places = range(len(rows))
    drawing.add_trace(
        bar(
            base=[each.isoformat() for each in starts],
            # The plotting library wants the length of a bar in milliseconds.
            x=list((ends - starts) / pd.Timedelta(milliseconds=1)),
            y=[place + BAR_AT for place in places],
            width=BAR_WIDTH,
            orientation="h",
            marker={"color": [COLOURS[state] for state in rows["state"]]},
        ),
        hover=[_hover(row) for row in rows.to_dict("records")],
    )
    dated = rows[rows["published"].notna()]
    drawing.add_trace(
        scatter(
            x=list(dated["published"]),
            y=[place + BAR_AT for place in dated.index],
            mode="markers",
            marker={
                "symbol": "diamond", "size": 11, "color": theme.TEXT,
                "line": {"color": theme.PAGE, "width": 1.5},
            },
        ),
        hover=[f"Published {day_text(day)}" for day in dated["published"]],
    )  # fmt: skip
    for place, row in enumerate(rows.to_dict("records")):
        at = place + NAME_AT
        longest = LONGEST_NAME if row["is_current"] else BESIDE_BEHIND
        name = textwrap.shorten(str(row["source"]), longest, placeholder=" …")
        drawing.label_left(at, escape(name, quote=False))
        end = month_text(row["last"])
        text = end if row["is_current"] else f"<b>{BEHIND}</b> {end}"
        drawing.add_annotation(x=1, xref="paper", xanchor="right", y=at, text=text)
    latest = max([*ends, *dated["published"]])
    room = (latest - starts.min()) * 0.02
    drawing.update_xaxes(
        type="date", range=[starts.min().isoformat(), (latest + room).isoformat()], nticks=6,
        side="top",
    )  # fmt: skip
    drawing.update_yaxes(range=[len(rows) - 0.5, -0.5], visible=False)
    return Chart(drawing.figure(), caption, _alt(caption, rows), _table(rows))


def _hover(row: dict) -> str:
    said = (
        f"{wrapped(str(row['source']))}<br>{month_text(row['first'])} to {month_text(row['last'])}"
    )
    return f"{said}<br>{row['state']}"


def _published(day: pd.Timestamp) -> str:
    return "not given" if pd.isna(day) else day_text(day)


def _alt(caption: Caption, rows: pd.DataFrame) -> str:
    said = (
        f"{row['source']}: {month_text(row['first'])} to {month_text(row['last'])}, "
        f"{row['state'].lower()}"
        for row in rows.to_dict("records")
    )
    return alt_text(
        caption, f"Timeline of {len(rows)} {'source' if len(rows) == 1 else 'sources'}", *said
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Source": rows["source"],
            "Counted by": rows["counted"],
            "Indicators": [f"{number:,}" for number in rows["indicators"]],
            "From": rows["first"].map(month_text),
            "To": rows["last"].map(month_text),
            "State": rows["state"],
            "Newest published": rows["published"].map(_published),
        }
    )
