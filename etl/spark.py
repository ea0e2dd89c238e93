"""The heavy step on Spark, for records that outgrow one machine: the same SELECT, the same counts.

`safecity add FOLDER --engine spark` counts there and loads the result as any file of the source.
`FOLDER` may be any address that Spark reads. Needs `safecity[spark]` and Java 17 or later. Lines
that are none are not told one by one here, as without Spark: a file with one is refused.
"""

from __future__ import annotations

import importlib.util
import os
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from etl.problems import InputError
from etl.sources._street_counted import write_counted
from etl.sources._street_lines import KEYS
from etl.sources._street_query import COLUMNS, STREET_COUNT

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Names `spark.master` of a cluster; without it Spark runs on all cores of this machine.
MASTER_ENVIRONMENT = "SAFECITY_SPARK_MASTER"
_LOCAL = "local"
#: Columns of a street-level file, in the order in which data.police.uk has them.
LAYOUT = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
RECORDS = "street_record"
_FILES = "*street*.csv"
#: Characters of what Spark says.
_MOST_NAMED = 500


def count_to_file(address: str, folder: Path) -> Path:
    """Count the street-level records at an address and write the counts as a file to be added.

    Args:
        address: A folder of street-level files, or a file; on a cluster one that all its machines
            reach.
        folder: Where the file of counts goes.

    Returns:
        The file, the same to the byte for the same records.

    Raises:
        InputError: Spark or Java is not there; there is no such file; a file cannot be read, or
            two hold the same force's month.
    """
    _check_there(address)
    from py4j.protocol import Py4JError  # noqa: PLC0415 (an extra)
    from pyspark.errors import PySparkException  # noqa: PLC0415

    try:
        session = start(os.environ.get(MASTER_ENVIRONMENT) or f"{_LOCAL}[*]")
        try:
            records = read_records(session, [_for_spark(address)])
            _check_files(address, records.inputFiles())
            counts = count_street_records(session, records).orderBy(*KEYS).toArrow()
        finally:
            session.stop()
    except (Py4JError, PySparkException) as error:
        raise InputError.of(
            address, "Spark could not count these records",
            "mend or remove what it names, or add the folder without --engine spark: "
            "every line that cannot be used is named then", value=_what_spark_names(error),
        ) from None  # fmt: skip
    path = folder / f"{PurePosixPath(address).stem}-counts.parquet"
    write_counted(counts, path)
    return path


def start(master: str) -> SparkSession:
    """Return a session; one on this machine shows no page and listens to nobody outside.

    Args:
        master: `spark.master`: "local[2]" for two cores of this machine, or a cluster's address,
            whose other settings are in `spark-defaults.conf`, as Spark has them.

    Raises:
        ModuleNotFoundError: pyspark is not installed.
    """
    from pyspark.sql import SparkSession  # noqa: PLC0415 (an extra)

    settings = {"spark.ui.enabled": "false", "spark.sql.ansi.enabled": "true"}
    if master.startswith(_LOCAL):
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": "8",
            "spark.driver.maxResultSize": "0",
            # A country's counts of a year are millions: Spark's usual gigabyte does not hold them.
            "spark.driver.memory": "4g",
        }
    builder = SparkSession.builder.master(master).appName("safecity")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    if master.startswith(_LOCAL):
        # What goes wrong is told once, as everything else is.
        session.sparkContext.setLogLevel("OFF")
    return session


def read_records(session: SparkSession, addresses: list[str]) -> DataFrame:
    """Return street-level records as they are printed, with the headings as columns.

    Args:
        session: A session of Spark.
        addresses: Files or folders of files in the layout of data.police.uk; other files of a
            folder are not read.
    """
    schema = ", ".join(f"`{heading}` string" for heading in LAYOUT)
    return (
        session.read.schema(schema)
        .option("header", True)
        .option("enforceSchema", False)
        .option("mode", "FAILFAST")
        # Without it a line that is too short or too long is taken as one that is not.
        .option("columnPruning", False)
        .option("escape", '"')
        .option("encoding", "UTF-8")
        .option("recursiveFileLookup", True)
        .option("pathGlobFilter", _FILES)
        .csv(addresses)
    )


def count_street_records(session: SparkSession, records: DataFrame) -> DataFrame:
    """Return street-level records added up: columns as in `street_count.sql`.

    Args:
        session: A session of Spark.
        records: As `read_records` gives them.

    Raises:
        py4j.protocol.Py4JError, pyspark.errors.PySparkException: A file cannot be read, or a line
            is none; when the counts are fetched.
    """
    named = records.select(*[records[f"`{each}`"].alias(COLUMNS[each]) for each in COLUMNS])
    named.selectExpr(
        "coalesce(reported_by, falls_within) as reported_by",
        *(each for each in named.columns if each not in ("reported_by", "falls_within")),
    ).createOrReplaceTempView(RECORDS)
    return session.sql(spark_sql(STREET_COUNT))


def spark_sql(path: Path) -> str:
    """Return a SELECT file in Spark's dialect.

    Raises:
        sqlglot.errors.UnsupportedError: It uses what Spark has not.
    """
    import sqlglot  # noqa: PLC0415 (takes longer than what others do with this module)

    (select,) = sqlglot.transpile(
        path.read_text(encoding="utf-8"),
        read="duckdb",
        write="spark",
        unsupported_level=sqlglot.ErrorLevel.RAISE,
    )
    return select


def _check_there(address: str) -> None:
    if "://" not in address and not Path(address).exists():
        raise InputError.of(address, "the folder does not exist", "check the path")
    if importlib.util.find_spec("pyspark") is None:
        rule = "pyspark, which this needs, is not installed"
        raise InputError.of("--engine spark", rule, 'pip install "safecity[spark]"')


def _for_spark(address: str) -> str:
    """Return a path of this machine so that no default of a cluster is put before it."""
    path = Path(address)
    return f"file://{path.resolve().as_posix()}" if path.exists() else address


def _check_files(address: str, files: list[str]) -> None:
    """Refuse what holds no street-level file, or one force's month twice: it would count twice.

    Files are told apart by name, as data.police.uk names them for month and force: their contents
    may be anywhere.
    """
    if not files:
        raise InputError.of(
            address, f"there is no street-level file here ({_FILES})",
            "name the folder that the archive was unpacked to; Spark reads no zip",
        )  # fmt: skip
    names = Counter(PurePosixPath(file).name for file in files)
    if doubled := next((name for name, times in names.items() if times > 1), None):
        raise InputError.of(
            address, "two files are of the same month and force",
            "keep one of them: every record would count twice", value=doubled,
        )  # fmt: skip


def _what_spark_names(error: Exception) -> str:
    """Return the file and the line that Spark names, without the trace of its own code."""
    lines = str(error).strip().splitlines() or [""]
    said = [line for line in lines if line.startswith("Caused by: ")] or [
        next((line for line in lines if line.startswith(": ")), f": : {lines[0]}")
    ]
    # After what says that it is a cause, and the name of a class.
    named = dict.fromkeys(line.split(": ", 2)[-1] for line in (said[0], said[-1]))
    return "; ".join(named)[:_MOST_NAMED]
