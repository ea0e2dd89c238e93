"""How the projections did on real series: the record that `python -m benchmarks.projections` makes.

Columns and their meaning: `benchmarks._record.record_table`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd

from dashboard.analysis.question import question
from dashboard.metrics.projection.siblings import CHOSEN
from dashboard.store.warehouse import Warehouse

RECORD = Path(__file__).resolve().parents[2] / "data" / "methods" / "projection_record.csv"


@question
def projection_record(
    warehouse: Warehouse,
    method: Annotated[str, "One method; all if left out."] = "",
    period: Annotated[str, "ordinary or 2020/21; both if not."] = "",
) -> pd.DataFrame:
    """How projections did on real series: intervals held, and error against pro-rata.

    The record comes with the product, whatever the warehouse.

    Returns:
        One row a data set, period, method and slice: data, period, method, slice, projections,
        held_80, held_95, mass_80, mass_95, spread, crps, skill_bare, skill_straight,
        skill_seasonal, is_chosen (whether it is the method that pages use).
    """
    del warehouse
    record = pd.read_csv(RECORD)
    record = record.assign(is_chosen=record["method"].eq(CHOSEN))
    for column, value in (("method", method), ("period", period)):
        if value:
            record = record[record[column].eq(value)]
    return record.reset_index(drop=True)
