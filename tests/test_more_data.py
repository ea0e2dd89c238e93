"""More data never spoils an answer: what a series says does not depend on what else is loaded.

Real files are loaded in many subsets and orders, and every answer of a series that two subsets have
in common is the same to the last digit. Files of London, of the Home Office and of small areas are
cut down to some areas, so that a build takes seconds.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.change import change
from dashboard.analysis.control import control
from dashboard.analysis.projection import projection_in
from dashboard.analysis.ranking import ranking
from dashboard.analysis.status import target_status
from dashboard.analysis.trend import trend
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

#: How many subsets and orders are drawn.
SUBSETS = 60
#: As many as are gone by as siblings, so that projections are of what the others count too.
BOROUGHS = ("Barnet", "Camden", "Ealing", "Hackney", "Islington", "Lambeth", "Westminster")
PLACES = ("Southampton", "Portsmouth")
FORCES = ("Hampshire", "Metropolitan")

#: Files by source, with the day that each was published and the words of which a line is kept that
#: has any; none for the whole file.
FIGURES: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
    # One workbook has partnerships and forces: the forces of earlier ones are the same series.
    "partnerships and forces by year": [
        ("ons_csp/policeforceareatablesyedecember2024.xlsx", "2025-04-24", ()),
        ("ons_pfa/policeforceareatablesyearendingmarch2018v2.xlsx", "2018-07-19", ()),
        ("ons_pfa/policeforceareatablesyearendingdecember2018.xlsx", "2019-04-25", ()),
    ],
    "forces by quarter": [("home_office_pfa/prc-pfa-2017-18.csv", "2018-07-19", FORCES)],
    "forces by year": [("home_office_pfa/rec-crime-pfa.csv", "2019-04-25", FORCES)],
    "streets": [
        ("police_uk_street/2014-01-hampshire-street.csv", "2014-03-01", PLACES),
        ("police_uk_street/2014-02-hampshire-street.csv", "2014-04-01", PLACES),
        ("police_uk_street/2025-01-hampshire-street.csv", "2025-03-01", PLACES),
        ("police_uk_street/2025-02-hampshire-street.csv", "2025-04-01", PLACES),
    ],
    "districts by month": [
        ("street_monthly/street_lad_month_type_to_2025_06.csv", "2025-08-01", ("Hampshire",)),
    ],
    "boroughs by month": [
        ("met_police_boroughs/sa06840_MPS_Historical.csv", "2021-05-01", BOROUGHS),
        ("met_police_boroughs/MPS_borough_APR2010-FEB2022.csv", "2022-02-20", BOROUGHS),
    ],
}
#: What figures are understood by: loaded with every subset.
CONTEXT = [
    ("lookups/lookup_ltla24_csp24_pfa24.csv", "2024-05-01", ()),
    ("lookups/lookup_lsoa21_ward24_ltla24.csv", "2024-05-02", PLACES),
    ("lookups/lookup_lsoa11_ltla21.csv", "2021-05-01", PLACES),
    ("population/MYEB3_UK_2001_2019_geog20.csv", "2020-06-24", ()),
    ("population/london_borough_components_2011_2024.csv", "2025-07-30", ()),
    ("peers/dfe_statistical_neighbours_2021_2025.csv", "2025-06-01", ()),
]
SOUTHAMPTON, CAMDEN, HAMPSHIRE = "E22000120", "E22000191", "E23000030"
INDICATORS = ("all_crime", "robbery", "criminal_damage_and_arson")
PLAN = """
title = "Tested"
period = "2025/26"
display_order = 5
area_code = "{area}"
area_name = "Tested"
document = "none"
[partnership]
name = "Tested"
"""
TARGETS = """
[[target]]
id = "crime"
indicator = "all_crime"
kind = "plan"
goal = "relative_change"
goal_number = -5
baseline_period = "{baseline}"
due = "{due}"
paragraph = "1"
[[target]]
id = "place"
indicator = "all_crime"
kind = "plan"
goal = "rank"
goal_number = 3
due = "{due}"
paragraph = "1"
"""
#: Baseline and due date of each area's plan, so that some are due and some to come.
PLANS = {
    SOUTHAMPTON: ("year ending December 2023", "2025-12-31"),
    CAMDEN: ("2019/20", "2023-03-31"),
    HAMPSHIRE: ("2016/17", "2020-03-31"),
}
BASES = ("month", "ytd", "rolling_year")

Answers = dict[tuple[str, ...], Any]


class Library:
    """The files cut down and read once, databases of any of them, and what those answer."""

    def __init__(self, root: Path, shared: Path) -> None:
        self.root = root
        self.shared = shared
        self.read = DataDir(root / "read")
        self._kept: dict[str, list[Path]] = {}
        for name, files in (*FIGURES.items(), ("", CONTEXT)):
            before = set(self.read.raw.glob("*"))
            for path, day, words in files:
                source = self._cut(path, words)
                add_file(
                    self.read, source, published=date.fromisoformat(day), loaded_by="a test",
                    accept_partial=True,
                )  # fmt: skip
            self._kept[name] = sorted(set(self.read.raw.glob("*")) - before)
        self.answers = functools.lru_cache(maxsize=None)(self._answers)

    def _cut(self, name: str, words: tuple[str, ...]) -> Path:
        original = self.shared / name
        if not words:
            return original
        cut = self.root / "cut" / name
        cut.parent.mkdir(parents=True, exist_ok=True)
        head, *lines = original.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        rows = [line for line in lines if any(word in line for word in words)]
        cut.write_text(head + "".join(rows), encoding="utf-8")
        return cut

    def _answers(self, sources: tuple[str, ...]) -> tuple[Answers, dict[str, list[str]]]:
        folder = self.root / "built" / str(abs(hash(sources)))
        data = self.built(sources, folder)
        with Warehouse(data) as warehouse:
            return dict(_of_real_figures(warehouse)), _periods(warehouse)

    def built(self, sources: tuple[str, ...], folder: Path) -> DataDir:
        """Build a database of some sources, loaded in this order."""
        data = DataDir(folder)
        data.raw.mkdir(parents=True)
        for area, (baseline, due) in PLANS.items():
            plan = folder / "plans" / f"tested_{area.lower()}"
            plan.mkdir(parents=True)
            (plan / "plan.toml").write_text(PLAN.format(area=area))
            (plan / "targets.toml").write_text(TARGETS.format(baseline=baseline, due=due))
        for name in (*sources, ""):
            for path in self._kept[name]:
                (data.raw / path.name).symlink_to(path.resolve(), target_is_directory=True)
        build(data)
        return data


def _of_real_figures(warehouse: Warehouse) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the answers of every series of some indicators in each area."""
    for area in PLANS:
        for indicator in INDICATORS:
            for each in _view(warehouse, area).all_series(indicator):
                view = _view(warehouse, area, each.id)
                month = view.period_end(indicator)
                view = view.at(month)
                for name, ask in _questions(view, indicator).items():
                    yield (area, indicator, each.id, name), _said(ask)


def _view(warehouse: Warehouse, area: str, series: str = "") -> AreaView:
    return AreaView.of(warehouse, f"tested_{area.lower()}", area, series=series)


def _questions(view: AreaView, indicator: str) -> dict[str, Callable[[], Any]]:
    month = view.as_at
    assert month is not None
    asked: dict[str, Callable[[], Any]] = {
        f"change {basis}": functools.partial(change, view, indicator, basis=basis)
        for basis in BASES
    }
    asked |= {
        "ranking": functools.partial(ranking, view, indicator),
        "control": functools.partial(control, view, indicator),
        "trend": functools.partial(trend, view, indicator),
    }
    for target in view.targets if indicator == "all_crime" else ():
        asked[f"projection {target.target_id}"] = functools.partial(
            projection_in, view, target, month
        )
        asked["status"] = functools.partial(target_status, view, month, indicator=indicator)
    return asked


def _said(ask: Callable[[], Any]) -> str:
    """Return an answer as JSON writes it, or why there is none."""
    try:
        found = ask()
    except NoFiguresError as nothing:
        return str(nothing)
    return json.dumps(as_json(found), default=str)


def _periods(warehouse: Warehouse) -> dict[str, list[str]]:
    views = {area: _view(warehouse, area) for area in PLANS}
    return {
        area: [str(month) for month in view.months_with_figures()] for area, view in views.items()
    }


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Library:
    return Library(tmp_path_factory.mktemp("more_data"), shared_data)


#: Up to three sources in any order; what they say is held against all of them together.
SOURCES = st.lists(st.sampled_from(sorted(FIGURES)), min_size=1, max_size=3, unique=True).map(tuple)


@settings(
    max_examples=SUBSETS, phases=[Phase.explicit, Phase.generate], derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture], database=None,
)  # fmt: skip
@given(sources=SOURCES)
def test_no_answer_of_a_series_depends_on_what_else_is_loaded(library, sources) -> None:
    found, periods = library.answers(sources)
    everything, all_periods = library.answers(tuple(sorted(FIGURES)))
    assert found.keys() <= everything.keys()
    for key, said in found.items():
        assert said == everything[key], key
    for area, months in periods.items():
        assert set(months) <= set(all_periods[area]), area


def test_the_worked_example_stays_as_it_is(library, tmp_path) -> None:
    """Real figures of its own area, of other years than the plan's, do not touch it."""
    build(alone := DataDir(tmp_path / "alone"))
    beside = library.built(tuple(FIGURES), tmp_path / "beside")
    found = []
    for data in (alone, beside):
        with Warehouse(data) as warehouse:
            view = AreaView.of(warehouse, "southampton_2010_11")
            rows = as_json(target_status(view, "2009-12"))
            found.append((rows, view.months_with_figures()))
    assert found[0] == found[1]
