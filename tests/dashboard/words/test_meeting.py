"""The quarter's meeting and one indicator put into words and tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.review import review
from dashboard.analysis.status import given_status, target_status
from dashboard.pages.quarterly_review.attention import leads_each, said_of_each
from dashboard.pages.quarterly_review.finding import (
    meeting_title,
    quarter_sentence,
    without_verdict,
)
from dashboard.pages.quarterly_review.scorecard_rows import (
    columns_of,
    scorecard_rows,
    short_title,
)
from dashboard.store.warehouse import Warehouse
from dashboard.words.indicator import (
    definition_lines,
    finding,
    history_chart,
    notes_lines,
    targets_table,
)
from dashboard.words.meeting import (
    change_cell,
    changes_on_last_year,
    parts_by_priority,
    with_other_targets,
)
from etl.datadir import DataDir

AS_AT, BEFORE = "2009-12", "2009-09"


@pytest.fixture(scope="module")
def view(default_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)))


@pytest.fixture(scope="module")
def rows(view: AreaView) -> pd.DataFrame:
    return review(view, AS_AT)


@pytest.fixture(scope="module")
def targets(view: AreaView) -> pd.DataFrame:
    return given_status(view, AS_AT)


@pytest.fixture(scope="module")
def by_id(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.set_index("indicator_id", drop=False)


def test_the_title_counts_what_needs_attention(rows, targets) -> None:
    count = int(rows["needs_attention"].sum())
    assert count == 5
    title = f"Q3 2009/10: five of {len(rows)} indicators need attention"
    assert meeting_title(rows, targets, AS_AT) == title


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cannot say"], "no verdict can be given on the 2 targets"),
        (["met"], "none of 2 targets needs attention"),
        (
            ["cannot say", "met"],
            "no target with a verdict needs attention, but on one of 2 none can be given",
        ),
    ],
)
def test_silence_is_not_read_as_good_news(rows, targets, words, said) -> None:
    """Where nothing needs attention, the title says what that rests on."""
    none = rows.assign(needs_attention=False, tests_together=24)
    few = targets.iloc[:2].assign(status=(words * 2)[:2])
    changes = "none of 24 changes tested stands out for the worse"
    assert meeting_title(none, few, AS_AT) == f"Q3 2009/10: {said}; {changes}"
    yearly = none.assign(quarter_change=None, tests_together=0)
    assert meeting_title(yearly, few, AS_AT).startswith(
        f"April to December 2009: {said}; no change"
    )
    assert meeting_title(yearly, few.iloc[:0], AS_AT).endswith(": no change could be tested")


def test_targets_without_a_verdict_are_counted_beside_the_decisions(targets) -> None:
    unsaid = targets[targets["status"].eq("cannot say")]
    assert without_verdict(targets) == (
        f"No verdict can be given on {len(unsaid)} of the plan's {len(targets)} targets: the plan "
        "leaves the goal of 19 open, and for the other seven a figure that a verdict needs is "
        "missing or not reliable."
    )
    assert unsaid["goal"].eq("not_given").sum() == 19
    assert without_verdict(targets[targets["status"].ne("cannot say")]) == ""


def test_where_nothing_can_be_judged_it_is_said_of_all(targets) -> None:
    unsaid = targets[targets["status"].eq("cannot say")]
    begin = f"No verdict can be given on any of the plan's {len(unsaid)} targets: "
    assert without_verdict(unsaid).startswith(begin)
    left_open, missing = unsaid["goal"].eq("not_given"), "a figure that a verdict needs is missing"
    assert without_verdict(unsaid[left_open]).endswith(": the plan leaves the goal of 19 open.")
    assert f"7 targets: {missing}" in without_verdict(unsaid[~left_open])
    one = without_verdict(unsaid[~left_open].head(1))
    assert one.startswith("No verdict can be given on the plan's only target: a figure")


def test_what_is_said_names_the_target_and_the_others(rows, targets) -> None:
    found = said_of_each(with_other_targets(rows, targets))
    damage = found["criminal_damage"]
    assert damage.verdict == "on track"
    assert damage.why.startswith("Plan's target to March 2011: 5,275 in the year ending")
    assert "place in the group, to March 2011, ▼ Off track" in damage.why
    assert "stretch target" not in damage.why
    assert found["ni_15"].why == (
        "Designated target to March 2011: 1.25 per 1,000 residents in the year ending December "
        "2009; to be on its path it must be 1.23 or less; a 26% chance of meeting the goal."
    )
    assert found["dwelling_burglary"].quarter == (
        "The quarter on that of a year before: +24.0%, which chance could explain."
    )


def test_each_says_who_owns_it_or_leads_what_serves_it(rows, view) -> None:
    leads = leads_each(view.warehouse.frame("actions", plan=view.plan_id))
    owners = {known: each.owner for known, each in said_of_each(rows, leads).items()}
    assert owners["ni_15"] == "Supt. Matthew Greening, Police."
    assert leads.get("violence_against_the_person") is None
    assert owners["violence_against_the_person"] == (
        "not given by the plan, and nobody leads an action of it that serves this."
    )
    assert owners["criminal_damage"].endswith("are led by HFRS, Police and SCC.")
    assert "not given." in {each.owner for each in said_of_each(rows).values()}


def test_what_is_counted_twice_says_so(rows, targets) -> None:
    found = with_other_targets(rows, targets)
    cards = scorecard_rows(found, pd.DataFrame({"indicator_id": [], "level": []}))
    assert "the same figures as Serious violent crime rate (NI 15)" in (
        cards["most_serious_violence"].under
    )
    assert cards["most_serious_violence"].name.endswith("†")
    assert sum("the same figures as" in each.under for each in cards.values()) == 2


def test_the_change_on_last_year_says_its_period(rows) -> None:
    changes = changes_on_last_year(rows)
    assert changes["all_crime"] == "−12.1% (April to December 2009)"
    assert changes["arson"] == "not compared"


def test_exceptions_come_in_the_order_of_the_meeting(rows) -> None:
    found = said_of_each(rows)
    needed = [known for known, each in found.items() if each.needs_attention]
    assert needed == list(rows.loc[rows["needs_attention"], "indicator_id"])
    first, last = found[needed[0]], found[needed[-1]]
    assert (first.title, first.verdict) == ("Serious violent crime rate (NI 15)", "off track")
    assert (last.title, last.verdict) == ("Local Area Agreement targets on track", "off track")


def test_a_change_that_stands_out_without_a_target_says_so(rows) -> None:
    """None does on the worked example: 17% more burglaries are within what is usual."""
    is_it = rows["indicator_id"].eq("dwelling_burglary")
    found = said_of_each(rows.assign(is_discovery=is_it))["dwelling_burglary"]
    assert found.verdict == "stands out"
    assert found.why.startswith("Chance does not explain the change, allowing for the ")
    assert found.figures == (
        "April to December 2009: 943, 137 more crimes than in April to December 2008, a rise of "
        "17%; no larger than chance would explain."
    )


def test_every_indicator_stands_under_one_priority(view, rows) -> None:
    priorities = view.warehouse.frame("priorities", plan=view.plan_id)
    parts = parts_by_priority(rows, priorities)
    assert [title for _, title, _ in parts] == [
        *(f"{row['priority_id']}. {row['title']}" for row in priorities.to_dict("records")),
        "Under no priority of the plan",
    ]
    assert sum(len(part) for _, _, part in parts) == len(rows)


def test_a_row_has_now_path_change_chance_verdict_and_owner(rows) -> None:
    cards = scorecard_rows(rows, pd.DataFrame({"indicator_id": [], "level": []}))
    crime = "".join(cards["all_crime"].cells)
    assert cards["all_crime"].under == "Year ending December 2009"
    for said in ("27,085", "path 27,852", "−12.1%", "▲ At risk", "7% chance", "no owner"):
        assert said in crime
    # 12.1% of the 30% that the longest bar stands for, and larger than chance.
    assert 'class="better" style="right:50%;width:calc(50% * 0.403)"' in crime
    burglary = "".join(cards["dwelling_burglary"].cells)
    assert 'class="worse unsure" style="left:50%;' in burglary
    assert "No target" in burglary
    assert "top 3" in "".join(cards["violence_against_the_person"].cells)
    assert cards["arson"].name == "Arson †"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Reduce all crime, year on year", "All crime"),
        ("Reduce criminal damage, arson and anti-social behaviour", "Criminal damage"),
        ("Reduce the fear of crime and raise the public's perception", "Fear of crime"),
        ("Improvement targets of the Local Area Agreement", "Improvement targets"),
    ],
)
def test_a_priority_has_a_short_name(title, short) -> None:
    assert short_title(title) == short


def test_without_a_plan_or_quarters_the_columns_that_say_nothing_go(rows) -> None:
    bare = rows.assign(status="no target", quarter_change=None, notes="")
    ((_, title, _),) = parts_by_priority(bare, pd.DataFrame({"priority_id": [], "title": []}))
    assert title == "Recorded figures"
    assert [each.name for each in columns_of(bare)] == ["Three years", "Now", "On last year"]
    assert quarter_sentence(bare, AS_AT).startswith("There are no figures by quarter")


@pytest.mark.parametrize(
    ("number", "percent", "unit", "said"),
    [
        (-2783, -12.1, "count", "−12.1%"),
        (15, None, "count", "+15 (small numbers)"),
        (-1.3, None, "percent", "−1.3 points"),
        (None, None, "count", "not compared"),
    ],
)
def test_a_change_in_a_table(number, percent, unit, said) -> None:
    assert change_cell(number, percent, unit) == said


def test_the_history_ends_at_the_month_looked_at(view, by_id) -> None:
    chart = _history(view, by_id, "robbery", "2009-09")
    assert chart is not None
    assert list(chart.table["Period"])[-1] == "Sep 2009"
    assert chart.caption.title == (
        "Robbery: 271 in April to December 2009, 39 fewer crimes than in April to December 2008, "
        "a fall of 13%; no larger than chance would explain"
    )
    assert chart.caption.illustrative


def test_a_history_by_quarter_names_its_quarters(view, by_id) -> None:
    chart = _history(view, by_id, "ni_32", AS_AT)
    assert chart is not None
    assert list(chart.table["Period"])[-1] == "Q3 2009/10"


def test_an_indicator_without_figures_has_no_history(view, by_id) -> None:
    assert _history(view, by_id, "ni_17", AS_AT) is None
    assert "not compared: no figure in April to December 2009" in finding(
        view.indicator("ni_17"), by_id.loc["ni_17", "change_in_full"]
    )


def test_targets_of_an_indicator_keep_what_the_plan_leaves_open(view) -> None:
    targets = target_status(view, AS_AT)
    own = targets[targets["indicator_id"].eq("criminal_damage")]
    table = targets_table(own).set_index("Target")
    stretch = table.loc["Stretch target to July 2010"]
    assert stretch["Goal"] == "not given; made up: −28% on 2006/07"
    assert stretch["Status"] == "● On track: goal made up for the worked example"
    assert "Plan's target to March 2011" in table.index
    assert "Plan's target for its place in the group, to March 2011" in table.index
    assert len(table) == len(own)


def test_notes_say_what_follows(view) -> None:
    lines = notes_lines(view.notes_on("arson"), "arson")
    assert lines[0].startswith("No verdict can be given: National recording practice changed")
    assert notes_lines(view.notes_on("robbery"), "robbery") == []


def test_a_definition_says_unit_and_source(view) -> None:
    lines = definition_lines(view.indicator("ni_39"))
    assert lines[1] == "A rate per 100,000 residents. Lower is better."
    assert lines[2].startswith("Published by, as a rule: ")


def _history(view: AreaView, by_id: pd.DataFrame, indicator: str, as_at: str):
    return history_chart(
        view.series(indicator),
        view.indicator(indicator),
        by_id.loc[indicator, "change_in_full"],
        area_name="Southampton",
        as_at=as_at,
        source="Source: test",
    )
