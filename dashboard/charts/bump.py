"""Places over several periods: a line for each member, 1 at the top."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import thinned
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, markers, scatter
from dashboard.charts.labels import WIDTH_OF_PLACED, name_places, row_height, wrapped
from dashboard.charts.movement import SMALLEST_ROW
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
    row = max(SMALLEST_ROW, row_height(wrapped(name, width=WIDTH_OF_PLACED) for name in named))
    drawing = Drawing(HEAD + FOOT + row * places)
    for position, label in marks:
        drawing.add_line(x=position, line={"color": theme.DARK_PINK, "width": 2, "dash": "dash"})
        drawing.label_top(position, wrapped(label), xanchor="right", align="right")
        drawing.set_margin(t=HEAD_OF_MARK)
    for area in [*(code for code in wide.index if code != own_area), own_area]:
        _draw_line(drawing, wide.loc[area], str(named[area]), is_own=area == own_area)
    last = pd.DataFrame({"area_name": named, "rank": wide.iloc[:, -1]}).dropna(subset=["rank"])
    last["is_own"] = last.index == own_area
    name_places(
        drawing, len(names) - 1, last, marker=OWN_MARKER_SIZE, shift=OWN_MARKER_SIZE // 2 + 6,
        width_of_tied=WIDTH_OF_TIED,
    )  # fmt: skip
    _axes(drawing, periods, places)
    units: dict[str, Unit] = {f"Rank, {name}": "rank" for name in names}
    table = wide.set_axis(list(units), axis=1)
    order = wide.iloc[:, -1].astype("Float64").fillna(places + 1).argsort(kind="stable")
    table = table.iloc[order].rename_axis(None)
    table.insert(0, "Area", named.reindex(table.index))
    table = table.reset_index(drop=True)
    alt = _alt(caption, wide, named, own_area, [label for _, label in marks])
    return Chart(drawing.figure(), caption, alt, table, units, dict.fromkeys(units, NO_DATA))


def _draw_line(drawing: Drawing, ranks: pd.Series, name: str, *, is_own: bool) -> None:
    colour = theme.OWN if is_own else theme.OTHERS
    known = [None if pd.isna(rank) else int(rank) for rank in ranks]
    said = [NO_DATA if rank is None else str(rank) for rank in known]
    large = set(thinned(len(known))) if is_own else set()
    sizes = [OWN_MARKER_SIZE if at in large else MARKER_SIZE for at in range(len(known))]
    drawing.add_trace(
        scatter(
            x=list(range(len(known))),
            y=known,
            mode="lines+markers+text" if is_own else "lines+markers",
            name=name,
            line={"color": colour, "width": 5 if is_own else 1.5},
            marker=markers(
                sizes, color=colour, symbol="square" if is_own else "circle", line={"width": 0}
            ),
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


def _axes(drawing: Drawing, periods: Sequence[str], places: int) -> None:
    shown = thinned(len(periods))
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
