"""What a meeting must look at, in one area, and what has gone quiet since."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.picture import Picture
from dashboard.analysis.review import review
from dashboard.analysis.since import quarter_before
from dashboard.metrics.exceptions import gone_quiet, newly_raised
from dashboard.metrics.false_discovery import FALSE_DISCOVERY_RATE
from dashboard.metrics.periods import parse_month
from dashboard.store.warehouse import Warehouse

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


def exceptions(
    warehouse: Warehouse, *, area: str = "", plan: str = "", as_at: str = ""
) -> ExceptionsAnswer:
    """Return what a meeting about one area must look at, and what has gone quiet.

    Args:
        warehouse: A published database.
        area: An area code; "" for the plan's own.
        plan: A plan id; "" for the area's, or the first.
        as_at: The last month that counts; "" for the latest with figures.

    Raises:
        UnknownChoiceError: No such plan or area.
        NoFiguresError: The area has no figures at all.
        ValueError: as_at is not a month.
    """
    picture = Picture.of(warehouse, plan, area)
    month = parse_month(as_at) if as_at else picture.latest_month()
    earlier = quarter_before(str(month))
    return exceptions_in(picture, str(month), review(picture, month), review(picture, earlier))


def exceptions_in(
    picture: Picture, as_at: str, now: pd.DataFrame, before: pd.DataFrame
) -> ExceptionsAnswer:
    """Return the exceptions of a picture, of two reviews of it; see `exceptions`.

    Args:
        picture: The area under its plan.
        as_at: The last month that counts.
        now: `dashboard.analysis.review.review` as at it.
        before: The same a quarter earlier.
    """
    tests = now["tests_together"]
    return ExceptionsAnswer(
        area=picture.area_code,
        area_name=picture.area_name,
        plan=picture.plan_id,
        as_at=as_at,
        before=quarter_before(as_at),
        rows=now[now["needs_attention"].astype(bool)],
        raised=newly_raised(now, before),
        quiet=gone_quiet(now, before),
        listed=len(now),
        tests_together=0 if tests.empty else int(tests.iloc[0]),
        illustrative=picture.is_illustrative,
    )
