"""Most Similar Group: the place, the gap, and what the group is not."""

from __future__ import annotations

import json
import re

import pytest

from tests.dashboard.conftest import numbers_of


def words_of(page) -> str:
    return "\n".join(block.value for block in page.markdown).replace("\\", "")


def members_of(page):
    return next(each.value for each in page.table if "Place allowing for chance" in each.value)


def test_the_headline_gives_place_period_and_the_place_before(default_data, open_page) -> None:
    page = open_page("most_similar_group", default_data)
    assert page.title[0].value == "13th of 15 for all crime in its Most Similar Group"
    assert (
        "Southampton is 13th of 15 in its Most Similar Group for all crime, April to December "
        "2009; 14th a year before"
    ) in words_of(page)
    assert "Third place needs 4,707 fewer in April to December 2009" in words_of(page)
    for number in ("13th", "was 14th", "86.0", "4,707", "&lt;1%"):
        assert number in numbers_of(page)
    assert len(page.get("plotly_chart")) == 2


def test_both_means_are_shown_with_their_conventions(default_data, open_page) -> None:
    rests = open_page("most_similar_group", default_data, tab="rests").table[-1].value
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
    assert page.title[0].value.startswith(f"{place} for ")


def test_dfe_neighbours_are_not_called_the_police_group(real_data, open_page) -> None:
    page = open_page("most_similar_group", real_data, area="E22000120", tab="members")
    finding = "11th of 11 for all crime among its DfE statistical neighbours"
    assert page.title[0].value == finding
    assert "They are not the police's Most Similar Group" in words_of(page)
    members = members_of(page)
    assert members["Area"].iloc[-1] == "Southampton (this area)"
    assert members["Per 1,000"].iloc[-1] == "124.7"


def test_an_area_without_a_group_is_told_so_and_shown_its_force(real_data, open_page) -> None:
    page = open_page("most_similar_group", real_data, area="Leeds")
    assert page.info[0].value.startswith("No group of similar areas is known for Leeds.")
    place = "5th of 5 for all crime among the partnerships of its police force"
    assert page.title[0].value == place
    assert "this is not a group of similar areas" in words_of(page)


def test_an_area_of_which_no_rate_is_published_is_not_ranked(real_data, open_page) -> None:
    page = open_page("most_similar_group", real_data, area="E22000180")
    assert page.title[0].value == "City of London cannot be ranked so"
    told = [each.value for each in page.info]
    assert told[0].startswith("Rates per 1,000 population are not presented for City of London")


def test_a_group_is_made_of_the_measures_in_the_address(real_data, open_page) -> None:
    page = open_page(
        "most_similar_group",
        real_data,
        area="Leeds",
        group="own",
        tab="members",
        alike=["population", "robbery"],
        indicator="robbery",
    )
    assert "of 15 for robbery in a group of our own making" in page.title[0].value
    said = words_of(page)
    assert " areas on residents and robbery per 1,000 residents" in said
    assert "it was chosen by what is ranked here" in said
    assert len(members_of(page)) == 15


def test_who_is_near_and_how_sure_the_place_is(default_data, open_page) -> None:
    page = open_page("most_similar_group", default_data, indicator="robbery")
    assert "The chance of being truly among the best three is" in words_of(page)
    near = next(each.value for each in page.table if "To draw level" in each.value)
    assert 1 <= len(near) <= 6
    assert "Southampton" not in set(near["Area"])


def test_rates_by_households_are_said_to_be(default_data, open_page) -> None:
    page = open_page("most_similar_group", default_data, rate_base="households", tab="rests")
    rests = page.table[-1].value.set_index("What")["Figure or words"]
    assert rests["Rates per"].startswith("Households")
    people = open_page("most_similar_group", default_data, tab="rests")
    assert (
        people.table[-1]
        .value.set_index("What")["Figure or words"]["Rates per"]
        .startswith("Residents")
    )


def test_the_funnel_takes_in_every_area_on_request(real_data, open_page) -> None:
    page = open_page("most_similar_group", real_data, area="E22000120", among="all", tab="funnel")
    assert re.search(r"all 3\d\d areas of its kind", words_of(page))


def test_the_funnel_is_about_the_target_on_request(default_data, open_page) -> None:
    asked = {"tab": "funnel", "about": "target"}
    page = open_page("most_similar_group", default_data, basis="rolling_year", **asked)
    assert "that meets the target" in page.header[-1].value
    labels = json.loads(page.get("plotly_chart")[-1].proto.spec)["layout"]["annotations"]
    assert any(each["text"].startswith("Target ") for each in labels)
    page = open_page("most_similar_group", default_data, **asked)
    assert "is of a year" in page.info[-1].value


def test_a_group_of_which_nobody_else_has_figures_is_not_a_third_place(
    default_data, open_page
) -> None:
    page = open_page("most_similar_group", default_data, group="DfE statistical neighbours~2025")
    assert "1 of 11 members have figures" in page.title[0].value
    assert "third place" not in words_of(page).lower()


def test_a_plan_without_figures_says_so(default_data, open_page) -> None:
    page = open_page("most_similar_group", default_data, plan="safer_communities_2009_10")
    assert page.title[0].value.startswith("There is nothing to rank")
