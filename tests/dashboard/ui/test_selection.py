"""What an address asks for is found among what there is, or said not to be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.names import distinct_names
from dashboard.ui.selection import Choice, group_id, group_of, values_of

AREA = Choice("area", {"E22000120": "Southampton", "E22000001": "Adur"}, "E22000120")
MONTH = Choice("month", {"2009-12": "December 2009", "2009-09": "September 2009"}, "2009-12")
TYPES = Choice("crime type", {"arson": "Arson", "robbery": "Robbery"})
NO_OPTIONS = Choice("indicator", {})


@pytest.mark.parametrize("choice", [AREA, MONTH, TYPES], ids=lambda choice: choice.noun)
def test_every_option_is_found_by_its_id_and_by_its_name(choice: Choice) -> None:
    for known, name in choice.options.items():
        assert choice.read(known) == choice.read(name) == (known, "")


@pytest.mark.parametrize("asked", [" adur ", "ADUR", "e22000001"])
def test_case_and_spaces_around_make_no_difference(asked: str) -> None:
    assert AREA.read(asked) == ("E22000001", "")


@given(st.sampled_from([AREA, MONTH, TYPES, NO_OPTIONS]), st.text())
def test_anything_asked_for_gives_an_option_or_the_default_and_says_so(choice, asked) -> None:
    value, notice = choice.read(asked)
    assert value in {*choice.options, choice.default}
    assert not notice or (value == choice.default and notice.endswith(("instead.", "here.", "?")))


def test_what_is_not_there_is_said_and_the_default_shown() -> None:
    assert AREA.read("Sothampton") == (
        "E22000120",
        "The address asks for the area “Sothampton”, which is not here. "
        "Did you mean Southampton? Showing Southampton instead.",
    )
    assert MONTH.read("1066-10")[1] == (
        "The address asks for the month “1066-10”, which is not here. "
        "Showing December 2009 instead."
    )


def test_without_a_default_nothing_is_shown_instead() -> None:
    assert TYPES.read("piracy") == (
        "",
        "The address asks for the crime type “piracy”, which is not here.",
    )


def test_how_far_the_options_go_is_said_instead_of_what_is_written_alike() -> None:
    months = {"2009-12": "December 2009", "2009-01": "January 2009"}
    choice = Choice("month", months, "2009-12", "Figures end in December 2009.")
    assert choice.read("2030-01") == (
        "2009-12",
        "The address asks for the month “2030-01”, which is not here. Figures end in December "
        "2009. Showing December 2009 instead.",
    )


def test_a_long_address_is_not_repeated_whole() -> None:
    assert len(AREA.read("x" * 5000)[1]) < 200


def test_all_values_of_a_parameter_are_read_and_empty_ones_left_out() -> None:
    assert values_of({"types": ["a", " ", "b"]}, "types") == ["a", "b"]
    assert values_of({"area": "E22000001"}, "area") == ["E22000001"]
    assert values_of({}, "area") == []


def test_a_choice_must_make_sense() -> None:
    with pytest.raises(ValueError, match="the default area 'X' is not one of the options"):
        Choice("area", {"A": "Adur"}, "X")
    with pytest.raises(ValueError, match="two options of area have the same name"):
        Choice("area", {"A": "Adur", "B": "Adur"})


def test_options_of_the_same_name_are_told_apart() -> None:
    names = {"E1": "Cleveland", "E2": "Cleveland", "E3": "Adur"}
    assert distinct_names(names) == {"E1": "Cleveland (E1)", "E2": "Cleveland (E2)", "E3": "Adur"}


def test_a_group_id_comes_apart_again() -> None:
    assert group_of(group_id("Most Similar Group", "2009")) == ("Most Similar Group", "2009")
    assert group_of("") == ("", "")
