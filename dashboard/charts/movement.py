"""How ranks moved between two periods: a line for each member, from its place before to now."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, scatter
from dashboard.charts.labels import WIDTH_OF_PLACED, name_places, row_height, wrapped
from dashboard.charts.wording import NO_DATA, Unit, rank_text

HEAD = 52
"""Pixels above the lines, for the names of the periods on two lines."""
LONGEST_NAME = 60
PERIOD_WIDTH = 14
MARKER_SIZE = 24
BEFORE, NOW = 0.0, 1.0
SMALLEST_ROW = 32
"""Pixels a rank takes, so that one place's marker is clear of the next."""


def movement_of_ranks(
    ranks: pd.DataFrame, *, caption: Caption, own_area: str, before: str, now: str
) -> Chart:
    """Draw each member's rank in two periods, joined, with the own area set apart.

    The own area has a thick dark line and a bold name; the others are thin and grey. Names stand
    at the later period; members that tie share a line of names.

    Args:
        ranks: area_code, area_name, rank_before, rank_now (missing without data in both).
        caption: The words around it.
        own_area: Code of the area looked at.
        before: Name of the earlier period.
        now: Name of the later period.

    Raises:
        ValueError: The own area is not a member.
    """
    if own_area not in set(ranks["area_code"]):
        raise ValueError(f"{own_area} is not among the {len(ranks)} members of the group")
    ordered = ranks.sort_values(["rank_now", "area_name"], na_position="last", ignore_index=True)
    ordered = ordered.assign(is_own=ordered["area_code"].eq(own_area))
    drawn = ordered.dropna(subset=["rank_before", "rank_now"])
    places = max([1, *drawn["rank_before"].tolist(), *drawn["rank_now"].tolist()])
    names = [wrapped(name, width=WIDTH_OF_PLACED) for name in drawn["area_name"]]
    drawing = Drawing(HEAD + max(SMALLEST_ROW, row_height(names)) * int(places))
    for row in drawn.sort_values("is_own").to_dict("records"):
        _draw_member(drawing, row, before, now)
    placed = drawn.rename(columns={"rank_now": "rank"})
    name_places(drawing, NOW, placed, marker=MARKER_SIZE, shift=18, width_of_tied=LONGEST_NAME)
    for place, name, anchor in ((BEFORE, before, "left"), (NOW, now, "center")):
        shift = -MARKER_SIZE / 2 if anchor == "left" else 0
        text = wrapped(name, width=PERIOD_WIDTH)
        drawing.label_top(place, text, xanchor=anchor, xshift=shift, align=anchor)
    drawing.set_margin(t=HEAD)
    drawing.update_yaxes(range=[places + 0.6, 0.4], visible=False)
    drawing.update_xaxes(range=[BEFORE - 0.04, NOW + 0.04], visible=False)
    units: dict[str, Unit] = {f"Rank, {period}": "rank" for period in (before, now)}
    table = ordered[["area_name", "rank_before", "rank_now"]].set_axis(["Area", *units], axis=1)
    table["Places up"] = ordered["rank_before"] - ordered["rank_now"]
    units["Places up"] = "change"
    alt = _alt(caption, ordered, before, now)
    return Chart(drawing.figure(), caption, alt, table, units, dict.fromkeys(units, NO_DATA))


def _draw_member(drawing: Drawing, row: dict[Hashable, Any], before: str, now: str) -> None:
    colour = theme.OWN if row["is_own"] else theme.OTHERS
    places = [int(row["rank_before"]), int(row["rank_now"])]
    hover = f"{wrapped(row['area_name'])}: {places[0]} in {before}, {places[1]} in {now}"
    drawing.add_trace(
        scatter(
            x=[BEFORE, NOW],
            y=places,
            mode="lines+markers+text",
            name=row["area_name"],
            line={"color": colour, "width": 5 if row["is_own"] else 2},
            marker={
                "color": colour,
                "size": MARKER_SIZE,
                "symbol": "square" if row["is_own"] else "circle",
            },
            text=[f"<b>{place}</b>" for place in places],
            textposition="middle center",
            textfont={"color": theme.PAGE if row["is_own"] else theme.TEXT},
            hovertemplate=f"{hover}<extra></extra>",
            cliponaxis=False,
        )
    )


def _alt(caption: Caption, ordered: pd.DataFrame, before: str, now: str) -> str:
    own = ordered[ordered["is_own"]].iloc[0]
    group = len(ordered)
    ranked = ordered.dropna(subset=["rank_before", "rank_now"])
    with_data = len(ranked)
    without = ordered.loc[ordered["rank_now"].isna(), "area_name"]
    others = "; ".join(
        f"{row['area_name']} from {int(row['rank_before'])} to {int(row['rank_now'])}"
        for row in ranked[~ranked["is_own"]].to_dict("records")
    )
    return alt_text(
        caption,
        f"Slope chart of ranks in {before} and {now}",
        f"{own['area_name']} moved from {rank_text(own['rank_before'], group, with_data)} "
        f"to {rank_text(own['rank_now'], group, with_data)}",
        others,
        f"{NO_DATA.capitalize()} for {', '.join(without)}" if len(without) else "",
    )
