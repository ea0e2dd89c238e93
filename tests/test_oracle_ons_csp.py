"""ONS publishes percentages (sheet C3) and rates (C4) beside its counts: ours must agree on each.

What stands in a cell instead of a figure, here and in the workbook's notes:

`[u]` in C3     "a small base of less than 50". As published, either year's count is under 50: 1,076
                cells where the base is (142 of them zero), and 47 where only the later year is.
`[x]` in C3     note 5: no percentage changes for 'Unassigned' rows.
`[x]` in C4     note 7: no population, so no rate, for 'Unassigned' rows and Manchester Airport.
`[u1]` in C4    note 9: no rates for City of London, although its population is printed.
blank           the row has no counts in one of the years (unassigned Gwent and Surrey).

`[X]` stands only in the population and household columns and means the same as `[x]`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics.percent import percent_change, withhold_small_base
from dashboard.metrics.rates import rate_per
from etl.observation import measure_name
from etl.sources import Reading, ons_csp
from etl.sources._csp_areas import force_codes, place_column, place_of
from etl.sources._csp_tables import TableKind, kind_of, take_apart, title_of
from etl.sources._workbook import read_sheets

#: C3 and C4 print nine decimals.
PRINTED = 0.5e-9
FLOAT = 1e-12
CITY_OF_LONDON = "E22000180"
PER_HOUSEHOLD = "Residential burglary (per 1,000 household)"
KEY = ["area_code", "measure_code"]


@pytest.fixture(scope="module")
def workbook(shared_data: Path) -> Path:
    return shared_data / "ons_csp" / "policeforceareatablesyedecember2024.xlsx"


@pytest.fixture(scope="module")
def reading(workbook: Path) -> Reading:
    return ons_csp.read(workbook)


@pytest.fixture(scope="module")
def counts(reading: Reading) -> pd.DataFrame:
    """Counts by area and measure, one column a year: `previous` and `current`."""
    rows = reading.observations.query("period_kind == 'rolling_year'")
    years = rows.pivot(index=KEY, columns="period_start", values="value")
    return years.sort_index(axis=1).set_axis(["previous", "current"], axis=1)


@pytest.fixture(scope="module")
def denominators(reading: Reading) -> pd.DataFrame:
    """Printed population and households by area."""
    rows = reading.observations.query("period_kind == 'year'")
    return rows.pivot(index="area_code", columns="measure_code", values="value")


@pytest.fixture(scope="module")
def kinds(reading: Reading) -> pd.Series:
    return reading.areas.set_index("area_code")["area_kind"]


def published(
    workbook: Path, kind: TableKind, counts: pd.DataFrame, kinds: pd.Series
) -> pd.DataFrame:
    """Every cell of a sheet: its text, its number or nan, both counts and the kind of area."""
    (sheet,) = (sheet for sheet in read_sheets(workbook) if kind_of(title_of(sheet)) == kind)
    table = take_apart(sheet, kind)
    forces = force_codes(table.places)
    areas = [place_of(row, forces, {}).area_code for row in table.places.to_dict("records")]
    columns = [
        number
        for number, heading in table.headings.items()
        if place_column(heading) is None and "figures" not in heading
    ]
    cells = table.rows[columns].rename(columns=table.headings).assign(area_code=areas)
    cells = cells.melt("area_code", var_name="heading", value_name="text")
    offence = cells["heading"].str.replace(r" \(per.*", "", regex=True)
    cells["measure_code"] = [f"ons:{measure_name(text)}" for text in offence]
    cells["printed"] = pd.to_numeric(cells["text"], errors="coerce")
    return cells.join(counts, on=KEY).assign(area_kind=cells["area_code"].map(kinds))


def test_every_percentage_and_its_markers(
    workbook: Path, counts: pd.DataFrame, kinds: pd.Series
) -> None:
    cells = published(workbook, "changes", counts, kinds)
    previous, current = cells["previous"].to_numpy(), cells["current"].to_numpy()
    percent = percent_change(current, previous)
    shown = withhold_small_base(percent, previous, current)
    no_counts = np.isnan(previous) | np.isnan(current)
    unassigned = cells["area_kind"].eq("unassigned").to_numpy()
    expected = np.select(
        [no_counts, unassigned, np.isnan(shown)], ["", "[x]", "[u]"], default="number"
    )
    found = cells["text"].mask(cells["printed"].notna(), "number")
    assert found.to_numpy().tolist() == expected.tolist()
    assert found.value_counts().to_dict() == {"number": 7_088, "[u]": 1_123, "[x]": 920, "": 46}

    agrees = found.eq("number").to_numpy()
    assert np.abs(shown - cells["printed"])[agrees].max() <= PRINTED + FLOAT

    # the rule of the workbook's note, on the base alone, withholds 47 fewer
    by_note = np.isnan(withhold_small_base(percent, previous)) & ~unassigned
    assert by_note.sum() == 1_076
    assert (by_note & (previous == 0)).sum() == 142
    assert (current[found.eq("[u]") & ~by_note] < 50).all()


def test_every_rate_and_its_markers(
    workbook: Path, counts: pd.DataFrame, kinds: pd.Series, denominators: pd.DataFrame
) -> None:
    cells = rates(workbook, counts, kinds, denominators)
    ours = rate_per(cells["current"], cells["denominator"])
    no_counts = cells[["previous", "current"]].isna().any(axis=1)
    expected = np.select(
        [no_counts, np.isnan(ours), cells["area_code"].eq(CITY_OF_LONDON)],
        ["", "[x]", "[u1]"],
        default="number",
    )
    found = cells["text"].mask(cells["printed"].notna(), "number")
    assert found.to_numpy().tolist() == expected.tolist()
    assert found.value_counts().to_dict() == {"number": 8_520, "[x]": 984, "": 48, "[u1]": 24}

    # ONS divides by the exact denominator and prints it rounded to 100: the printed rate is
    # one that a denominator within 50 of the printed one gives
    numbers = cells[found.eq("number")]
    lowest = rate_per(numbers["current"], numbers["denominator"] + 50)
    highest = rate_per(numbers["current"], numbers["denominator"] - 50)
    assert (lowest - PRINTED <= numbers["printed"]).all()
    assert (numbers["printed"] <= highest + PRINTED).all()


def test_every_rate_to_the_last_decimal_from_the_exact_population(
    workbook: Path, counts: pd.DataFrame, kinds: pd.Series, denominators: pd.DataFrame
) -> None:
    """The rate of all crime gives the unrounded population away; it gives all other rates too."""
    cells = rates(workbook, counts, kinds, denominators).dropna(subset="printed")
    per_head = cells[cells["heading"].ne(PER_HOUSEHOLD)]
    total = per_head[per_head["heading"].str.startswith("Total recorded crime")]
    total = total.set_index("area_code")
    exact = (1_000 * total["current"] / total["printed"]).round()
    assert exact.sub(total["denominator"]).abs().max() <= 50
    ours = rate_per(per_head["current"], per_head["area_code"].map(exact))
    assert len(per_head) == 8_520 - 355
    assert np.abs(ours - per_head["printed"]).max() <= PRINTED + FLOAT


def test_southampton(
    workbook: Path, counts: pd.DataFrame, kinds: pd.Series, denominators: pd.DataFrame
) -> None:
    southampton = counts.loc[("E22000120", "ons:total_recorded_crime_excluding_fraud")]
    assert southampton.to_list() == [33_739, 31_505]
    percent = percent_change(southampton["current"], southampton["previous"])
    rate = rate_per(southampton["current"], denominators.loc["E22000120", "ons:population"])
    assert (round(percent, 1), round(rate, 1)) == (-6.6, 124.7)


def rates(
    workbook: Path, counts: pd.DataFrame, kinds: pd.Series, denominators: pd.DataFrame
) -> pd.DataFrame:
    """Every cell of the sheet of rates, with its `denominator` as printed (nan where none is)."""
    cells = published(workbook, "rates", counts, kinds)
    of_area = denominators.reindex(cells["area_code"]).reset_index(drop=True)
    households = cells["heading"].eq(PER_HOUSEHOLD)
    denominator = of_area["ons:households"].where(households, of_area["ons:population"])
    return cells.assign(denominator=denominator)
