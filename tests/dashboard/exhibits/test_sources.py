"""The line under a chart that says where its figures come from."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from dashboard.exhibits.sources import source_of, source_of_area

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


def series_of(file_id: str) -> pd.DataFrame:
    return pd.DataFrame({"file_id": [file_id], "published": [pd.Timestamp(2025, 4, 24)]})


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
