"""What a meeting must look at, in one area, and what has gone quiet since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from dashboard.analysis.area_exceptions import AreasExceptionsAnswer, exceptions_of_areas
from dashboard.analysis.area_view import AreaView
from dashboard.analysis.quarter_changes import quarter_before
from dashboard.analysis.question import question
from dashboard.analysis.review import review
from dashboard.metrics.exceptions import gone_quiet, newly_raised
from dashboard.metrics.false_discovery import BENJAMINI_HOCHBERG, FALSE_DISCOVERY_RATE
from dashboard.store.cache import cached_per_build

SHOWN = [
    "indicator_id", "title", "tier", "why", "status", "current", "previous", "change", "percent",
    "basis", "p_value", "p_adjusted", "owner", "lead_agency",
]  # fmt: skip


@dataclass(frozen=True)
class ExceptionsAnswer:
    """What needs a decision in one area, and what has gone quiet.

    Attributes:
        area: Area code.
        area_name: Its name.
        plan: The plan, "" without one.
        as_at: The last month that counts.
        before: That of the meeting before: three months earlier.
        rows: Rows of `dashboard.analysis.review.review` that need attention, in order.
        raised: Ids among them that did not need it at the meeting before.
        quiet: Rows that needed it then and do not now, with why_before.
        listed: How many indicators were looked at.
        tests_together: How many changes were tested for chance, as one family.
        illustrative: Whether any figure is made up.
    """

    JSON = """
        area area_name plan as_at indicators_listed=listed tests_together false_discovery_rate
        exceptions=shown as_at_before=before gone_quiet illustrative
    """
    false_discovery_rate = FALSE_DISCOVERY_RATE

    area: str
    area_name: str
    plan: str
    as_at: str
    before: str
    rows: pd.DataFrame
    raised: list[str]
    quiet: pd.DataFrame
    listed: int
    tests_together: int
    illustrative: bool

    @property
    def shown(self) -> pd.DataFrame:
        """The exceptions, in the columns that are shown, and which are new."""
        return self.rows[SHOWN].assign(is_new=self.rows["indicator_id"].isin(self.raised))

    @property
    def gone_quiet(self) -> pd.DataFrame:
        """What was an exception a quarter before, and why it is none any more."""
        return self.quiet[["indicator_id", "title", "why_before", "why", "status"]]


@question
def exceptions(
    view: AreaView,
    areas: Annotated[str, "Many areas at once: codes with commas, or all."] = "",
    force: Annotated[str, "Or the partnerships of a force, by its code."] = "",
    basis: Annotated[str, "Of many areas: month, quarter, ytd, rolling_year."] = "",
    method: Annotated[str, "Of many areas: bh, or by for any dependence."] = BENJAMINI_HOCHBERG,
) -> ExceptionsAnswer | AreasExceptionsAnswer:
    """What a meeting must look at, false discoveries controlled, and what has gone quiet.

    Raises:
        UnknownChoiceError: There is no such area or force.
        NoFiguresError: There are no figures.
        ValueError: basis or method is not one.
    """
    if areas or force:
        codes = [] if areas in ("", "all") else [each.strip() for each in areas.split(",")]
        return exceptions_of_areas(
            view.warehouse, areas=codes, force=force, as_at=view.as_at_text, basis=basis,
            method=method, of_worked_example=view.read.shows_illustrative,
        )  # fmt: skip
    return exceptions_of_area(view)


@cached_per_build
def exceptions_of_area(view: AreaView) -> ExceptionsAnswer:
    """Return what a meeting about one area must look at; see `exceptions`."""
    month = str(view.as_at or view.latest_month())
    now, before = review(view, month), review(view, quarter_before(month))
    tests = now["tests_together"]
    return ExceptionsAnswer(
        area=view.area_code,
        area_name=view.area_name,
        plan=view.plan_id,
        as_at=month,
        before=quarter_before(month),
        rows=now[now["needs_attention"].astype(bool)],
        raised=newly_raised(now, before),
        quiet=gone_quiet(now, before),
        listed=len(now),
        tests_together=0 if tests.empty else int(tests.iloc[0]),
        illustrative=view.is_illustrative,
    )
