"""Months by years: darker is more, and the number stands in every cell."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import thinned
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing
from dashboard.charts.labels import wrapped
from dashboard.charts.wording import number_text

ROW_HEIGHT = 34
FRAME = 40
MOST_NAMED = 6
"""Columns that a phone has room to name, and to write numbers in."""
NOTE = "Note"
NOTE_WIDTH, NOTE_SIZE = 8, 11
NO_ROOM = "–"


def heat_map(
    table: pd.DataFrame,
    instead: pd.DataFrame,
    *,
    caption: Caption,
    names: tuple[str, str, str],
) -> Chart:
    """Draw a table of numbers as cells, darker for more.

    Args:
        table: A row a row of cells, a column a column; NaN where there is no number.
        instead: Of the same shape: what stands in place of a missing number; "" for what is yet to
            come, which is left blank.
        caption: The words around it.
        names: What a row, a column and a number are, as headings: "Month", "Year", "Number".

    Raises:
        ValueError: There is no number.
    """
    if table.isna().all(axis=None):
        raise ValueError("no cell to draw: the table has no number")
    texts = _texts(table, instead)
    drawing = Drawing(FRAME + ROW_HEIGHT * len(table))
    _name_missing(drawing, table, instead)
    columns = [str(name) for name in table.columns]
    drawing.add_trace(_cells(table, texts))
    drawing.update_xaxes(
        side="top",
        tickvals=[columns[at] for at in thinned(len(columns), MOST_NAMED)],
        tickangle=0,
        type="category",
        showgrid=False,
    )
    drawing.update_yaxes(autorange="reversed", type="category", showgrid=False, ticklabelstandoff=6)
    alt, cells = _alt(caption, table), _long(table, instead, names)
    return Chart(drawing.figure(), caption, alt, cells, {names[2]: "count"}, note_column=NOTE)


def _cells(table: pd.DataFrame, texts: pd.DataFrame) -> dict[str, Any]:
    numbers = table.astype(object).where(table.notna(), None)
    return {
        "type": "heatmap",
        "x": [str(name) for name in table.columns],
        "y": [str(name) for name in table.index],
        "z": numbers.to_numpy().tolist(),
        # What stands in place of a number is written into its cell by `_name_missing`.
        "text": texts.where(table.notna(), "").to_numpy().tolist(),
        "customdata": texts.to_numpy().tolist(),
        "texttemplate": "%{text}" if len(table.columns) <= MOST_NAMED else "",
        "hovertemplate": "%{y} %{x}: <b>%{customdata}</b><extra></extra>",
        # No darker, so that one colour of text is legible on every cell.
        "colorscale": [[0, theme.PALE_BLUE], [1, theme.LIGHT_BLUE]],
        "textfont": {"color": theme.TEXT},
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hoverongaps": False,
        "name": "count",
    }


def _name_missing(drawing: Drawing, table: pd.DataFrame, instead: pd.DataFrame) -> None:
    """Write what stands in place of a number into its cell; a dash where there is no room."""
    is_wide = len(table.columns) <= MOST_NAMED
    for column in table.columns:
        for row, said in instead.loc[table[column].isna(), column].items():
            if said:
                text = wrapped(str(said), width=NOTE_WIDTH) if is_wide else NO_ROOM
                drawing.add_annotation(
                    x=str(column), y=str(row), text=text, font={"size": NOTE_SIZE}
                )


def _long(table: pd.DataFrame, instead: pd.DataFrame, names: tuple[str, str, str]) -> pd.DataFrame:
    """Return a row a cell, column after column, without what is yet to come."""
    row, column, number = names
    cells = [
        (str(name), str(at), value, "" if pd.notna(value) else said)
        for at in table.columns
        for name, value, said in zip(table.index, table[at], instead[at], strict=True)
        if pd.notna(value) or said
    ]
    return pd.DataFrame(cells, columns=[row, column, number, NOTE])


def _texts(table: pd.DataFrame, instead: pd.DataFrame) -> pd.DataFrame:
    """Return numbers as texts, and words where there is none."""
    numbers = table.map(number_text)
    return numbers.where(table.notna(), instead.astype("str"))


def _alt(caption: Caption, table: pd.DataFrame) -> str:
    cells = table.stack().dropna()
    (low_row, low_column), (high_row, high_column) = cells.idxmin(), cells.idxmax()
    missing = int(table.isna().sum().sum())
    return alt_text(
        caption,
        f"Cells of {len(table)} rows by {len(table.columns)} columns; lowest "
        f"{number_text(cells.min())} in {low_row} {low_column}, highest "
        f"{number_text(cells.max())} in {high_row} {high_column}",
        f"Cells without a figure: {missing}" if missing else "",
    )
