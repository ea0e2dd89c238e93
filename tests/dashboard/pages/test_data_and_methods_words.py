"""Loads, revisions, agreement and definitions put into words and tables."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis import agreement as agreement_question
from dashboard.analysis.agreement import AgreementAnswer
from dashboard.analysis.area_view import AreaView
from dashboard.pages.data_and_methods import agreement as agreement_words
from dashboard.pages.data_and_methods import loaded
from dashboard.pages.data_and_methods.freshness import freshness_title, sources_of
from dashboard.store.warehouse import Warehouse
from dashboard.words.plan_without_figures import plan_headline, reported_table, why_no_verdict
from dashboard.words.sources import loads_table
from etl.datadir import DataDir


@pytest.fixture(scope="module")
def warehouse(default_data: Path) -> Warehouse:
    return Warehouse(DataDir(default_data))


@pytest.fixture(scope="module")
def agreement(warehouse: Warehouse) -> AgreementAnswer:
    return agreement_question.agreement(AreaView.of(warehouse))


def test_what_is_loaded_is_counted(warehouse) -> None:
    loads = warehouse.frame("loads")
    read = int(loads["rows_read"].sum())
    assert loaded.loads_title(loads) == (
        f"One file is loaded: {read:,} rows read, none rejected, none withheld by the publisher"
    )
    twice = pd.concat([loads, loads.assign(file_id="another", rows_rejected=3)])
    assert loaded.loads_title(twice).startswith(f"Two files are loaded: {2 * read:,} rows")
    assert "3 rejected" in loaded.loads_title(twice)
    by_two_sources = pd.concat([loads, loads.assign(source_id="another")])
    assert loaded.loads_title(by_two_sources).startswith("One file is loaded")
    assert loaded.loads_title(loads.iloc[:0]) == "No file is loaded"
    assert loads_table(loads)["File"].str.endswith("(illustrative)").all()


def test_what_agrees_is_counted_apart_by_what_it_is_held_against(agreement) -> None:
    counts = agreement_words.agreement_counts(agreement)
    assert sum(counts.values()) == agreement.stated == len(agreement.figures)
    assert counts["differs"] == 0
    apart = (agreement.arithmetic_checked, agreement.worked_example_made_to_agree)
    assert sum(apart) == counts["agrees"]
    # Nothing real is loaded: not one figure of the plan is confirmed by it.
    assert agreement.real_figures == 0
    assert agreement_words.agreement_title(agreement) == (
        f"{sum(apart)} of {agreement.stated} figures of the plan agree; "
        f"{counts['contradictory']} contradict another of them"
    )
    numbers = agreement_words.agreement_numbers(agreement)
    assert numbers[0] == ("Agree", str(sum(apart)))
    assert sum(int(value) for _, value in numbers) == agreement.stated
    assert agreement_words.agreement_line(agreement) == (
        f"Of those that agree: 0 with real figures, {apart[0]} with other numbers of the plan and "
        f"{apart[1]} since the worked example was made so."
    )


def test_agreement_shows_stated_and_computed_side_by_side(agreement, warehouse) -> None:
    indicators = warehouse.frame("indicators")
    figures = agreement.figures
    table = agreement_words.agreement_table(figures, indicators)
    assert len(table) == len(figures)
    row = table[table["Figure"].eq("All crime: change, April to December 2009")].iloc[0]
    assert (row["Verdict"], row["Stated"], row["Computed"]) == (
        "Agrees: worked example made to agree", "12%", "−12.1%"
    )  # fmt: skip
    said = " ".join([*table["Figure"], *table["Computed"], *table["Reason and note"]])
    assert re.findall(r"\b\d{4}-\d{2}\b|(?<!\w)-\d", said) == []
    assert "year ending December 2009" in said
    assert "−6 as rounded, against at least −6 stated" in said
    only = agreement_words.agreement_table(figures, indicators, "contradictory")
    assert set(only["Verdict"]) == {"Contradictory"}
    assert not table["Figure"].str.contains(", :|^:").any()


def test_what_disagrees_comes_first_the_largest_at_the_top(agreement, warehouse) -> None:
    mixed = agreement.figures.head(4).assign(
        evidence=["", "real figures", "arithmetic checked", "real figures"],
        verdict=["not computable", "agrees", "contradictory", "differs"],
        number=[3.0, 12.0, 12.0, 100.0],
        computed=[None, 12.0, 8.0, 99.0],
    )
    larger = mixed.tail(1).assign(number=10.0, computed=-10.0, paragraph="largest")
    both = pd.concat([mixed, larger], ignore_index=True)
    table = agreement_words.agreement_table(both, warehouse.frame("indicators"))
    assert table["Verdict"].tolist() == [
        "Differs", "Differs", "Contradictory", "Agrees: real figures", "Not computable",
    ]  # fmt: skip
    assert table["Paragraph"].iloc[0] == "largest"
    whole = agreement_words.agreement_table(agreement.figures, warehouse.frame("indicators"))
    assert len(whole) == agreement.stated
    order = list(dict.fromkeys(whole["Verdict"]))
    assert order == [
        "Contradictory", "Agrees: arithmetic checked", "Agrees: worked example made to agree",
        "Not computable", "Not given",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (-12.1, "percent", "−12.1%"),
        (-18.0, "percent", "−18%"),
        (13.0, "rank", "13th"),
        (550000.0, "GBP", "£550,000"),
        (1.89, "times", "1.9"),
        (None, "percent", "no figure"),
    ],
)
def test_a_computed_figure_in_a_table(value, unit, said) -> None:
    assert agreement_words.computed_text(value, unit) == said


def test_notes_say_on_how_many_indicators_there_is_no_verdict(warehouse) -> None:
    notes = warehouse.frame("notes", plan="southampton_2010_11")
    assert loaded.notes_title(notes) == (
        f"{len(notes)} data notes; because of them, no verdict is given on two indicators"
    )
    assert loaded.notes_title(notes.iloc[:0]) == "There are no data notes"
    table = loaded.notes_table(notes, warehouse.frame("indicators"))
    assert "All" in set(table["Indicator"])


def test_the_dictionary_has_every_indicator(warehouse) -> None:
    indicators = warehouse.frame("indicators")
    table = loaded.definitions_table(indicators).set_index("Indicator")
    assert len(table) == len(indicators)
    rate = table.loc["Alcohol-harm related hospital admission rates (NI 39)"]
    assert rate["Counted as"] == "Rate per 100,000 residents"


def test_revisions_and_rejected_rows_are_texts() -> None:
    revisions = pd.DataFrame(
        {
            "area_name": ["Leeds"], "area_code": ["E22000345"], "measure_code": ["ons:robbery"],
            "period_kind": ["rolling_year"], "period_start": [pd.Timestamp("2024-01-01")],
            "published": [pd.Timestamp("2025-07-24")], "value": [1569.0],
            "previous_value": [1560.0], "difference": [9.0],
        }
    )  # fmt: skip
    (row,) = loaded.revisions_table(revisions).to_dict("records")
    assert (row["Was"], row["Is"], row["Difference"]) == ("1,560", "1,569", "+9")
    rejected = pd.DataFrame(
        {"file_name": ["a.csv"], "line": [2], "column_name": ["value"], "value": [None],
         "rule": ["number"], "what_to_do": ["mend it"]}
    )  # fmt: skip
    assert loaded.rejected_table(rejected)["Value"].tolist() == [""]


def test_public_figures_carry_their_attribution() -> None:
    loads = pd.DataFrame(
        {"source_title": ["ONS tables"], "publisher": ["Office for National Statistics"],
         "licence": ["Open Government Licence v3.0"], "landing_page": [""]}
    )  # fmt: skip
    (row,) = loaded.licences_table(loads).to_dict("records")
    assert row["Licence"] == "Open Government Licence v3.0"
    assert "Contains public sector information" in loaded.ACKNOWLEDGED


def test_a_source_is_behind_that_ends_more_than_a_year_before_the_latest(warehouse) -> None:
    sources = sources_of(AreaView.of(warehouse))
    assert freshness_title(sources, "Southampton") == (
        f"All {len(sources)} sources are current, to December 2009"
    )
    assert sources["source"].is_unique
    police = sources.set_index("source").loc["Hampshire Constabulary, recorded crime"]
    assert (str(police["first"].date()), str(police["last"].date())) == ("2006-04-01", "2009-12-01")
    assert (police["counted"], str(police["published"].date())) == ("months", "2010-01-31")
    late = sources.head(2).assign(
        last=[pd.Timestamp("2008-11-01"), pd.Timestamp("2009-12-01")], is_current=[False, True]
    )
    assert freshness_title(late, "Leeds") == (
        "One of two sources ends more than a year before December 2009"
    )
    assert freshness_title(late.iloc[1:], "Leeds") == "The only source is current, to December 2009"
    assert freshness_title(late.iloc[:0], "Leeds") == "No figure of Leeds is loaded"


def test_a_plan_that_gives_no_target_says_so(warehouse) -> None:
    plan = "safer_communities_2009_10"
    listed = warehouse.frame("plan_indicators", plan=plan)
    table = reported_table(
        listed, warehouse.frame("targets", plan=plan), warehouse.frame("indicators")
    )
    assert len(table) == len(listed) == 6
    assert set(table["Goal"]) == set(table["Due"]) == {"not given"}
    about = warehouse.frame("plans").set_index("plan_id").loc[plan]
    assert plan_headline(about, listed).endswith("reports six indicators; no figures are loaded")


def test_why_no_verdict_names_the_due_date_that_has_passed(warehouse) -> None:
    view = AreaView.of(warehouse)
    targets = warehouse.frame("targets", plan=view.plan_id)
    targets = targets.assign(reason="no figure", due=targets["due"].astype(str))
    targets = targets.assign(
        due=targets["due"].where(targets["due"].ne("NaT"), ""), closed="2011-03"
    )
    said = why_no_verdict(targets, "2024-12")
    assert said.startswith("The plan closed in March 2011. No verdict can be given")
    assert f"the plan's {len(targets)} targets" in said
    assert "due on 31 March 2011, and no figures for the time until then are loaded" in said
    assert "The latest here are of December 2024." in said
    assert f"no figure for the goal of {targets['goal'].eq('not_given').sum()} of them" in said
    assert why_no_verdict(targets, "2009-12").endswith("targets yet.")
    assert why_no_verdict(targets.iloc[:0], "2009-12") == ""
