"""Offences without a threshold go where they would add up to a figure that is hidden."""

from __future__ import annotations

import pandas as pd

from etl.disclosure.offences import hidden_offences

NUMERATORS = pd.DataFrame(
    [
        ("theft", 0, "ho:1"), ("theft", 0, "ho:2"), ("theft", 0, "ho:3"),
        ("of_cars", 0, "ho:1"), ("of_cars", 0, "ho:2"),
        ("one", 0, "ho:1"), ("two", 0, "ho:2"), ("three", 0, "ho:3"),
        ("elsewhere", 0, "ho:9"),
    ],
    columns=["indicator_id", "alternative", "measure_code"],
)  # fmt: skip
OFFENCES = pd.DataFrame({"indicator_id": ["one", "two", "three", "elsewhere"]})
ROOTS = pd.DataFrame({"area_code": ["town", "next", "far"], "root": ["force", "force", "other"]})


def series(*indicators: str, source: str = "police") -> pd.DataFrame:
    rows = [(each, area, source, "quarter") for each in indicators for area in ("town", "next")]
    return pd.DataFrame(rows, columns=["indicator_id", "area_code", "source_id", "period_kind"])


def gone(
    hidden: str,
    *published: str,
    area: str = "town",
    kind: str = "quarter",
    beside: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Offences that go with a figure that is hidden; beside: series of other sources."""
    cell = {"source_id": "police", "indicator_id": hidden, "area_code": area, "period_kind": kind}
    cells = pd.DataFrame([cell | {"period_start": pd.Timestamp("2018-01-01")}])
    chosen = pd.concat([series(*published, "one", "two", "three", "elsewhere"), beside])
    return hidden_offences(cells, OFFENCES, NUMERATORS, chosen, ROOTS)


def test_all_offences_of_a_hidden_whole_go_in_all_of_its_force() -> None:
    found = gone("theft", "theft")
    assert sorted(found["indicator_id"]) == ["one", "three", "two"]
    assert set(found["root"]) == {"force"}
    assert set(found["first_month"]) == {2018 * 12 + 1}
    assert set(found["months"]) == {3}


def test_a_smaller_figure_that_is_published_stands_for_its_offences() -> None:
    assert gone("theft", "theft", "of_cars")["indicator_id"].tolist() == ["three"]


def test_a_smaller_figure_that_is_hidden_takes_its_offences_along() -> None:
    assert sorted(gone("of_cars", "theft", "of_cars")["indicator_id"]) == ["one", "two"]


def test_a_force_without_offences_is_left_alone() -> None:
    assert gone("theft", "theft", area="far").empty


def test_offences_of_another_real_source_go_by_what_that_source_publishes() -> None:
    beside = series("theft", "of_cars", "one", "two", "three", source="council")
    found = gone("theft", "theft", beside=beside)
    of = found.groupby("source_id")["indicator_id"].agg(sorted).to_dict()
    assert of == {"council": ["three"], "police": ["one", "three", "two"]}


def test_offences_of_the_worked_example_stay() -> None:
    found = gone("theft", "theft", beside=series("one", "two", source="illustrative"))
    assert set(found["source_id"]) == {"police"}
