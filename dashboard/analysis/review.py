"""The meeting's list: every indicator of a plan with its change, path, verdict and owner."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change_in
from dashboard.analysis.status import principal, target_status
from dashboard.metrics.exceptions import order_for_meeting
from dashboard.metrics.periods import parse_month
from dashboard.metrics.status import UNRELIABLE
from dashboard.metrics.verdict_cost import AT_RISK_TIER, costliest
from dashboard.store.cache import cached_per_build

NOT_THE_FIRST = ", beside the indicator's first target"
"""Ends the reason of an exception that another target gives than the one its line is of."""
AIM = "aim"
"""Kind of target: what an earlier plan said of a year."""
COLUMNS = [
    "indicator_id", "title", "national_indicator", "unit", "lower_is_better", "priority_id",
    "priority_title", "current", "previous", "change", "percent", "change_in_full", "basis",
    "current_period", "previous_period", "quarter_change", "quarter_percent",
    "quarter_is_beyond_chance", "notes", "is_unreliable",
    "illustrative", "p_value",
]  # fmt: skip


@cached_per_build
def review(view: AreaView, as_at: str | pd.Period) -> pd.DataFrame:
    """Return one row for each indicator that the plan reports or that has figures.

    Args:
        view: The area under its plan.
        as_at: The last month that counts.

    Returns:
        `COLUMNS`, then those of the principal target's verdict (`dashboard.analysis.status`), then
        heeded_target, tier, why and the rest that
        `dashboard.metrics.exceptions.order_for_meeting` adds; in the order in which a meeting reads
        them: what needs a decision first. That order goes by the costliest target missed or at risk
        of each indicator (heeded_target), which need not be the principal one.
    """
    month = parse_month(as_at)
    listed = _listed(view)
    rows = [_row(view, indicator, month) for indicator in listed["indicator_id"]]
    found = pd.DataFrame(rows, columns=[c for c in COLUMNS if not c.startswith("priority")])
    found = found.merge(listed, on="indicator_id", how="left")[COLUMNS]
    targets = target_status(view, month)
    verdicts = principal(targets).drop(
        columns=["title", "national_indicator", "unit", "lower_is_better", "illustrative"]
    )
    merged = found.merge(verdicts, on="indicator_id", how="left")
    words = merged["status"].astype("object").where(merged["status"].notna(), "no target")
    return _in_meeting_order(merged.assign(status=words), targets)


def _in_meeting_order(rows: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Order indicators by the costliest target of each; the principal one's columns stay."""
    # What an earlier plan said is no decision of today, once this plan says something else.
    is_of_today = targets["kind"].ne(AIM) | ~targets["indicator_id"].duplicated()
    is_of_today &= targets["closed"].eq("")
    heeded = costliest(targets[is_of_today]).set_index("indicator_id")
    of_each = heeded.reindex(rows["indicator_id"]).set_index(rows.index)
    words = of_each["status"].astype("object").where(of_each["status"].notna(), "no target")
    meeting_columns = ["kind", "reward_gbp"]
    ordered = order_for_meeting(
        rows.assign(
            word=words,
            heeded_target=of_each["target_id"],
            **{name: of_each[name] for name in meeting_columns},
            **{f"own_{name}": rows[name] for name in meeting_columns},
        )
    )
    is_other = ordered["tier"].le(AT_RISK_TIER) & ordered["heeded_target"].ne(ordered["target_id"])
    ordered["why"] = ordered["why"].mask(is_other, ordered["why"] + NOT_THE_FIRST)
    back = {name: ordered[f"own_{name}"] for name in meeting_columns}
    return ordered.assign(**back).drop(
        columns=["word", *(f"own_{name}" for name in meeting_columns)]
    )


def _listed(view: AreaView) -> pd.DataFrame:
    """Return indicator_id, priority_id and priority_title of everything to be read."""
    reported = view.warehouse.frame("plan_indicators", plan=view.plan_id)
    reported = reported if view.is_plans_own_area else reported.iloc[:0]
    targeted = pd.Series([each.indicator_id for each in view.targets], dtype="str")
    with_figures = pd.Series(view.indicators_with_figures(), dtype="str")
    extra = pd.concat([targeted, with_figures]).drop_duplicates()
    extra = extra[~extra.isin(reported["indicator_id"])]
    more = pd.DataFrame({"indicator_id": extra, "priority_id": "", "priority_title": "Other"})
    columns = ["indicator_id", "priority_id", "priority_title"]
    return pd.concat([reported[columns], more], ignore_index=True)


def _row(view: AreaView, indicator: str, month: pd.Period) -> list[object]:
    about = view.indicator(indicator)
    year = change_in(view, indicator, as_at=month, basis="ytd")
    if year.change.current is None:
        longer = change_in(view, indicator, as_at=month, basis="rolling_year")
        year = longer if longer.change.current is not None else year
    quarter = change_in(view, indicator, as_at=month, basis="quarter").change
    notes = view.notes_on(indicator)
    own = notes[notes["indicator_id"].eq(indicator)]
    return [
        indicator, about.title, about.national_indicator, about.unit,
        about.lower_is_better, year.change.current, year.change.previous,
        year.change.number, year.change.percent, year.change, year.basis,
        year.change.current_label, year.change.previous_label,
        quarter.number, quarter.percent,
        quarter.significance.is_beyond_chance if quarter.significance else None,
        " ".join(own["statement"]), bool(own["effect"].eq(UNRELIABLE).any()), year.illustrative,
        year.change.significance.p_value if year.change.significance else None,
    ]  # fmt: skip
