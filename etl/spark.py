"""The heavy step on Spark, for records that outgrow one machine: the same SELECT, the same counts.

    python -m etl.spark FOLDER OUTPUT      counts of all street-level files, as Parquet

`FOLDER` may be any address that Spark reads. Needs `safecity[spark]` and Java 17 or later. Lines
that are none are not told one by one here, as `safecity check` does: a file with one is refused.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import sqlglot

from etl.sources._street_query import COLUMNS, STREET_COUNT

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Columns of a street-level file, in the order in which data.police.uk has them.
LAYOUT = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
RECORDS = "street_record"


def spark_sql(path: Path) -> str:
    """Return a SELECT file in Spark's dialect.

    Raises:
        sqlglot.errors.UnsupportedError: It uses what Spark has not.
    """
    (select,) = sqlglot.transpile(
        path.read_text(encoding="utf-8"),
        read="duckdb",
        write="spark",
        unsupported_level=sqlglot.ErrorLevel.RAISE,
    )
    return select


def start(cores: str = "*") -> SparkSession:
    """Return a local session, which shows no page and listens to nobody outside.

    Args:
        cores: How many cores it may use, "*" for all.

    Raises:
        ModuleNotFoundError: pyspark is not installed.
    """
    from pyspark.sql import SparkSession  # noqa: PLC0415 (an extra)

    builder = SparkSession.builder.master(f"local[{cores}]").appName("safecity")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.ansi.enabled": "true",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def count_street_records(session: SparkSession, addresses: list[str]) -> DataFrame:
    """Return the records of street-level files added up: columns as in `street_count.sql`.

    Args:
        session: A session of Spark.
        addresses: Files or folders of files in the layout of data.police.uk; other files of a
            folder are not read.

    Raises:
        pyspark.errors.PySparkException: A file cannot be read, or a line is none; when the counts
            are fetched.
    """
    schema = ", ".join(f"`{heading}` string" for heading in LAYOUT)
    records = (
        session.read.schema(schema)
        .option("header", True)
        .option("enforceSchema", False)
        .option("mode", "FAILFAST")
        .option("escape", '"')
        .option("encoding", "UTF-8")
        .option("recursiveFileLookup", True)
        .option("pathGlobFilter", "*street*.csv")
        .csv(addresses)
    )
    named = records.select(*[records[f"`{each}`"].alias(COLUMNS[each]) for each in COLUMNS])
    named.createOrReplaceTempView(RECORDS)
    return session.sql(spark_sql(STREET_COUNT))


def main() -> None:
    """Count the records of a folder and write the counts as Parquet."""
    parser = argparse.ArgumentParser(description="Street-level records to counts, on Spark.")
    parser.add_argument("folder", help="folder of street-level files, or its address")
    parser.add_argument("output", help="folder for the Parquet files; must not be there")
    given = parser.parse_args()
    session = start()
    try:
        count_street_records(session, [given.folder]).write.parquet(given.output)
    finally:
        session.stop()


if __name__ == "__main__":
    main()
