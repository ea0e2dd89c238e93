"""Names that are shared are told apart by what each is, and by a code only where that fails."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.names import distinct_area_names, distinct_names


def test_areas_of_one_name_are_told_apart_by_their_kind() -> None:
    areas = pd.DataFrame(
        [
            ("E22000118", "Portsmouth", "partnership"),
            ("E06000044", "Portsmouth", "district"),
            ("E23000030", "Hampshire", "force"),
            ("E22000120", "Southampton", "partnership"),
        ],
        columns=["area_code", "area_name", "area_kind"],
    )
    assert distinct_area_names(areas) == {
        "E22000118": "Portsmouth (partnership)",
        "E06000044": "Portsmouth (local authority)",
        "E23000030": "Hampshire",
        "E22000120": "Southampton",
    }


def test_two_of_one_name_and_kind_keep_their_codes_and_a_third_its_kind() -> None:
    names = {"a": "Newport", "b": "newport", "c": "Newport"}
    kinds = {"a": "ward", "b": "ward", "c": "partnership"}
    assert distinct_names(names, kinds) == {
        "a": "Newport (a)", "b": "newport (b)", "c": "Newport (partnership)",
    }  # fmt: skip
    assert distinct_names({"a": "Newport", "b": "Newport"}) == {
        "a": "Newport (a)",
        "b": "Newport (b)",
    }
