"""Answers on a small plan whose every number can be worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.agreement import agreement
from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.change import change
from dashboard.analysis.ranking import ranking
from dashboard.analysis.review import review
from dashboard.analysis.stated_figures import METHODS
from dashboard.analysis.status import status, target_status
from dashboard.analysis.target_trajectory import path_of
from dashboard.metrics.trajectory import path_level_at
from dashboard.store.warehouse import Warehouse
from dashboard.words.places import place_in_words
from dashboard.words.reasons import reason_in_words
from etl.build import build
from etl.datadir import PROJECT_DATA, DataDir
from etl.raw import add_file

AREA, NEIGHBOUR, SILENT = "E22000120", "E22000121", "E22000122"

PLAN = f"""
title = "A plan to test with"
period = "2024/25"
display_order = 0
area_code = "{AREA}"
area_name = "Southampton"
document = "none"
[partnership]
name = "A partnership"
[[priority]]
id = "1"
title = "Robbery"
indicators = ["robbery", "arson", "ni_21", "shoplifting"]
"""

TARGET = """
[[target]]
id = "{id}"
indicator = "{indicator}"
kind = "plan"
paragraph = "1"
{fields}
"""

TARGETS = {
    "straight": ("robbery", 'goal = "relative_change"\ngoal_number = -20\n'
                 'baseline_period = "2022/23"\ndue = "2025-03-31"'),
    "seasonal": ("arson", 'goal = "value"\ngoal_number = 60\nbaseline_period = "2022/23"\n'
                 'due = "2025-03-31"\npath = "seasonal"'),
    "steps": ("robbery", 'goal = "value"\ngoal_number = 100\nbaseline_period = "2022/23"\n'
              'due = "2025-03-31"\npath = "steps"\nsteps = {"2023/24" = 115, "2024/25" = 100}'),
    "survey": ("ni_21", 'goal = "value"\ngoal_number = 30\nbaseline_period = "wave 2023"\n'
               'baseline_value = 23\ndue = "2025-03-31"'),
    "open": ("robbery", 'goal = "not_given"'),
    "rank": ("robbery", 'goal = "rank"\ngoal_number = 3\ndue = "2025-03-31"'),
    "past": ("robbery", 'goal = "relative_change"\ngoal_number = -1\n'
             'baseline_period = "2022/23"\ndue = "2024-03-31"'),
}  # fmt: skip


def monthly(area: str, measure: str, first: str, values: list[float]) -> list[str]:
    months = pd.period_range(first, periods=len(values), freq="M")
    return [
        f"{area},local:{measure},{month},{value}"
        for month, value in zip(months, values, strict=True)
    ]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    root: Path = tmp_path_factory.mktemp("answers")
    plan = root / "plans" / "tested"
    plan.mkdir(parents=True)
    (plan / "plan.toml").write_text(PLAN)
    (plan / "targets.toml").write_text(
        "".join(
            TARGET.format(id=name, indicator=indicator, fields=fields)
            for name, (indicator, fields) in TARGETS.items()
        )
    )
    (plan / "notes.csv").write_text(
        "id,paragraph,indicator,area_code,period,effect,statement\n"
        "a,1,arson,,,unreliable,Recording changed\n"
    )
    peers = "peer_group,edition,of_area_code,area_code,area_name\n" + "".join(
        f"Neighbours,1,{AREA},{code},{code}\n" for code in (NEIGHBOUR, SILENT)
    )
    (plan / "peers.csv").write_text(peers)
    lines = [
        # Twelve times 10 in 2022/23, then 9 a month up to December 2024: 120, 108, and 81 to date.
        *monthly(AREA, "robbery", "2022-04", [10.0] * 12 + [9.0] * 21),
        *monthly(NEIGHBOUR, "robbery", "2022-04", [5.0] * 33),
        # Arson: two a month, but eight in every July.
        *monthly(AREA, "arson", "2020-04", [2.0, 2, 2, 8, 2, 2, 2, 2, 2, 2, 2, 2] * 4 + [2.0] * 9),
        f"{AREA},survey:ni_21,wave 2023,23",
        *(f"{area},ons:population,2022/23,100000" for area in (AREA, NEIGHBOUR)),
    ]
    own = root / "own.csv"
    own.write_text("area_code,measure_code,period,value\n" + "\n".join(lines) + "\n")
    data = DataDir(root)
    add_file(data, own, published=date(2025, 1, 31), loaded_by="a test")
    build(data)
    return Warehouse(data)


def statuses(warehouse: Warehouse, as_at: str) -> dict[str, tuple[str, str]]:
    table = target_status(AreaView.of(warehouse, "tested"), as_at)
    return {row.target_id: (row.status, reason_in_words(row.reason)) for row in table.itertuples()}


def test_the_default_plan_and_month_are_the_first_and_the_latest(warehouse) -> None:
    found = change(AreaView.of(warehouse), "robbery")
    assert (found.area, found.as_at, found.basis) == (AREA, "2024-12", "ytd")
    assert (found.change.current, found.change.previous, found.change.number) == (81, 81, 0)
    assert not found.illustrative


def test_against_the_baseline_year(warehouse) -> None:
    found = change(AreaView.of(warehouse), "robbery", basis="baseline").change
    assert (found.current, found.previous, found.percent) == (108, 120, -10)


def test_a_straight_path_of_yearly_totals(warehouse) -> None:
    found = path_of(AreaView.of(warehouse, as_at="2024-03"), "robbery")
    assert (found.baseline, found.target, found.due) == (120, 96, "2025-03-31")
    assert found.path_now == pytest.approx(108)
    assert found.actual_now.value == 108
    assert found.needed.per_month == pytest.approx(96 / 12)
    later = path_of(AreaView.of(warehouse, as_at="2024-12"), "robbery")
    assert later.needed.per_month == pytest.approx((96 - 81) / 3)


def test_a_seasonal_path_puts_more_in_the_month_that_has_more(warehouse) -> None:
    found = path_of(AreaView.of(warehouse), "arson", target="seasonal")
    july = found.seasonal.set_index("month").loc[pd.Period("2023-07", "M")]
    april = found.seasonal.set_index("month").loc[pd.Period("2023-04", "M")]
    assert july["level"] == pytest.approx(4 * april["level"])
    year = found.seasonal[found.seasonal["month"].between("2024-04", "2025-03")]
    assert year["level"].sum() == pytest.approx(60)


def test_a_stepped_path_of_totals_goes_over_to_the_level_of_its_year(warehouse) -> None:
    # Nine of the twelve months to June belong to the year before, whose level is 115.
    found = path_of(AreaView.of(warehouse, as_at="2024-06"), "robbery", target="steps")
    assert found.path_now == pytest.approx((9 * 115 + 3 * 100) / 12)
    assert path_level_at(found.path, pd.Period("2025-03", "M")) == 100


@pytest.mark.parametrize(
    ("as_at", "target", "word", "reason"),
    [
        ("2024-03", "straight", "at risk", "108 against a path of 108; a "),
        ("2024-12", "straight", "off track", "108 against a path of 99"),
        ("2024-12", "seasonal", "cannot say", "unreliable"),
        ("2024-12", "survey", "cannot say", "no survey since the baseline"),
        ("2024-12", "open", "cannot say", "the goal is not given"),
        ("2024-12", "rank", "cannot say", "Most Similar Group are not loaded"),
        ("2024-12", "past", "met", "108 against a goal of 119, now due"),
        ("2024-02", "past", "on track", "109 against a path"),
    ],
)
def test_the_verdict_and_its_reason(warehouse, as_at, target, word, reason) -> None:
    found = statuses(warehouse, as_at)[target]
    assert found[0] == word
    assert reason in found[1]


def test_status_has_the_first_target_of_each_indicator(warehouse) -> None:
    table = status(AreaView.of(warehouse, plan="tested"))
    assert table["target_id"].tolist() == ["straight", "seasonal", "survey"]


def test_a_member_without_figures_is_in_the_group_but_not_ranked(warehouse) -> None:
    found = ranking(AreaView.of(warehouse, as_at="2024-12"), "robbery", group="Neighbours")
    assert place_in_words(found.place) == "not ranked of 3 (2 with data)"
    assert found.place.is_withheld
    members = found.members.set_index("area_code")
    assert members.loc[[NEIGHBOUR, AREA], "count"].tolist() == [45, 81]
    assert members.loc[[NEIGHBOUR, AREA], "value"].tolist() == pytest.approx([0.45, 0.81])
    assert found.missing_members == ("Winchester",)
    assert reason_in_words(found.place.why_withheld(found.period)) == (
        f"no place: 2 of 3 members have figures for {found.period}; missing: Winchester"
    )
    assert found.denominator_year == 2022
    assert found.gap.events is None


def test_a_review_reads_the_missed_first_and_the_unreliable_without_alarm(warehouse) -> None:
    rows = review(AreaView.of(warehouse, "tested"), "2024-12").set_index("indicator_id")
    assert rows.index[0] == "robbery"
    assert rows.loc["robbery", "status"] == "off track"
    assert rows.loc["arson", "is_unreliable"]
    assert not rows.loc["arson", "needs_attention"]
    assert rows.loc["shoplifting", "status"] == "no target"


def test_what_is_not_there_is_said_with_what_comes_nearest(warehouse) -> None:
    with pytest.raises(UnknownChoiceError, match="did you mean robbery"):
        change(AreaView.of(warehouse), "robery")
    with pytest.raises(UnknownChoiceError, match="no plan 'nowhere'"):
        change(AreaView.of(warehouse, plan="nowhere"), "robbery")
    with pytest.raises(NoFiguresError, match="no figures for Shoplifting"):
        change(AreaView.of(warehouse), "shoplifting")
    with pytest.raises(NoFiguresError, match="no target"):
        path_of(AreaView.of(warehouse), "shoplifting")
    with pytest.raises(ValueError, match="baseline year"):
        change(AreaView.of(warehouse, as_at="2024-12"), "violent_crime", basis="baseline")


def test_an_area_of_no_plan_has_no_targets(warehouse) -> None:
    view = AreaView.of(warehouse, area=NEIGHBOUR)
    assert view.plan_id == ""
    assert target_status(view, "2024-12").empty
    assert review(view, "2024-12")["indicator_id"].tolist() == ["robbery"]


def test_a_plan_whose_document_names_no_area_still_has_its_targets(warehouse) -> None:
    view = AreaView.of(warehouse, "safer_communities_2009_10")
    found = target_status(view, "2024-12")
    assert view.area_name == "area not given"
    assert len(found) == 6
    assert set(found["reason"].map(reason_in_words)) == {"the goal is not given"}


def test_every_method_of_the_plans_is_known() -> None:
    paths = sorted(PROJECT_DATA.glob("plans/*/published.csv"))
    named = {
        method
        for path in paths
        for method in pd.read_csv(path, keep_default_na=False, dtype=str)["method"]
        if method
    }
    assert len(paths) == 2
    assert named <= METHODS.keys()


def test_real_figures_leave_the_worked_example_as_it_is(warehouse, default_data) -> None:
    with Warehouse(DataDir(default_data)) as alone:
        expected = agreement(AreaView.of(alone, plan="southampton_2010_11"))
    found = agreement(AreaView.of(warehouse, plan="southampton_2010_11"))
    pd.testing.assert_frame_equal(found.figures, expected.figures)
