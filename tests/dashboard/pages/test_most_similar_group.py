"""Most Similar Group: the place, the gap, and what the group is not."""

from __future__ import annotations

import pytest


def words_of(page) -> str:
    return "\n".join(block.value for block in page.markdown)


def test_the_headline_gives_place_period_and_the_place_before(default_data, open_page) -> None:
    page = open_page("most_similar_group", default_data)
    assert page.subheader[0].value == (
        "Southampton is 13th of 15 in its Most Similar Group for all crime, April to December "
        "2009; 14th a year before"
    )
    assert "**Third place needs 4,707 fewer in April to December 2009" in words_of(page)
    assert len(page.get("plotly_chart")) == 2


def test_both_means_are_shown_with_their_conventions(default_data, open_page) -> None:
    rests = open_page("most_similar_group", default_data).table[-1].value
    labels = rests.set_index("What")["Figure or words"]
    assert labels["Rate of all areas together, this area included"] == "78.5 per 1,000"
    assert labels["Mean of the areas' rates, this area included"] == "77.6 per 1,000"
    assert labels["Rates per"] == "Residents\\: estimate for 2009"


@pytest.mark.parametrize(
    ("indicator", "place"),
    [
        ("violence_against_the_person", "15th of 15"),
        ("criminal_damage", "13th of 15"),
        ("most_serious_violence", "3rd of 15"),
    ],
)
def test_another_indicator_is_ranked(default_data, open_page, indicator, place) -> None:
    page = open_page("most_similar_group", default_data, indicator=indicator)
    assert f"is {place} in its Most Similar Group" in page.subheader[0].value


def test_dfe_neighbours_are_not_called_the_police_group(real_data, open_page) -> None:
    page = open_page("most_similar_group", real_data)
    assert page.subheader[0].value == (
        "Southampton is 11th of 11 among its DfE statistical neighbours for all crime, year "
        "ending December 2024; the same a year before"
    )
    assert "They are not the police's Most Similar Group" in words_of(page)
    members = page.table[2].value
    assert members["Area"].iloc[-1] == "Southampton (this area)"
    assert members["Per 1,000"].iloc[-1] == "124.7"


def test_an_area_without_a_group_is_told_so_and_shown_its_force(real_data, open_page) -> None:
    page = open_page("most_similar_group", real_data, area="Leeds")
    assert page.info[0].value.startswith("No group of similar areas is known for Leeds.")
    assert page.subheader[0].value.startswith(
        "Leeds is 5th of 5 among the partnerships of its police force for all crime"
    )
    assert "this is not a group of similar areas" in words_of(page)


def test_the_only_partnership_of_a_force_is_not_ranked(real_data, open_page) -> None:
    page = open_page("most_similar_group", real_data, area="E22000180")
    assert page.info[0].value.startswith("No group of similar areas is known for City of London.")
    assert "There is nothing to rank" in words_of(page)
    assert not page.get("plotly_chart")


def test_a_group_of_which_nobody_else_has_figures_is_not_a_third_place(
    default_data, open_page
) -> None:
    page = open_page("most_similar_group", default_data, group="DfE statistical neighbours~2025")
    assert "1st of 11 (1 with data)" in page.subheader[0].value
    assert "Too few members have figures to speak of third place" in words_of(page)


def test_a_plan_without_figures_says_so(default_data, open_page) -> None:
    page = open_page("most_similar_group", default_data, plan="safer_communities_2009_10")
    assert "There is nothing to rank" in words_of(page)
