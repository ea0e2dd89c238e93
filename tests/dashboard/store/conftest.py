"""Tables of what readers write, opened empty: in the file beside the figures and in PostgreSQL."""

from __future__ import annotations

import os

import pytest
import sqlalchemy as sa

from etl.datadir import DataDir

POSTGRES = "SAFECITY_TEST_POSTGRES"


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgres",
            marks=pytest.mark.skipif(
                POSTGRES not in os.environ,
                reason=f"{POSTGRES} names no PostgreSQL database to test on",
            ),
        ),
    ]
)
def open_records(request, tmp_path):
    """Give a function that opens one kind of records: `open_records(Commentary)`."""
    url = os.environ[POSTGRES] if request.param == "postgres" else ""
    opened = []

    def open_empty(kind):
        if url:
            emptied = sa.create_engine(url)
            with emptied.begin() as connection:
                connection.execute(sa.text(f"drop table if exists {kind.table.name}"))
            emptied.dispose()
        opened.append(kind(DataDir(tmp_path), url))
        return opened[-1]

    yield open_empty
    for each in opened:
        each.close()
