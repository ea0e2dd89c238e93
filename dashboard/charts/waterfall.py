"""What makes up a change: each part's step from no change to the change of the whole."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.chart import Caption, Chart, alt_text, table_of
from dashboard.charts.signed_bars import colour_of, draw_signed_bars, listed, span_of
from dashboard.charts.wording import Unit, number_text

COLUMNS = {"Part": "part", "Before": "previous", "Now": "current", "Change": "change"}
UNITS: dict[str, Unit] = {"Before": "count", "Now": "count", "Change": "change"}
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
    ends = [0.0, *drawn["change"].cumsum().astype(float)]
    bases = [*ends[:-1], 0.0]
    points = [*drawn["points_shown"], percent]
    texts = [_step_text(change, point) for change, point in zip(changes, points, strict=True)]
    titles = [*drawn["part"].astype(str), whole]
    drawing = draw_signed_bars(
        titles,
        texts,
        changes,
        colours=[*map(colour_of, changes[:-1]), theme.DARK_GREY],
        span=span_of(ends, max(ends) - min(ends)),
        bases=bases,
    )
    said = "Steps that add up to the change, largest fall first"
    alt = alt_text(caption, said, listed(titles, texts))
    points = [
        "not calculated" if pd.isna(each) else number_text(each, "change", places=1)
        for each in parts["points_shown"]
    ]
    table = table_of(parts, COLUMNS, UNITS).assign(Points=points)
    return Chart(drawing.figure(), caption, alt, table, UNITS)


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
