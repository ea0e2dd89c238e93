"""Where a figure is due: a month that nobody loaded is no gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Marks = NDArray[np.bool_]

#: A file that holds so many other areas of a force in a period, or so many other forces, is one
#: that should hold the area or force too, though it has nothing of it: a force drops out of the
#: newest national file. A download of a few chosen forces is none.
OTHER_AREAS, OTHER_FORCES = 2, 10


@dataclass(frozen=True, slots=True)
class Due:
    """Where figures are due, one row a series and one column a period.

    Attributes:
        of_area: Of the series' area.
        of_force: Of the series' force, whatever the area.
    """

    of_area: Marks
    of_force: Marks


def due_in(panel: pd.DataFrame, keys: pd.DataFrame, width: int) -> Due:
    """Return where a figure is due.

    It is where a file that holds the area or force in some period holds the period of others; where
    a file holds the period of many others beside it; and between periods that are loaded, when at
    least as many of these, without a break, lie on either side as are missing. Three Julys have no
    months between them.

    Args:
        panel: The figures: force_code, area_code, file_id, and place, the column of the period.
        keys: force_code and area_code of each series.
        width: How many columns there are.
    """
    areas = ["force_code", "area_code"]
    held = panel[[*areas, "file_id", "place"]].drop_duplicates()
    of_area = _due(held, areas, ["force_code"], OTHER_AREAS, width)
    of_force = _due(held, ["force_code"], [], OTHER_FORCES, width)
    return Due(_of(keys, areas, of_area), _of(keys, ["force_code"], of_force))


def _due(
    held: pd.DataFrame, holder: list[str], beside: list[str], least: int, width: int
) -> pd.DataFrame:
    """Return where figures of each holder are due: a row each, a column a period."""
    held = held[[*holder, "file_id", "place"]].drop_duplicates()
    loaded = held.assign(there=True).pivot_table(
        index=holder, columns="place", values="there", aggfunc="any", fill_value=False
    )
    loaded = loaded.reindex(columns=range(width), fill_value=False).astype("bool")
    due = loaded.to_numpy() | _between(loaded.to_numpy())
    periods = held[["file_id", "place"]].drop_duplicates()
    pairs = held[[*holder, "file_id"]].drop_duplicates().merge(periods, on="file_id")
    _mark(due, loaded.index, pairs, holder)
    number = held.groupby([*beside, "file_id", "place"]).size()
    full = number[number >= least].reset_index()[[*beside, "place"]].drop_duplicates()
    all_of_them = loaded.index.to_frame(index=False)
    others = all_of_them.merge(full, on=beside) if beside else all_of_them.merge(full, how="cross")
    _mark(due, loaded.index, others, holder)
    return pd.DataFrame(due, index=loaded.index)


def _mark(due: Marks, index: pd.Index, places: pd.DataFrame, holder: list[str]) -> None:
    """Mark places of holders as due."""
    due[_rows(index, places, holder), places["place"].to_numpy()] = True


def _of(keys: pd.DataFrame, holder: list[str], due: pd.DataFrame) -> Marks:
    """Return for each series where figures of its area or force are due."""
    return due.to_numpy()[_rows(due.index, keys, holder)]


def _rows(index: pd.Index, of: pd.DataFrame, holder: list[str]) -> NDArray[np.intp]:
    wanted = pd.MultiIndex.from_frame(of[holder]) if len(holder) > 1 else pd.Index(of[holder[0]])
    return index.get_indexer(wanted)


def _between(loaded: Marks) -> Marks:
    """Return periods not loaded that lie between at least as many loaded ones on either side."""
    before, after = _run(loaded), _run(loaded[:, ::-1])[:, ::-1]
    gap_before, gap_after = _run(~loaded), _run(~loaded[:, ::-1])[:, ::-1]
    length = gap_before + gap_after - 1
    width = loaded.shape[1]
    columns = np.arange(width)
    last, following = columns - gap_before, columns + gap_after
    inside = ~loaded & (last >= 0) & (following < width)
    line = np.arange(len(loaded))[:, None]
    shorter = np.minimum(
        before[line, np.maximum(last, 0)], after[line, np.minimum(following, width - 1)]
    )
    return inside & (length <= shorter)


def _run(marks: Marks) -> NDArray[np.intp]:
    """Return how many marks in a row end at each column; 0 where there is none."""
    columns = np.arange(1, marks.shape[1] + 1)
    return columns - np.maximum.accumulate(np.where(marks, 0, columns), axis=1)
