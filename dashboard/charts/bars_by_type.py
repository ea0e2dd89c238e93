"""Which crime types changed: a signed bar for each, with number and percent."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.axes import known
from dashboard.charts.chart import Caption, Chart, alt_text, table_of
from dashboard.charts.signed_bars import colour_of, draw_signed_bars, listed, span_of
from dashboard.charts.wording import NO_FIGURE, Unit, change_text

NOT_CALCULATED = "not calculated"
COLUMNS = {
    "Type": "title",
    "Now": "current",
    "Before": "previous",
    "Change": "change",
    "Change, %": "percent",
}
UNITS: dict[str, Unit] = {
    "Now": "count",
    "Before": "count",
    "Change": "change",
    "Change, %": "percent_change",
}


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
    titles = ordered["title"].astype(str).tolist()
    texts = [
        change_text(row["change"], row["percent"]) if pd.notna(row["change"]) else NO_FIGURE
        for row in ordered.to_dict("records")
    ]
    changes = ordered["change"].astype(float)
    drawing = draw_signed_bars(
        titles,
        texts,
        changes.fillna(0).tolist(),
        colours=[colour_of(change) for change in changes],
        span=span_of([*known(changes), 0.0], max(map(abs, known(changes)), default=0.0)),
    )
    said = "Bar chart of changes by type, largest fall first"
    alt = alt_text(caption, said, listed(titles, texts))
    missing = {"Change, %": NOT_CALCULATED}
    table = table_of(ordered, COLUMNS, UNITS)
    return Chart(drawing.figure(), caption, alt, table, UNITS, missing)
