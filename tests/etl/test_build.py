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
SOUTHAMPTON = "E22000120"


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
    periods = tables(data)["indicator_period"]
    return periods[periods["area_code"].eq(SOUTHAMPTON) & periods["indicator_id"].eq(indicator)]


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


def test_real_figures_take_the_place_of_made_up_ones(data, tmp_path) -> None:
    build(data)
    made_up = tables(data)["indicator_period"]
    assert made_up.loc[made_up["area_code"].eq(SOUTHAMPTON), "illustrative"].all()
    add(data, own_file(tmp_path, f"{SOUTHAMPTON},local:robbery,2009-12,31"))
    build(data)
    now = tables(data)
    own = now["indicator_period"].query("area_code == @SOUTHAMPTON")
    assert not own["illustrative"].any()
    assert own_periods(data, "robbery")["value"].tolist() == [31.0]
    assert not now["target"]["illustrative"].any()
    assert not now["peer_group_member"]["illustrative"].any()


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
        assert series["value"].tolist() == [31.0]
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
