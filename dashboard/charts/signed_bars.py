"""Changes as bars under each other: falls blue and to the left of zero, rises orange and right."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.charts.axes import row_axis
from dashboard.charts.drawing import Drawing, bar
from dashboard.charts.labels import row_height, wrapped

FRAME = 40
"""Pixels that the axis takes below the bars."""
NAME_WIDTH = 28
"""Characters of a name before it goes on in the next line."""
MARGIN = 0.04
"""Share of the width that is kept free at the ends of the axis."""
BAR_WIDTH = 0.7
"""Share of its row that a bar fills."""


def draw_signed_bars(
    titles: Sequence[str],
    texts: Sequence[str],
    changes: Sequence[float],
    *,
    colours: Sequence[str],
    span: tuple[float, float],
    bases: Sequence[float] | None = None,
) -> Drawing:
    """Draw a bar for each change, from the top down, its name and number on the left.

    Number and percent stand under the name, where they fit on a phone.

    Args:
        titles: Names of the rows.
        texts: What each bar shows, in words.
        changes: Length of each bar, with its sign; 0 for none.
        colours: Of each bar; see `colour_of`.
        span: From where to where the axis goes.
        bases: Where each bar begins; zero when not given.
    """
    names = [
        f"{wrapped(title, width=NAME_WIDTH)}<br><b>{text}</b>"
        for title, text in zip(titles, texts, strict=True)
    ]
    drawing = Drawing(FRAME + row_height(names) * len(names))
    drawing.add_trace(
        bar(
            x=list(changes),
            y=list(range(len(names))),
            orientation="h",
            name="Change",
            marker={"color": list(colours)},
            customdata=[(wrapped(t), text) for t, text in zip(titles, texts, strict=True)],
            hovertemplate="%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
            width=BAR_WIDTH,
            **({} if bases is None else {"base": list(bases)}),
        )
    )
    _scale(drawing, span, names)
    return drawing


def colour_of(change: float) -> str:
    """Return orange for a rise, blue for a fall and for what did not change."""
    return theme.ORANGE if change > 0 else theme.DARK_BLUE


def span_of(ends: Sequence[float], longest: float) -> tuple[float, float]:
    """Return from where to where the axis goes: a little beyond the ends of the bars.

    Args:
        ends: Of all bars, zero among them.
        longest: The length that the room beyond them is a share of.
    """
    margin = longest * MARGIN or 1.0
    return min(ends) - margin, max(ends) + margin


def listed(titles: Sequence[str], texts: Sequence[str]) -> str:
    """Return the bars in words, for those who cannot see them: "Arson −12; Robbery +3"."""
    return "; ".join(f"{title} {text}" for title, text in zip(titles, texts, strict=True))


def _scale(drawing: Drawing, span: tuple[float, float], names: list[str]) -> None:
    drawing.update_xaxes(
        range=list(span),
        tickformat=",",
        nticks=4,
        showgrid=True,
        zeroline=True,
        zerolinecolor=theme.TEXT,
        zerolinewidth=1.5,
    )
    row_axis(drawing, names)
