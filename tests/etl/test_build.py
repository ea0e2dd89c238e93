"""From files to a published database: its grain, its determinism, and what a failure leaves."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard.store.warehouse import NothingPublishedError, Warehouse
from etl import publish
from etl.build import build, is_current
from etl.data_model import DOCUMENT, headers, render
from etl.datadir import PROJECT_DATA, DataDir
from etl.manifest import loads
from etl.problems import InputError
from etl.raw import add_file

HEADER = "area_code,measure_code,period,value\n"
SOUTHAMPTON, DISTRICT = "E22000120", "E06000045"
OUTAGE = "2024-06"
NI_20 = "local:assault_with_less_injury"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "figures")


@pytest.fixture(scope="module")
def default(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    data = DataDir(tmp_path_factory.mktemp("default"))
    build(data)
    return data


def own_file(folder: Path, *lines: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def add(data: DataDir, path: Path, published: str = "2025-01-31", **more: bool) -> None:
    add_file(data, path, published=date.fromisoformat(published), loaded_by="a test", **more)


def tables(data: DataDir) -> dict[str, pd.DataFrame]:
    published = publish.current(data)
    assert published is not None
    with duckdb.connect(data.build / published.database, read_only=True) as connection:
        return {
            header.name: connection.execute(f'select * from "{header.name}" order by all').df()
            for header in headers("marts")
        }


def own_periods(data: DataDir, indicator: str) -> pd.DataFrame:
    """Real figures of Southampton; there are made-up ones beside them."""
    periods = tables(data)["indicator_period"]
    own = periods["area_code"].eq(SOUTHAMPTON) & periods["indicator_id"].eq(indicator)
    return periods[own & ~periods["illustrative"]]


@pytest.mark.parametrize("header", headers("marts"), ids=lambda header: header.name)
def test_every_mart_has_the_grain_and_columns_of_its_header(default, header) -> None:
    table = tables(default)[header.name]
    assert list(table.columns) == list(header.columns)
    assert not table.duplicated(list(header.grain)).any()


def test_the_data_model_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render()


def test_building_again_gives_the_same_content(default, data) -> None:
    build(data)
    before, after = tables(default), tables(data)
    for name, table in before.items():
        pd.testing.assert_frame_equal(table, after[name])


def test_real_and_made_up_figures_stand_apart(data, tmp_path) -> None:
    build(data)
    before = tables(data)
    add(data, own_file(tmp_path, f"{SOUTHAMPTON},local:robbery,2024-01,31"))
    build(data)
    after = tables(data)
    assert own_periods(data, "robbery")["value"].tolist() == [31.0]
    for name in ("indicator_period", "indicator_vintage", "series", "denominator"):
        made_up = [made_up_of(each[name]) for each in (before, after)]
        assert len(made_up[0])
        pd.testing.assert_frame_equal(*made_up, obj=name)
    for name in ("peer_group_member", "target"):
        pd.testing.assert_frame_equal(before[name], after[name], obj=name)
    kinds = after["series"].query("area_code == @SOUTHAMPTON and indicator_id == 'robbery'")
    assert kinds[["source_id", "figure_set"]].to_numpy().tolist() == [
        ["illustrative", "illustrative"], ["own_figures", "real"],
    ]  # fmt: skip


def made_up_of(table: pd.DataFrame) -> pd.DataFrame:
    if "illustrative" in table:
        return table[table["illustrative"]].reset_index(drop=True)
    return table[table["source_id"].eq("illustrative")].reset_index(drop=True)


def test_real_figures_of_the_plans_own_years_take_the_place_indicator_by_indicator(
    data, tmp_path
) -> None:
    lines = [f"{SOUTHAMPTON},local:robbery,2009-12,31", f"{SOUTHAMPTON},local:arson,2024-01,3"]
    add(data, own_file(tmp_path, *lines))
    build(data)
    real = tables(data)["plan_real_indicator"]
    assert set(real["plan_id"]) == {"southampton_2010_11"}
    assert "robbery" in set(real["indicator_id"])
    assert not {"arson", "all_crime"} & set(real["indicator_id"])


def test_a_goal_that_is_filled_in_goes_with_the_made_up_figures(data, tmp_path) -> None:
    build(data)
    before = tables(data)["target"].set_index("target_id")
    filled = before.loc[before["illustrative"], "indicator_id"]
    assert "ni_20" in set(filled)
    add(data, own_file(tmp_path, f"{SOUTHAMPTON},{NI_20},2009-12,31"))
    build(data)
    after = tables(data)["target"].set_index("target_id")
    assert not after.loc[filled[filled.eq("ni_20")].index, "illustrative"].any()
    assert after.loc[filled[filled.ne("ni_20")].index, "illustrative"].all()


def test_two_sources_of_a_measure_stay_two_series(data, tmp_path) -> None:
    months = [f"{2023 + month // 12}-{month % 12 + 1:02}" for month in range(24)]
    street = tmp_path / "street.csv"
    street.write_text(
        "month,reported_by,lad_from_lsoa_name,crime_type,n\n"
        + "".join(
            f"{month},Hampshire Constabulary,{place},Robbery,{number}\n"
            for month in months
            for place in ("Southampton", "Winchester", "Eastleigh")
            for number in [0 if (month, place) == (OUTAGE, "Southampton") else 100]
        ),
        encoding="utf-8",
    )
    lookup = tmp_path / "lookup.csv"
    lookup.write_text(
        "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name\n"
        f"{DISTRICT},Southampton,{SOUTHAMPTON},Southampton,E23000030,Hampshire\n"
        "E07000094,Winchester,E22000122,Winchester,E23000030,Hampshire\n"
        "E07000086,Eastleigh,E22000111,Eastleigh,E23000030,Hampshire\n",
        encoding="utf-8",
    )
    add(data, lookup)
    add(data, street)
    build(data)
    alone = tables(data)
    add(data, own_file(tmp_path, *[f"{DISTRICT},street:robbery,{month},80" for month in months]))
    build(data)
    both = tables(data)
    for name in ("indicator_period", "indicator_vintage", "series", "suspected_gap"):
        of_street = (
            frames[name].loc[frames[name]["source_id"].eq("street_monthly")].reset_index(drop=True)
            for frames in (alone, both)
        )
        pd.testing.assert_frame_equal(*of_street, obj=name)
    gap = both["suspected_gap"].query("area_code == @DISTRICT and measure_code == 'street:robbery'")
    assert gap[["source_id", "value"]].to_numpy().tolist() == [["street_monthly", 0.0]]
    held = both["indicator_gap"].query("area_code == @DISTRICT and indicator_id == 'robbery'")
    assert held["source_id"].tolist() == ["street_monthly"]
    facts = both["series"].query("area_code == @DISTRICT and indicator_id == 'robbery'")
    assert facts.set_index("source_id")["periods"].to_dict() == {
        "own_figures": 24, "street_monthly": 23,
    }  # fmt: skip
    rows = both["indicator_period"].query("area_code == @DISTRICT and indicator_id == 'robbery'")
    twice = both["source_overlap"].query("indicator_id == 'robbery' and area_code == @DISTRICT")
    monthly = twice[twice["months"].eq(1)]
    assert len(monthly) == 23
    assert set(zip(monthly["source_a"], monthly["source_b"], monthly["difference"], strict=True)
    ) == {("own_figures", "street_monthly", 20.0)}  # fmt: skip
    counted = rows.dropna(subset="value").groupby("source_id")["value"].unique()
    assert counted.map(list).to_dict() == {"own_figures": [80.0], "street_monthly": [100.0]}


def test_a_total_with_a_missing_part_is_no_total(data, tmp_path) -> None:
    parts = [f"{SOUTHAMPTON},local:{part},2024-01,10" for part in ("criminal_damage", "arson")]
    add(data, own_file(tmp_path, *parts, f"{SOUTHAMPTON},local:arson,2024-02,3"))
    build(data)
    found = own_periods(data, "criminal_damage_and_arson")
    values = dict(zip(found["period_start"].dt.month, found["value"], strict=True))
    assert values[1] == 20.0
    assert pd.isna(values[2])
    assert found["coverage"].tolist() == [1.0, 0.5]


def test_a_later_vintage_is_shown_and_the_difference_kept(data, tmp_path) -> None:
    line = f"{SOUTHAMPTON},local:robbery,2024-01,"
    later = own_file(tmp_path, f"{line}35", name="later.csv")
    earlier = own_file(tmp_path, f"{line}31", name="earlier.csv")
    add(data, later, "2024-06-01")
    add(data, earlier, "2024-03-01")
    build(data)
    found = tables(data)
    assert own_periods(data, "robbery")["value"].tolist() == [35.0]
    assert found["observation_revision"][["previous_value", "value", "difference"]].values.tolist(
    ) == [[31.0, 35.0, 4.0]]  # fmt: skip


def test_a_failed_build_leaves_the_published_database_as_it_was(data, tmp_path) -> None:
    build(data)
    before = publish.current(data)
    plan = data.root / "plans" / "another"
    shutil.copytree(PROJECT_DATA / "plans" / "safer_communities_2009_10", plan)
    (plan / "targets.toml").write_text('[[target]]\nid = "a"\nkind = "wish"\n', encoding="utf-8")
    with pytest.raises(InputError):
        build(data)
    assert publish.current(data) == before
    assert [path.name for path in data.build.glob("*.duckdb")] == [before.database]


def test_a_file_altered_after_loading_is_refused(data, tmp_path) -> None:
    add(data, own_file(tmp_path, f"{SOUTHAMPTON},local:robbery,2009-12,31"))
    kept = next(load for load in loads(data) if not load.illustrative).path
    kept.write_text(kept.read_text().replace("31", "13"))
    with pytest.raises(InputError, match="altered"):
        build(data)


def test_readers_keep_their_build_and_it_is_swept_after_them(data, tmp_path) -> None:
    build(data)
    reader = Warehouse(data)
    old = data.build / reader.published.database
    add(data, own_file(tmp_path, f"{SOUTHAMPTON},local:robbery,2009-12,31"))
    build(data)
    assert old.exists()
    assert not reader.is_current()
    assert reader.frame("series", indicator="robbery", area=SOUTHAMPTON)["illustrative"].all()
    with Warehouse(data) as another:
        series = another.frame("series", indicator="robbery", area=SOUTHAMPTON)
        assert series.loc[~series["illustrative"], "value"].tolist() == [31.0]
    reader.close()
    publish.sweep(data)
    assert not old.exists()


def test_a_loaded_file_is_read_once(data, tmp_path) -> None:
    add(data, own_file(tmp_path, f"{SOUTHAMPTON},local:robbery,2009-12,31"))
    build(data)
    kept = next(data.raw.glob("*/read/*/observations.parquet"))
    written = kept.stat().st_mtime_ns
    build(data)
    assert kept.stat().st_mtime_ns == written
    assert own_periods(data, "robbery")["value"].tolist() == [31.0]


def test_a_database_is_current_until_a_file_is_added(data, tmp_path) -> None:
    assert not is_current(data)
    build(data)
    assert is_current(data)
    add(data, own_file(tmp_path, f"{SOUTHAMPTON},local:robbery,2009-12,31"))
    assert not is_current(data)


def test_without_a_database_the_reader_is_told_how_to_get_one(data) -> None:
    with pytest.raises(NothingPublishedError, match="safecity build"):
        Warehouse(data)
