from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.selection import (
    Choice,
    Choices,
    Selection,
    group_id,
    group_of,
    named_apart,
    values_of,
)

CHOICES = Choices(
    plan=Choice("plan", {"southampton_2010_11": "Southampton, 2010/11"}, "southampton_2010_11"),
    area=Choice("area", {"E22000120": "Southampton", "E22000001": "Adur"}, "E22000120"),
    as_at=Choice("month", {"2009-12": "December 2009", "2009-09": "September 2009"}, "2009-12"),
    indicator=Choice("indicator", {"all_crime": "All crime", "robbery": "Robbery"}, "all_crime"),
    basis=Choice("comparison", {"ytd": "Year to date", "month": "Month"}, "ytd"),
    group=Choice("group", {"Most Similar Group~2009": "Most Similar Group, edition 2009"}),
    types=Choice("crime type", {"arson": "Arson", "robbery": "Robbery"}),
)
DEFAULT = Selection("southampton_2010_11", "E22000120", "2009-12", "all_crime", "ytd")


def ids(choice: Choice):
    known = list(choice.options)
    return st.sampled_from(known if choice.default else ["", *known])


SELECTIONS = st.builds(
    Selection,
    **{name: ids(choice) for name, choice in CHOICES if name != "types"},
    types=st.lists(st.sampled_from(list(CHOICES.types.options)), unique=True).map(tuple),
)


@given(SELECTIONS)
def test_an_address_opens_the_selection_it_was_made_from(selection: Selection) -> None:
    assert Selection.from_query(selection.to_query(CHOICES), CHOICES) == (selection, [])


@given(st.dictionaries(st.sampled_from([name for name, _ in CHOICES]), st.lists(st.text())))
def test_any_address_opens_something_that_is_there(query) -> None:
    selection, notices = Selection.from_query(query, CHOICES)
    for name, choice in CHOICES:
        value = getattr(selection, name)
        if name == "types":
            assert set(value) <= set(choice.options)
        else:
            assert value in {*choice.options, choice.default}
    assert all(notice.endswith(("instead.", "here.", "?")) for notice in notices)


def test_an_empty_address_is_the_default_and_the_default_is_an_empty_address() -> None:
    assert Selection.from_query({}, CHOICES) == (DEFAULT, [])
    assert DEFAULT.to_query(CHOICES) == {}


def test_what_is_not_there_is_said_and_the_default_shown() -> None:
    selection, notices = Selection.from_query({"area": "Sothampton", "as_at": "1066-10"}, CHOICES)
    assert selection == DEFAULT
    assert notices == [
        "The address asks for the area “Sothampton”, which is not here. "
        "Did you mean Southampton? Showing Southampton instead.",
        "The address asks for the month “1066-10”, which is not here. "
        "Showing December 2009 instead.",
    ]


def test_how_far_the_options_go_is_said_instead_of_what_is_written_alike() -> None:
    months = {"2009-12": "December 2009", "2009-01": "January 2009"}
    choice = Choice("month", months, "2009-12", "Figures end in December 2009.")
    assert choice.read("2030-01") == (
        "2009-12",
        "The address asks for the month “2030-01”, which is not here. Figures end in December "
        "2009. Showing December 2009 instead.",
    )


def test_names_are_read_like_ids_in_any_case() -> None:
    asked = {"area": " adur ", "indicator": "ROBBERY", "types": ["Arson", "arson", "robbery"]}
    selection, notices = Selection.from_query(asked, CHOICES)
    assert (selection.area, selection.indicator) == ("E22000001", "robbery")
    assert selection.types == ("arson", "robbery")
    assert not notices


def test_the_last_of_several_values_counts_except_for_types() -> None:
    selection, _ = Selection.from_query({"area": ["E22000120", "E22000001"]}, CHOICES)
    assert selection.area == "E22000001"
    assert values_of({"types": ["a", " ", "b"]}, "types") == ["a", "b"]


def test_an_unknown_crime_type_is_left_out_and_said() -> None:
    selection, notices = Selection.from_query({"types": ["arson", "piracy"]}, CHOICES)
    assert selection.types == ("arson",)
    assert notices == ["The address asks for the crime type “piracy”, which is not here."]


def test_what_a_page_does_not_offer_is_left_alone() -> None:
    selection, notices = Selection.from_query({"indicator": "nonsense"}, Choices())
    assert selection == Selection()
    assert not notices


def test_a_long_address_is_not_repeated_whole() -> None:
    _, notices = Selection.from_query({"area": "x" * 5000}, CHOICES)
    assert len(notices[0]) < 200


def test_a_choice_must_make_sense() -> None:
    with pytest.raises(ValueError, match="the default area 'X' is not one of the options"):
        Choice("area", {"A": "Adur"}, "X")
    with pytest.raises(ValueError, match="two options of area have the same name"):
        Choice("area", {"A": "Adur", "B": "Adur"})


def test_options_of_the_same_name_are_told_apart() -> None:
    names = {"E1": "Cleveland", "E2": "Cleveland", "E3": "Adur"}
    assert named_apart(names) == {"E1": "Cleveland (E1)", "E2": "Cleveland (E2)", "E3": "Adur"}


def test_a_group_id_comes_apart_again() -> None:
    assert group_of(group_id("Most Similar Group", "2009")) == ("Most Similar Group", "2009")
    assert group_of("") == ("", "")
