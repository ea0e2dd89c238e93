"""What makes up a change: each part's step from no change to the change of the whole."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, bar
from dashboard.charts.labels import row_height, wrapped
from dashboard.charts.wording import Unit, number_text

FRAME = 40
NAME_WIDTH = 28
MARGIN = 0.04
"""Share of the width that is kept free at the ends of the axis."""
MOST_STEPS = 14
"""Parts drawn one by one; the smallest beyond these are one step together. The table has all."""


def waterfall(parts: pd.DataFrame, whole: str, percent: float | None, *, caption: Caption) -> Chart:
    """Draw the steps that lead from no change to the change of the whole, largest fall first.

    Falls are blue and go left, rises orange and go right; each begins where the one before ended,
    and the last bar, grey, is the whole. Number and percentage points, with their sign, stand
    under each name.

    Args:
        parts: part, previous, current, change, points_shown, is_remainder, in order, remainder
            last; one row a part. A part without change is named in the table only.
        whole: Name of the whole.
        percent: Its change in percent; None where it is withheld.
        caption: The words around it.

    Raises:
        ValueError: There is no part with a change.
    """
    drawn = _steps(parts[parts["change"].notna()])
    if drawn.empty:
        raise ValueError("no parts to draw: none has a change")
    total = float(drawn["change"].sum())
    changes = [*drawn["change"].astype(float), total]
    ends = [*drawn["change"].cumsum().astype(float)]
    bases = [0.0, *ends[:-1], 0.0]
    points = [*drawn["points_shown"], percent]
    texts = [_step_text(change, point) for change, point in zip(changes, points, strict=True)]
    titles = [*drawn["part"].astype(str), whole]
    names = [
        f"{wrapped(title, width=NAME_WIDTH)}<br><b>{text}</b>"
        for title, text in zip(titles, texts, strict=True)
    ]
    drawing = Drawing(FRAME + row_height(names) * len(names))
    drawing.add_trace(
        bar(
            x=changes,
            base=bases,
            y=list(range(len(names))),
            orientation="h",
            name="Change",
            marker={"color": [*map(_colour, changes[:-1]), theme.DARK_GREY]},
            customdata=[(wrapped(t), text) for t, text in zip(titles, texts, strict=True)],
            hovertemplate="%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
            width=0.7,
        )
    )
    _scale(drawing, [0.0, *ends], names)
    listed = "; ".join(f"{title} {text}" for title, text in zip(titles, texts, strict=True))
    alt = alt_text(caption, "Steps that add up to the change, largest fall first", listed)
    units: dict[str, Unit] = {"Before": "count", "Now": "count", "Change": "change"}
    return Chart(drawing.figure(), caption, alt, _table(parts), units)


def _steps(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts drawn, the smallest beyond `MOST_STEPS` taken together."""
    if len(parts) <= MOST_STEPS:
        return parts.reset_index(drop=True)
    size = parts["change"].abs().where(~parts["is_remainder"], float("inf"))
    kept = parts.loc[size.sort_values(ascending=False, kind="stable").index[: MOST_STEPS - 1]]
    rest = parts[~parts.index.isin(kept.index)]
    together = {
        "part": f"The other {len(rest)}",
        "change": rest["change"].sum(),
        "points_shown": rest["points_shown"].sum(min_count=1),
        "is_remainder": True,
    }
    in_order = kept.sort_index()
    return pd.concat([in_order, pd.DataFrame([together])], ignore_index=True)


def _step_text(change: float, points: float | None) -> str:
    number = number_text(change, "change")
    if points is None or pd.isna(points):
        return number
    shown = number_text(points, "change", places=1)
    return f"{number} ({shown} {'point' if shown.lstrip('+−') == '1.0' else 'points'})"


def _colour(change: float) -> str:
    return theme.ORANGE if change > 0 else theme.DARK_BLUE


def _scale(drawing: Drawing, ends: list[float], names: list[str]) -> None:
    low, high = min(ends), max(ends)
    margin = (high - low) * MARGIN or 1.0
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


def _table(parts: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Part": parts["part"],
            "Before": parts["previous"].astype(float),
            "Now": parts["current"].astype(float),
            "Change": parts["change"].astype(float),
            "Points": [
                "not calculated" if pd.isna(each) else number_text(each, "change", places=1)
                for each in parts["points_shown"]
            ],
        }
    )
