"""Whether the projected places of real areas come true as often as is said.

London's boroughs month by month (the Metropolitan Police's table, before 2020/21), rated on the
residents that the ONS table of partnerships gives. Their official groups are not published: each
borough's group here is the fifteen boroughs around it in the order of residents. From the end of
every quarter the place of every borough in every crime type is projected to a due date 3 and 15
months on, as `dashboard.analysis.projected_place` does, and held against the place that came. The
places of one group and of groups that share members are not independent of each other, so that the
shares are surer in the middle of the table than at its ends.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._metrics_by_year import GROUP, KEYS, figures_of
from benchmarks._national import WORKBOOK, add_workbook
from benchmarks.exceptions import DOWNLOAD
from dashboard.metrics.gap import THIRD
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, later, parse_month
from dashboard.metrics.projected_rank import draw_totals, projected_ranks
from dashboard.metrics.projection.history import FEWEST_EVENTS, History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.siblings import fit_chosen
from dashboard.metrics.rank_uncertainty import chance_within, interval_of_rank
from dashboard.metrics.ranking import competition_ranks
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

FIRST_ORIGIN, LAST_DUE = "2013-03", "2020-02"
AHEAD = (3, 15)
"""Months from what is known to the due date; from December to a plan's March, or the next one."""
DRAWS = 2_000
LEVELS = (0.8, 0.95)
BINS = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0)
"""Of the chance said: of being among the best three."""


def run() -> list[dict[str, object]]:
    """Project, wait, compare: one row for each horizon and statement."""
    if not (DOWNLOAD.is_file() and WORKBOOK.is_file()):
        return [{"statement": "needs ../shared, which is not beside this checkout"}]
    figures, people = _london()
    return [row for ahead in AHEAD for row in _rows(ahead, _cases(figures, people, ahead))]


def _london() -> tuple[pd.DataFrame, pd.Series]:
    """Return the monthly counts of the boroughs, and their residents."""
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        add_file(data, DOWNLOAD, published=date(2022, 3, 1), loaded_by="benchmark")
        add_workbook(data)
        build(data)
        with Warehouse(data) as warehouse:
            figures = figures_of(warehouse)
            figures = figures[figures["period_kind"].eq("month")]
            codes = figures["area_code"].unique().tolist()
            people = warehouse.frame(
                "denominators", measure="ons:population", areas=codes, source="", illustrative=False
            )
    latest = people.sort_values("denominator_year").drop_duplicates("area_code", keep="last")
    return figures, latest.set_index("area_code")["denominator"].sort_values()


def _cases(figures: pd.DataFrame, people: pd.Series, ahead: int) -> Iterator[pd.DataFrame]:
    """Give the chances and the places that came, of every crime type from every origin."""
    panel = figures.pivot(index=KEYS, columns="period_start", values="value")
    months = pd.period_range(
        parse_month(figures["period_start"].min()), periods=panel.shape[1], freq="M"
    )
    last = later(parse_month(LAST_DUE), -ahead)
    origins = pd.period_range(FIRST_ORIGIN, last, freq="M")[::MONTHS_A_QUARTER]
    for _, rows in panel.index.to_frame(index=False).groupby("indicator_id"):
        codes = people.index[people.index.isin(rows["area_code"])]
        order = rows.reset_index().set_index("area_code").loc[codes, "index"]
        counts = panel.to_numpy(dtype=float)[order]
        for origin in origins:
            known = months.get_loc(origin) + 1
            case = _case(counts, months, int(known), ahead, people.loc[codes].to_numpy(float))
            if case is not None:
                yield case


def _case(
    counts: NDArray, months: pd.PeriodIndex, known: int, ahead: int, people: NDArray
) -> pd.DataFrame | None:
    """Return one row a borough; None where one of them cannot be projected."""
    whole = counts[:, : known + ahead]
    enough = counts[:, known - MONTHS_A_YEAR : known].sum(axis=1) >= FEWEST_EVENTS
    if np.isnan(whole).any() or (whole < 0).any() or not enough.all():
        return None
    so_far = counts[:, :known]
    history = History.of(so_far, pd.PeriodIndex(months[:known]), so_far.sum(axis=0) - so_far)
    before = max(0, MONTHS_A_YEAR - ahead)
    counted = history.last_total(before) if before else np.zeros(len(counts))
    fitted = fit_chosen(history, is_beside_siblings=True)
    total = fitted.project(max(1, ahead - MONTHS_A_YEAR + 1), ahead, counted)
    if not isinstance(total, NegativeBinomials):
        raise TypeError("places are drawn from a method whose distribution is exact")
    size = len(counts)
    start = np.clip(np.arange(size) - GROUP // 2, 0, max(size - GROUP, 0))
    groups = start[:, None] + np.arange(min(GROUP, size))
    own = np.arange(size) - start
    chances = projected_ranks(draw_totals(total, DRAWS)[groups], people[groups], own)
    came = whole[:, -MONTHS_A_YEAR:].sum(axis=1)[groups] / people[groups]
    place = competition_ranks(came, lower_is_better=True)[np.arange(size), own]
    found = pd.DataFrame({"top": chance_within(chances, THIRD), "is_top": place <= THIRD})
    for level in LEVELS:
        lower, upper = interval_of_rank(chances, level)
        ranks = np.arange(1, chances.shape[1] + 1)
        inside = (ranks >= lower[:, None]) & (ranks <= upper[:, None])
        found[f"said_{level}"] = (chances * inside).sum(axis=1)
        found[f"held_{level}"] = (place >= lower) & (place <= upper)
        found[f"width_{level}"] = upper - lower + 1
    return found


def _rows(ahead: int, cases: Iterator[pd.DataFrame]) -> list[dict[str, object]]:
    """Set what was said beside what came."""
    every = pd.concat(list(cases), ignore_index=True)
    statements = [
        (
            f"place within its {level:.0%}, {every[f'width_{level}'].mean():.1f} places wide",
            every[f"said_{level}"], every[f"held_{level}"],
        )
        for level in LEVELS
    ]  # fmt: skip
    for low, high in itertools.pairwise(BINS):
        here = every["top"].ge(low) & (every["top"].lt(high) | (high == BINS[-1]))
        some = every[here]
        statements.append((f"in the top 3, {low:.0%} to {high:.0%}", some["top"], some["is_top"]))
    return [
        {
            "due in": f"{ahead} months",
            "statement": name,
            "cases": f"{len(said):,}",
            "said": f"{said.mean():.1%}",
            "came true": f"{came.mean():.1%}",
        }
        for name, said, came in statements
    ]
