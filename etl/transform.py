"""Orders the SQL files by what they read and runs them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import pandas as pd

from etl.disclosure.offences import hidden_offences
from etl.disclosure.suppress import suppressed_cells
from etl.gaps import suspected_gaps

SQL_FOLDER = Path(__file__).parent / "sql"
#: Folders whose files a build runs; sources have others.
STAGES = ("staging", "marts")

#: What of a select names no table: comments, texts, and the `from` of `extract(year from …)`.
_NO_WORDS = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\bextract\(\s*\w+\s+from\b")
_NAMED = re.compile(r"\b(?:from|join)\s+(\w+)")
#: A table that the select makes for itself: `name as (…)`.
_OWN = re.compile(r"\b(\w+)\s+as\s*\(")

#: Tables that SQL cannot make, each from other tables: its name, the tables that it is made of and
#: the pure function of frames that makes it.
CALCULATED: dict[str, tuple[tuple[str, ...], Callable[..., pd.DataFrame]]] = {
    "stg_found_gap": (("stg_count_to_check",), suspected_gaps),
    "stg_hidden_cell": (
        ("stg_cell_at_risk", "stg_area_part", "source_numerator", "source_indicator"),
        suppressed_cells,
    ),
    "stg_hidden_offence": (
        (
            "stg_hidden_cell",
            "stg_unruled_offence",
            "source_numerator",
            "stg_chosen_numerator",
            "stg_area_root",
        ),
        hidden_offences,
    ),
}


@dataclass(frozen=True, slots=True)
class Model:
    """One SQL file: a select whose result is the table of that name; or a calculated table.

    Attributes:
        name: Name of the file and of the table.
        stage: Its folder: "staging" or "marts".
        sql: The select; "" for a calculated table.
        reads: Tables that it reads.
    """

    name: str
    stage: str
    sql: str
    reads: frozenset[str]


def models() -> list[Model]:
    """Return every SQL file, each after the ones that it reads.

    Raises:
        graphlib.CycleError: Files read each other in a circle.
    """
    paths = [path for stage in STAGES for path in sorted((SQL_FOLDER / stage).glob("*.sql"))]
    found = {path.stem: _model(path) for path in paths}
    for name, (sources, _) in CALCULATED.items():
        found[name] = Model(name, "staging", "", frozenset(sources))
    graph = {name: sorted(model.reads & found.keys()) for name, model in found.items()}
    return [found[name] for name in TopologicalSorter(graph).static_order()]


@cache
def _model(path: Path) -> Model:
    sql = path.read_text(encoding="utf-8")
    return Model(path.stem, path.parent.name, sql, tables_read(sql))


def tables_read(sql: str) -> frozenset[str]:
    """Return the tables that a select reads, by its words: a parser takes longer than the tables.

    A test compares it with what a parser finds.
    """
    words = _NO_WORDS.sub(" ", sql)
    return frozenset(_NAMED.findall(words)) - frozenset(_OWN.findall(words))


def make(connection: duckdb.DuckDBPyConnection, model: Model, *, database: str = "memory") -> int:
    """Make one table of those that it reads.

    Args:
        connection: A database that holds them.
        model: The table.
        database: The attached database that it is made in.

    Returns:
        How many rows it has.
    """
    # The names are file names of this project, never values from outside.
    create = f'create table {database}."{model.name}" as'
    if model.name not in CALCULATED:
        made = connection.execute(f"{create} {model.sql}").fetchone()
        return int(made[0]) if made else 0
    sources, calculate = CALCULATED[model.name]
    frames = [connection.execute(f'select * from "{each}"').df() for each in sources]
    calculated = calculate(*frames)
    connection.register("frame", calculated)
    connection.execute(f"{create} select * from frame")
    connection.unregister("frame")
    return len(calculated)
