"""Suspected gaps on real figures: how many that are put in are found, how many others are held.

Figures of real series are taken out or lowered at random places (a fixed seed), one place a series
and round, and the search is run. A hit is such a place that is held. A false alarm is a held
figure that was neither put in nor is known to be missing in the publication itself; it is counted
per 1,000 figures that nobody touched.

Force-months whose crime types are mixed up have a study of their own, `_miscoded_months`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import _miscoded_months
from etl.gaps import suspected_gaps

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = 20100401
#: Series in every so many are touched in a round: outages are rare, and most of a force is well.
ONE_IN = 20
ROUNDS = 4
BANDS = [(10, 20), (20, 50), (50, 100), (100, 500), (500, np.inf)]
#: What is left of a figure; None takes its row out.
LEFT: dict[str, float | None] = {
    "row missing": None, "zero": 0.0, "a tenth left": 0.1, "a quarter left": 0.25,
    "half left": 0.5,
}  # fmt: skip
SERIES = ["area_code", "measure_code"]
#: Column of a download that says which borough the row is of, and those that say what is counted.
_BOROUGH, _TYPE = "LookUp_BoroughName", ["MajorText", "MinorText"]
_NO_PLACE = "(no location)"


def street_districts(path: Path) -> pd.DataFrame:
    """Return street-level counts by month, district and crime type, each district by its force.

    Args:
        path: The derived table of the shared data, street_lad_month_type_to_2025_06.csv.
    """
    rows = pd.read_csv(path)
    rows = rows[rows["lad_from_lsoa_name"].ne(_NO_PLACE)]
    return pd.DataFrame(
        {
            "area_code": rows["reported_by"] + "|" + rows["lad_from_lsoa_name"],
            "force_code": rows["reported_by"],
            "source_id": "street",
            "panel": "street",
            "file_id": "table",
            "measure_code": "street:" + rows["crime_type"],
            "period_kind": "month",
            "period_start": pd.to_datetime(rows["month"] + "-01").astype("datetime64[s]"),
            "value": rows["n"].astype("float64"),
        }
    ).reset_index(drop=True)


def street_forces(path: Path) -> pd.DataFrame:
    """Return street-level counts by month, force and crime type, wherever the force counted them.

    Args:
        path: The derived table of the shared data, street_lad_month_type_to_2025_06.csv.
    """
    districts = street_districts(path)
    by = ["force_code", "source_id", "measure_code", "period_kind", "period_start"]
    totals = districts.groupby(by, as_index=False)["value"].sum()
    return totals.assign(area_code=totals["force_code"], panel="street of forces", file_id="table")


def met_boroughs(path: Path) -> pd.DataFrame:
    """Return counts of London boroughs by month and minor type of crime.

    Args:
        path: A download of the Metropolitan Police's table, one column a month.
    """
    wide = pd.read_csv(path)
    long = wide.melt([*_TYPE, _BOROUGH], var_name="month")
    return pd.DataFrame(
        {
            "area_code": long[_BOROUGH],
            "force_code": "Metropolitan Police",
            "source_id": "met_boroughs",
            "panel": "mps",
            "file_id": "download",
            "measure_code": "mps:" + long["MinorText"],
            "period_kind": "month",
            "period_start": pd.to_datetime(long["month"], format="%Y%m").astype("datetime64[s]"),
            "value": pd.to_numeric(long["value"], errors="coerce"),
        }
    ).dropna(subset=["value"])


def nsw_offences(path: Path) -> pd.DataFrame:
    """Return New South Wales by month and offence: one area with nothing beside it.

    Args:
        path: nsw_offences.csv.
    """
    rows = pd.read_csv(path)
    return pd.DataFrame(
        {
            "area_code": "NSW",
            "force_code": "NSW",
            "source_id": "nsw",
            "panel": "nsw",
            "file_id": "table",
            "measure_code": "nsw:" + rows["Type"],
            "period_kind": "month",
            "period_start": pd.to_datetime(rows["Month"], format="%Y %b").astype("datetime64[s]"),
            "value": rows["Count"].astype("float64"),
        }
    )


DATA: dict[str, tuple[str, Callable[[Path], pd.DataFrame]]] = {
    "street, districts": (
        "street_monthly/street_lad_month_type_to_2025_06.csv", street_districts
    ),
    "street, forces": ("street_monthly/street_lad_month_type_to_2025_06.csv", street_forces),
    "London boroughs": ("met_police_boroughs/MPS_borough_APR2010-FEB2022.csv", met_boroughs),
    "New South Wales": ("check_series/nsw_offences.csv", nsw_offences),
}  # fmt: skip


def run() -> list[dict[str, object]]:
    """Study each data set that is there; one row for each kind of damage and size of series."""
    rows: list[dict[str, object]] = []
    for name, (file, read) in DATA.items():
        if (SHARED / file).is_file():
            rows += study(name, read(SHARED / file))
    rows += miscoded()
    return rows or [{"data": "the shared data are not here"}]


def miscoded() -> list[dict[str, object]]:
    """Study months with miscoded types, each data set that is there taken as forces."""
    named = {
        name: read(SHARED / file)
        for name, (file, read) in DATA.items()
        if (SHARED / file).is_file()
    }
    if "London boroughs" in named:
        boroughs = named["London boroughs"]
        named["boroughs, each as a force"] = boroughs.assign(force_code=boroughs["area_code"])
    if "New South Wales" in named:
        nsw = named["New South Wales"]
        as_types = nsw["measure_code"].str.replace("nsw:", "street:")
        named["New South Wales"] = nsw.assign(measure_code=as_types)
    # The districts' table is the forces' own, in parts.
    named.pop("street, districts", None)
    return _miscoded_months.study(named) if named else []


def study(name: str, counts: pd.DataFrame) -> list[dict[str, object]]:
    """Return hits by damage and size, and false alarms, on one data set.

    Args:
        name: What it is called in the table.
        counts: As `etl.gaps.suspected_gaps` takes them.
    """
    before = suspected_gaps(counts)
    known = set(_keys(before))
    chance = np.random.default_rng(SEED)
    rows = [_row(name, "nothing touched", "all", len(counts), len(before))]
    for damage, left in LEFT.items():
        places = pd.concat([_once(counts, chance, left, known) for _ in range(ROUNDS)])
        put_in = places[places["put_in"]]
        for low, high in BANDS:
            band = put_in[put_in["size"].between(low, high, inclusive="left")]
            size = f"{low} to {high - 1:.0f}" if np.isfinite(high) else f"{low} and more"
            if len(band):
                rows.append(_row(name, damage, size, len(band), int(band["held"].sum())))
        others = places[~places["put_in"]]
        untouched = ROUNDS * len(counts) - len(put_in)
        rows.append(_row(name, f"{damage}: false alarms", "all", untouched, len(others)))
    return rows


def _once(
    counts: pd.DataFrame, chance: np.random.Generator, left: float | None, known: set
) -> pd.DataFrame:
    """Return what was put in, with its size and whether it was held, and what else was held."""
    sizes = counts.groupby(SERIES)["value"].median()
    large = sizes[sizes.ge(BANDS[0][0])]
    chosen = large.iloc[chance.permutation(len(large))[: max(1, len(large) // ONE_IN)]]
    rows = counts.merge(chosen.rename("size").reset_index(), on=SERIES)
    place = rows.assign(draw=chance.random(len(rows))).sort_values("draw")
    place = place.drop_duplicates(SERIES)
    place = place[np.array([key not in known for key in _keys(place)], dtype="bool")]
    marked = counts.merge(place[[*SERIES, "period_start", "size"]], how="left")
    touched = marked["size"].notna()
    if left is None:
        damaged = marked[~touched]
    else:
        lower = np.floor(marked["value"] * left)
        damaged = marked.assign(value=marked["value"].mask(touched, lower))
    held = set(_keys(suspected_gaps(damaged.drop(columns="size")))) - known
    put_in = place.assign(put_in=True, held=[key in held for key in _keys(place)])
    other = held - set(_keys(place))
    return pd.concat(
        [
            put_in[["size", "put_in", "held"]],
            pd.DataFrame({"size": 0.0, "put_in": False, "held": True}, index=range(len(other))),
        ]
    )


def _keys(rows: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(rows[[*SERIES, "period_start"]].itertuples(index=False, name=None))


def _row(data: str, damage: str, size: str, places: int, held: int) -> dict[str, object]:
    return {
        "data": data,
        "what was done": damage,
        "usual count": size,
        "figures": places,
        "held": held,
        "per 1,000": round(1000 * held / places, 2),
    }


def main() -> None:
    """Print the study."""
    frame = pd.DataFrame(run())
    print(frame.to_string(index=False))


if __name__ == "__main__":
    main()
