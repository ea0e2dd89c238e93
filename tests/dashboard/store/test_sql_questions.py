"""Readers may ask anything of the figures in SQL, and reach nothing else with it."""

from __future__ import annotations

import os
import time

import pytest

from dashboard.store import sql_questions
from dashboard.store.sql_questions import LONGEST_QUERY, MOST_ROWS, MOST_SECONDS, QueryError, ask
from etl.datadir import DataDir

DECEMBER = """
    select value from indicator_period
    where indicator_id = 'all_crime' and area_code = 'E22000120'
      and period_kind = 'month' and period_start = date '2009-12-01'
"""


@pytest.fixture(scope="module")
def data(default_data):
    return DataDir(default_data)


def test_a_question_is_answered_from_the_figures_shown(data):
    found = ask(data, DECEMBER)
    assert found.frame["value"].gt(0).all()
    assert len(found.frame) == 1
    assert not found.is_cut


def test_columns_of_one_name_are_both_kept(data):
    assert list(ask(data, "select 1 as n, 2 as n").frame.columns) == ["n", "n_2"]


@pytest.mark.parametrize(
    "query", ["select date 'infinity' as day", "select union_value(name := 'x') as either"]
)
def test_a_value_that_no_table_holds_is_refused_in_words(data, query):
    with pytest.raises(QueryError, match="cast it to varchar"):
        ask(data, query)


def test_a_long_answer_is_cut_and_says_so(data):
    found = ask(data, f"select range from range({MOST_ROWS + 1})")
    assert len(found.frame) == MOST_ROWS
    assert found.is_cut
    whole = ask(data, f"select range from range({MOST_ROWS})")
    assert not whole.is_cut


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_text('/etc/hostname')",
        "select * from read_csv('/etc/passwd')",
        "from '/etc/passwd'",
        "select * from glob('/*')",
        "select * from 'https://example.org/x.parquet'",
        "attach '{database}' as other",
        "copy (select 1) to '{folder}/out.csv'",
        "create table t as select 1",
        "delete from indicator",
        "drop table indicator",
        "set enable_external_access = true",
        "set memory_limit = '8GB'",
        "reset lock_configuration",
        "pragma threads = 8",
        "install httpfs",
        "load httpfs",
        "export database '{folder}'",
        "select * from os",
        "select 1; select 2",
        "select 1; drop table indicator",
        "call pragma_database_size()",
        "explain analyze delete from indicator",
        "select from where",
    ],
)
def test_nothing_outside_and_nothing_that_changes_can_be_reached(data, query):
    files = sorted(data.build.rglob("*"))
    database = next(data.build.glob("*.duckdb"))
    with pytest.raises(QueryError):
        ask(data, query.format(database=database, folder=data.root))
    assert sorted(data.build.rglob("*")) == files


def test_the_environment_is_not_handed_on(data, monkeypatch):
    monkeypatch.setenv("SAFECITY_COMMENTARY_URL", "postgresql://user:secret@host/db")
    assert "SAFECITY_COMMENTARY_URL" in os.environ
    with pytest.raises(QueryError):
        ask(data, "select getenv('SAFECITY_COMMENTARY_URL')")


def test_a_question_without_end_is_stopped(data):
    started = time.monotonic()
    with pytest.raises(QueryError, match="longer than 10 seconds"):
        ask(data, "select sum(sqrt(range)) from range(1000000000000)")
    assert time.monotonic() - started < MOST_SECONDS * 2


@pytest.mark.parametrize(
    "query",
    [
        "select list(range) from range(2000000000)",
        "select repeat('x', 1000000000) || repeat('y', 1000000000)",
        "select string_agg(repeat('x', 100000), '') from range(100000)",
    ],
)
def test_a_question_that_takes_all_memory_is_stopped(data, query):
    with pytest.raises(QueryError, match=r"more than 1,000 MB|longer than 10 seconds"):
        ask(data, query)


@pytest.mark.parametrize("query", ["", "  \n", "x" * (LONGEST_QUERY + 1)])
def test_what_is_no_question_is_not_asked(data, query):
    with pytest.raises(QueryError):
        ask(data, query)


def test_without_figures_it_says_how_to_get_them(tmp_path):
    with pytest.raises(QueryError, match="safecity build"):
        ask(DataDir(tmp_path), "select 1")


def test_when_others_ask_it_says_so(data, monkeypatch):
    monkeypatch.setattr(sql_questions, "MOST_SECONDS", 0.1)
    with (
        sql_questions._AT_ONCE,
        sql_questions._AT_ONCE,
        pytest.raises(QueryError, match="Others are asking"),
    ):
        ask(data, "select 1")
