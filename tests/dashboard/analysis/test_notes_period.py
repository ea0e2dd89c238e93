"""A note that calls a year's figures unreliable bears on that year, and on no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.projection import projection
from dashboard.analysis.review import review
from dashboard.analysis.status import target_status
from dashboard.metrics.reasons import Because, because
from dashboard.metrics.status_table import CANNOT_SAY, NO_NOTE, UNRELIABLE
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

AREA = "E22000120"
PLAN = f"""
title = "A plan to test with"
period = "2008/09"
display_order = 0
area_code = "{AREA}"
area_name = "Southampton"
document = "none"
[partnership]
name = "A partnership"
[[priority]]
id = "1"
title = "Arson"
indicators = ["arson"]
"""
TARGETS = "".join(
    f"""
[[target]]
id = "{name}"
indicator = "arson"
kind = "plan"
paragraph = "1"
due = "2012-03-31"
{fields}
"""
    for name, fields in {
        "on_2008": 'goal = "relative_change"\ngoal_number = -10\nbaseline_period = "2008/09"',
        "on_2009": 'goal = "relative_change"\ngoal_number = -10\nbaseline_period = "2009/10"',
        "level": 'goal = "value"\ngoal_number = 200\nbaseline_period = "2009/10"',
    }.items()
)
NOTES = (
    "id,paragraph,indicator,area_code,period,effect,statement\n"
    f"a,23,arson,{AREA},2009/10,unreliable,Recording changed in the year\n"
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    root: Path = tmp_path_factory.mktemp("noted")
    plan = root / "plans" / "tested"
    plan.mkdir(parents=True)
    for name, text in (("plan.toml", PLAN), ("targets.toml", TARGETS), ("notes.csv", NOTES)):
        (plan / name).write_text(text, encoding="utf-8")
    own = root / "own.csv"
    months = pd.period_range("2005-04", "2012-03", freq="M")
    lines = [f"{AREA},local:arson,{month},{18 + at % 5}" for at, month in enumerate(months)]
    text = "\n".join(["area_code,measure_code,period,value", *lines, ""])
    own.write_text(text, encoding="utf-8")
    data = DataDir(root)
    add_file(data, own, published=date(2012, 4, 30), loaded_by="a test")
    build(data)
    return Warehouse(data)


def notes_heeded(warehouse: Warehouse, as_at: str) -> dict[str, str]:
    rows = target_status(AreaView.of(warehouse, "tested", as_at=as_at), as_at)
    assert rows["status"].eq(CANNOT_SAY).equals(rows["notes_state"].eq(UNRELIABLE))
    return dict(zip(rows["target_id"], rows["notes_state"], strict=True))


@pytest.mark.parametrize(
    ("as_at", "on_2008", "on_2009", "level"),
    [
        ("2009-12", UNRELIABLE, UNRELIABLE, UNRELIABLE),
        ("2010-09", UNRELIABLE, UNRELIABLE, UNRELIABLE),
        # The year to March 2011 has no month of the noted one; a change on it rests on it.
        ("2011-03", NO_NOTE, UNRELIABLE, NO_NOTE),
    ],
)
def test_a_verdict_heeds_a_note_on_what_it_rests_on(
    warehouse, as_at, on_2008, on_2009, level
) -> None:
    found = notes_heeded(warehouse, as_at)
    assert found == {"on_2008": on_2008, "on_2009": on_2009, "level": level}


def test_nor_is_a_year_before_it_called_unreliable(warehouse) -> None:
    for as_at, is_unreliable in (("2009-03", False), ("2009-12", True), ("2012-03", False)):
        rows = review(AreaView.of(warehouse, "tested"), as_at).set_index("indicator_id")
        assert bool(rows.loc["arson", "is_unreliable"]) == is_unreliable


def test_a_projection_leaves_the_noted_year_out(warehouse) -> None:
    before, within, after = (
        projection(AreaView.of(warehouse, "tested", as_at=as_at), "arson", target="on_2008")
        for as_at in ("2009-03", "2010-01", "2012-02")
    )
    assert before.totals
    assert within.reason == because(Because.CALLED_UNRELIABLE)
    # 23 months since: one too few.
    assert after.reason == because(Because.FEW_MONTHS, 23, 24, True)
