"""Crime types: sliced by type, basis and area."""

from __future__ import annotations


def test_all_crime_is_broken_down_into_parts_that_add_up(default_data, open_page) -> None:
    page = open_page("crime_types", default_data)
    assert page.markdown[0].value == (
        "All crime fell 12% in April to December 2009 (20,217, against 23,000 in April to "
        "December 2008)."
    )
    assert page.subheader[0].value == (
        "All crime fell by 2,783; of its parts, criminal damage and arson fell the most (−778) "
        "and dwelling burglary rose the most (+137)"
    )
    assert "The parts do not overlap and add up to −2,783" in page.markdown[1].value


def test_the_table_shows_the_tree_with_rates_per_what(default_data, open_page) -> None:
    table = open_page("crime_types", default_data).dataframe[0].value
    assert table["Type"].iloc[0] == "All crime"
    by_type = table.assign(Type=table["Type"].str.strip()).set_index("Type")
    assert by_type.loc["Dwelling burglary", "Rate per"] == "households"
    assert by_type.loc["Robbery", "Change, %"] == "−12.6%"
    assert table["Type"].str.startswith("\N{EM SPACE}\N{EM SPACE}Arson").any()


def test_types_chosen_narrow_the_table_and_are_drawn_together(default_data, open_page) -> None:
    chosen = ["robbery", "dwelling_burglary"]
    page = open_page("crime_types", default_data, types=chosen, history="twelve_months")
    assert page.subheader[-1].value == (
        "Robbery fell 13%; dwelling burglary rose 17% (April to December 2009 on April to "
        "December 2008)"
    )
    assert page.table[1].value["Type"].str.strip().tolist() == ["Dwelling burglary", "Robbery"]


def test_another_basis_and_another_whole(default_data, open_page) -> None:
    query = {"basis": "month", "within": "criminal_damage_and_arson"}
    page = open_page("crime_types", default_data, **query)
    assert "in December 2009" in page.markdown[0].value
    assert page.markdown[0].value.startswith("Criminal damage and arson ")


def test_two_year_data_offer_years_only_and_withhold_small_percentages(
    real_data, open_page
) -> None:
    page = open_page("crime_types", real_data)
    assert page.markdown[0].value.startswith("All crime fell 7% in the year ending December 2024")
    assert page.selectbox(key="choose_basis").options == ["Twelve months on the twelve before"]
    assert page.selectbox(key="choose_history").options == ["Twelve months to each month"]
    table = page.dataframe[0].value
    homicide = table[table["Type"].str.endswith("Homicide")].iloc[0]
    assert homicide["Change, %"] == "withheld"


def test_any_partnership_can_be_opened(real_data, open_page) -> None:
    page = open_page("crime_types", real_data, area="Leeds")
    assert "All crime" in page.markdown[0].value
    assert page.get("plotly_chart")


def test_a_plan_without_figures_says_so(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, plan="safer_communities_2009_10")
    assert page.info[0].value.startswith("No figures are loaded")
