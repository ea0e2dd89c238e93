"""The line under a chart that says where its figures come from."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from dashboard.words.sources import source_of, source_of_area

LOADS = pd.DataFrame(
    [
        ["a", "ons_csp", "Office for National Statistics", "Police Force Area tables", True],
        ["b", "ons_csp", "Office for National Statistics", "the format", False],
    ],
    columns=["file_id", "source_id", "publisher", "source_title", "with_product"],
).assign(
    illustrative=False,
    licence="Open Government Licence v3.0",
    file_name="tables.xlsx",
    published=pd.Timestamp(2025, 4, 24),
)
ABOUT = SimpleNamespace(source="the police")


def series_of(file_id: str, year: int = 2024, status: str = "final") -> pd.DataFrame:
    figures = pd.DataFrame({"file_id": [file_id], "published": pd.Timestamp(2025, 4, 24)})
    start = pd.Timestamp(year, 1, 1)
    return figures.assign(status=status, period_kind="rolling_year", period_start=start)


def test_a_figure_that_no_table_prints_is_said_to_be_implied() -> None:
    both = pd.concat([series_of("b"), series_of("b", 2023, "implied")])
    assert source_of(ABOUT, both, LOADS).endswith(
        "24 April 2025; year to Dec 2023 implied by the published percentage change"
    )


def test_figures_of_the_product_name_title_and_licence_and_that_they_were_reshaped() -> None:
    said = (
        "Source: Office for National Statistics, Police Force Area tables "
        "(Open Government Licence v3.0, reshaped), published 24 April 2025"
    )
    assert source_of(ABOUT, series_of("a"), LOADS) == said
    assert source_of_area([series_of("a")], LOADS) == said


def test_a_file_that_a_user_loaded_is_named() -> None:
    assert source_of(ABOUT, series_of("b"), LOADS) == (
        "Source: Office for National Statistics (tables.xlsx), published 24 April 2025"
    )
    assert source_of_area([series_of("b")], LOADS) == (
        "Source: Office for National Statistics, published 24 April 2025"
    )
