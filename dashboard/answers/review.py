"""The meeting's list: every indicator of a plan with its change, path, verdict and owner."""

from __future__ import annotations

import pandas as pd

from dashboard.answers.change import change_in
from dashboard.answers.picture import Picture
from dashboard.answers.status import principal, target_status
from dashboard.metrics.exceptions import order_for_meeting
from dashboard.metrics.periods import parse_month
from dashboard.metrics.status import UNRELIABLE

COLUMNS = [
    "indicator_id", "title", "national_indicator", "unit", "lower_is_better", "priority_id",
    "priority_title", "current", "previous", "change", "percent", "sentence", "basis",
    "current_period", "quarter_change", "quarter_percent", "quarter_sentence", "notes",
    "is_unreliable", "illustrative", "p_value",
]  # fmt: skip


def review(picture: Picture, as_at: str | pd.Period) -> pd.DataFrame:
    """Return one row for each indicator that the plan reports or that has figures.

    Args:
        picture: The area under its plan.
        as_at: The last month that counts.

    Returns:
        `COLUMNS`, then those of the principal target's verdict (`dashboard.answers.status`), then
        tier, why and the rest that `dashboard.metrics.exceptions.order_for_meeting` adds;
        in the order in which a meeting reads them: what needs a decision first.
    """
    month = parse_month(as_at)
    listed = _listed(picture)
    rows = [_row(picture, indicator, month) for indicator in listed["indicator_id"]]
    found = pd.DataFrame(rows, columns=[c for c in COLUMNS if not c.startswith("priority")])
    found = found.merge(listed, on="indicator_id", how="left")[COLUMNS]
    verdicts = principal(target_status(picture, month)).drop(
        columns=["title", "national_indicator", "unit", "lower_is_better", "illustrative"]
    )
    merged = found.merge(verdicts, on="indicator_id", how="left")
    words = merged["status"].astype("object").where(merged["status"].notna(), "no target")
    ordered = order_for_meeting(merged.assign(status=words, word=words))
    return ordered.drop(columns="word")


def _listed(picture: Picture) -> pd.DataFrame:
    """Return indicator_id, priority_id and priority_title of everything to be read."""
    reported = picture.warehouse.frame("plan_indicators", plan=picture.plan_id)
    reported = reported if picture.is_plans_own_area else reported.iloc[:0]
    targeted = picture.targets["indicator_id"]
    with_figures = pd.Series(picture.indicators_with_figures(), dtype="str")
    extra = pd.concat([targeted, with_figures]).drop_duplicates()
    extra = extra[~extra.isin(reported["indicator_id"])]
    more = pd.DataFrame({"indicator_id": extra, "priority_id": "", "priority_title": "Other"})
    columns = ["indicator_id", "priority_id", "priority_title"]
    return pd.concat([reported[columns], more], ignore_index=True)


def _row(picture: Picture, indicator: str, month: pd.Period) -> list[object]:
    about = picture.indicator(indicator)
    year = change_in(picture, indicator, as_at=month, basis="ytd")
    if year.change.current is None:
        longer = change_in(picture, indicator, as_at=month, basis="rolling_year")
        year = longer if longer.change.current is not None else year
    quarter = change_in(picture, indicator, as_at=month, basis="quarter").change
    notes = picture.notes_on(indicator)
    own = notes[notes["indicator_id"].eq(indicator)]
    return [
        indicator, about["title"], about["national_indicator"], about["unit"],
        bool(about["lower_is_better"]), year.change.current, year.change.previous,
        year.change.number, year.change.percent, year.change.sentence(), year.basis,
        year.change.current_label, quarter.number, quarter.percent, quarter.sentence(),
        " ".join(own["statement"]), bool(own["effect"].eq(UNRELIABLE).any()), year.illustrative,
        year.change.significance.p_value if year.change.significance else None,
    ]  # fmt: skip
