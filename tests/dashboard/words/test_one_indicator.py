"""The words of the page Indicator, where a figure is missing, suppressed or alone."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import pytest

from dashboard.analysis.change import ChangeAnswer
from dashboard.metrics.change import Change
from dashboard.metrics.significance import OWN_HISTORY, Significance
from dashboard.pages.indicator.figures import figures_counted, figures_table
from dashboard.words.help import Kind, help_on
from dashboard.words.one_indicator import pace_text, verdict
from tests.dashboard.rows import indicator
from tests.dashboard.rows import verdict as target_with

ABOUT = indicator()
RATE = indicator(unit="rate", denominator="ons:households")


def series(*values: float | None, suppression: str = "") -> pd.DataFrame:
    """Months from January 2024, each with a value."""
    return pd.DataFrame(
        {
            "period_kind": "month",
            "period_start": pd.date_range("2024-01-01", periods=len(values), freq="MS"),
            "value": pd.array(values, dtype="Float64"),
            "numerator": pd.array(values, dtype="Float64"),
            "denominator": 2000.0,
            "denominator_year": 2023,
            "sample_size": None,
            "lower": None,
            "upper": None,
            "status": "final",
            "published": pd.Timestamp("2025-04-24"),
            "suppression": ["" if value is not None else suppression for value in values],
        }
    )


def test_what_is_missing_is_said_and_what_is_suppressed_is_not_shown() -> None:
    table = figures_table(series(7.0, None, suppression="fewer than 5"), ABOUT)
    assert table["Period"].tolist() == ["Feb 2024", "Jan 2024"]
    assert table["Figure"].tolist() == ["fewer than 5", "7"]
    assert "Asked" not in table
    assert figures_table(series(None), ABOUT)["Figure"].tolist() == ["no figure"]


def test_a_rate_stands_beside_its_count_and_its_denominator() -> None:
    table = figures_table(series(6.5), RATE)
    assert table["Rate per 1,000 households"].tolist() == ["6.50"]
    assert table["Households"].tolist() == ["2,000 (2023)"]


def test_figures_are_counted_with_those_that_are_missing() -> None:
    assert figures_counted(series(1.0, 2.0, None)) == (
        "A figure for 2 periods; 1 more without one, published on 24 April 2025."
    )


def test_without_a_target_the_verdict_says_so() -> None:
    assert verdict(pd.DataFrame())[0] == "No target"


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_chart_has_its_help(kind: Kind) -> None:
    for heading, text in help_on(kind).parts():
        assert heading
        assert text.endswith(".")


@pytest.mark.parametrize(
    ("status", "chance", "number", "p_value", "said"),
    [
        ("at risk", 0.09, -100.0, 0.001, "Improving, but not fast enough for the goal"),
        ("at risk", 0.45, -100.0, 0.001, "Improving, but perhaps not fast enough for the goal"),
        ("off track", None, -100.0, 0.001, "Improving, but not fast enough for the goal"),
        ("off track", 0.3, -2.0, 0.9, ""),
        ("off track", 0.3, 100.0, 0.001, ""),
        ("on track", 0.9, -100.0, 0.001, ""),
    ],
)
def test_a_fall_and_a_target_in_danger_are_said_together(
    status, chance, number, p_value, said
) -> None:
    tested = Significance(p_value=p_value, method="test", dispersion_from=OWN_HISTORY)
    change = Change(900.0, 900.0 - number, number, -10.0, significance=tested)
    answer = ChangeAnswer(
        indicator="robbery", title="Robbery", area="E1", area_name="A", as_at="2024-12",
        basis="ytd", change=change, illustrative=False, published="2025-01-31",
    )  # fmt: skip
    target = target_with(status=status, probability=chance, lower_is_better=True)
    assert pace_text(target, answer) == said
