"""The projection's prior fitted again: known truths are found, and no later figure is looked at."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks._early_parts import (
    HORIZON_NAMES,
    LONDON,
    NEW_SOUTH_WALES,
    EarlyPart,
    distance,
    early_parts,
    early_record,
)
from benchmarks._panels import nsw_counts
from benchmarks._prior_evidence import START, Surface, most_probable
from benchmarks._record import THIRDS
from benchmarks.projection_prior import SIZES, constants_of, is_reproduced, run, verdict
from dashboard.metrics.periods import parse_month
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.level import (
    SHARE_OF_DRIFT,
    USUAL,
    USUAL_OF_SHARES,
    Usual,
)

TRUTH = Usual(0.08, -0.1, 10.0, 0.5, -0.3, 0.4)
MONTHS = pd.period_range("2005-04", periods=60, freq="M")


@pytest.fixture(scope="module")
def parts(shared_data: Path) -> dict[str, EarlyPart]:
    return {each.name: each for each in early_parts(shared_data)}


def series_of(usual: Usual, count: int, seed: int) -> History:
    """Series of 2 to 2,000 a month whose drift and lumpiness are drawn about the usual."""
    chance = np.random.default_rng(seed)
    size = np.exp(chance.uniform(np.log(2), np.log(2000), (count, 1)))
    own = np.exp(usual.spread_of_logs * chance.normal(size=(2, count, 1)))
    walk = np.cumsum(chance.normal(size=(count, len(MONTHS))) * usual.drift(size) * own[0], axis=1)
    lumps = usual.lumps(size) * own[1]
    rate = size * np.exp(walk) * chance.gamma(1 / lumps**2, lumps**2, walk.shape)
    return History.of(chance.poisson(rate).astype(float), MONTHS)


def test_the_curves_that_series_were_drawn_from_are_found() -> None:
    surfaces = [Surface.of(series_of(TRUTH, 250, seed)) for seed in (1, 2)]
    found = most_probable(surfaces)
    sizes = np.array([5.0, 50.0, 500.0])
    np.testing.assert_allclose(found.drift(sizes), TRUTH.drift(sizes), rtol=0.25)
    np.testing.assert_allclose(found.lumps(sizes), TRUTH.lumps(sizes), rtol=0.15)
    assert found.spread_of_logs == pytest.approx(TRUTH.spread_of_logs, abs=0.15)
    for other in (START, USUAL):
        gains = [each.log_evidence(found) - each.log_evidence(other) for each in surfaces]
        assert sum(float(gain.mean()) for gain in gains) > 0


def test_each_place_has_equal_weight_however_many_series_it_has() -> None:
    few, many = (Surface.of(series_of(TRUTH, count, count)) for count in (20, 60))
    twice = Surface(np.vstack([many.likelihood] * 2), np.hstack([many.size] * 2))
    once, doubled = most_probable([few, many]), most_probable([few, twice])
    for found, again in zip(
        constants_of(once).values(), constants_of(doubled).values(), strict=True
    ):
        assert found == pytest.approx(again, rel=0.02)


def test_no_figure_after_the_early_part_is_looked_at(tmp_path: Path) -> None:
    rows = [
        {"Month": f"{month:%Y %b}", "Type": kind, "Count": 10 + month.month + 5 * len(kind)}
        for month in pd.period_range("2009-01", "2011-12", freq="M")
        for kind in ("Arson", "Theft")
    ]
    whole, changed = pd.DataFrame(rows), pd.DataFrame(rows)
    later = changed["Month"].str[:4].astype(int) > 2009
    changed.loc[later, "Count"] = 9999
    read = []
    for name, table in (("whole", whole), ("changed", changed), ("early", whole[~later])):
        table.to_csv(tmp_path / f"{name}.csv", index=False)
        read.append(nsw_counts(tmp_path / f"{name}.csv", parse_month("2009-12")))
    for counts, months in read[1:]:
        np.testing.assert_array_equal(counts, read[0][0])
        assert list(months) == list(read[0][1])
    assert read[0][0].shape == (2, 12)


def test_the_early_parts_end_where_the_record_begins(parts: dict[str, EarlyPart]) -> None:
    ends = {name: str(part.months[-1]) for name, part in parts.items()}
    assert ends == {LONDON: "2015-03", NEW_SOUTH_WALES: "2009-12"}
    last = {name: str(part.origins()[-1]) for name, part in parts.items()}
    assert last == {LONDON: "2015-02", NEW_SOUTH_WALES: "2009-11"}


def test_a_share_drifts_about_half_as_fast_as_a_series_alone(parts: dict[str, EarlyPart]) -> None:
    found = most_probable([Surface.of_shares(parts[LONDON].history())])
    sizes = np.array([3.0, 30.0, 300.0, 3000.0])
    ratios = found.drift(sizes) / USUAL.drift(sizes)
    np.testing.assert_allclose(ratios, SHARE_OF_DRIFT, atol=0.15)
    np.testing.assert_allclose(found.lumps(sizes), USUAL_OF_SHARES.lumps(sizes), rtol=0.25)


def test_an_early_part_is_scored_under_each_prior(parts: dict[str, EarlyPart]) -> None:
    part = parts[NEW_SOUTH_WALES]
    short = EarlyPart(part.name, part.counts, part.months, parse_month("2008-10"))
    wide = Usual(0.5, 0.0, 0.0, 0.44, -0.33, 0.5)
    record = early_record(short, {"in the code": USUAL, "wide": wide}).set_index("method")
    overall = record[record["slice"].eq("all")]
    assert overall.loc["wide", "spread"] > 1.5 * overall.loc["in the code", "spread"]
    assert (overall.loc["wide"] != overall.loc["in the code"]).any()


def test_the_distance_is_the_mean_of_thirds_and_that_of_horizons() -> None:
    places = (LONDON, NEW_SOUTH_WALES)
    names = (*THIRDS, *HORIZON_NAMES)
    rows = [
        {"data": place, "slice": name, "mass_80": 80.0, "mass_95": 95.0}
        for place in places
        for name in names
    ]
    right = pd.DataFrame(rows)
    assert distance(right) == 0
    off = right.copy()
    off.loc[(off["data"] == LONDON) & (off["slice"] == THIRDS[2]), "mass_80"] = 86.0
    assert distance(off) == pytest.approx(6 / 6)
    far = right.copy()
    far.loc[(far["data"] == LONDON) & (far["slice"] == HORIZON_NAMES[-1]), "mass_95"] = 90.0
    assert distance(far) == pytest.approx(5 * 0.5 / 7.5)


def test_the_verdict_names_what_is_not_reproduced() -> None:
    names = constants_of(USUAL)
    rows = [{"what": name, "in the code": f"{value:.3f}", "fitted": f"{value:.3f}"}
            for name, value in names.items()]  # fmt: skip
    start, whole = "Within 25% of those in the code: ", "8 of 8 points of the two curves."
    assert verdict(rows) == f"{start}6 of 6 constants and {whole}"
    rows[2]["fitted"] = "4.900"
    assert verdict(rows) == f"{start}5 of 6 constants (not drift flat under) and {whole}"
    rows[-1]["fitted"] = "0.050"
    lost = "7 of 8 points of the two curves (not usual lumpiness at 3,000 a month)."
    assert verdict(rows).endswith(lost)
    assert is_reproduced(-0.2, -0.16)
    assert not is_reproduced(-0.2, -0.14)


def test_without_the_shared_data_it_says_so(tmp_path: Path) -> None:
    assert run(tmp_path) == [{"what": "the shared data are not here"}]


def test_the_methods_page_gives_the_curves_of_the_code(project_root: Path) -> None:
    text = (project_root / "docs" / "methods" / "projection.md").read_text(encoding="utf-8")
    sizes = np.array(SIZES, dtype=float)
    for label, curve in (("usual d", USUAL.drift(sizes)), ("usual root of k", USUAL.lumps(sizes))):
        row = re.search(rf"^\| {label} \|(.+)\|$", text, re.MULTILINE)
        assert row is not None
        shown = [float(cell) for cell in row.group(1).split("|")]
        assert shown == [round(float(value), 3) for value in curve]
