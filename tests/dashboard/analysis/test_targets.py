"""A target from every side, on the embedded default."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.projection import LEVEL_METHOD, PLACE_METHOD, projection
from dashboard.analysis.ranking import ranking
from dashboard.analysis.status import target_status
from dashboard.analysis.survey_power import survey_power, survey_power_in
from dashboard.analysis.survey_waves import ASSUMED, design_effect_of, waves_of
from dashboard.analysis.target_path import choose_target
from dashboard.analysis.target_trajectory import trajectory_in
from dashboard.analysis.trajectory import trajectory
from dashboard.metrics.periods import parse_month
from dashboard.metrics.reasons import Because, because
from dashboard.metrics.status_table import rule_for
from dashboard.store.cache import Cache
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from dashboard.words.survey import survey_power_in_words
from dashboard.words.targets import outlook_in_words
from etl.datadir import DataDir

AS_AT, PLAN = "2009-12", "southampton_2010_11"
STATES = ["path_state", "projection_state", "significance", "notes_state", "coverage"]


@pytest.fixture(scope="module")
def warehouse(default_data: Path) -> Warehouse:
    return Warehouse(DataDir(default_data))


def test_every_verdict_is_the_rule_of_its_states(warehouse) -> None:
    rows = target_status(AreaView.of(warehouse), AS_AT)
    for row in rows.to_dict("records"):
        rule = rule_for(tuple(row[state] for state in STATES))
        assert (row["status"], row["because"]) == (rule.word, rule)
        known = row["probability"] == row["probability"] and row["probability"] is not None
        assert known != bool(row["probability_reason"])


def test_criminal_damage_reads_the_same_from_every_side(warehouse) -> None:
    found = trajectory(
        AreaView.of(warehouse, as_at=AS_AT), "criminal_damage", target="criminal_damage_stretch"
    )
    assert found.status.path_state == "ahead"
    assert found.run.per_month == pytest.approx(434.6, abs=0.05)
    assert found.run.window.label() == "January to July 2010"
    assert found.run.has_been_done is False
    assert "no such run is on record" in outlook_in_words(found)
    # Counted and still needed add up to the goal of the year that is due.
    counted = found.year["actual_cumulative"].dropna().iloc[-1]
    assert counted + 7 * found.run.per_month == pytest.approx(found.trajectory.target)
    assert found.year["cumulative"].iloc[-1] == pytest.approx(found.trajectory.target)
    now = found.chance.set_index(found.chance["month"].astype(str)).loc[AS_AT]
    assert now["lower_80"] < found.trajectory.actual_now.value < now["level"]
    assert found.strictest == "criminal_damage_2010_11"
    assert not found.covers["meets"].any()
    assert as_json(found)["in_words"]


def test_the_verdicts_chance_is_the_projections(warehouse) -> None:
    rows = target_status(AreaView.of(warehouse), AS_AT).set_index("target_id")
    for indicator, target in (("criminal_damage", "criminal_damage_stretch"),
                              ("ni_20", "ni_20_2010_11")):  # fmt: skip
        found = projection(AreaView.of(warehouse, as_at=AS_AT), indicator, target=target)
        assert rows.loc[target, "probability"] == pytest.approx(found.chance_met)


def test_a_target_given_as_a_place(warehouse) -> None:
    found = trajectory(
        AreaView.of(warehouse, as_at=AS_AT), "all_crime", target="all_crime_rank_2010_11"
    )
    assert (found.rank.goal, found.rank.place, found.rank.group_size) == (3, 13, 15)
    assert found.rank.events_needed > 0
    assert found.run is None


def test_a_count_to_reach_each_year(warehouse) -> None:
    found = trajectory(AreaView.of(warehouse, as_at=AS_AT), "community_payback_hours")
    assert found.trajectory.path.empty
    assert found.year["cumulative"].iloc[-1] == pytest.approx(10_000)
    assert found.run.has_been_done


def test_a_places_chance_is_the_rankings_and_is_in_the_verdict(warehouse) -> None:
    rows = target_status(AreaView.of(warehouse), AS_AT).set_index("target_id")
    for indicator in ("all_crime", "violence_against_the_person", "criminal_damage"):
        row = rows.loc[f"{indicator}_rank_2010_11"]
        certainty = ranking(AreaView.of(warehouse, as_at=AS_AT), indicator).certainty
        assert row["probability"] == pytest.approx(certainty.chance_top_three, abs=1e-12)
        assert row["probability_method"] == PLACE_METHOD
        assert row["projection_state"] == "unlikely"
        assert row["significance"] == "beyond chance"
        found = trajectory(
            AreaView.of(warehouse, as_at=AS_AT), indicator, target=f"{indicator}_rank_2010_11"
        )
        assert found.rank.chance == row["probability"]
        assert found.rank.chance_up == pytest.approx(certainty.chance_up)
        assert 0 <= found.rank.chance_up + found.rank.chance_down <= 1
    levels = rows[rows["goal"].ne("rank") & rows["probability"].notna()]
    assert set(levels["probability_method"]) == {LEVEL_METHOD}


EFFECT = ["design_effect", "design_effect_source"]


class WithTargetsDue(Warehouse):
    """A warehouse whose targets were all due at the end of March 2009."""

    def __init__(self, real: Warehouse) -> None:
        self._real, self.cache = real, Cache()

    def own_partnership(self) -> str:
        return self._real.own_partnership()

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        found = self._real.frame(query, **parameters)
        return found.assign(due=date(2009, 3, 31)) if query == "targets" else found


def test_a_place_that_was_due_has_no_chance_left(warehouse) -> None:
    view = AreaView.of(WithTargetsDue(warehouse), PLAN)
    row = target_status(view, AS_AT).set_index("target_id").loc["all_crime_rank_2010_11"]
    assert row["status"] == "not met"
    assert row["probability"] is None or row["probability"] != row["probability"]
    assert row["probability_reason"] == because(Because.IS_DUE)


class WithDesignEffect(Warehouse):
    """A warehouse in which the indicator of a survey gives its design effect."""

    def __init__(self, real: Warehouse) -> None:
        self._real, self.cache = real, Cache()

    def own_partnership(self) -> str:
        return self._real.own_partnership()

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        found = self._real.frame(query, **parameters)
        if query != "indicators":
            return found
        found = found.astype({"design_effect_source": object})
        given = [1.2, "the survey's report"]
        found.loc[found["indicator_id"].eq("ni_21"), EFFECT] = given
        return found


def test_a_design_effect_is_the_indicators_or_a_range(warehouse) -> None:
    found = survey_power(AreaView.of(warehouse), "ni_21")
    assert (found.design_effect, found.design_effect_source) == (1.0, "")
    other = found.if_assumed
    assert other.design_effect == ASSUMED
    assert other.needed_each == pytest.approx(ASSUMED * found.needed_each)
    assert other.power < found.power
    assert "at a design effect of 1.5, an assumption" in survey_power_in_words(found)
    view = AreaView.of(WithDesignEffect(warehouse), PLAN)
    path = trajectory_in(view, choose_target(view, "ni_21"), parse_month(AS_AT))
    given = survey_power_in(view, path)
    assert (given.design_effect, given.design_effect_source) == (1.2, "the survey's report")
    assert given.if_assumed is None
    assert "assumption" not in survey_power_in_words(given)
    (wave,) = waves_of(
        view.series("ni_21"), parse_month(AS_AT), design_effect_of(view.indicator("ni_21"))
    )
    (plain_wave,) = waves_of(view.series("ni_21"), parse_month(AS_AT))
    assert wave.if_assumed is None
    assert plain_wave.if_assumed[0] < wave.lower < plain_wave.lower


def test_what_the_survey_can_show_of_its_target(warehouse) -> None:
    found = survey_power(AreaView.of(warehouse), "ni_21")
    assert (found.baseline, found.goal, found.first_base) == (23, 30, 1142)
    assert found.second_base_is_assumed
    assert found.is_within_reach
    assert found.needed_each == pytest.approx(622.8, abs=0.05)
    low, high = found.goal_interval
    assert low < 30 < found.truth_for_goal < high
    small = survey_power(AreaView.of(warehouse), "ni_21", next_base=300, design_effect=1.5)
    assert not small.is_within_reach
    assert "the next wave needs 782 people" in survey_power_in_words(small)
    with pytest.raises(NoFiguresError, match="no survey target"):
        survey_power(AreaView.of(warehouse), "all_crime")
