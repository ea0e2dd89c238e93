"""Small counts of wards: what hiding them costs a build, by number of forces.

Made-up monthly counts of street-level crime for forces of 190 wards in 9 districts, 14 types and
their total, 36 months; with districts and forces added up, as a build gives them to
`etl.disclosure`. Types are as common as in the records of Hampshire, 2014 (police.uk), so that
more than half of the ward counts are under 5. Each size runs in a process of its own.

    python -m benchmarks disclosure                 1, 4 and 16 forces
    python -m benchmarks.disclosure 2               another number
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from itertools import pairwise

import numpy as np
import pandas as pd

from etl.disclosure.suppress import suppressed_cells

FORCES = (1, 4, 16)
MONTHS = 36
WARDS, DISTRICTS = 190, 9
FIRST_MONTH = "2022-01-01"
SMALL_COUNT = 5
_SEED = 8
#: Share of each type of the records of Hampshire in January 2014, rounded; the first stands beside
#: the total of the others (police.uk counts incidents of anti-social behaviour, not crimes).
TYPES = {
    "anti_social_behaviour_incidents": 0.33,
    "violence_and_sexual_offences": 0.15,
    "criminal_damage_and_arson": 0.10,
    "all_other_theft_offences": 0.10,
    "shoplifting": 0.08,
    "burglary": 0.07,
    "vehicle_offences": 0.06,
    "drug_offences": 0.04,
    "public_order_offences": 0.03,
    "bicycle_theft": 0.02,
    "miscellaneous_crimes_against_society": 0.01,
    "theft_from_the_person": 0.005,
    "robbery": 0.003,
    "possession_of_weapons_offences": 0.003,
}
TOTAL = "all_crime"
#: Records a ward and month, about: half a million a month in 8,000 wards (police.uk, 2024).
RECORDS_A_WARD = 60.0


def generated(forces: int, months: int = MONTHS) -> tuple[pd.DataFrame, ...]:
    """Return cells, area parts, numerators and indicators as `suppressed_cells` takes them."""
    random = np.random.default_rng(_SEED)
    wards = forces * WARDS
    size = RECORDS_A_WARD * random.gamma(2.0, 0.5, wards)
    mean = size[:, None] * np.array(list(TYPES.values()))
    kinds = random.poisson(mean[:, :, None], (wards, len(TYPES), months)).astype("float64")
    inside = np.concatenate([kinds, kinds[:, 1:].sum(axis=1, keepdims=True)], axis=1)
    force_of = np.repeat(np.arange(forces), WARDS)
    district_of = force_of * DISTRICTS + np.tile(np.arange(WARDS) % DISTRICTS, forces)
    levels = [("ward", inside)]
    for name, of in (("district", district_of), ("force", force_of)):
        summed = np.zeros((of.max() + 1, *inside.shape[1:]))
        np.add.at(summed, of, inside)
        levels.append((name, summed))
    cells = pd.concat([_cells(name, counts) for name, counts in levels], ignore_index=True)
    ward = [f"ward {at}" for at in range(wards)]
    district = [f"district {at}" for at in range(forces * DISTRICTS)]
    parts = pd.DataFrame(
        {
            "parent_code": [f"district {at}" for at in district_of]
            + [f"force {at // DISTRICTS}" for at in range(len(district))],
            "division": ["ward 2024"] * wards + ["district 2024"] * len(district),
            "area_code": ward + district,
        }
    )
    counted = [(kind, f"street:{kind}") for kind in TYPES]
    counted += [(TOTAL, f"street:{kind}") for kind in list(TYPES)[1:]]
    numerators = pd.DataFrame(counted, columns=["indicator_id", "measure_code"])
    part_of = [TOTAL if kind in list(TYPES)[1:] else "" for kind in [*TYPES, TOTAL]]
    indicators = pd.DataFrame({"id": [*TYPES, TOTAL], "part_of": part_of})
    return cells, parts, numerators.assign(alternative=1), indicators


def _cells(level: str, counts: np.ndarray) -> pd.DataFrame:
    kinds = [*TYPES, TOTAL]
    areas = [f"{level} {at}" for at in range(len(counts))]
    starts = pd.date_range(FIRST_MONTH, periods=counts.shape[2], freq="MS", unit="s")
    index = pd.MultiIndex.from_product(
        [areas, kinds, starts], names=["area_code", "indicator_id", "period_start"]
    )
    cells = pd.DataFrame({"numerator": counts.ravel()}, index=index).reset_index()
    is_ward = level == "ward"
    return cells.assign(
        source_id="street",
        alternative=1,
        aggregation="sum",
        period_kind="month",
        threshold=float(SMALL_COUNT) if is_ward else 0.0,
        is_small=cells["numerator"].between(1, SMALL_COUNT - 1) & is_ward,
        is_small_area=is_ward,
        is_open=False,
    )


def measured(forces: int) -> dict[str, float]:
    """Return what one size costs, in this process."""
    tables = generated(forces)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    found = suppressed_cells(*tables)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cells = tables[0]
    return {
        "forces": forces,
        "cells": len(cells),
        "small": int(cells["is_small"].sum()),
        "hidden": len(found),
        "seconds": round(seconds, 1),
        "peak_mb": round(peak / 1024),
        "of_that_before_mb": round(before / 1024),
    }


def run() -> list[dict[str, float | str]]:
    """Return a row for each number of forces; growth 1 is in proportion to the cells."""
    rows = [_apart(forces) for forces in FORCES]
    growth = [
        np.log(after["seconds"] / before["seconds"]) / np.log(after["cells"] / before["cells"])
        for before, after in pairwise(rows)
    ]
    return [
        row | {"growth": "" if at == 0 else round(float(growth[at - 1]), 2)}
        for at, row in enumerate(rows)
    ]


def _apart(forces: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.disclosure", str(forces)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
