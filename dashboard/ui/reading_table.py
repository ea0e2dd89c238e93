"""A table to be read: words wrap, each row becomes a card on a phone, and it prints on paper."""

from __future__ import annotations

import html
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.charts.sparkline import Sparkline
from dashboard.ui.grid import figure_columns
from dashboard.ui.parts import anchor_of, jump_links, plain

STYLE = """<style>
.reading { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.35; }
.reading caption { text-align: left; position: absolute; clip-path: inset(50%); }
.reading th, .reading td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0;
  border: 0; border-bottom: 1px solid rgba(128, 128, 128, 0.4); font-weight: 400; }
.reading thead th { font-weight: 600; }
.reading tbody th { min-width: 11rem; }
.reading td:nth-child(2) { white-space: nowrap; }
.reading .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.reading th:last-child, .reading td:last-child { padding-right: 0; }
.reading.even { table-layout: fixed; }
.reading.even tbody th { min-width: 0; }
.reading.even td { white-space: normal; overflow-wrap: break-word; }
/* Measured in the size of text: larger text makes cards of the rows, as a narrow screen does. */
.reading-frame { container: reading / inline-size; }
@container reading (max-width: 48rem) {
  .reading thead { position: absolute; clip-path: inset(50%); }
  .reading, .reading tbody, .reading tr, .reading th, .reading td { display: block; }
  .reading tr { border-bottom: 1px solid rgba(128, 128, 128, 0.6); padding: 0.5rem 0; }
  .reading th, .reading td { border: 0; padding: 0.1rem 0; }
  .reading tbody th { font-weight: 600; font-size: 1rem; }
  .reading .number { text-align: left; }
  .reading td:empty { display: none; }
  .reading td::before { content: attr(data-label) ": "; font-weight: 600; }
}
@media print { .reading tr { break-inside: avoid; } }
</style>"""


def show_reading_table(table: pd.DataFrame, *, caption: str, widths: tuple[int, ...] = ()) -> None:
    """Show a table of texts; the first column names the row.

    Args:
        table: One row a row.
        caption: What the table is, for those who do not see it.
        widths: Of the columns, in percent, where several tables stand under each other; else each
            column takes what its texts need.
    """
    if table.empty:
        return
    show_markup(markup(table, caption, widths))


def show_parts(
    parts: Mapping[str, pd.DataFrame], *, caption: str, widths: tuple[int, ...] = ()
) -> None:
    """Show a long table in parts, each under its heading, with a list of them to go by.

    Args:
        parts: Tables of texts by heading; one alone stands without heading or list.
        caption: What the whole is, for those who do not see it.
        widths: Of the columns of every part, in percent.
    """
    if len(parts) < 2:  # noqa: PLR2004 - one part is the whole
        for table in parts.values():
            show_reading_table(table, caption=caption, widths=widths)
        return
    jump_links({anchor_of(title): title for title in parts})
    for title, table in parts.items():
        st.header(plain(title), anchor=anchor_of(title))
        show_reading_table(table, caption=f"{caption}: {title}", widths=widths)


def show_markup(table: str) -> None:
    """Show a table that `markup` made."""
    st.html(f'{STYLE}<div class="reading-frame">{table}</div>')


def markup(table: pd.DataFrame, caption: str, widths: tuple[int, ...] = ()) -> str:
    """Return a table as HTML, every cell with the name of its column for narrow screens."""
    figures = figure_columns(table)
    names = [html.escape(str(column)) for column in table.columns]
    looks = [' class="number"' if name in figures else "" for name in table.columns]
    head = "".join(
        f'<th scope="col"{look}>{name}</th>' for name, look in zip(names, looks, strict=True)
    )
    rows = "".join(
        f"<tr>{_cells([_cell(cell) for cell in row], names, looks)}</tr>"
        for row in table.itertuples(index=False)
    )
    kind = "reading even" if widths else "reading"
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    return (
        f'<table class="{kind}"><caption>{html.escape(caption)}</caption>{columns}'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(cell: object) -> str:
    """Return a text safe in HTML; a small drawing as an image with its words."""
    if isinstance(cell, Sparkline):
        return f'<img src="{cell.address}" alt="{html.escape(cell.alt)}">'
    return html.escape(str(cell))


def _cells(cells: list[str], names: list[str], looks: list[str]) -> str:
    first = f'<th scope="row">{cells[0]}</th>'
    rest = zip(cells[1:], names[1:], looks[1:], strict=True)
    return first + "".join(
        f'<td{look} data-label="{name}">{cell}</td>' for cell, name, look in rest
    )
