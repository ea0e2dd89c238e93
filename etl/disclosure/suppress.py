"""The step of the build: from the figures around small counts to those that are not published."""

from __future__ import annotations

import pandas as pd

from etl.disclosure.audit import narrowed
from etl.disclosure.lines import table_of
from etl.disclosure.small_areas import hide
from etl.disclosure.table import Hiding, Table, components

KEY = ["indicator_id", "area_code", "period_kind", "period_start"]
SUPPRESSED_COLUMNS = ["source_id", *KEY, "suppression"]
#: What is shown in place of a figure.
SUPPRESSED = "suppressed"
#: Source of the worked example's figures, which are seen with no others.
ILLUSTRATIVE = "illustrative"
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

    Every source is protected on its own, since its figures add up to one another; then all real
    sources together, since the total of one less the parts of another is nearly as good. A figure
    that is hidden in one real source is hidden in each that has it. What is shown as it is (of an
    openly published source, say) stays, and others are hidden for what it would tell.

    Args:
        cells: Published figures around small counts, a row each: source_id, `KEY`, alternative,
            aggregation, numerator, threshold (0 for none), is_small (now or in an earlier
            vintage), is_small_area, is_open (shown as it is; never small).
        area_parts: parent_code, division, area_code.
        numerators: indicator_id, alternative, measure_code.
        indicators: id and part_of of the whole catalogue.

    Returns:
        `SUPPRESSED_COLUMNS`; a row for each figure to leave out: "fewer than 5" for small counts,
        "suppressed" for what would give one away, and for small counts whose parts are smaller
        yet.
    """
    catalogue = (area_parts, numerators, indicators)
    alone = pd.concat(
        [_hidden(of_source, *catalogue) for _, of_source in cells.groupby("source_id", sort=True)]
        or [_none_of(cells)],
        ignore_index=True,
    )
    real = cells[cells["source_id"].ne(ILLUSTRATIVE)]
    is_illustrative = alone["source_id"].eq(ILLUSTRATIVE)
    together = _hidden(_one_a_cell(_shared_by_sources(real, *catalogue)), *catalogue)
    found = [
        alone[is_illustrative],
        _in_every_source(alone[~is_illustrative], together, real),
    ]
    return pd.concat(found, ignore_index=True)[SUPPRESSED_COLUMNS].astype(_TYPES)


def _hidden(cells: pd.DataFrame, *catalogue: pd.DataFrame) -> pd.DataFrame:
    """Return what is hidden of one figure a cell: none where no count is small."""
    if not cells["is_small"].any():
        return _none_of(cells)
    ordered, _, hiding = protected(cells, *catalogue)
    return ordered.assign(suppression=hiding)[hiding.ne("")][SUPPRESSED_COLUMNS]


def _none_of(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.assign(suppression="").loc[cells.index[:0], SUPPRESSED_COLUMNS]


def _one_a_cell(cells: pd.DataFrame) -> pd.DataFrame:
    """Return each cell once, as the source that the indicator's file names first has it.

    One that any source shows as it is comes before: what it tells cannot be protected. Others count
    as small where any of the sources has had a small count of them.
    """
    order = ~cells["is_open"].astype("bool")
    ordered = cells.assign(order=order).sort_values([*KEY, "order", "alternative", "source_id"])
    by_cell = ordered.groupby(KEY)
    is_small = by_cell["is_small"].transform("any") & ~by_cell["is_open"].transform("any")
    return ordered.assign(is_small=is_small).drop(columns="order").drop_duplicates(KEY)


def _shared_by_sources(cells: pd.DataFrame, *catalogue: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that hang together, by sums, with a small count and another source's.

    Of all others the pass over their own source has seen everything, and the pass over all need
    not look at them again.
    """
    if cells["source_id"].nunique() <= 1 or not cells["is_small"].any():
        return cells.iloc[:0]
    ordered = _in_order(_one_a_cell(cells))
    label = components(_table_of(ordered, *catalogue))[: len(ordered)]
    labelled = cells.merge(ordered[KEY].assign(label=label), on=KEY)
    by_label = labelled.groupby("label")
    is_shared = by_label["source_id"].nunique().gt(1) & by_label["is_small"].any()
    return labelled[labelled["label"].map(is_shared)].drop(columns="label")


def _in_every_source(
    alone: pd.DataFrame, together: pd.DataFrame, cells: pd.DataFrame
) -> pd.DataFrame:
    """Return the figures of all real sources that go because they are hidden in one of them.

    A small count is only called so where every pass that hid it calls it so: the words of one pass
    would tell what another withholds.
    """
    said = pd.concat([alone, together])[[*KEY, "suppression"]].drop_duplicates()
    is_agreed = ~said.duplicated(KEY, keep=False)
    words = said.assign(suppression=said["suppression"].where(is_agreed, SUPPRESSED))
    protected_cells = cells.loc[~cells["is_open"].astype("bool"), ["source_id", *KEY]]
    hidden = protected_cells.merge(words.drop_duplicates(), on=KEY)
    in_own = hidden.merge(alone, on=["source_id", *KEY], how="left", suffixes=("", "_own"))
    is_own = in_own["suppression_own"].notna()
    return hidden.assign(suppression=hidden["suppression"].where(is_own, SUPPRESSED))


def protected(
    cells: pd.DataFrame,
    area_parts: pd.DataFrame,
    numerators: pd.DataFrame,
    indicators: pd.DataFrame,
) -> tuple[pd.DataFrame, tuple[Table, Hiding], pd.Series]:
    """Return the cells in order, the table with what is hidden, and what is shown instead.

    See `suppressed_cells`; for a cell that is shown the text is "".
    """
    cells = _in_order(cells)
    table = _table_of(cells, area_parts, numerators, indicators)
    hiding = hide(table, narrowed)
    own = slice(0, len(cells))
    text = cells["threshold"].map(fewer_than).where(hiding.named(table)[own], SUPPRESSED)
    return cells, (table, hiding), text.where(hiding.hidden[own], "")


def _in_order(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.sort_values(KEY, ignore_index=True)


def _table_of(
    cells: pd.DataFrame,
    area_parts: pd.DataFrame,
    numerators: pd.DataFrame,
    indicators: pd.DataFrame,
) -> Table:
    start = pd.to_datetime(cells["period_start"]).dt
    months = start.year * _MONTHS_A_YEAR + start.month
    part_of = dict(zip(indicators["id"], indicators["part_of"], strict=True))
    return table_of(cells.assign(month=months), area_parts, numerators, part_of)


_TYPES = dict.fromkeys(SUPPRESSED_COLUMNS, "str") | {"period_start": "datetime64[s]"}
