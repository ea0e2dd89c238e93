"""Small counts in a published database: everything in it is taken, and they are not to be had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.store.warehouse import Warehouse, WarehouseAsKnown
from dashboard.words.reasons import reason_in_words
from etl import publish
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

HEADER = "area_code,measure_code,period,value\n"
SOUTHAMPTON, DISTRICT = "E22000120", "E06000045"
WARDS = ["E05000001", "E05000002", "E05000003", "E05000004"]
KINDS = ["sexual_offences", "robbery", "drug_offences", "violence_against_the_person"]
MONTHS = [f"2023-{month:02d}" for month in range(4, 13)] + ["2024-01", "2024-02", "2024-03"]
THRESHOLD = 5
LARGE = 10_000.0

Cell = tuple[str, str, str, str]
"""Indicator, area, kind of period, first day."""


def truth() -> dict[Cell, float]:
    """What was counted: kinds by month in the city; robbery by ward; all their sums."""
    random = np.random.default_rng(20260)
    counted: dict[Cell, float] = {}
    for month in MONTHS:
        day = f"{month}-01"
        sexual, drugs, violence = random.poisson([3, 25, 180]).tolist()
        wards = random.poisson([2, 4, 9, 14]).tolist()
        for kind, value in zip(KINDS, [sexual, sum(wards), drugs, violence], strict=True):
            counted[kind, SOUTHAMPTON, "month", day] = value
        counted["all_crime", SOUTHAMPTON, "month", day] = sexual + sum(wards) + drugs + violence
        for ward, value in zip(WARDS, wards, strict=True):
            counted["robbery", ward, "month", day] = value
        counted["robbery", DISTRICT, "month", day] = sum(wards)
    for indicator, area in sorted({cell[:2] for cell in counted}):
        months = [counted[indicator, area, "month", f"{month}-01"] for month in MONTHS]
        counted[indicator, area, "year", "2023-04-01"] = sum(months)
        for quarter in range(4):
            first = f"{MONTHS[3 * quarter]}-01"
            counted[indicator, area, "quarter", first] = sum(months[3 * quarter :][:3])
    return {cell: float(value) for cell, value in counted.items()}


def sums() -> list[tuple[Cell, list[Cell]]]:
    """Which of these add up to which, as anybody would know."""
    found = []
    cells = truth()
    for indicator, area, kind, first in cells:
        if indicator == "all_crime":
            parts = [(each, area, kind, first) for each in KINDS]
            found.append(((indicator, area, kind, first), parts))
        if area == DISTRICT:
            parts = [(indicator, ward, kind, first) for ward in WARDS]
            found.append(((indicator, area, kind, first), parts))
            same = (indicator, SOUTHAMPTON, kind, first)
            found.append(((indicator, area, kind, first), [same]))
        if kind == "month":
            continue
        begin = MONTHS.index(first[:7])
        months = MONTHS[begin : begin + (12 if kind == "year" else 3)]
        days = [(indicator, area, "month", f"{month}-01") for month in months]
        found.append(((indicator, area, kind, first), days))
    return found


def period(kind: str, first: str) -> str:
    if kind == "year":
        return "2023/24"
    quarter = MONTHS.index(first[:7]) // 3 + 1
    return first[:7] if kind == "month" else f"Q{quarter} 2023/24"


def written(path: Path, cells: dict[Cell, float]) -> Path:
    lines = [
        f"{area},local:{indicator},{period(kind, first)},{value:.0f}\n"
        for (indicator, area, kind, first), value in cells.items()
    ]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    """Two releases; in the first one small count was another, and one was larger."""
    folder = tmp_path_factory.mktemp("small")
    data = DataDir(folder / "data")
    lookup = folder / "lookup.csv"
    lookup.write_text(
        "lsoa21_code,lsoa21_name,ward24_code,ward24_name,ltla24_code,ltla24_name\n"
        + "".join(
            f"E0100000{at},a,{ward},Ward {at},{DISTRICT},Southampton\n"
            for at, ward in enumerate(WARDS, start=1)
        ),
        encoding="utf-8",
    )
    now = truth()
    before = dict(now)
    sexual = [cell for cell in now if cell[0] == "sexual_offences" and cell[2] == "month"]
    for cell in sexual[:3]:
        before[cell] += 2
    first = written(folder / "first.csv", before)
    second = written(folder / "second.csv", now)
    for path, day in ((lookup, "2024-04-01"), (first, "2024-05-01"), (second, "2024-06-01")):
        add_file(data, path, published=date.fromisoformat(day), loaded_by="a test")
    build(data)
    return data


@pytest.fixture(scope="module")
def tables(data: DataDir) -> dict[str, pd.DataFrame]:
    """Everything that is published."""
    published = publish.current(data)
    assert published is not None
    with duckdb.connect(data.build / published.database, read_only=True) as connection:
        names = connection.execute("select table_name from duckdb_tables()").fetchall()
        return {name: connection.execute(f'select * from "{name}"').df() for (name,) in names}


@pytest.fixture(scope="module")
def shown(tables: dict[str, pd.DataFrame]) -> dict[Cell, tuple[float, str]]:
    rows = tables["indicator_period"]
    rows = rows[rows["area_code"].isin([SOUTHAMPTON, DISTRICT, *WARDS]) & ~rows["illustrative"]]
    keys = zip(
        rows["indicator_id"],
        rows["area_code"],
        rows["period_kind"],
        rows["period_start"].dt.strftime("%Y-%m-%d"),
        strict=True,
    )
    found = zip(rows["numerator"], rows["suppression"], strict=True)
    return dict(zip(keys, found, strict=True))


def is_protected(cell: Cell) -> bool:
    return cell[0] == "sexual_offences" or cell[1] in WARDS


def small() -> list[Cell]:
    return [cell for cell, value in truth().items() if is_protected(cell) and 0 < value < THRESHOLD]


def test_the_figures_hold_small_counts_of_both_sorts() -> None:
    assert {cell[0] for cell in small()} == {"sexual_offences", "robbery"}
    assert len(small()) > 20


def test_what_is_shown_is_what_was_counted(shown) -> None:
    for cell, value in truth().items():
        number, text = shown[cell]
        assert number == value if text == "" else np.isnan(number)


def test_small_counts_are_suppressed_and_zeros_shown(shown) -> None:
    for cell in small():
        assert shown[cell][1] in ("fewer than 5", "suppressed")
    assert any(shown[cell][1] == "fewer than 5" for cell in small())
    zeros = [cell for cell, value in truth().items() if value == 0]
    assert zeros
    before = {cell for cell in zeros if cell[0] == "sexual_offences"}
    assert all(shown[cell][0] == 0 for cell in set(zeros) - before)


def test_less_than_half_of_the_other_figures_go(shown) -> None:
    hidden = [cell for cell in truth() if shown[cell][1] and cell not in small()]
    assert len(hidden) < (len(truth()) - len(small())) / 2


def bounds_of(
    shown: dict[Cell, tuple[float, str]], cells: list[Cell]
) -> Iterator[tuple[float, float]]:
    for cell in cells:
        value, text = shown[cell]
        if text == "":
            yield value, value
        elif text == "suppressed":
            yield 0, LARGE
        else:
            yield 1, THRESHOLD - 1


def test_no_small_count_can_be_worked_out_from_all_that_is_published(shown) -> None:
    cells = list(truth())
    place = {cell: at for at, cell in enumerate(cells)}
    left = np.zeros((len(sums()), len(cells)))
    for row, (total, parts) in enumerate(sums()):
        left[row, place[total]] = -1
        left[row, [place[part] for part in parts]] = 1
    limits = list(bounds_of(shown, cells))
    zero = np.zeros(len(sums()))
    assert not (left @ np.array(list(truth().values()))).any()
    for cell in small():
        ends = []
        for direction in (1.0, -1.0):
            cost = np.zeros(len(cells))
            cost[place[cell]] = direction
            solved = linprog(cost, A_eq=left, b_eq=zero, bounds=limits)
            assert solved.status == 0
            ends.append(solved.x[place[cell]])
        assert ends[0] <= 1 + 1e-6, cell
        assert ends[1] >= THRESHOLD - 1 - 1e-6, cell


def test_no_earlier_release_and_no_list_of_changes_tells_more(tables, shown) -> None:
    hidden = {cell for cell, (_, text) in shown.items() if text}
    vintages = tables["indicator_vintage"]
    for row in vintages.itertuples():
        cell = (row.indicator_id, row.area_code, row.period_kind, f"{row.period_start:%Y-%m-%d}")
        if cell in hidden:
            assert np.isnan(row.numerator)
            assert np.isnan(row.previous_numerator)
    changed = tables["observation_revision"]
    changed = changed[changed["measure_code"].str.startswith("local:")]
    for row in changed.itertuples():
        indicator = row.measure_code.removeprefix("local:")
        first = f"{row.period_start:%Y-%m-%d}"
        assert (indicator, row.area_code, row.period_kind, first) not in hidden
        assert min(row.value, row.previous_value) >= THRESHOLD or row.previous_value == 0
    assert tables["source_overlap"].empty


def test_a_suppressed_row_holds_nothing_but_that(tables) -> None:
    numbers = tables["indicator_period"]
    hidden = numbers[numbers["suppression"].ne("")]
    assert hidden["status"].eq("suppressed").all()
    for column in ("numerator", "value", "lower", "upper", "sample_size"):
        assert hidden[column].isna().all()


def test_what_the_build_starts_from_is_not_published(tables) -> None:
    assert not [name for name in tables if name.startswith(("stg_", "source_obs"))]


def test_the_types_of_crime_of_a_small_area_are_shown_as_the_police_release_them(tmp_path) -> None:
    data = DataDir(tmp_path / "data")
    lookup = tmp_path / "lookup.csv"
    lookup.write_text(
        "lsoa21_code,lsoa21_name,ltla24_code,ltla24_name,csp24_code,csp24_name,"
        "pfa24_code,pfa24_name\n"
        + "".join(
            f"E0100000{at},a,{DISTRICT},Southampton,{SOUTHAMPTON},Southampton,E23000030,Hampshire\n"
            for at in range(1, 5)
        ),
        encoding="utf-8",
    )
    street = tmp_path / "2024-01-hampshire-street.csv"
    records = {1: 2, 2: 6, 3: 9, 4: 20}
    street.write_text(
        "Month,Reported by,LSOA code,LSOA name,Crime type\n"
        + "".join(
            f"2024-01,Hampshire Constabulary,E0100000{place},,Drugs\n"
            for place, number in records.items()
            for _ in range(number)
        ),
        encoding="utf-8",
    )
    for path in (lookup, street):
        add_file(data, path, published=date(2024, 3, 1), loaded_by="a test")
    built = build(data)
    rows = publish.read_mart(built.path, "small_area_count")
    for measure in ("street:drugs", "street:all"):
        shown = rows[rows["measure_code"].eq(measure)].set_index("area_code")["value"]
        assert shown.to_dict() == {f"E0100000{at}": float(n) for at, n in records.items()}


def test_a_total_that_needs_a_suppressed_figure_says_so(data) -> None:
    with Warehouse(data) as warehouse:
        found = change(
            AreaView.of(warehouse, area=SOUTHAMPTON, as_at="2024-03"),
            "sexual_offences",
            basis="month",
        )
        assert found.change.current is None
        assert "fewer than 5 in" in reason_in_words(found.change.not_comparable) or (
            "suppressed in" in reason_in_words(found.change.not_comparable)
        )
        known = WarehouseAsKnown(warehouse, date(2024, 5, 15))
        rows = known.frame("series_of_area", area=SOUTHAMPTON)
        rows = rows[rows["suppression"].ne("")]
        assert len(rows)
        assert rows["value"].isna().all()
        assert rows["numerator"].isna().all()
