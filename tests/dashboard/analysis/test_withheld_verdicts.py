"""When a verdict is withheld: a break on the way, or a figure from before the target was due."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.projection import projection
from dashboard.analysis.status import target_status
from dashboard.metrics.reasons import Because, because
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.store.warehouse import Warehouse
from dashboard.words.reasons import reason_in_words
from etl.breaks import record_break
from etl.build import build
from etl.datadir import DataDir

AS_AT = "2009-12"
INDICATOR, SOUTHAMPTON = "criminal_damage", "E22000120"
WITH_BASELINE, WITH_REWARD = "criminal_damage_2010_11", "criminal_damage_stretch"


def verdicts(folder: Path, begins: str) -> dict[str, tuple[str, str]]:
    """The word and the state of notes of every target, with a break confirmed from a month on."""
    data = DataDir(folder)
    record_break(data, INDICATOR, SOUTHAMPTON, begins=begins, reason="a test", decided_by="Ann")
    build(data)
    with Warehouse(data) as warehouse:
        rows = target_status(AreaView.of(warehouse), AS_AT).set_index("target_id")
    return dict(zip(rows.index, zip(rows["status"], rows["notes_state"], strict=True), strict=True))


def test_a_confirmed_break_after_the_baseline_takes_the_verdict(tmp_path) -> None:
    found = verdicts(tmp_path, "2009-07")
    assert found[WITH_BASELINE] == (CANNOT_SAY, "break")
    others = {word for target, (word, _) in found.items() if not target.startswith(INDICATOR)}
    assert len(others) > 1


def test_nor_has_it_a_chance_or_an_expected_reward(tmp_path) -> None:
    # Enough months since the break to project from; the baseline, 2006/07, is before it.
    assert verdicts(tmp_path, "2007-10")[WITH_REWARD] == (CANNOT_SAY, "break")
    with Warehouse(DataDir(tmp_path)) as warehouse:
        found = projection(AreaView.of(warehouse, as_at=AS_AT), INDICATOR, target=WITH_REWARD)
        rows = target_status(AreaView.of(warehouse), AS_AT).set_index("target_id")
    assert (found.chance_met, found.expected_reward_gbp) == (None, None)
    assert [each.chance_met for each in found.totals] == [None] * len(found.totals)
    assert found.to_due is not None
    assert pd.isna(rows.loc[WITH_REWARD, "probability"])
    broken = because(Because.BREAK_ON_THE_WAY)
    assert rows.loc[WITH_REWARD, "probability_reason"] == found.chance_reason == broken
    assert rows.loc[WITH_BASELINE, "probability"] > 0


@pytest.mark.parametrize("begins", ["2007-04", "2008-04"])
def test_a_confirmed_break_before_the_baseline_does_not(tmp_path, begins) -> None:
    assert verdicts(tmp_path, begins)[WITH_BASELINE][1] == "none"


def test_a_stock_of_before_the_due_date_settles_nothing(default_data) -> None:
    # 74 performance indicators in October to December 2009; a quarter fewer were due in June 2010.
    with Warehouse(DataDir(default_data)) as warehouse:
        rows = target_status(AreaView.of(warehouse), "2010-07").set_index("target_id")
    late = rows.loc["performance_indicators_cut"]
    assert (late["status"], late["coverage"]) == (CANNOT_SAY, "incomplete")
    assert (
        reason_in_words(late["reason"])
        == "the latest figure is for October to December 2009, before it was due"
    )
