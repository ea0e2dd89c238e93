"""A test at 5% calls about 5% of held-out real pairs of periods without known change."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks._adjacent_years import FORCES, Panel, panels
from benchmarks.change_calibration import FACTORS, RECORDED_ANEW, called
from benchmarks.dispersion_prior import fitted
from dashboard.metrics.usual_dispersion import EXCESS, EXCESS_OF_OTHERS, GROWTH

BEFORE, NOW, USUAL = FACTORS
ROUNDED = 0.051
"""The constants are given to one place."""


@pytest.fixture(scope="module")
def known(shared_data: Path) -> list[Panel]:
    assert shared_data.is_dir()
    return panels()


def test_about_five_percent_are_called_and_more_were(known):
    for panel in known:
        pairs = called(panel)
        assert 0.03 < pairs[NOW].mean() < 0.085, (panel.source, panel.months)
        assert pairs[NOW].mean() < pairs[BEFORE].mean()
        # Without a history too: a series that has none is called about as often.
        assert 0.02 < pairs[USUAL].mean() < 0.075, (panel.source, panel.months)
        own = pairs[~pairs["indicator_id"].isin(RECORDED_ANEW)]
        assert own[NOW].mean() == pytest.approx(0.05, abs=0.025), (panel.source, panel.months)
        if panel.source != FORCES:
            assert pairs[pairs["indicator_id"].eq("all_crime")][NOW].mean() == pytest.approx(
                0.05, abs=0.02
            )


def test_the_constants_are_those_of_the_early_parts(known):
    growth, excess, others = fitted(known)
    assert growth == pytest.approx(GROWTH, abs=0.0051)
    assert others == pytest.approx(EXCESS_OF_OTHERS, abs=ROUNDED)
    for kind, value in excess.items():
        assert EXCESS[kind] == pytest.approx(value, abs=ROUNDED), kind
