"""The meeting's list: every indicator with its change, path, verdict and owner; its exceptions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.levels import year_to
from dashboard.analysis.quarter_changes import quarter_before
from dashboard.analysis.question import AreaAnswer
from dashboard.analysis.status import given_status, principal
from dashboard.metrics.exceptions import gone_quiet, newly_raised, order_for_meeting
from dashboard.metrics.false_discovery import FALSE_DISCOVERY_RATE
from dashboard.metrics.periods import parse_month
from dashboard.metrics.reasons import Cost
from dashboard.metrics.status_table import UNRELIABLE
from dashboard.metrics.verdict_cost import AT_RISK_TIER, costliest
from dashboard.store.cache import cached_per_build

AIM = "aim"
"""Kind of target: what an earlier plan said of a year."""
COLUMNS = [
    "indicator_id", "title", "national_indicator", "unit", "lower_is_better", "priority_id",
    "priority_title", "current", "previous", "change", "percent", "change_in_full", "basis",
    "current_period", "previous_period", "quarter_change", "quarter_percent",
    "quarter_is_beyond_chance", "notes", "is_unreliable",
    "illustrative", "p_value",
]  # fmt: skip
SHOWN_OF_EXCEPTIONS = [
    "indicator_id", "title", "tier", "why", "status", "current", "previous", "change", "percent",
    "basis", "p_value", "p_adjusted", "owner", "lead_agency",
]  # fmt: skip


@dataclass(frozen=True)
class ExceptionsAnswer(AreaAnswer):
    """What needs a decision in one area, and what has gone quiet.

    Attributes:
        before: The month of the meeting before: three months earlier.
        rows: Rows of `dashboard.analysis.review.review` that need attention, in order.
        raised: Ids among them that did not need it at the meeting before.
        quiet: Rows that needed it then and do not now, with why_before.
        listed: How many indicators were looked at.
        tests_together: How many changes were tested for chance, as one family.
    """

    JSON = """
        area area_name plan as_at indicators_listed=listed tests_together false_discovery_rate
        exceptions=shown as_at_before=before gone_quiet illustrative
    """
    false_discovery_rate = FALSE_DISCOVERY_RATE

    plan: str
    before: str
    rows: pd.DataFrame
    raised: list[str]
    quiet: pd.DataFrame
    listed: int
    tests_together: int

    @property
    def shown(self) -> pd.DataFrame:
        """The exceptions, in the columns that are shown, and which are new."""
        return self.rows[SHOWN_OF_EXCEPTIONS].assign(
            is_new=self.rows["indicator_id"].isin(self.raised)
        )

    @property
    def gone_quiet(self) -> pd.DataFrame:
        """What was an exception a quarter before, and why it is none any more."""
        return self.quiet[["indicator_id", "title", "why_before", "why", "status"]]


@cached_per_build
def review(view: AreaView, as_at: str | pd.Period) -> pd.DataFrame:
    """Return one row for each indicator that the plan reports or that has figures.

    Returns:
        `COLUMNS`, then those of the principal target's verdict as the plan alone gives it
        (`dashboard.analysis.status.given_status`), then
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
    targets = given_status(view, month)
    verdicts = principal(targets).drop(
        columns=["title", "national_indicator", "unit", "lower_is_better", "illustrative"]
    )
    merged = found.merge(verdicts, on="indicator_id", how="left")
    words = merged["status"].astype("object").where(merged["status"].notna(), "no target")
    return _in_meeting_order(merged.assign(status=words), targets)


@cached_per_build
def exceptions_of_area(view: AreaView) -> ExceptionsAnswer:
    """Return what a meeting about one area must look at; see `exceptions`."""
    month = str(view.as_at or view.latest_month())
    now, before = review(view, month), review(view, quarter_before(month))
    tests = now["tests_together"]
    return ExceptionsAnswer(
        **view.header(month),
        plan=view.plan_id,
        before=quarter_before(month),
        rows=now[now["needs_attention"].astype(bool)],
        raised=newly_raised(now, before),
        quiet=gone_quiet(now, before),
        listed=len(now),
        tests_together=0 if tests.empty else int(tests.iloc[0]),
    )


def _in_meeting_order(rows: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Order indicators by the costliest target of each; the principal one's columns stay."""
    # What an earlier plan said is no decision of today, once this plan says something else.
    is_of_today = targets["kind"].ne(AIM) | ~targets["indicator_id"].duplicated()
    is_of_today &= targets["closed"].eq("")
    heeded = costliest(targets[is_of_today]).set_index("indicator_id")
    of_each = heeded.reindex(rows["indicator_id"]).set_index(rows.index)
    words = of_each["status"].astype("object").where(of_each["status"].notna(), "no target")
    ordered = order_for_meeting(
        rows.assign(
            word=words,
            heeded_target=of_each["target_id"],
            previous_survey=[each.surveys[1] for each in rows["change_in_full"]],
            kind=of_each["kind"],
            reward_gbp=of_each["reward_gbp"],
        )
    )
    is_other = ordered["tier"].le(AT_RISK_TIER) & ordered["heeded_target"].ne(ordered["target_id"])
    ordered["why"] = [
        replace(why, is_first=False) if other and isinstance(why, Cost) else why
        for why, other in zip(ordered["why"], is_other, strict=True)
    ]
    own = rows.set_index("indicator_id").loc[ordered["indicator_id"]].set_index(ordered.index)
    ordered = ordered.assign(kind=own["kind"], reward_gbp=own["reward_gbp"])
    return ordered.drop(columns=["word", "previous_survey"])


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
    year = change(view, indicator, "ytd", as_at=month, with_rate=False)
    if year.change.current is None:
        longer = change(view, indicator, "rolling_year", as_at=month, with_rate=False)
        year = longer if longer.change.current is not None else year
    quarter = change(view, indicator, "quarter", as_at=month, with_rate=False).change
    notes = view.notes_on(indicator)
    own = notes[notes["indicator_id"].eq(indicator)]
    own_effects = view.own_effects(indicator, [year_to(month)], year.change.surveys)
    is_unreliable = UNRELIABLE in own_effects
    return [
        indicator, about.title, about.national_indicator, about.unit,
        about.lower_is_better, year.change.current, year.change.previous,
        year.change.number, year.change.percent, year.change, year.basis,
        year.change.current_label, year.change.previous_label,
        quarter.number, quarter.percent,
        quarter.significance.is_beyond_chance if quarter.significance else None,
        " ".join(own["statement"]), is_unreliable, year.illustrative,
        year.change.significance.p_value if year.change.significance else None,
    ]  # fmt: skip
