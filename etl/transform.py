"""Orders the SQL files by what they read and runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import pandas as pd
import sqlglot
from sqlglot.tokens import TokenType

from etl.disclosure.offences import hidden_offences
from etl.disclosure.suppress import suppressed_cells
from etl.gaps import suspected_gaps

SQL_FOLDER = Path(__file__).parent / "sql"
#: Folders whose files a build runs; sources have others.
STAGES = ("staging", "marts")

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
    """Return the tables that a select reads, by its words: to parse it takes five times as long."""
    tokens = sqlglot.tokenize(sql, read="duckdb")
    kinds = [token.token_type for token in tokens]
    named, own = set(), set()
    for at, kind in enumerate(kinds[:-1]):
        # Not the `from` of `extract(year from …)`.
        if kind in (TokenType.FROM, TokenType.JOIN) and kinds[at - 2] is not TokenType.L_PAREN:
            named.add(tokens[at + 1].text)
        if kind is TokenType.ALIAS and kinds[at + 1] is TokenType.L_PAREN:
            own.add(tokens[at - 1].text)
    return frozenset(named - own - {"("})


def run(connection: duckdb.DuckDBPyConnection) -> Iterator[Model]:
    """Make every table in turn, yielding its model when it is there.

    Args:
        connection: A database that holds the `source_…` tables.
    """
    for model in models():
        make(connection, model)
        yield model


def make(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make one table of those that it reads."""
    # The names are file names of this project, never values from outside.
    if model.name not in CALCULATED:
        connection.execute(f'create table "{model.name}" as {model.sql}')
        return
    sources, calculate = CALCULATED[model.name]
    frames = [connection.execute(f'select * from "{each}"').df() for each in sources]
    connection.register("frame", calculate(*frames))
    connection.execute(f'create table "{model.name}" as select * from frame')
    connection.unregister("frame")
