"""Several sources of the same counts: what one leaves out, another does not tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from etl.disclosure.suppress import KEY, SUPPRESSED_COLUMNS, suppressed_cells

SMALL = 5
MONTHS = [3, 12, 20, 15, 18, 22, 9, 14, 17, 30, 11, 16]
WARDS = {"a ward": 3, "b ward": 9, "c ward": 25, "d ward": 31}
TOTAL = "district"
NUMERATORS = pd.DataFrame(columns=["indicator_id", "alternative", "measure_code"], dtype="str")
INDICATORS = pd.DataFrame({"id": ["robbery"], "part_of": [""]})
PARTS = pd.DataFrame({"parent_code": TOTAL, "division": "ward", "area_code": list(WARDS)})


def figure(value: float, source: str, area: str = "a ward", **also: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "indicator_id": "robbery", "source_id": source, "area_code": area, "alternative": 0,
        "period_kind": "month", "period_start": "2024-01-01", "aggregation": "sum",
        "threshold": float(SMALL) if area in WARDS else 0.0,
    } | also  # fmt: skip
    return row | {
        "numerator": float(value), "is_small_area": area in WARDS,
        "is_small": 0 < value < row["threshold"] and not also.get("is_open", False),
        "is_open": also.get("is_open", False),
    }  # fmt: skip


def months(source: str, counts: list[int], **also: Any) -> list[dict[str, Any]]:
    return [
        figure(value, source, period_start=f"2024-{month:02}-01", **also)
        for month, value in enumerate(counts, start=1)
    ]


def year(source: str, value: float, **also: Any) -> dict[str, Any]:
    return figure(value, source, period_kind="year", **also)


def wards(source: str, *names: str, **also: Any) -> list[dict[str, Any]]:
    return [figure(WARDS[name], source, name, **also) for name in names]


def hidden(*rows: dict[str, Any]) -> pd.DataFrame:
    cells = pd.DataFrame(list(rows))
    cells["period_start"] = pd.to_datetime(cells["period_start"]).astype("datetime64[s]")
    return suppressed_cells(cells, PARTS, NUMERATORS, INDICATORS)


def by_source(found: pd.DataFrame) -> dict[str, set[tuple[Any, ...]]]:
    return {
        str(source): set(rows[KEY].itertuples(index=False, name=None))
        for source, rows in found.groupby("source_id")
    }


def test_the_year_of_one_source_does_not_give_away_a_month_of_another() -> None:
    assert len(hidden(*months("police", MONTHS))) == 1
    found = hidden(*months("police", MONTHS), year("statistics", sum(MONTHS), alternative=1))
    assert set(found["source_id"]) == {"police"}
    words = {
        MONTHS[at.month - 1]: text for at, text in found[["period_start", "suppression"]].values
    }
    assert words.pop(3) == "fewer than 5"
    assert set(words.values()) == {"suppressed"}
    # The year less the months that are shown is the sum of those that are not: for each number
    # that the small count may be, the others can be what is left, of 5 or more each.
    together = 3 + sum(words)
    assert all(together - count >= SMALL * len(words) for count in range(1, SMALL))
    assert words


def test_a_complement_that_another_source_prints_goes_there_too() -> None:
    police = [*wards("police", *WARDS), figure(sum(WARDS.values()), "police", TOTAL)]
    council = wards("council", "b ward", "c ward", alternative=1)
    found = hidden(*police, *council)
    gone = by_source(found)
    printed = {("robbery", row["area_code"]) for row in council}
    expected = {key for key in gone["police"] if key[:2] in printed}
    assert expected
    assert gone["council"] == expected


def test_a_total_that_only_another_source_has_is_a_sum_all_the_same() -> None:
    found = hidden(*wards("police", *WARDS), figure(sum(WARDS.values()), "council", TOTAL))
    assert len(hidden(*wards("police", *WARDS))) == 1
    assert len(found) > 1


@pytest.mark.parametrize("other", [3, 6, 0])
def test_a_count_hidden_in_one_source_is_hidden_in_every_real_one(other: int) -> None:
    found = hidden(figure(3, "police"), figure(other, "council", alternative=1))
    words = found.set_index("source_id")["suppression"].to_dict()
    assert words == {
        "police": "fewer than 5",
        "council": "fewer than 5" if other == 3 else "suppressed",
    }


def test_the_worked_example_stands_apart() -> None:
    real = hidden(*months("police", MONTHS))
    example = [*months("illustrative", MONTHS), year("illustrative", sum(MONTHS))]
    found = hidden(*months("police", MONTHS), *example)
    of_police = found[found["source_id"].eq("police")].reset_index(drop=True)
    pd.testing.assert_frame_equal(of_police, real)
    alone = hidden(*example)
    of_example = found[found["source_id"].eq("illustrative")].reset_index(drop=True)
    pd.testing.assert_frame_equal(of_example, alone)


def test_sources_that_share_no_sum_are_each_as_they_are_alone() -> None:
    police = [*wards("police", *WARDS), figure(sum(WARDS.values()), "police", TOTAL)]
    council = months("council", MONTHS, area="elsewhere", threshold=5.0)
    council.append(year("council", sum(MONTHS), area="elsewhere", threshold=5.0))
    alone = pd.concat([hidden(*police), hidden(*council)])
    found = hidden(*police, *council)
    assert len(alone) > len(hidden(*police)) > 1
    in_order, expected = (
        each.sort_values(SUPPRESSED_COLUMNS, ignore_index=True) for each in (found, alone)
    )
    pd.testing.assert_frame_equal(in_order, expected)


@pytest.mark.parametrize("seed", range(6))
def test_sources_that_split_a_table_between_them_tell_no_more_than_one(seed: int) -> None:
    """Every cell is printed by one source or both, with the same counts: as if by one."""
    random = np.random.default_rng(seed)
    table = random.poisson([[2], [8], [20], [6]], (4, 6))
    rows = [
        row
        for name, counts in zip(WARDS, table.tolist(), strict=True)
        for row in months("one", counts, area=name)
    ]
    rows += months("one", table.sum(axis=0).tolist(), area=TOTAL)
    everything = hidden(*rows)
    split = []
    for row in rows:
        source = random.choice(["one", "two", "both"])
        names = ["one", "two"] if source == "both" else [source]
        split += [row | {"source_id": name, "alternative": name == "two"} for name in names]
    found = hidden(*split)
    printed = {(row["source_id"], row["area_code"], row["period_start"]) for row in split}
    for source, area, start in printed:
        of_cell = everything["area_code"].eq(area) & everything["period_start"].eq(start)
        own = found["source_id"].eq(source) & found["area_code"].eq(area)
        own &= found["period_start"].eq(start)
        assert own.any() >= of_cell.any(), (source, area, start)


def test_what_a_publisher_releases_openly_is_shown_as_released() -> None:
    assert hidden(*wards("statistics", *WARDS, is_open=True)).empty
    found = hidden(*wards("council", *WARDS), *wards("statistics", *WARDS, is_open=True))
    assert set(found["source_id"]) == {"council"}


def test_an_open_total_hides_more_of_what_is_not_open() -> None:
    alone = hidden(*months("council", MONTHS))
    found = hidden(*months("council", MONTHS), year("statistics", sum(MONTHS), is_open=True))
    assert len(found) > len(alone) == 1
    assert set(found["source_id"]) == {"council"}


@pytest.mark.parametrize("seed", range(10))
def test_open_figures_do_not_give_away_a_count_that_is_not_open(seed: int) -> None:
    """All that is shown is taken, open figures in full: as good as nothing is learned by it.

    What the open figures tell by themselves is the publisher's to tell.
    """
    random = np.random.default_rng(seed)
    table = random.poisson([[2], [4], [9], [20]], (4, 3))
    counts = dict(zip(WARDS, table.tolist(), strict=True))
    own = [row for name, each in counts.items() for row in months("council", each, area=name)]
    told = [row | {"source_id": "statistics", "alternative": 1} for row in own]
    told = [row | {"is_open": True, "is_small": False, "threshold": 0.0} for row in told]
    told = [row for row in told if random.random() < 0.2]
    told += months("statistics", table.sum(axis=0).tolist(), area=TOTAL, is_open=True)
    told += [
        figure(sum(each), "statistics", name, period_kind="quarter", is_open=True)
        for name, each in counts.items()
    ]
    found = hidden(*own, *told)
    assert set(found["source_id"]) <= {"council"}
    words = {(row.area_code, row.period_start.month): row.suppression for row in found.itertuples()}
    printed = {
        (row["area_code"], int(row["period_start"][5:7]))
        for row in told
        if row["area_code"] in WARDS and row["period_kind"] == "month"
    }
    everything = {(name, at + 1): "suppressed" for name in WARDS for at in range(3)}
    small = {(name, at + 1) for name in WARDS for at in range(3) if 0 < counts[name][at] < SMALL}
    assert small - printed
    can_be_kept = {
        cell
        for cell in small - printed
        if is_open_to_all(range_of(cell, table, everything, printed))
    }
    assert can_be_kept
    for cell in can_be_kept:
        assert is_open_to_all(range_of(cell, table, words, printed)), cell


def is_open_to_all(found: tuple[float, float]) -> bool:
    least, most = found
    return least <= 1 and most >= SMALL - 1


LARGE = 10_000


def range_of(
    cell: tuple[str, int],
    table: np.ndarray,
    words: dict[tuple[str, int], str],
    printed: set[tuple[str, int]],
) -> tuple[float, float]:
    """Return the least and most of a count for who knows the sums of its ward and month."""
    cells = [(name, at + 1) for name in WARDS for at in range(table.shape[1])]
    limits = []
    for place, (each, value) in enumerate(zip(cells, table.ravel().tolist(), strict=True)):
        assert cells[place] == each
        hides = words.get(each, "") if each not in printed else ""
        own = (1, SMALL - 1) if hides.startswith("fewer") else (0, LARGE) if hides else (value,) * 2
        limits.append(own)
    by_ward = [[each[0] == name for each in cells] for name in WARDS]
    by_month = [[each[1] == at + 1 for each in cells] for at in range(table.shape[1])]
    sums = np.array(by_ward + by_month, dtype="float64")
    right = [*table.sum(axis=1), *table.sum(axis=0)]
    ends = []
    for sign in (1.0, -1.0):
        cost = np.zeros(len(cells))
        cost[cells.index(cell)] = sign
        solved = linprog(cost, A_eq=sums, b_eq=right, bounds=limits)
        assert solved.status == 0
        ends.append(float(np.round(solved.x[cells.index(cell)], 6)))
    return ends[0], ends[1]
