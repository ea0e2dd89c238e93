"""The heavy step on Spark: the same SELECT file, the same counts as DuckDB and as the reader."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl import spark
from etl.observation import KEY
from etl.problems import InputError
from etl.sources import police_uk_street, recognise
from etl.sources._street_query import STREET_COUNT

MISSING = [
    what
    for what, there in (
        ("pyspark (the extra safecity[spark])", importlib.util.find_spec("pyspark")),
        ("Java", shutil.which("java")),
    )
    if not there
]
needs_spark = pytest.mark.skipif(
    bool(MISSING), reason=f"make test-spark runs this: there is no {' and no '.join(MISSING)} here"
)

HEADER = ",".join(spark.LAYOUT)
FORCE = "Kent Police"


def record(month: str, place: str, kind: str, force: str = FORCE) -> str:
    return f",{month},{force},{force},0.1,51.1,On or near A Road,{place},,{kind},,"


@pytest.fixture(scope="module")
def sample(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real month, one of another year, and records with all that is odd."""
    folder = tmp_path_factory.mktemp("sample")
    for name in ("2014-02-hampshire-street.csv", "2025-06-hampshire-street.csv"):
        shutil.copy(shared_data / "police_uk_street" / name, folder)
    odd = [record("2014-02", place, kind) for place in ("", "E01024196") for kind in ("Drugs",) * 3]
    odd.append(record("2014-02", "W01001683", "Other crime", '"Kent, ""old"" Police"'))
    # Nobody reported it; it falls within a force.
    odd.append(record("2014-02", "E01024196", "Drugs").replace(f",{FORCE}", ",", 1))
    nested = folder / "2014-02"
    nested.mkdir()
    text = "".join(f"{line}\n" for line in (HEADER, *odd))
    (nested / "2014-02-kent-street.csv").write_text(text, encoding="utf-8")
    (nested / "2014-02-kent-outcomes.csv").write_text("Crime ID,Outcome type\na,b\n")
    return folder


def test_the_select_transpiles():
    select = spark.spark_sql(STREET_COUNT).lower()
    assert "coalesce" in select
    assert f"from {spark.RECORDS}" in select


def by_key(path: Path) -> dict[tuple[object, ...], float]:
    rows = police_uk_street.read(path).observations
    key = [rows[name].astype("str") for name in (*KEY, "status")]
    return dict(zip(zip(*key, strict=True), rows["value"], strict=True))


@needs_spark
def test_both_engines_give_the_same_counts(sample, tmp_path):
    counted = spark.count_to_file(str(sample), tmp_path)
    assert recognise(counted) == [police_uk_street.SOURCE]
    reading, by_duckdb = police_uk_street.read(counted), police_uk_street.read(sample)
    assert reading.rows_read == by_duckdb.rows_read == 10_541 + 13_068 + 8
    assert by_key(counted) == by_key(sample)
    assert not reading.observations.duplicated(KEY).any()
    assert set(reading.areas["area_code"]) == set(by_duckdb.areas["area_code"])


@needs_spark
def test_counts_of_real_months_are_loaded_as_any_file_of_the_source(sample, tmp_path):
    added = {}
    for engine in ("duckdb", "spark"):
        words = ["--engine", engine, "--published", "2025-08-01", "--json"]
        where = ["--data-dir", str(tmp_path / engine)]
        told = CliRunner().invoke(app, ["add", str(sample), *words, *where])
        assert told.exit_code == 0, told.stderr
        (added[engine],) = json.loads(told.stdout)
    by_duckdb, on_spark = added["duckdb"], added["spark"]
    assert on_spark.pop("file_id") != by_duckdb.pop("file_id")
    assert on_spark == by_duckdb
    assert len(list((tmp_path / "spark").glob("raw/*/sample*-counts.parquet"))) == 1


@needs_spark
@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ([record("2014-02", "E01024196", "Drugs") + ",,"], "Malformed"),
        ([record("2014-02", "E01024196", "Drugs").rpartition(",")[0]], "Malformed"),
        ([HEADER.replace("Month", "Mnth")], "header"),
    ],
)
def test_a_line_that_is_none_is_refused(tmp_path, lines, named):
    header = lines if lines[0].startswith("Crime ID") else [HEADER, *lines]
    file = tmp_path / "2014-02-kent-street.csv"
    file.write_text("".join(f"{line}\n" for line in header), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        spark.count_to_file(str(tmp_path), tmp_path)
    (problem,) = refused.value.problems
    assert named in problem.value
    assert file.name in problem.value


@needs_spark
def test_the_same_month_twice_is_refused(sample, tmp_path):
    for folder in ("one", "two"):
        shutil.copytree(sample / "2014-02", tmp_path / folder)
    with pytest.raises(InputError, match="every record would count twice"):
        spark.count_to_file(str(tmp_path), tmp_path)


@needs_spark
def test_the_environment_names_the_cluster(monkeypatch, sample, tmp_path):
    monkeypatch.setenv(spark.MASTER_ENVIRONMENT, "spark-that-is-none://127.0.0.1:1")
    with pytest.raises(InputError, match="spark-that-is-none"):
        spark.count_to_file(str(sample), tmp_path)


def test_what_is_not_there_is_said_before_anything_is_started(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        spark.count_to_file(str(tmp_path / "none"), tmp_path)
