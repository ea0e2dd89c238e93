"""How an indicator changed, on any basis."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.answers.gaps import held_months, with_held
from dashboard.answers.levels import counted
from dashboard.answers.picture import Picture
from dashboard.metrics.change import Change, change_on_basis
from dashboard.metrics.periods import parse_month
from dashboard.warehouse import Warehouse


@dataclass(frozen=True)
class ChangeAnswer:
    """A change, with what it is of and what it rests on."""

    indicator: str
    title: str
    area: str
    area_name: str
    as_at: str
    basis: str
    change: Change
    illustrative: bool
    published: str

    def to_dict(self) -> dict[str, object]:
        """Return plain values, for JSON."""
        return {
            "indicator": self.indicator,
            "area": self.area,
            "as_at": self.as_at,
            "basis": self.basis,
            "current": self.change.current,
            "previous": self.change.previous,
            "change": self.change.number,
            "percent": self.change.percent,
            "illustrative": self.illustrative,
            "area_name": self.area_name,
            "current_period": self.change.current_label,
            "previous_period": self.change.previous_label,
            "sentence": self.change.sentence(),
            "percent_withheld": self.change.percent_withheld,
            "not_comparable": self.change.not_comparable,
            "missing": list(self.change.missing),
            "status": self.change.status,
            "published": self.published,
        }


def change(
    warehouse: Warehouse,
    indicator: str,
    *,
    area: str = "",
    plan: str = "",
    as_at: str = "",
    basis: str = "ytd",
) -> ChangeAnswer:
    """Return the change of one indicator.

    Args:
        warehouse: A published database.
        indicator: An indicator id.
        area: An area code; "" for the plan's own.
        plan: A plan id; "" for the area's, or the first.
        as_at: The last month that counts, "2009-12"; "" for the latest with figures.
        basis: month, quarter, ytd, rolling_year or baseline.

    Raises:
        UnknownChoiceError: No such plan, area or indicator.
        NoFiguresError: The area has no figures of it.
        ValueError: as_at is not a month, basis is not a basis, or it is "baseline" and no
            target gives a baseline year.
    """
    picture = Picture.of(warehouse, plan, area)
    return change_in(picture, indicator, as_at=as_at, basis=basis)


def change_in(
    picture: Picture, indicator: str, *, as_at: str | pd.Period = "", basis: str = "ytd"
) -> ChangeAnswer:
    """Return the change of one indicator in a picture; see `change`."""
    about = picture.indicator(indicator)
    series = picture.series(indicator)
    month = parse_month(as_at) if as_at else picture.latest_month(indicator)
    found = change_on_basis(
        counted(series),
        month,
        basis,
        aggregation=about["aggregation"],
        baseline_year=baseline_year_of(picture, indicator) if basis == "baseline" else None,
        unit="percent" if about["unit"] == "percent" else "count",
    )
    why = with_held(found.not_comparable, found.missing, held_months(picture, indicator))
    if why != found.not_comparable:
        found = replace(found, not_comparable=why, percent_withheld=why)
    return ChangeAnswer(
        indicator=indicator,
        title=str(about["title"]),
        area=picture.area_code,
        area_name=picture.area_name,
        as_at=str(month),
        basis=basis,
        change=found,
        illustrative=bool(series["illustrative"].any()),
        published=_vintage(series),
    )


def baseline_year_of(picture: Picture, indicator: str) -> str:
    """Return the financial year that the indicator's targets are measured from.

    Raises:
        ValueError: No target of the plan gives one.
    """
    targets = picture.targets
    years = targets.loc[
        targets["indicator_id"].eq(indicator) & targets["baseline_period"].str.contains("/"),
        "baseline_period",
    ]
    if years.empty:
        raise ValueError(f"no target of the plan gives a baseline year for {indicator}")
    return str(years.iloc[0])


def _vintage(series: pd.DataFrame) -> str:
    return "" if series.empty else str(pd.to_datetime(series["published"]).max().date())


__all__ = ["ChangeAnswer", "baseline_year_of", "change", "change_in"]
