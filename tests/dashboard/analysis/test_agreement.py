"""What a plan states, held against its own numbers, made-up figures or real ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboard.analysis.agreement import AgreementAnswer, agreement
from dashboard.analysis.area_view import AreaView
from dashboard.cli.main import app
from dashboard.store.warehouse import Warehouse
from etl.command_options import ExitCode
from etl.datadir import DataDir

PLAN, SOUTHAMPTON = "southampton_2010_11", "E22000120"
ROBBERIES = "area_code,measure_code,period,value\n" + "".join(
    f"{SOUTHAMPTON},local:robbery,{year}-{month:02},20\n"
    for year in (2008, 2009)
    for month in range(1, 13)
)


def asked(data: Path) -> AgreementAnswer:
    with Warehouse(DataDir(data)) as warehouse:
        return agreement(AreaView.of(warehouse, PLAN))


@pytest.fixture(scope="module")
def figures(default_data: Path) -> pd.DataFrame:
    return asked(default_data).figures.set_index("figure_id")


@pytest.mark.parametrize(
    ("figure", "computed"),
    [
        ("p11_all_crime_shift", 1),
        ("p16_violence_against_the_person_shift", 0),
        ("p22_criminal_damage_shift", 0),
        ("p15_common_assault_quarter", -9),
        ("p23_primary_arson", 29),
        ("p23_asb_reports", -9),
        ("p24_criminal_damage_trend", 3),
        ("p10_types_reduced", 83),
    ],
)
def test_a_claim_of_direction_is_computed(figures, figure, computed) -> None:
    found = figures.loc[figure]
    assert (found["verdict"], found["computed_rounded"]) == ("agrees", computed)
    assert found["evidence"] == "worked example made to agree"


@pytest.mark.parametrize(
    ("total", "verdict", "comes_to"),
    [
        ("appendix2_nte3_total", "agrees", 5000 + 5000 + 5000),
        ("appendix2_nte12_total", "agrees", 20000 + 5000 + 5000 + 10000),
        ("appendix2_yp13_total", "contradictory", 40000 + 15000 + 25000),
    ],
)
def test_a_sum_of_the_plan_is_added_up(figures, total, verdict, comes_to) -> None:
    found = figures.loc[total]
    assert (found["verdict"], found["computed"]) == (verdict, comes_to)
    assert found["evidence"] == "arithmetic checked"


def test_one_paragraph_calls_one_type_the_rising_one_and_another_names_a_second(figures) -> None:
    only, arson = figures.loc["p12_only_increase"], figures.loc["p23_arson"]
    assert (only["verdict"], only["number"], only["computed"]) == ("contradictory", 1, 2)
    assert (arson["verdict"], arson["computed"] > 0) == ("contradictory", True)
    assert (only["contradicts"], arson["contradicts"]) == ("p23_arson", "p12_only_increase")


def test_real_figures_are_evidence_of_their_own(default_data, tmp_path) -> None:
    folder = shutil.copytree(default_data, tmp_path / "data")
    file = tmp_path / "robberies.csv"
    file.write_text(ROBBERIES, encoding="utf-8")
    for words in (["add", str(file), "--published", "2010-02-01"], ["build"]):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(folder), "--quiet"])
        assert result.exit_code == ExitCode.DONE, result.output
    before, now = asked(default_data), asked(folder)
    changed = now.figures["evidence"].ne(before.figures["evidence"])
    assert set(now.figures.loc[changed, "indicator"]) == {"robbery"}
    assert set(now.figures.loc[changed, "evidence"]) == {"real figures"}
    assert now.real_figures == 0  # Both paragraphs on robbery contradict each other.
    assert now.arithmetic_checked == before.arithmetic_checked
