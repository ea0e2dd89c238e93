"""The official figures that come with the product: what they hold, and how they are laid in."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from dashboard.intake.boundaries import boundary_files, shapes_of
from dashboard.intake.boundary_check import problems_of_boundaries
from etl import publish
from etl.build import build, is_current
from etl.datadir import PROJECT_DATA, DataDir
from etl.loaded_parts import areas_of_loads
from etl.manifest import checksum_of, loads
from etl.prepared import folder_of, prepared_part, prepared_reading
from etl.problems import InputError
from etl.published.prepare import prepare
from etl.published.publications import MANIFEST, boundaries, publications
from etl.raw import add_file, check_file, known_areas
from etl.reading import FRAMES, check_reading
from etl.settings import PUBLISHED_ENVIRONMENT, choose_published, with_published
from etl.sources import recognise
from etl.unplaced import unplaced_in

PUBLISHED = PROJECT_DATA / "published"
LISTED = publications(PUBLISHED)
MOST_BYTES, MOST_OF_BOUNDARIES = 4_000_000, 400_000
CAMDEN = "E22000191"


@pytest.fixture(autouse=True)
def used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLISHED_ENVIRONMENT, "yes")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    data = DataDir(tmp_path_factory.mktemp("published"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PUBLISHED_ENVIRONMENT, "yes")
        build(data)
    return data


def mart(data: DataDir, name: str) -> pd.DataFrame:
    published = publish.current(data)
    assert published is not None
    return publish.read_mart(data.build / published.database, name)


def given(data: DataDir) -> list:
    return [load for load in loads(data) if load.with_product]


def test_it_is_small() -> None:
    sizes = {path: path.stat().st_size for path in PUBLISHED.rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= MOST_BYTES
    of_boundaries = [size for path, size in sizes.items() if path.suffix == ".topojson"]
    assert len(of_boundaries) == 2
    assert sum(of_boundaries) < MOST_OF_BOUNDARIES


@pytest.mark.parametrize("publication", [*LISTED, boundaries(PUBLISHED)], ids=lambda p: p.file_name)
def test_each_names_publisher_title_day_licence_and_that_it_was_reshaped(publication) -> None:
    assert publication.licence == "Open Government Licence v3.0"
    assert publication.publisher
    assert publication.title
    assert publication.reshaped.startswith("Reshaped by Safe City: ")
    assert publication.published < date(2026, 1, 1)
    assert len(publication.checksum) == 64


def test_every_load_is_of_a_publication_of_the_manifest(tmp_path) -> None:
    by_folder = {each.folder: each for each in LISTED}
    found = given(DataDir(tmp_path))
    assert {load.path.parent.name for load in found} == by_folder.keys()
    for load in found:
        publication = by_folder[load.path.parent.name]
        assert load.title == publication.title
        assert load.checksum == publication.checksum
        assert load.published == publication.published
        assert load.source.publisher == publication.publisher
        assert load.source.licence == publication.licence


def test_every_rule_of_a_loaded_file_holds(tmp_path) -> None:
    data = DataDir(tmp_path)
    areas = pd.concat([areas_of_loads(data), known_areas(data)], ignore_index=True)
    for load in given(data):
        reading = prepared_reading(load)
        checked = check_reading(
            load.source, reading, load.file_name, published=load.published, areas=areas
        )
        assert checked.problems == ()
        assert len(checked.good) == len(reading.observations)


@pytest.mark.parametrize("publication", LISTED, ids=lambda publication: publication.folder)
def test_it_holds_what_the_sources_read_in_the_original(publication, shared_data, tmp_path) -> None:
    data = DataDir(tmp_path)
    original = publication.original(shared_data)
    of_publication = [load for load in given(data) if load.path.parent.name == publication.folder]
    assert {load.source_id for load in of_publication} == {
        source.source_id for source in recognise(original)
    }
    for load in of_publication:
        theirs = load.source.read(original)
        ours = prepared_reading(load)
        assert ours.rows_read == theirs.rows_read
        assert ours.withheld == theirs.withheld
        for part in FRAMES:
            expected = as_text(getattr(theirs, part))
            if publication.measures and part in ("observations", "areas"):
                expected = carried_over(publication, expected)
            assert len(expected) or part != "areas" or load.source_id == "dfe_neighbours"
            pd.testing.assert_frame_equal(as_text(getattr(ours, part)), expected)


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with text of one type: categories and objects say the same."""
    text = frame.select_dtypes(["category", "object", "str"]).columns
    return frame.astype(dict.fromkeys(text, "str")).reset_index(drop=True)


def carried_over(publication, frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame[frame["area_code"].str.startswith(tuple(publication.areas))]
    if "measure_code" in rows:
        is_major = rows["measure_code"].str.startswith("mps_major:")
        rows = rows[is_major | rows["measure_code"].isin(publication.measures)]
    return rows.reset_index(drop=True)


def test_the_figures_of_london_are_of_its_boroughs_in_every_month(tmp_path) -> None:
    (load,) = (load for load in given(DataDir(tmp_path)) if load.source_id == "met_boroughs")
    rows = prepared_part(load, "observations")
    assert rows["area_code"].nunique() == 32
    assert rows["period_start"].min() == pd.Timestamp(2010, 4, 1)
    assert rows["period_start"].max() == pd.Timestamp(2022, 1, 1)
    majors = rows[rows["measure_code"].astype("str").str.startswith("mps_major:")]
    assert majors.groupby("area_code", observed=True)["period_start"].nunique().eq(142).all()


def test_made_again_it_is_the_same_to_the_byte(shared_data, tmp_path) -> None:
    again = tmp_path / "published"
    again.mkdir()
    shutil.copy(PUBLISHED / MANIFEST, again / MANIFEST)
    written = prepare(shared_data, again)
    assert {path.relative_to(again) for path in written} == {
        path.relative_to(PUBLISHED)
        for path in PUBLISHED.rglob("*")
        if path.is_file() and path.name not in (MANIFEST, "README.md")
    }
    for path in written:
        assert path.read_bytes() == (PUBLISHED / path.relative_to(again)).read_bytes(), path


def test_an_original_that_is_another_is_refused(tmp_path) -> None:
    with pytest.raises(InputError, match="is not in the folder"):
        LISTED[0].original(tmp_path)
    (tmp_path / LISTED[0].file_name).write_bytes(b"another")
    with pytest.raises(InputError, match="another file has its name"):
        LISTED[0].original(tmp_path)


def test_what_was_altered_is_refused(tmp_path) -> None:
    load = given(DataDir(tmp_path))[0]
    shutil.copytree(folder_of(load).parent, tmp_path / "published" / load.path.parent.name)
    hidden = given(DataDir(tmp_path))[0]
    frame = next(iter(sorted((tmp_path / "published").rglob("*.parquet"))))
    frame.write_bytes(frame.read_bytes()[:-1])
    with pytest.raises(InputError, match="was altered"):
        prepared_reading(hidden)


def test_a_build_has_them_with_their_licence(built) -> None:
    of_product = mart(built, "load").query("with_product")
    assert set(of_product["file_name"]) == {
        each.file_name for each in LISTED if not each.needed_for
    }
    assert of_product["licence"].eq("Open Government Licence v3.0").all()
    assert set(of_product["source_title"]) <= {each.title for each in LISTED}
    series = mart(built, "series").query("figure_set == 'real' and indicator_id == 'all_crime'")
    years = series.query("period_kind == 'rolling_year' and area_code.str.startswith('E22')")
    assert years["area_code"].nunique() > 280
    months = series.query("period_kind == 'month'")
    assert len(months) == 32
    assert months["periods"].eq(142).all()


def test_boundaries_of_every_authority_and_of_partnerships_made_of_whole_ones(tmp_path) -> None:
    files = boundary_files(DataDir(tmp_path))
    shapes = {name: shapes_of(path)["area_code"] for name, path in files.items()}
    assert len(shapes["local_authorities_2024.topojson"]) == 318
    assert len(shapes["partnerships_2024.topojson"]) == 293
    assert {code[:3] for code in shapes["partnerships_2024.topojson"]} == {"E22", "W14"}
    for path in files.values():
        assert problems_of_boundaries(path) == []


def test_areas_keep_their_size(shared_data, tmp_path) -> None:
    original = shapes_of(boundaries(PUBLISHED).original(shared_data))
    ours = shapes_of(boundary_files(DataDir(tmp_path))["local_authorities_2024.topojson"])
    before, after = sizes_of(original), sizes_of(ours)
    assert (after / before.reindex(after.index)).between(0.94, 1.06).all()


def sizes_of(shapes: pd.DataFrame) -> pd.Series:
    sizes = [sum(enclosed(ring) for ring in rings) for rings in shapes["rings"]]
    return pd.Series(sizes, index=shapes["area_code"])


def enclosed(ring) -> float:
    x, y = ring.T
    return abs((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2


def test_small_areas_have_their_way_up_without_a_lookup_of_ones_own(tmp_path) -> None:
    data = DataDir(tmp_path / "figures")
    records = street_file(tmp_path)
    checked = check_file(
        records, published=date(2025, 3, 1), areas=known_areas(data),
        more=lambda: areas_of_loads(data),
    )  # fmt: skip
    assert unplaced_in(data, checked).figures == 0
    add_file(data, records, published=date(2025, 3, 1), loaded_by="a test")
    build(data)
    of_product = mart(data, "load").query("with_product")
    assert set(of_product["file_name"]) == {each.file_name for each in LISTED}
    links = mart(data, "area_link")
    assert links["area_code"].eq("E01017175").any()


def street_file(folder: Path) -> Path:
    path = folder / "2025-01-hampshire-street.csv"
    path.write_text(
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
        "Crime type,Last outcome category,Context\n"
        + "".join(
            f"{number:064x},2025-01,Hampshire Constabulary,Hampshire Constabulary,-1.08,50.8,"
            "On or near High Street,E01017175,Portsmouth 025A,Burglary,,\n"
            for number in range(9)
        ),
        encoding="utf-8",
    )
    return path


def test_the_very_file_loaded_by_a_user_adds_nothing(built, shared_data, tmp_path) -> None:
    data = DataDir(tmp_path / "figures")
    original = LISTED[0].original(shared_data)
    add_file(data, original, published=LISTED[0].published, loaded_by="a test")
    mine = [load for load in loads(data) if load.checksum == LISTED[0].checksum]
    assert [load.with_product for load in mine] == [False, False]
    build(data)
    for name in ("indicator_period", "indicator_vintage", "series", "observation_revision"):
        before, after = mart(built, name), mart(data, name)
        key = list(before.columns)
        pd.testing.assert_frame_equal(
            before.sort_values(key, ignore_index=True), after.sort_values(key, ignore_index=True)
        )


def test_a_later_publication_is_a_later_vintage(built, tmp_path) -> None:
    data = DataDir(tmp_path / "figures")
    path = tmp_path / "later.csv"
    path.write_text(
        "MajorText,MinorText,LookUp_BoroughName,202112,202201\n"
        "Robbery,Robbery of Personal Property,Camden,200,201\n",
        encoding="utf-8",
    )
    add_file(data, path, published=date(2022, 3, 20), loaded_by="a test")
    build(data)
    before, after = robberies(built), robberies(data)
    assert after.iloc[-2:].tolist() == [200.0, 201.0]
    assert after.iloc[:-2].tolist() == before.iloc[:-2].tolist()
    revised = mart(data, "observation_revision").query("area_code == @CAMDEN")
    assert revised["measure_code"].tolist() == ["mps_major:robbery"] * 2


def robberies(data: DataDir) -> pd.Series:
    rows = mart(data, "indicator_period").query(
        "area_code == @CAMDEN and indicator_id == 'robbery' and period_kind == 'month'"
    )
    return rows.sort_values("period_start")["value"]


def test_they_are_left_out_where_an_installation_says_so(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv(PUBLISHED_ENVIRONMENT)
    folder = str(tmp_path / "figures")
    data = DataDir(tmp_path / "figures")
    run = CliRunner().invoke
    assert run(app, ["build", "--with-published", "--data-dir", folder]).exit_code == 0
    assert given(data)
    assert boundary_files(data)
    status = json.loads(run(app, ["status", "--json", "--data-dir", folder]).stdout)
    assert [each["illustrative"] for each in status["loads"]] == [True]
    assert {each["title"] for each in status["with_product"]} == {each.title for each in LISTED}
    assert run(app, ["build", "--without-published", "--data-dir", folder]).exit_code == 0
    assert not with_published(data.root)
    assert given(data) == []
    assert boundary_files(data) == {}
    assert mart(data, "load")["illustrative"].all()
    assert is_current(data)
    choose_published(data.root, chosen=True)
    assert not is_current(data)


def test_a_choice_that_is_none_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(PUBLISHED_ENVIRONMENT, "perhaps")
    with pytest.raises(InputError, match="neither yes nor no"):
        with_published(tmp_path)
    monkeypatch.delenv(PUBLISHED_ENVIRONMENT)
    for text in ("published = 3\n", "published =\n"):
        (tmp_path / "settings.toml").write_text(text)
        with pytest.raises(InputError, match=r"TOML|neither true nor false"):
            with_published(tmp_path)


def test_the_checksum_is_of_the_original(shared_data) -> None:
    for publication in [*LISTED, boundaries(PUBLISHED)]:
        assert checksum_of(publication.original(shared_data)) == publication.checksum
