"""What a SQL file reads, by its words, is what its parse says."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp

from etl.transform import models, tables_read


@pytest.mark.parametrize(
    "model", [each for each in models() if each.sql], ids=lambda model: model.name
)
def test_tables_are_found_by_words_as_by_parsing(model) -> None:
    tree = sqlglot.parse_one(model.sql, dialect="duckdb")
    own = {cte.alias_or_name for cte in tree.find_all(exp.CTE)}
    assert model.reads == {table.name for table in tree.find_all(exp.Table)} - own


def test_comments_texts_and_parts_of_dates_are_no_tables() -> None:
    sql = """
    -- from nowhere
    with a as (select extract(year from day) as y, ' from there ' as t from b)
    select a.y from a inner join (select c.y from c) as d on a.y = d.y
    """
    assert tables_read(sql) == {"b", "c"}
