"""Movement, funnel and neighbours: what they rest on, editions, and that numbers agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.change import change
from dashboard.analysis.comparison import compared
from dashboard.analysis.funnel import funnel
from dashboard.analysis.groups import edition_changes
from dashboard.analysis.movement import movement, movement_of
from dashboard.analysis.neighbours import neighbours
from dashboard.analysis.ranking import ranking
from dashboard.analysis.target_trajectory import path_of
from dashboard.metrics.significance import LIKE_SERIES
from dashboard.pages.most_similar_group.funnel import beside_the_means, funnel_chart, funnel_text
from dashboard.pages.most_similar_group.places_over_time import (
    editions_table,
    places_chart,
    places_text,
)
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from dashboard.words.peers import about_group
from dashboard.words.rank_certainty import certainty_text, going_on_text, near_table
from dashboard.words.verdict import chance_in_words
from etl.datadir import DataDir

SOUTHAMPTON, LEEDS = "E22000120", "E22000345"


@pytest.fixture(scope="module")
def default(default_data: Path) -> Warehouse:
    return Warehouse(DataDir(default_data))


@pytest.fixture(scope="module")
def real(real_data: Path) -> Warehouse:
    return Warehouse(DataDir(real_data))


def own_rows(answer) -> pd.DataFrame:
    return answer.ranks[answer.ranks["is_own"]]


@pytest.mark.parametrize("indicator", ["all_crime", "robbery", "most_serious_violence"])
def test_the_last_places_of_the_course_are_those_of_the_ranking(default, indicator) -> None:
    place = ranking(AreaView.of(default), indicator)
    course = movement(AreaView.of(default), indicator)
    own = own_rows(course)["rank"].tolist()
    assert own[-1] == place.place.rank
    before = place.moved.loc[place.moved["is_own"], "rank_before"].iloc[0]
    assert own[-2] == before


def test_a_year_without_the_areas_figure_stays_in_the_course_as_a_gap(default) -> None:
    whole = compared(AreaView.of(default), "all_crime", as_at="2009-12", basis="ytd")
    own, starts = whole.series["area_code"].eq(SOUTHAMPTON), whole.series["period_start"]
    in_2008 = pd.to_datetime(starts).between("2008-04-01", "2008-12-31")
    course = movement_of(replace(whole, series=whole.series[~(own & in_2008)]))
    assert course.periods == movement_of(whole).periods
    places = own_rows(course).set_index("period")["rank"]
    assert places.index[places.isna()].tolist() == ["April to December 2008"]
    chart = places_chart(course, source="Source: test")
    line = chart.figure.data[-1]
    assert line.connectgaps is False
    assert [pd.isna(y) for y in line.y] == [False, False, True, False]
    assert "April to December 2008: not ranked of 15 (14 with data)" in chart.alt


def test_every_period_has_the_same_members_and_one_years_residents(default) -> None:
    course = movement(AreaView.of(default), "all_crime", basis="rolling_year")
    assert len(course.periods) == 12
    assert course.periods[-1] == "year ending December 2009"
    assert course.ranks.groupby("period")["area_code"].nunique().eq(15).all()
    assert course.ranks.groupby("area_code")["denominator"].nunique().eq(1).all()
    assert course.denominator_year == 2009


def test_the_course_is_drawn_from_three_periods_on(default, real) -> None:
    chart = places_chart(movement(AreaView.of(default), "all_crime"), source="Source: test")
    assert chart is not None
    assert "on the residents of 2009" in chart.caption.subtitle
    assert places_text(movement(AreaView.of(default), "all_crime")).startswith(
        "Southampton went from"
    )
    assert (
        places_chart(movement(AreaView.of(real, area=SOUTHAMPTON), "all_crime"), source="") is None
    )


def test_a_rank_certainty_holds_its_place_and_its_chances_add_up(real) -> None:
    answer = ranking(AreaView.of(real, area=SOUTHAMPTON), "robbery")
    found = as_json(answer)
    assert answer.place.rank is not None
    assert answer.certainty.rank_lower <= answer.place.rank <= answer.certainty.rank_upper
    chances = [found[f"chance_{each}"] for each in ("moved_up", "same_place", "moved_down")]
    assert sum(chances) == pytest.approx(1)
    assert answer.members["chance_top_three"].sum() == pytest.approx(3, abs=1e-6)
    assert answer.certainty.dispersion_from == LIKE_SERIES
    assert found["from_mean_pooled"]["mean"] == pytest.approx(found["group_mean_pooled"])
    assert found["from_mean_unweighted"]["mean"] == pytest.approx(found["group_mean_unweighted"])


@pytest.mark.parametrize("indicator", ["all_crime", "robbery", "most_serious_violence"])
def test_a_rank_and_a_change_have_one_factor(default, real, indicator) -> None:
    for view in (AreaView.of(default), AreaView.of(real, area=SOUTHAMPTON)):
        if view.headline(indicator) is None:
            continue
        certainty = ranking(view, indicator).certainty
        tested = change(view, indicator, ranking(view, indicator).basis).change.significance
        assert certainty.dispersion == pytest.approx(tested.dispersion)
        assert certainty.dispersion_from == tested.dispersion_from


def test_each_member_has_its_own_factor(real) -> None:
    members = ranking(AreaView.of(real, area=SOUTHAMPTON), "all_crime").members
    by_size = members.sort_values("count")["dispersion"]
    assert (by_size > 1).all()
    assert by_size.iloc[-1] > by_size.iloc[0]


def test_the_words_of_a_rank_certainty(default) -> None:
    answer = ranking(AreaView.of(default), "all_crime")
    assert certainty_text(answer).startswith(
        "Allowing for chance, the place is between 10th and 14th (95%). "
    )
    assert going_on_text(answer).endswith("third place needs 5,600 fewer.")
    assert near_table(answer)["Place"].tolist() == ["10th", "11th", "12th", "14th", "15th"]
    texts = [chance_in_words(chance) for chance in (None, 0.0, 0.324, 0.999)]
    assert texts == ["not known", "less than 1%", "32%", "more than 99%"]


def test_a_funnel_about_the_plans_target_or_a_number(default) -> None:
    view = AreaView.of(default)
    about = funnel(view, "all_crime", "rolling_year", about="target")
    own = about.own["denominator"]
    target = path_of(view, "all_crime").target
    assert about.plot.target == pytest.approx(1000 * target / own)
    assert about.plot.is_given
    common = funnel(view, "all_crime", "rolling_year")
    assert not common.plot.is_given
    assert about.plot.dispersion == common.plot.dispersion
    assert funnel(view, "all_crime", about="80").plot.target == 80
    for wrong, said in (("target", "ask for --basis rolling_year"), ("high", "not 'high'")):
        with pytest.raises(ValueError, match=said):
            funnel(view, "all_crime", about=wrong)


def test_a_funnel_of_a_percentage_goes_by_how_many_answered(default) -> None:
    view = AreaView.of(default)
    found = funnel(view, "ni_21")
    assert found.plot.is_proportion
    assert (found.rate_per, found.own["place"]) == (100, "inside")
    assert found.own["value"] == pytest.approx(23)
    assert found.own["denominator"] == 1142
    # The plan's target of a percentage is one: 30% is far over what so many may chance to say.
    assert funnel(view, "ni_21", about="30").own["place"] == "very low"
    with pytest.raises(NoFiguresError, match="says how many answered"):
        funnel(view, "ni_19")


def test_funnel_and_mean_are_joined_where_they_seem_to_disagree(real) -> None:
    """A rate may differ from the mean by more than chance, and be usual among areas that differ."""
    ranked = ranking(AreaView.of(real, area=SOUTHAMPTON), "all_crime")
    found = funnel(AreaView.of(real, area=SOUTHAMPTON), "all_crime")
    own = found.areas["is_own"]
    inside = replace(found, areas=found.areas.assign(place="inside"))
    far = replace(ranked.certainty.from_pooled, difference=7.5, lower=3.0, upper=12.0)
    near = replace(far, lower=-3.0)

    def said(distance, answer=inside) -> str:
        certainty = replace(ranked.certainty, from_pooled=distance, from_unweighted=distance)
        return beside_the_means(answer, replace(ranked, certainty=certainty))

    assert own.sum() == 1
    assert "by more than chance" in said(far)
    assert "among them it is not unusual" in said(far)
    assert said(near) == ""
    assert said(far, replace(inside, areas=inside.areas.assign(place="high"))) == ""


def test_the_funnel_is_of_the_group_or_of_all(real) -> None:
    few = funnel(AreaView.of(real, area=SOUTHAMPTON), "all_crime")
    many = funnel(AreaView.of(real, area=SOUTHAMPTON), "all_crime", among="all")
    assert (few.plot.areas, many.plot.areas > 300) == (11, True)
    assert many.areas["in_group"].sum() == 11
    assert few.plot.target == pytest.approx(
        ranking(AreaView.of(real, area=SOUTHAMPTON), "all_crime").mean.pooled
    )
    assert (few.limits["lower_998"] <= few.limits["lower_95"]).all()
    chart = funnel_chart(many, source="Source: test")
    assert chart is not None
    assert len(chart.table) == len(many.areas)
    assert funnel_text(many) in chart.alt
    with pytest.raises(ValueError, match="'some' is not one of group, all"):
        funnel(AreaView.of(real, area=SOUTHAMPTON), "all_crime", among="some")


def test_neighbours_are_labelled_as_our_own_and_never_official(real) -> None:
    found = neighbours(AreaView.of(real, area=LEEDS), "population,robbery")
    assert len(found.members) == 15
    assert found.members["area_code"].iloc[0] == LEEDS
    assert found.members["distance"].is_monotonic_increasing
    said = as_json(found)
    assert said["group"] == "A group of our own making"
    assert said["is_official"] is False
    answer = ranking(AreaView.of(real, area=LEEDS), "all_crime", group="own:population,robbery")
    assert answer.group_kind == "own_making"
    assert set(answer.members["area_code"]) == set(found.members["area_code"])
    assert "not the police's Most Similar Group" in about_group(answer)


def test_a_group_chosen_by_what_is_ranked_says_so(real) -> None:
    circular = ranking(AreaView.of(real, area=LEEDS), "robbery", group="own:robbery")
    assert "alike in that by its making" in circular.source
    other = ranking(AreaView.of(real, area=LEEDS), "burglary", group="own:robbery")
    assert "alike in that by its making" not in other.source


@pytest.mark.parametrize("measures", ["density", "", "ni_21"])
def test_an_unknown_measure_is_refused(real, measures) -> None:
    with pytest.raises(UnknownChoiceError, match="no measure"):
        neighbours(AreaView.of(real, area=LEEDS), measures)


def test_an_area_without_the_measure_has_no_such_group(default) -> None:
    with pytest.raises(NoFiguresError):
        neighbours(AreaView.of(default, area=SOUTHAMPTON), "residential_burglary")


def test_rates_by_households_change_the_base_and_no_count(default) -> None:
    people = ranking(AreaView.of(default), "all_crime")
    homes = ranking(AreaView.of(default), "all_crime", rate_base="households")
    assert homes.denominator == "ons:households"
    counts = [each.members.set_index("area_code")["count"] for each in (people, homes)]
    pd.testing.assert_series_equal(counts[0], counts[1].reindex(counts[0].index))
    assert homes.members["value"].min() > people.members["value"].max()
    with pytest.raises(UnknownChoiceError, match="rate base"):
        ranking(AreaView.of(default), "all_crime", rate_base="visitors")


def test_illustrative_comparators_are_no_neighbours_of_a_real_area(real) -> None:
    found = neighbours(AreaView.of(real, area=SOUTHAMPTON), "population")
    assert not found.members["area_code"].str.startswith("comparator").any()


def test_a_change_of_edition_names_who_joined_and_left(real_peers) -> None:
    view = AreaView.of(real_peers, area=SOUTHAMPTON)
    changes = edition_changes(view, "DfE statistical neighbours").set_index("edition")
    assert changes.loc["2021", "joined"] == []
    assert "Leeds" in changes.loc["2025", "joined"]
    assert "Plymouth" in changes.loc["2025", "left"]
    course = movement(AreaView.of(real_peers, area=SOUTHAMPTON), "all_crime", edition="2021")
    assert "Leeds" not in set(course.ranks["area_name"])
    assert editions_table(course)["Edition"].tolist() == ["2021", "2025"]
    newest = ranking(AreaView.of(real_peers, area=SOUTHAMPTON), "all_crime")
    assert (newest.edition, newest.edition_in_force) == ("2025", "2021")
    assert "edition 2021 was the one in force" in about_group(newest, 2)


@pytest.fixture(scope="module")
def real_peers(real_data: Path, shared_data: Path, tmp_path_factory) -> Warehouse:
    import shutil  # noqa: PLC0415 - of this fixture only

    from typer.testing import CliRunner  # noqa: PLC0415

    from dashboard.cli.main import app  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("peers") / "data"
    shutil.copytree(real_data, folder)
    peers = shared_data / "peers" / "dfe_statistical_neighbours_2021_2025.csv"
    for words in (["add", str(peers), "--published", "2025-05-01"], ["build"]):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(folder), "--quiet"])
        assert result.exit_code == 0, result.output
    return Warehouse(DataDir(folder))
