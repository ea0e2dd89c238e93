"""Vintages: the order of loading does not matter, and what was known before stays known."""

from __future__ import annotations

import itertools
import tempfile
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import publish
from etl.build import build
from etl.data_model import headers
from etl.datadir import DataDir
from etl.raw import add_file

SOUTHAMPTON, NEW_FOREST = "E22000120", "E22000117"
HEADER = "area_code,measure_code,period,value\n"
#: When each file is loaded says nothing of the figures.
OF_THE_LOADING = ["loaded_at", "loaded_by"]

Line = tuple[str, str, str, int]
LINES = st.dictionaries(
    st.tuples(
        st.sampled_from([SOUTHAMPTON, NEW_FOREST]),
        st.sampled_from(["local:robbery", "local:arson", "local:criminal_damage"]),
        st.sampled_from(["2024-01", "2024-02", "2024-03", "Q1 2024/25"]),
    ),
    st.integers(0, 300),
    min_size=1,
    max_size=8,
)
PUBLISHED = st.sampled_from(["2024-08-01", "2024-11-01", "2025-02-01"])


def marts(data: DataDir) -> dict[str, pd.DataFrame]:
    published = publish.current(data)
    assert published is not None
    with duckdb.connect(data.build / published.database, read_only=True) as connection:
        return {
            header.name: connection.execute(f'select * from "{header.name}"').df()
            .drop(columns=OF_THE_LOADING, errors="ignore")
            .pipe(lambda table: table.sort_values(list(table.columns), ignore_index=True))
            for header in headers("marts")
        }  # fmt: skip


def loaded(files: list[tuple[str, str, str]], *, build_between: bool = False) -> dict:
    """Return the marts of files, each (name, publication date, text), loaded in this order."""
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder) / "figures")
        for name, day, text in files:
            path = Path(folder) / name
            path.write_text(HEADER + text, encoding="utf-8")
            add_file(data, path, published=date.fromisoformat(day), loaded_by="a test")
            if build_between:
                build(data)
        build(data)
        return marts(data)


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name], obj=name)


@settings(
    max_examples=4, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(
    # Releases of different days: of two of one day, the one that was loaded later holds.
    st.lists(st.tuples(PUBLISHED, LINES), min_size=2, max_size=3, unique_by=lambda each: each[0]),
    st.randoms(use_true_random=False),
)
def test_files_in_any_order_give_the_same_database(releases, chance) -> None:
    texts = ["".join(f"{','.join(key)},{value}\n" for key, value in lines.items())
             for _, lines in releases]  # fmt: skip
    files = {
        text: (f"{number}.csv", day, text)
        for number, ((day, _), text) in enumerate(zip(releases, texts, strict=True))
    }
    in_order = list(files.values())
    shuffled = in_order.copy()
    chance.shuffle(shuffled)
    assert_same(loaded(in_order), loaded(shuffled, build_between=True))


@pytest.mark.parametrize("values", [(1000, 2000), (2000, 1000)])
def test_of_two_files_of_one_day_the_later_loaded_holds(values) -> None:
    line = f"{SOUTHAMPTON},local:robbery,2024-01,"
    files = [(f"{value}.csv", "2024-03-01", f"{line}{value}\n") for value in values]
    found = loaded(files)
    periods = found["indicator_period"]
    own = periods["area_code"].eq(SOUTHAMPTON) & periods["indicator_id"].eq("robbery")
    assert periods.loc[own & ~periods["illustrative"], "value"].tolist() == [values[1]]
    steps = found["observation_revision"]
    assert steps[["previous_value", "value"]].to_numpy().tolist() == [list(values)]


def test_three_releases_in_every_order_give_the_same_database() -> None:
    line = f"{SOUTHAMPTON},local:robbery,2024-01,"
    files = [
        ("first.csv", "2024-03-01", f"{line}31\n"),
        ("second.csv", "2024-06-01", f"{line}35\n{SOUTHAMPTON},local:robbery,2024-02,7\n"),
        ("third.csv", "2024-09-01", f"{line}34\n"),
    ]
    expected, *others = (loaded(list(order)) for order in itertools.permutations(files))
    steps = expected["indicator_vintage"].query("indicator_id == 'robbery'").dropna()
    assert steps[["previous_numerator", "numerator"]].to_numpy().tolist() == [[31, 35], [35, 34]]
    for other in others:
        assert_same(expected, other)


@pytest.fixture(scope="module")
def revised() -> dict[str, pd.DataFrame]:
    damage = f"{SOUTHAMPTON},local:criminal_damage,2024-01,"
    arson = f"{SOUTHAMPTON},local:arson,2024-01,"
    return loaded(
        [
            ("a.csv", "2024-03-01", f"{damage}100\n"),
            ("b.csv", "2024-04-01", f"{arson}10\n"),
            ("c.csv", "2024-05-01", f"{damage}100\n{arson}10\n"),
            ("d.csv", "2024-06-01", f"{damage}90\n"),
        ]
    )


def test_a_sum_is_known_when_its_last_part_is(revised) -> None:
    steps = revised["indicator_vintage"].query(
        "indicator_id == 'criminal_damage_and_arson' and area_code == @SOUTHAMPTON"
        " and source_id == 'own_figures'"
    )
    assert steps["published"].dt.strftime("%Y-%m").tolist() == ["2024-04", "2024-06"]
    assert steps["numerator"].tolist() == [110.0, 100.0]
    assert steps["previous_numerator"].tolist()[1:] == [110.0]


def test_the_last_vintage_is_what_is_shown(revised) -> None:
    key = ["indicator_id", "area_code", "source_id", "period_kind", "period_start"]
    last = revised["indicator_vintage"].sort_values("published").drop_duplicates(key, keep="last")
    both = (
        revised["indicator_period"]
        .dropna(subset="numerator")
        .merge(last, on=key, how="outer", indicator=True, suffixes=("", "_known"))
    )
    assert both["_merge"].eq("both").all()
    assert both["numerator"].equals(both["numerator_known"])
