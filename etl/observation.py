"""The row that every source returns: one figure, of one area, for one measure and period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import numpy as np
import pandas as pd

Status = Literal["final", "implied", "provisional", "estimated"]
STATUSES: tuple[Status, ...] = get_args(Status)
#: Those that a file of one's own can state: what another figure implies is worked out.
STATED = tuple(status for status in STATUSES if status != "implied")

#: What a source fills in. `published`, `file_id` and `illustrative` are added when a file is
#: loaded, since the same reader serves every release. `reported_by` is the body that counted, where
#: several count in one area and their figures add up (two forces in a small area); else "".
#: `implied` is a figure that a published change gives and no table prints; its `lower` and `upper`
#: are the least and greatest that give it, as rounded.
#: `sample_size` of a survey is divided by its `design_effect` already, where the results give one.
COLUMNS: dict[str, str] = {
    "area_code": "str",
    "measure_code": "str",
    "period_start": "datetime64[s]",
    "period_kind": "str",
    "value": "float64",
    "sample_size": "float64",
    "design_effect": "float64",
    "lower": "float64",
    "upper": "float64",
    "status": "str",
    "row_number": "int64",
    "reported_by": "str",
}
KEY = ["area_code", "measure_code", "period_kind", "period_start", "reported_by"]

#: What a column holds where a source does not give it: one value, however many rows there are.
_DEFAULTS: Mapping[str, object] = dict.fromkeys(
    ("sample_size", "design_effect", "lower", "upper"), np.float64("nan")
) | {"status": "final", "reported_by": ""}


def observations(rows: pd.DataFrame | Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return a frame with the columns and types of an observation, in their order.

    A text column may be given as categories and stays so: millions of rows fit in memory then.

    Args:
        rows: A frame or mappings with at least area_code, measure_code, period_start,
            period_kind, value and row_number; the others have defaults.

    Raises:
        KeyError: A column without default is missing.
    """
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    if frame.empty:
        frame = pd.DataFrame(columns=list(COLUMNS))
    columns = {name: frame[name] if name in frame else _DEFAULTS[name] for name in COLUMNS}
    for name, value in columns.items():
        if isinstance(value, float):
            columns[name] = np.broadcast_to(np.float64(value), len(frame))
    given = pd.DataFrame(columns, index=frame.index, copy=False)
    types = {
        name: kind
        for name, kind in COLUMNS.items()
        if not (kind == "str" and isinstance(given[name].dtype, pd.CategoricalDtype))
    }
    return given.astype(types)


def measure_name(heading: str) -> str:
    """Return a published heading as the name of a measure: words in snake case.

    Args:
        heading: A column heading, with whatever line breaks, notes and brackets it carries.
    """
    without_notes = heading.partition("[note")[0]
    words = "".join(c if c.isalnum() else " " for c in without_notes.lower()).split()
    return "_".join(words)
