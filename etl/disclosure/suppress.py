"""The step of the build: from the figures around small counts to those that are not published."""

from __future__ import annotations

import pandas as pd

from etl.disclosure.audit import narrowed
from etl.disclosure.lines import table_of
from etl.disclosure.small_areas import hide
from etl.disclosure.table import Hiding, Table

KEY = ["indicator_id", "area_code", "period_kind", "period_start"]
SUPPRESSED_COLUMNS = ["source_id", *KEY, "suppression"]
#: What is shown in place of a figure.
SUPPRESSED = "suppressed"
_MONTHS_A_YEAR = 12


def fewer_than(threshold: float) -> str:
    """Return what is shown in place of a small count."""
    return f"fewer than {threshold:.0f}"


def suppressed_cells(
    cells: pd.DataFrame,
    area_parts: pd.DataFrame,
    numerators: pd.DataFrame,
    indicators: pd.DataFrame,
) -> pd.DataFrame:
    """Return the figures that are not published, and what is shown instead.

    Args:
        cells: Published figures around small counts, a row each: source_id, `KEY`, aggregation,
            numerator, threshold (0 for none), is_small (now or in an earlier vintage),
            is_small_area.
        area_parts: parent_code, division, area_code.
        numerators: indicator_id, alternative, measure_code.
        indicators: id and part_of of the whole catalogue.

    Returns:
        `SUPPRESSED_COLUMNS`, worked out source by source, since sums hold within one; a row for
        each figure to leave out: "fewer than 5" for small counts, "suppressed" for what would give
        one away, and for small counts whose parts are smaller yet.
    """
    found = [cells.assign(suppression="").loc[[], SUPPRESSED_COLUMNS]]
    for _, of_source in cells.groupby("source_id", sort=True):
        if of_source["is_small"].any():
            ordered, _, hiding = protected(of_source, area_parts, numerators, indicators)
            found.append(ordered.assign(suppression=hiding)[hiding.ne("")][SUPPRESSED_COLUMNS])
    return pd.concat(found, ignore_index=True).astype(_TYPES)


def protected(
    cells: pd.DataFrame,
    area_parts: pd.DataFrame,
    numerators: pd.DataFrame,
    indicators: pd.DataFrame,
) -> tuple[pd.DataFrame, tuple[Table, Hiding], pd.Series]:
    """Return the cells in order, the table with what is hidden, and what is shown instead.

    See `suppressed_cells`; for a cell that is shown the text is "".
    """
    cells = cells.sort_values(KEY, ignore_index=True)
    start = pd.to_datetime(cells["period_start"]).dt
    months = start.year * _MONTHS_A_YEAR + start.month
    part_of = dict(zip(indicators["id"], indicators["part_of"], strict=True))
    table = table_of(cells.assign(month=months), area_parts, numerators, part_of)
    hiding = hide(table, narrowed)
    own = slice(0, len(cells))
    text = cells["threshold"].map(fewer_than).where(hiding.named(table)[own], SUPPRESSED)
    return cells, (table, hiding), text.where(hiding.hidden[own], "")


_TYPES = dict.fromkeys(SUPPRESSED_COLUMNS, "str") | {"period_start": "datetime64[s]"}
