"""Answers one query of a reader, in a process of its own that can do nothing else.

    python -I dashboard/store/sql_process.py DATABASE MOST_ROWS MOST_MEGABYTES < query

The database is open for reading, everything outside it is shut, and settings are locked. Writes
the answer to its output as an Arrow stream; a query that fails ends it with code 1 and the reason,
in words, as its last line of error. Whoever starts it ends it when it takes too long. It imports
nothing of the project, so that it starts fast and knows nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pyarrow as pa

try:
    import resource
except ImportError:  # Windows: DuckDB's own limit is the only one
    resource = None

#: Of the memory allowed, what DuckDB may use; the rest is for the answer on its way out.
_SHARE_OF_DUCKDB = 0.6
_MEGABYTE = 2**20
_READS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


class _RefusedError(Exception):
    """The query is not one that may be asked."""


def answer(database: str, query: str, most_rows: int, megabytes: int) -> pa.Table:
    """Return the answer to one SELECT.

    Args:
        database: The file of a published database.
        query: One statement that reads.
        most_rows: Rows of the answer, at most; there may be one more, to tell that it is cut.
        megabytes: What DuckDB may use.
    """
    shut: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": f"{megabytes}MB",
        "max_temp_directory_size": "0MB",
        "enable_external_access": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
        "lock_configuration": True,
    }
    with duckdb.connect(database, read_only=True, config=shut) as connection:
        statements = connection.extract_statements(query)
        if len(statements) != 1:
            raise _RefusedError(f"Ask one question at a time; these are {len(statements)}.")
        if statements[0].type not in _READS:
            raise _RefusedError("Only SELECT is answered here: the figures cannot be changed.")
        reader = connection.execute(statements[0]).to_arrow_reader(most_rows + 1)
        return _first_rows(reader, most_rows + 1)


def _first_rows(reader: pa.RecordBatchReader, most: int) -> pa.Table:
    batches, rows = [], 0
    for batch in reader:
        batches.append(batch.slice(0, most - rows))
        rows += len(batches[-1])
        if rows >= most:
            break
    return pa.Table.from_batches(batches, reader.schema)


def limit_memory(megabytes: int) -> None:
    """Let this process take so much more memory than it has now, and write no file."""
    if resource is None:
        return
    taken = Path("/proc/self/statm")
    now = int(taken.read_text().split()[0]) * resource.getpagesize() if taken.exists() else 0
    if now:
        most = now + megabytes * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(database: str, most_rows: str, megabytes: str) -> int:
    """Answer what stands on the standard input."""
    query = sys.stdin.read()
    limit_memory(int(megabytes))
    try:
        table = answer(database, query, int(most_rows), int(int(megabytes) * _SHARE_OF_DUCKDB))
        with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
            stream.write_table(table)
    except (_RefusedError, duckdb.Error) as error:
        sys.stderr.write(str(error))
    except MemoryError:
        sys.stderr.write("Out of Memory")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
