"""Four quarterly releases together: which figures a later one changed, in any order of loading.

The tables by offence and by kind of knife offence give one year each, so that no two releases
print the same figure. The releases overlap in the series of knife offences (financial years from
2010/11), in the population of mid-2017 and in the households of mid-2016 and mid-2017. Nothing
but knife offences was revised.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl import publish
from etl.build import build
from etl.data_model import headers
from etl.datadir import DataDir
from etl.raw import add_file
from etl.sources._pfa_columns import KNIFE_OFFENCES

MARCH, JUNE, SEPTEMBER, DECEMBER = (
    "policeforceareatablesyearendingmarch2018v2.xlsx",
    "policeforceareadatatablesyearendingjune2018corrected.xlsx",
    "policeforceareatablesyearendingsep18corrected.xlsx",
    "policeforceareatablesyearendingdecember2018.xlsx",
)
#: The days of first publication. A sheet of the two corrected files says that the corrections
#: were published on 6 February 2019.
PUBLISHED = {
    MARCH: date(2018, 7, 19),
    JUNE: date(2018, 10, 18),
    SEPTEMBER: date(2019, 1, 24),
    DECEMBER: date(2019, 4, 25),
}
ORDER, ANOTHER_ORDER = (MARCH, JUNE, SEPTEMBER, DECEMBER), (DECEMBER, JUNE, MARCH, SEPTEMBER)

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return built(shared_data, tmp_path_factory.mktemp("one") / "figures", ORDER)


def built(shared_data: Path, folder: Path, order: Sequence[str]) -> Tables:
    """Every mart of a database with the releases loaded in this order."""
    data = DataDir(folder)
    for name in order:
        path = shared_data / "ons_pfa" / name
        add_file(data, path, published=PUBLISHED[name], loaded_by="a test")
    build(data)
    published = publish.current(data)
    assert published is not None
    with duckdb.connect(data.build / published.database, read_only=True) as connection:
        return {
            header.name: connection.execute(f'select * from "{header.name}" order by all').df()
            for header in headers("marts")
        }


def test_how_many_published_figures_moved(tables: Tables) -> None:
    revisions = tables["observation_revision"]
    assert set(revisions["measure_code"]) == {KNIFE_OFFENCES}
    moved = revisions.groupby(["previous_published", "published"]).agg(
        figures=("value", "size"), areas=("area_code", "nunique")
    )
    assert {tuple(day.date() for day in days): tuple(row) for days, row in moved.T.items()} == {
        (PUBLISHED[MARCH], PUBLISHED[JUNE]): (245, 55),
        (PUBLISHED[JUNE], PUBLISHED[SEPTEMBER]): (13, 13),
        (PUBLISHED[SEPTEMBER], PUBLISHED[DECEMBER]): (18, 11),
    }


def test_every_year_moved_with_the_first_and_the_latest_two_later(tables: Tables) -> None:
    revisions = tables["observation_revision"]
    by_year = revisions.groupby(["published", revisions["period_start"].dt.year]).size()
    assert by_year[pd.Timestamp(PUBLISHED[JUNE])].to_dict() == {
        2010: 32, 2011: 49, 2012: 42, 2013: 28, 2014: 30, 2015: 32, 2016: 12, 2017: 20,
    }  # fmt: skip
    assert by_year[pd.Timestamp(PUBLISHED[SEPTEMBER])].to_dict() == {2017: 13}
    assert by_year[pd.Timestamp(PUBLISHED[DECEMBER])].to_dict() == {2016: 8, 2017: 10}


def test_the_steps_of_one_figure(tables: Tables) -> None:
    """Knife offences of England and Wales in the year ending March 2018."""
    revisions = tables["observation_revision"]
    year = revisions["period_start"].eq(pd.Timestamp(2017, 4, 1))
    steps = revisions[year & revisions["area_code"].eq("K04000001")].sort_values("published")
    assert steps["previous_value"].to_list() == [40_147, 40_448, 40_469]
    assert steps["value"].to_list() == [40_448, 40_469, 40_967]


def test_loading_in_another_order_gives_the_same_database(
    tables: Tables, shared_data: Path, tmp_path: Path
) -> None:
    other = built(shared_data, tmp_path / "figures", ANOTHER_ORDER)
    assert set(other) == set(tables)
    for name, table in tables.items():
        # when each was added is the one thing that is known to differ
        left, right = (
            each.drop(columns="loaded_at", errors="ignore") for each in (table, other[name])
        )
        pd.testing.assert_frame_equal(left, right, obj=name)
    assert tables["load"]["source_id"].eq("ons_pfa").sum() == len(PUBLISHED)
