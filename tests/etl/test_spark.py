"""The heavy step on Spark: the same SELECT file, the same counts as DuckDB and as the reader."""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter
from pathlib import Path

import pytest

from etl import spark
from etl.observation import measure_name
from etl.sources import police_uk_street
from etl.sources._street_lines import KEYS
from etl.sources._street_query import STREET_COUNT
from etl.sources.police_uk_street import TOTAL

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
def session():
    started = spark.start("2")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def sample(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real month, one of another year, and records with all that is odd."""
    folder = tmp_path_factory.mktemp("sample")
    for name in ("2014-02-hampshire-street.csv", "2025-06-hampshire-street.csv"):
        shutil.copy(shared_data / "police_uk_street" / name, folder)
    odd = [record("2014-02", place, kind) for place in ("", "E01024196") for kind in ("Drugs",) * 3]
    odd.append(record("2014-02", "W01001683", "Other crime", '"Kent, ""old"" Police"'))
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


@needs_spark
def test_both_engines_give_the_same_counts(session, sample):
    groups = Counter[tuple[str, str, str, str]]()
    for row in spark.count_street_records(session, [str(sample)]).collect():
        key = tuple(row[name] for name in KEYS)
        assert key not in groups
        groups[key] = row["records"]
    assert sum(groups.values()) == 10_541 + 13_068 + 7

    rows = police_uk_street.read(sample).observations
    rows = rows[rows["measure_code"].ne(TOTAL)]
    by_duckdb = {
        (month.strftime("%Y-%m"), "" if area.startswith("unassigned:") else area, measure, force): n
        for month, area, measure, force, n in zip(
            rows["period_start"], rows["area_code"], rows["measure_code"], rows["reported_by"],
            rows["value"], strict=True,
        )
    }  # fmt: skip
    codes = {
        "Hampshire Constabulary": "E23000030",
        FORCE: "E23000032",
        'Kent, "old" Police': "other:kent_old_police",
    }
    by_spark = {
        (month, place, f"street:{measure_name(kind)}", codes[force]): float(n)
        for (force, month, place, kind), n in groups.items()
    }
    assert by_spark == by_duckdb
