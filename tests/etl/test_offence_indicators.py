"""Offences that are loaded become indicators; what the catalogue counts is left to it."""

from __future__ import annotations

import pytest

from etl.catalogue import Catalogue, Indicator, load_catalogue
from etl.datadir import PROJECT_DATA, DataDir
from etl.numerators import numerator_table
from etl.offence_indicators import offence_indicators
from etl.problems import InputError


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(DataDir(PROJECT_DATA))


def made(catalogue: Catalogue, *measures: str) -> dict[str, Indicator]:
    found = offence_indicators(
        catalogue.indicators.values(), catalogue.classification, set(measures)
    )
    return {indicator.id: indicator for indicator in found}


def every_measure(catalogue: Catalogue) -> list[str]:
    codes = catalogue.classification.offences["offence_code"]
    return [*("ho:" + codes), *catalogue.classification.types["measure_code"], "street:all"]


def test_nothing_is_made_of_what_is_not_loaded(catalogue) -> None:
    assert made(catalogue) == {}
    assert made(catalogue, "ons:burglary", "local:robbery", "survey:ni_21") == {}


def test_a_code_is_part_of_its_subgroup_and_has_its_rules(catalogue) -> None:
    found = made(catalogue, "ho:28G")
    assert list(found) == ["offence_28g"]
    own, whole = found["offence_28g"], catalogue.indicators["residential_burglary"]
    assert own.title == "Distraction Burglary Residential (28G)"
    assert own.part_of == "residential_burglary"
    assert own.denominator == whole.denominator == "ons:households"
    assert "counted from 2017-04-01" in own.definition


def test_codes_of_sensitive_groups_are_sensitive_at_every_depth(catalogue) -> None:
    found = made(catalogue, "ho:19C", "ho:17A")
    assert found["offence_19c"].part_of == "offence_rape"
    assert found["offence_rape"].part_of == "sexual_offences"
    assert all(each.sensitive for each in found.values())


@pytest.mark.parametrize("measure", ["ho:39", "ho:44", "ho:1/4.1/4.10/4.2", "mps:shoplifting"])
def test_what_an_indicator_of_the_catalogue_counts_is_not_made_again(catalogue, measure) -> None:
    assert made(catalogue, measure) == {}


def test_a_type_of_another_publication_is_a_further_source_of_its_kind(catalogue) -> None:
    alone, both = made(catalogue, "mps:rape"), made(catalogue, "mps:rape", "ho:19C")
    assert list(alone) == ["offence_rape"], "the id is the same whatever is loaded"
    for found in (alone, both):
        measures = [each.measures for each in found["offence_rape"].numerator]
        assert measures == [["ho_group:rape"], ["mps:rape"]]
        assert "Metropolitan Police" in found["offence_rape"].source


def test_a_type_that_is_counted_otherwise_stays_apart(catalogue) -> None:
    found = made(catalogue, "mps:aggravated_vehicle_taking", "ho:37.2")
    assert found["offence_37_2"].part_of == "theft_of_motor_vehicle"
    assert found["offence_mps_aggravated_vehicle_taking"].part_of == "vehicle_offences"


def test_ids_titles_and_wholes_of_all_offences_hold(catalogue) -> None:
    found = made(catalogue, *every_measure(catalogue))
    known = dict(catalogue.indicators) | found
    assert not found.keys() & catalogue.indicators.keys()
    titles = [each.title for each in known.values() if each.id in found]
    assert len(set(titles)) == len(titles)
    assert not set(titles) & {each.title for each in catalogue.indicators.values()}
    assert {each.part_of for each in found.values()} - {""} <= known.keys()
    counted = set(numerator_table(known.values(), catalogue.classification)["measure_code"])
    assert set(every_measure(catalogue)) - counted == {"street:all"}


def test_every_type_of_the_reference_table_names_what_is_there(catalogue) -> None:
    codes = {f"ho:{code}" for code in catalogue.classification.offences["offence_code"]}
    groups = {f"ho_group:{name}" for name in catalogue.classification.group_names}
    types = catalogue.classification.types
    assert set(types["same_as"]) - {""} <= codes | groups
    assert set(types["part_of"]) - {""} <= catalogue.indicators.keys()
    assert types["measure_code"].is_unique


def test_no_file_of_the_catalogue_takes_such_an_id(tmp_path, catalogue) -> None:
    folder = tmp_path / "indicators"
    folder.mkdir()
    text = (PROJECT_DATA / "indicators" / "robbery.toml").read_text(encoding="utf-8")
    (folder / "offence_28g.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as found:
        load_catalogue(DataDir(tmp_path))
    assert [problem.value for problem in found.value.problems] == ["offence_28g"]
