"""What later publications changed: figures that moved since a day, and verdicts that moved with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.quarter_changes import changed_verdicts
from dashboard.analysis.question import question
from dashboard.analysis.status import given_status
from dashboard.metrics.percent import percent_change, withhold_small_base
from dashboard.metrics.periods import MONTHS_A_QUARTER
from dashboard.metrics.window_rows import spans_of
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import WarehouseAsKnown

MOVED_COLUMNS = [
    "indicator", "title", "period", "period_kind", "previous", "previous_published", "value",
    "published", "difference", "percent",
]  # fmt: skip


@dataclass(frozen=True)
class RevisionsAnswer:
    """What moved since a day, in one area.

    Attributes:
        plan: The plan whose verdicts are looked at, or "".
        since: The last day of what was known before, "2025-03-31".
        as_at: The last month known then and now, that verdicts are compared as at; "" when nothing
            was known then.
        moved: Figures, with `MOVED_COLUMNS`; those of the latest periods last.
        new_periods: How many periods of each indicator came since.
        verdicts: Targets whose verdict as at `as_at` is another than it was:
            the columns of `dashboard.analysis.quarter_changes.ChangedVerdict`.
    """

    area: str
    area_name: str
    plan: str
    since: str
    as_at: str
    moved: pd.DataFrame
    new_periods: dict[str, int]
    verdicts: pd.DataFrame


@question
def revisions(
    view: AreaView,
    since: Annotated[str, "Last day of what was known: 2025-03-31; last meeting if left out."] = "",
) -> RevisionsAnswer:
    """Published figures that moved since a day, and verdicts that moved with them.

    The last meeting is the end of the quarter before the one in which the area's latest figures
    were published.

    Raises:
        NoFiguresError: The area has no figures at all.
        ValueError: since is not a day.
    """
    day = _day(since) if since else last_meeting(view)
    before = view_as_known(view, day)
    with before.warehouse:
        try:
            # The same month then and now: what time brought is no revision.
            as_at = min(before.latest_month(), view.latest_month(), key=lambda m: m.ordinal)
        except NoFiguresError:
            as_at = None
        then = given_status(before, as_at or view.latest_month())
    now = given_status(view, as_at or view.latest_month())
    news = _of_series_shown(
        view, view.warehouse.frame("new_periods", area=view.area_code, since=day)
    )
    return RevisionsAnswer(
        area=view.area_code,
        area_name=view.area_name,
        plan=view.plan_id,
        since=day.isoformat(),
        as_at="" if as_at is None else str(as_at),
        moved=_moved(view, day),
        new_periods=dict(zip(news["indicator_id"], news["new_periods"].tolist(), strict=True)),
        verdicts=changed_verdicts(now, then if as_at else then.iloc[:0]),
    )


@cached_per_build
def moved_in(view: AreaView, *, since: str = "") -> tuple[str, pd.DataFrame]:
    """Return the figures that moved since a day, without the verdicts that moved with them.

    Args:
        view: An area under a plan.
        since: The last day of what was known before; "" for the last quarterly meeting.

    Returns:
        The day, "2025-03-31", and `MOVED_COLUMNS`; ("", no rows) for an area without figures.
    """
    if not view.indicators_with_figures():
        return "", pd.DataFrame(columns=MOVED_COLUMNS)
    day = _day(since) if since else last_meeting(view)
    return day.isoformat(), _moved(view, day)


def last_meeting(view: AreaView) -> date:
    """Return the end of the quarter before the one in which the latest figures were published.

    Raises:
        NoFiguresError: The area has no figures.
    """
    days = [
        pd.to_datetime(view.series(name)["published"]).max()
        for name in view.indicators_with_figures()
    ]
    if not days:
        raise NoFiguresError(f"no figures in {view.area_name}: load some, then build")
    latest = max(days).date()
    quarter = latest.replace(month=latest.month - (latest.month - 1) % MONTHS_A_QUARTER, day=1)
    return quarter - timedelta(days=1)


def view_as_known(view: AreaView, day: date) -> AreaView:
    """Return the area with its figures as they were known at the end of a day."""
    return replace(view, warehouse=WarehouseAsKnown(view.warehouse, day))


def _moved(view: AreaView, day: date) -> pd.DataFrame:
    keys = ["indicator_id", "source_id", "period_kind", "period_start"]
    now, before = (
        warehouse.frame("series_of_area", area=view.area_code)[[*keys, "numerator", "published"]]
        for warehouse in (view.warehouse, WarehouseAsKnown(view.warehouse, day))
    )
    before = before.rename(columns={"numerator": "previous", "published": "previous_published"})
    both = now.merge(before, on=keys).rename(columns={"numerator": "value"})
    known = both.dropna(subset=["value", "previous"])
    moved = _of_series_shown(view, known[known["value"].ne(known["previous"])])
    titles = view.indicators["title"]
    starts = pd.PeriodIndex(pd.to_datetime(moved["period_start"]), freq="M")
    return (
        moved.assign(
            indicator=moved["indicator_id"],
            title=moved["indicator_id"].map(titles),
            period=starts.astype("str"),
            difference=moved["value"] - moved["previous"],
            percent=_percent(moved, moved["indicator_id"].map(view.indicators["unit"])),
            published=pd.to_datetime(moved["published"]).dt.strftime("%Y-%m-%d"),
            previous_published=pd.to_datetime(moved["previous_published"]).dt.strftime("%Y-%m-%d"),
            ends=starts.asi8 + spans_of(moved["period_kind"]),
        )
        .sort_values(["indicator", "ends"], kind="stable", ignore_index=True)
        .loc[:, MOVED_COLUMNS]
    )


def _of_series_shown(view: AreaView, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of each indicator's headline series, which is what readers are shown."""
    shown = {
        (name, series.source, series.frequency)
        for name in view.indicators_with_figures()
        if (series := view.headline(name)) is not None
    }
    keys = zip(rows["indicator_id"], rows["source_id"], rows["period_kind"], strict=True)
    return rows[np.array([key in shown for key in keys], dtype=bool)].reset_index(drop=True)


def _percent(moved: pd.DataFrame, unit: pd.Series) -> pd.Series:
    """Return the change in percent of counts and rates that are large enough to carry one."""
    percent = percent_change(moved["value"], moved["previous"])
    shown = pd.Series(withhold_small_base(percent, moved["previous"]), index=moved.index)
    return shown.where(unit.ne("percent"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day; write it like 2025-03-31") from None
