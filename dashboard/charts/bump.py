"""Places over several periods: a line for each member, 1 at the top."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import MOST_TICKS
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, scatter
from dashboard.charts.labels import row_height, wrapped
from dashboard.charts.movement import NAME_WIDTH, PIXELS_A_LETTER, SMALLEST_ROW
from dashboard.charts.wording import NO_DATA, Unit, rank_text

FOOT = 48
"""Pixels under the lines, for the names of the periods on two lines."""
HEAD = 24
HEAD_OF_MARK = 46
WIDTH_OF_TIED = 60
MARKER_SIZE = 8
OWN_MARKER_SIZE = 22
AIR = 0.15
"""Of a period, kept clear at either end."""

Mark = tuple[float, str]
"""Where a new edition begins, in periods from the first (2.5 is between the third and fourth)."""


def bump(
    ranks: pd.DataFrame,
    *,
    caption: Caption,
    own_area: str,
    periods: Sequence[str],
    marks: Sequence[Mark] = (),
) -> Chart:
    """Draw the place of every member in each period; the own area is thick, with its places.

    A period without data breaks the line. Names stand at the last period.

    Args:
        ranks: area_code, area_name, period, rank (missing without data); one row a member and
            period, periods in order.
        caption: The words around it.
        own_area: Code of the area looked at.
        periods: What each period is called on the axis, in order, on one or two lines (`<br>`).
        marks: Changes of edition, each an upright line with its label.

    Raises:
        ValueError: The own area is not a member, or the periods are not as many as the names.
    """
    names = list(dict.fromkeys(ranks["period"]))
    if own_area not in set(ranks["area_code"]):
        raise ValueError(f"{own_area} is not among the members of the group")
    if len(names) != len(periods):
        raise ValueError(f"{len(periods)} names for {len(names)} periods")
    wide = ranks.pivot(index="area_code", columns="period", values="rank")[names]
    named = ranks.drop_duplicates("area_code").set_index("area_code")["area_name"]
    places = int(max(1, wide.max().max())) if wide.notna().any().any() else 1
    row = max(SMALLEST_ROW, row_height(wrapped(name, width=NAME_WIDTH) for name in named))
    drawing = Drawing(HEAD + FOOT + row * places)
    _draw_marks(drawing, marks)
    for area in [*(code for code in wide.index if code != own_area), own_area]:
        _draw_line(drawing, wide.loc[area], str(named[area]), is_own=area == own_area)
    _name_lines(drawing, wide, named, own_area)
    _axes(drawing, periods, places)
    table = wide.set_axis([f"Rank, {name}" for name in names], axis=1)
    order = wide.iloc[:, -1].astype("Float64").fillna(places + 1).argsort(kind="stable")
    table = table.iloc[order].rename_axis(None)
    table.insert(0, "Area", named.reindex(table.index))
    columns = table.columns[1:]
    units: dict[str, Unit] = dict.fromkeys(columns, "rank")
    return Chart(
        drawing.figure(),
        caption,
        _alt(caption, wide, named, own_area, [label for _, label in marks]),
        table.reset_index(drop=True),
        units,
        dict.fromkeys(columns, NO_DATA),
    )


def _draw_line(drawing: Drawing, ranks: pd.Series, name: str, *, is_own: bool) -> None:
    colour = theme.OWN if is_own else theme.OTHERS
    known = [None if pd.isna(rank) else int(rank) for rank in ranks]
    said = [NO_DATA if rank is None else str(rank) for rank in known]
    large = set(_shown(len(known))) if is_own else set()
    drawing.add_trace(
        scatter(
            x=list(range(len(known))),
            y=known,
            mode="lines+markers+text" if is_own else "lines+markers",
            name=name,
            line={"color": colour, "width": 5 if is_own else 1.5},
            marker={
                "color": colour,
                "size": [
                    OWN_MARKER_SIZE if place in large else MARKER_SIZE
                    for place in range(len(known))
                ],
                "symbol": "square" if is_own else "circle",
                # Plotly fades markers of several sizes unless told not to.
                "opacity": 1,
                "line": {"width": 0},
            },
            text=[f"<b>{rank}</b>" if at in large else "" for at, rank in enumerate(said)],
            textfont={"color": theme.PAGE},
            customdata=[
                f"{period}: <b>{rank}</b>" for period, rank in zip(ranks.index, said, strict=True)
            ],
            hovertemplate=f"{wrapped(name)}<br>%{{customdata}}<extra></extra>",
            connectgaps=False,
            cliponaxis=False,
        )
    )


def _name_lines(drawing: Drawing, wide: pd.DataFrame, named: pd.Series, own_area: str) -> None:
    """Write the names at the last places; those that tie stand under each other."""
    last = wide.iloc[:, -1].dropna().astype(int)
    for rank in sorted(set(last)):
        tied = [str(code) for code in last.index[last.eq(rank)]]
        is_alone = len(tied) == 1
        width = NAME_WIDTH if is_alone else WIDTH_OF_TIED
        texts = [wrapped(str(named[code]), bold=code == own_area, width=width) for code in tied]
        drawing.add_annotation(
            x=wide.shape[1] - 1,
            y=rank,
            text="<br>".join(texts),
            xanchor="left",
            xshift=OWN_MARKER_SIZE // 2 + 6,
            yanchor="middle" if is_alone else "top",
            yshift=0 if is_alone else theme.LINE_HEIGHT / 2 + 2,
            align="left",
        )
    longest = max((min(len(str(named[code])), NAME_WIDTH) for code in last.index), default=0)
    drawing.set_margin(r=OWN_MARKER_SIZE + PIXELS_A_LETTER * longest)


def _draw_marks(drawing: Drawing, marks: Sequence[Mark]) -> None:
    for position, label in marks:
        drawing.add_line(x=position, line={"color": theme.DARK_PINK, "width": 2, "dash": "dash"})
        drawing.add_annotation(
            x=position,
            y=1,
            yref="paper",
            text=wrapped(label),
            xanchor="right",
            yanchor="bottom",
            align="right",
        )
        drawing.set_margin(t=HEAD_OF_MARK)


def _shown(periods: int) -> range:
    """The periods that are named, the last among them: as many as a phone has room for."""
    step = -(-periods // MOST_TICKS)
    return range((periods - 1) % step, periods, step)


def _axes(drawing: Drawing, periods: Sequence[str], places: int) -> None:
    shown = _shown(len(periods))
    drawing.update_xaxes(
        range=[-AIR, len(periods) - 1 + AIR],
        tickvals=list(shown),
        ticktext=[periods[number] for number in shown],
        tickangle=0,
        ticks="outside",
        showline=True,
    )
    drawing.update_yaxes(
        range=[places + 0.6, 0.4], tickvals=[1, places], showgrid=False, ticks="", dtick=1
    )


def _alt(
    caption: Caption, wide: pd.DataFrame, named: pd.Series, own_area: str, marks: list[str]
) -> str:
    own = wide.loc[own_area]
    counts = wide.notna().sum()
    course = "; ".join(
        f"{period}: {rank_text(rank, len(wide), int(counts[period]))}"
        for period, rank in own.items()
    )
    best = wide.iloc[:, -1].dropna()
    first = f"Now first: {named[best.idxmin()]}" if len(best) else ""
    return alt_text(
        caption,
        f"Bump chart of the places of {len(wide)} areas in {wide.shape[1]} periods, 1 is best",
        f"{named[own_area]}: {course}",
        first,
        *marks,
    )
