"""Where the usual dispersion comes from: its constants fitted again, on the early parts alone.

`python -m benchmarks.dispersion_prior`: under a minute. It reads boroughs of London to March 2015
and police forces to March 2012, pairs of periods a year apart without known change
(`benchmarks/_adjacent_years.py`); nothing later has a part in it.

The criterion. The change of a pair on the scale z = 2 (sqrt(y) - sqrt(c x)) / sqrt(1 + c), c what
the other areas did, has the variance 1 + a (n / 1,000)^b. The a of each kind and the one b are
those under which the z of all pairs are most probable, taken as Student's t of ``DEGREES`` degrees
of freedom and that variance, so that single far ones count little. Years, quarters and months of
London weigh a third each, and together as much as the forces. The logarithm of each a is drawn a
little to their mean (``DRAWN``), which holds those of kinds with few pairs.

Then what is usual is set against a series' own history: the loss with every weight of ``WEIGHTS``.
It is least from 40 to 80. Nothing is written anywhere.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks._adjacent_years import FORCES, Panel, histories, panels
from dashboard.metrics import dispersion
from dashboard.metrics.dispersion import ANSCOMBE, STEPS_OF_THE_USUAL, dispersion_at
from dashboard.metrics.usual_dispersion import EXCESS, EXCESS_OF_OTHERS, GROWTH, SIZE

DEGREES = 8.0
DRAWN = 0.02
WEIGHTS = (5, 10, 20, 40, 80, 160)
IN_CODE, FITTED = "in the code", "fitted"


def run() -> list[dict[str, object]]:
    """Fit the constants; one row a constant, then one a weight of what is usual."""
    known = panels()
    if not known:
        return [{"what": "needs ../shared, which is not beside this checkout"}]
    growth, excess, others = fitted(known)
    rows = [
        _row("growth b", GROWTH, growth),
        *(_row(kind, EXCESS.get(kind, np.nan), value) for kind, value in excess.items()),
        _row("others", EXCESS_OF_OTHERS, others),
    ]
    return [*rows, *_losses_by_weight(known)]


def fitted(known: list[Panel]) -> tuple[float, dict[str, float], float]:
    """Return b, the a of each kind and their geometric mean, fitted on the panels' early parts."""
    pairs = pd.concat([_with_z(panel, panel.early()) for panel in known], ignore_index=True)
    growth, excess = most_probable(pairs)
    return growth, excess, float(np.exp(np.log(list(excess.values())).mean()))


def most_probable(pairs: pd.DataFrame) -> tuple[float, dict[str, float]]:
    """Return the b and the a of each kind under which the changes of pairs are most probable.

    Args:
        pairs: indicator_id, size (events), squared (z squared), weight.
    """
    kinds, at = np.unique(pairs["indicator_id"], return_inverse=True)
    size = np.log(pairs["size"].to_numpy() / SIZE)
    squared, weight = (pairs[name].to_numpy() for name in ("squared", "weight"))

    def loss(values: NDArray) -> tuple[float, NDArray]:
        b, logs = values[0], values[1:]
        excess = np.exp(logs[at] + b * size)
        each, slope = _loss(squared, 1 + excess)
        apart = logs - logs.mean()
        by_log = weight * slope * excess
        slopes = np.bincount(at, by_log, len(kinds)) + 2 * DRAWN * apart / len(kinds)
        whole = (weight * each).sum() + DRAWN * (apart**2).mean()
        return float(whole), np.r_[(by_log * size).sum(), slopes]

    begin = np.r_[GROWTH, np.full(len(kinds), np.log(EXCESS_OF_OTHERS))]
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 2_000}).x
    return float(found[0]), dict(zip(kinds.tolist(), np.exp(found[1:]).tolist(), strict=True))


def _loss(squared: NDArray, variance: NDArray) -> tuple[NDArray, NDArray]:
    """The negative log probability of each change, but for a constant; its slope in variance."""
    ratio = squared / variance / (DEGREES - 2)
    each = np.log(variance) / 2 + (DEGREES + 1) / 2 * np.log1p(ratio)
    slope = (1 - (DEGREES + 1) * ratio / (1 + ratio)) / (2 * variance)
    return each, slope


def _with_z(panel: Panel, pairs: pd.DataFrame) -> pd.DataFrame:
    before, after, common = (pairs[name] for name in ("before", "after", "common"))
    step = np.sqrt(after + ANSCOMBE) - np.sqrt(common * (before + ANSCOMBE))
    share = 1.0 if panel.source == FORCES else 1 / 3
    return pairs.assign(
        size=(before + after) / 2,
        squared=4 * step**2 / (1 + common),
        weight=share / max(len(pairs), 1),
    )


def _losses_by_weight(known: list[Panel]) -> list[dict[str, object]]:
    """The loss of every panel's early part, with more and with less weight on what is usual."""
    rows = []
    parts = []
    for panel in known:
        pairs = _with_z(panel, panel.early())
        parts.append((pairs, histories(pairs, panel.history_at)))
    for weight in WEIGHTS:
        losses = []
        for pairs, history in parts:
            steps = history.steps * STEPS_OF_THE_USUAL / weight
            factor = dispersion_at(
                pairs["size"], pairs["indicator_id"], history._replace(steps=steps)
            )
            losses.append(float(_loss(pairs["squared"].to_numpy(), factor)[0].mean()))
        in_code = "in the code" if weight == dispersion.STEPS_OF_THE_USUAL else ""
        loss = ", ".join(f"{each:.3f}" for each in losses)
        rows.append({"what": f"loss at weight {weight}", IN_CODE: in_code, FITTED: loss})
    return rows


def _row(what: str, in_code: float, found: float) -> dict[str, object]:
    return {"what": what, IN_CODE: f"{in_code:g}", FITTED: f"{found:.2f}"}
